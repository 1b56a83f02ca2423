import type { Paper } from '../../../src/experiment/paper.ts';
import { rateClaims } from './rates.ts';
import { rowClaims } from './rows.ts';

/**
 * Bai Jiang, Tung-Yu Wu, Wing Hung Wong, "Convergence of Contrastive Divergence with Annealed Learning Rate in Exponential Family", 2016. Only its abstract could
 * be read: true parameters, rows, rates and margins are ours, and its 2 × 2 machine is taken to be the bipartite one. Learned with all rows a step, restarts at the
 * data, m steps of block Gibbs. Particles are moved by numbers, which is exact in law (`crowdModel`).
 */
const paper: Paper = {
  paper: '1605.06220',
  title: 'Convergence of Contrastive Divergence with Annealed Learning Rate in Exponential Family',
  claims: (context) => [...rowClaims(context), ...rateClaims(context)],
};

export default paper;
