import type { Paper } from '../../../src/experiment/paper.ts';
import { blockClaims, toyClaims } from './claims.ts';
import { doseClaims, mitigationClaims } from './doses.ts';

/**
 * Yuanzhi Li, Colin Wei, Tengyu Ma, "Towards Explaining the Regularization Effect of Initial Large Learning Rate in Training Neural Networks", NeurIPS 2019. Its
 * synthetic distribution is from recollection, its sizes are ours: they were tuned on other streams than the claims are judged on, and compare at equal training loss. The
 * order of learning and the rate as the cause are claims of their own, because here they do not hold.
 */
const paper: Paper = {
  paper: '1907.04595',
  title: 'Towards Explaining the Regularization Effect of Initial Large Learning Rate in Training Neural Networks',
  claims: (context) => [...toyClaims(context), ...doseClaims(context), ...blockClaims(context), ...mitigationClaims(context)],
};

export default paper;
