import { expMinus } from '../../src/dynamics/exp.ts';

/** 1 / (1 + e^−x), the same bits on every engine. */
export function sigmoid(x: number): number {
  const e = expMinus(Math.abs(x));
  return x >= 0 ? 1 / (1 + e) : e / (1 + e);
}

/** ln(1 + e^x), without overflow. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(expMinus(Math.abs(x)));
}

/**
 * Turns scores into probabilities e^score / Σ e^score, in place.
 * @returns −ln of the probability of class `target`: the cross-entropy.
 */
export function softmaxOf(scores: Float64Array, target: number): number {
  const k = scores.length;
  let most = scores[0];
  for (let c = 1; c < k; c++) if (scores[c] > most) most = scores[c];
  const off = scores[target] - most;
  let sum = 0;
  for (let c = 0; c < k; c++) sum += scores[c] = expMinus(most - scores[c]);
  for (let c = 0; c < k; c++) scores[c] /= sum;
  return Math.log(sum) - off;
}

/** The index of the largest; the first of equals. */
export function argmax(scores: ArrayLike<number>, from = 0, length = scores.length): number {
  let best = 0;
  for (let c = 1; c < length; c++) if (scores[from + c] > scores[from + best]) best = c;
  return best;
}
