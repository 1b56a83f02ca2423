import { LehrError, show } from '../error.ts';
import type { Rng } from './rng.ts';

/**
 * A gamma number of the given shape and scale 1 (Marsaglia and Tsang 2000; shape below 1 by their boost: gamma(shape + 1) · U^(1/shape)).
 * @param shape above 0.
 */
export function gamma(rng: Rng, shape: number): number {
  if (!(shape > 0 && shape < Infinity)) throw new LehrError('option', `gamma: shape is ${show(shape)}, expected a finite number above 0.`);
  if (shape < 1) return gamma(rng, shape + 1) * Math.exp(-rng.exponential() / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = rng.normal();
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    if (-rng.exponential() < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Shuffles an array in place, all orders equally likely (Fisher–Yates), and returns it. */
export function shuffle<A extends { length: number; [i: number]: any }>(rng: Rng, array: A): A {
  for (let i = array.length - 1; i > 0; i--) {
    const j = rng.below(i + 1);
    const item: unknown = array[i];
    array[i] = array[j];
    array[j] = item;
  }
  return array;
}

/** A random order of 0 … n − 1. */
export function permutation(rng: Rng, n: number): Int32Array {
  return shuffle(
    rng,
    Int32Array.from({ length: n }, (_, i) => i),
  );
}

/**
 * A sampler of indices in proportion to weights, in O(1) per draw: the alias table of Walker (1977) in Vose's form (1991).
 * @param weights finite, at least 0, not all 0.
 */
export function weighted(weights: ArrayLike<number>): (rng: Rng) => number {
  const n = weights.length;
  let total = 0;
  for (let i = 0; i < n; i++) {
    if (!(weights[i] >= 0 && weights[i] < Infinity)) {
      throw new LehrError('option', `weighted: weight ${i} is ${show(weights[i])}, expected a finite number of at least 0.`);
    }
    total += weights[i];
  }
  if (!(total > 0 && total < Infinity)) throw new LehrError('option', `weighted: the ${n} weights sum to ${total}, expected a finite sum above 0.`);
  const share = Float64Array.from(weights, (w) => (w / total) * n);
  const alias = Int32Array.from({ length: n }, (_, i) => i);
  const small: number[] = [];
  const large: number[] = [];
  share.forEach((s, i) => (s < 1 ? small : large).push(i));
  while (small.length > 0 && large.length > 0) {
    const less = small.pop()!;
    const more = large[large.length - 1];
    alias[less] = more;
    share[more] -= 1 - share[less];
    if (share[more] < 1) small.push(large.pop()!);
  }
  // What rounding leaves over: full columns, but never one of weight 0.
  for (const i of large) share[i] = 1;
  for (const i of small) if (weights[i] > 0) share[i] = 1;
  return (rng) => {
    const i = rng.below(n);
    return rng.uniform() < share[i] ? i : alias[i];
  };
}
