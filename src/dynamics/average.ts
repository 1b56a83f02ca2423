import { LehrError, show } from '../error.ts';
import type { Weights } from './model.ts';

/**
 * Which parameters a learner returns, θ_s being those that it takes in at step s (`contrastive` before the step, as its paper has it; `gradient` after it): `last`; `weighted`, Σ η_s θ_s / Σ η_s with the rates η as weights (the estimator of arXiv
 * 1605.06220); `uniform`, their mean (Polyak & Juditsky 1992); `tail`, their mean over the last half to three quarters of the steps, however many
 * these will be: a sum is begun anew at every power of two, and the one before it kept.
 */
export type Averaging = 'last' | 'weighted' | 'uniform' | 'tail';

/** The sums behind an average, as plain data. */
export interface Average {
  readonly sum: Float64Array;
  weight: number;
  /** Of `tail`: the sum over the span before the open one; of others empty. */
  readonly before: Float64Array;
  weightBefore: number;
  /** Of `tail`: where the open span ends. */
  end: number;
}

/** Throws an `option` error unless `averaging` is one of the kinds and `from` a step. @param name what messages call the dynamics. */
export function checkAveraging(name: string, averaging: unknown, from: unknown): void {
  if (averaging !== 'last' && averaging !== 'weighted' && averaging !== 'uniform' && averaging !== 'tail')
    throw new LehrError('option', `${name}: average is ${show(averaging)}, expected 'last', 'weighted', 'uniform' or 'tail'.`);
  if (!(typeof from === 'number' && Number.isSafeInteger(from) && from >= 0))
    throw new LehrError('option', `${name}: from is ${show(from)}, expected the step the average begins at, a whole number of at least 0.`);
}

/** Sums of nothing yet. */
export function newAverage(size: number, averaging: Averaging): Average {
  const before = new Float64Array(averaging === 'tail' ? size : 0);
  return { sum: new Float64Array(size), weight: 0, before, weightBefore: 0, end: 1 };
}

/**
 * Takes in the parameters of step `step` (from 0), whose rate is `rate`; steps before `from`, the burn-in t₀, are passed over. Call it once a step, in their order.
 */
export function addToAverage(average: Average, averaging: Averaging, from: number, step: number, rate: number, parameters: Weights): void {
  if (averaging === 'last' || step < from) return;
  const { sum, before } = average;
  if (averaging === 'tail' && step - from >= average.end) {
    before.set(sum);
    average.weightBefore = average.weight;
    sum.fill(0);
    average.weight = 0;
    average.end *= 2;
  }
  const weight = averaging === 'weighted' ? rate : 1;
  for (let k = 0; k < sum.length; k++) sum[k] += weight * parameters[k];
  average.weight += weight;
}

/** Writes the average to `out`; while there is nothing to average, the last parameters. */
export function averageInto(average: Average, last: Weights, out: Weights): void {
  const { sum, before, weight, weightBefore } = average;
  const total = weight + weightBefore;
  if (!(total > 0)) out.set(last);
  else if (weightBefore > 0) for (let k = 0; k < out.length; k++) out[k] = (sum[k] + before[k]) / total;
  else for (let k = 0; k < out.length; k++) out[k] = sum[k] / total;
}

/** Whether anything has been taken in. */
export function isBegun({ weight, weightBefore }: Average): boolean {
  return weight + weightBefore > 0;
}
