import { LehrError, show } from '../error.ts';
import type { Rng } from './rng.ts';

/** Draws indices with fixed probabilities; made by `weighted`. */
export interface Weighted {
  /** How many weights there are. */
  readonly length: number;
  /** An index i with probability weights[i] / Σ weights; never one of weight 0. */
  draw(rng: Rng): number;
}

/**
 * An index i with probability weights[i] / Σ weights, in O(n); for repeated draws from the same weights use `weighted`.
 * @throws LehrError `option` unless the weights are finite, at least 0, and their sum is finite and above 0.
 */
export function pickWeighted(rng: Rng, weights: ArrayLike<number>): number {
  const goal = rng.uniform() * total('pickWeighted', weights);
  let sum = 0;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    sum += weights[i];
    if (goal < sum) return i;
    last = i;
  }
  return last; // a subnormal sum, where the product may have been rounded up to it
}

/**
 * A table for drawing indices by weight in O(1): the alias method of Walker (1977), set up in O(n) as Vose ("A linear algorithm for
 * generating random numbers with a given distribution", IEEE TSE 17, 1991) does. The weights are copied.
 * @throws LehrError `option` unless the weights are finite, at least 0, and their sum is finite and above 0.
 */
export function weighted(weights: ArrayLike<number>): Weighted {
  const n = weights.length;
  const sum = total('weighted', weights);
  // Column i holds its own index up to the height share[i] and alias[i] above it; all columns are 1 high.
  const share = new Float64Array(n);
  const alias = new Int32Array(n);
  const low: number[] = [];
  const high: number[] = [];
  for (let i = 0; i < n; i++) {
    share[i] = (weights[i] / sum) * n;
    alias[i] = i;
    (share[i] < 1 ? low : high).push(i);
  }
  while (low.length > 0 && high.length > 0) {
    const small = low.pop()!;
    const large = high[high.length - 1];
    alias[small] = large;
    share[large] = share[large] + share[small] - 1;
    if (share[large] < 1) low.push(high.pop()!);
  }
  // What is left is 1 but for rounding: full columns.
  for (const i of low) share[i] = 1;
  for (const i of high) share[i] = 1;
  return {
    length: n,
    draw(rng) {
      const column = rng.below(n);
      return rng.uniform() < share[column] ? column : alias[column];
    },
  };
}

/** The sum of the weights, once they are known to be weights. */
function total(name: string, weights: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    if (!(Number.isFinite(weights[i]) && weights[i] >= 0)) {
      throw new LehrError('option', `${name}: weight ${i} is ${show(weights[i])}, expected a finite number of at least 0.`);
    }
    sum += weights[i];
  }
  if (sum > 0 && sum < Infinity) return sum;
  const cause = weights.length === 0 ? 'there are no weights' : sum === 0 ? 'all weights are 0' : 'the sum of the weights is not finite';
  throw new LehrError('option', `${name}: ${cause}, expected at least one weight above 0 and a finite sum.`);
}
