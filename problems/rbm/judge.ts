import type { Evaluation } from '../../src/dynamics/model.ts';
import { logLikelihood, type RbmShape } from './exact.ts';
import { pseudoLogLikelihood } from './pseudo.ts';

/** A machine with so many units in one layer is judged by its exact likelihood: its 4096 configurations are few beside the rows of most data. */
const EXACT = 12;

/** By what a machine of this shape is judged. */
export function judgedBy({ visible, hidden }: RbmShape): 'log-likelihood' | 'pseudo-log-likelihood' {
  return Math.min(visible, hidden) <= EXACT ? 'log-likelihood' : 'pseudo-log-likelihood';
}

/**
 * What rows (rows × visible, 0 or 1) say of a machine: the mean log-likelihood of a row in nats, exact with at most 12 units in one layer, else the pseudo-log-likelihood (Besag 1975), under its own name; `loss` is
 * its negative. Losses of the two kinds do not compare.
 */
export function judgeMachine(shape: RbmShape, parameters: Float64Array, rows: Uint8Array): Evaluation {
  const name = judgedBy(shape);
  const value = (name === 'log-likelihood' ? logLikelihood : pseudoLogLikelihood)(shape, parameters, rows);
  return { loss: -value, [name]: value };
}
