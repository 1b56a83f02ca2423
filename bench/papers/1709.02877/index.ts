import type { Paper } from '../../../src/experiment/paper.ts';
import { completedRunClaims } from './completed-runs.ts';
import { lamBlockClaims } from './lam-blocks.ts';
import { parallelClaims } from './parallel.ts';
import { sequentialClaims } from './sequential.ts';
import { speedUpClaims } from './speed-up.ts';

/** Vincent A. Cicirello, "Variable Annealing Length and Parallelism in Simulated Annealing", SoCS 2017. */
const paper: Paper = {
  paper: '1709.02877',
  title: 'Variable Annealing Length and Parallelism in Simulated Annealing',
  claims: (context) => [
    ...speedUpClaims(),
    ...completedRunClaims(),
    ...lamBlockClaims(context),
    ...sequentialClaims(context),
    ...parallelClaims(context),
  ],
};

export default paper;
