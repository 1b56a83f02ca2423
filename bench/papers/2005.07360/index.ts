import type { Paper } from '../../../src/experiment/paper.ts';
import { drawClaims } from './draws.ts';
import { enumerationClaims } from './enumeration.ts';
import { regressionClaims } from './regression-claims.ts';
import { scheduleClaims } from './schedules.ts';

/**
 * Preetum Nakkiran, "Learning Rate Annealing Can Provably Help Generalization, Even for Convex Problems", OPT 2020. Only its abstract and introduction could be read:
 * that its example is three draws from {e₁, e₂} is a reconstruction, believed because it alone gives both the probability 3/4 and the factor 2.
 */
const paper: Paper = {
  paper: '2005.07360',
  title: 'Learning Rate Annealing Can Provably Help Generalization, Even for Convex Problems',
  claims: (context) => [...enumerationClaims(), ...drawClaims(context), ...scheduleClaims(), ...regressionClaims(context)],
};

export default paper;
