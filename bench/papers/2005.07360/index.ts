import type { Paper } from '../../../src/experiment/paper.ts';
import { enumerationClaims } from './enumeration.ts';
import { scheduleClaims } from './schedules.ts';

/**
 * Preetum Nakkiran, "Learning Rate Annealing Can Provably Help Generalization, Even for Convex Problems", OPT 2020. Only its abstract and introduction could be read:
 * that its example is three draws from {e₁, e₂} is a reconstruction, believed because it alone gives both the probability 3/4 and the factor 2.
 */
const paper: Paper = {
  paper: '2005.07360',
  title: 'Learning Rate Annealing Can Provably Help Generalization, Even for Convex Problems',
  claims: () => [...enumerationClaims(), ...scheduleClaims()],
};

export default paper;
