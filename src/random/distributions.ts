import { LehrError, show } from '../error.ts';
import type { Rng } from './rng.ts';

/**
 * A gamma number with the given shape and scale 1 (mean and variance `shape`): Marsaglia & Tsang, "A simple method for generating gamma
 * variables", ACM TOMS 26(3), 2000. A shape below 1 is boosted as they say, gamma(shape + 1) · U^(1/shape), with −ln U exponential; below
 * a shape of about 0.05 results less than the smallest double come out as 0.
 * @throws LehrError `option` unless 0 < shape < ∞.
 */
export function gamma(rng: Rng, shape: number): number {
  if (!(Number.isFinite(shape) && shape > 0))
    throw new LehrError('option', `gamma: shape is ${show(shape)}, expected a finite number above 0.`);
  if (shape < 1) return gamma(rng, shape + 1) * Math.exp(-rng.exponential() / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = rng.normal();
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = rng.uniform();
    const xx = x * x;
    // 0.0331 is the paper's squeeze: it lies below the exact test, which then is seldom needed.
    if (u < 1 - 0.0331 * xx * xx || Math.log(u) < 0.5 * xx + d * (1 - v + Math.log(v))) return d * v;
  }
}

/** What can be shuffled in place: an array or a typed array. */
export interface Shufflable {
  readonly length: number;
  [index: number]: unknown;
}

/** Puts `items` in a uniformly random order, in place (Fisher–Yates; n − 1 draws of `below`), and returns them. */
export function shuffle<A extends Shufflable>(rng: Rng, items: A): A {
  const n = items.length;
  for (let i = 0; i < n - 1; i++) {
    const j = i + rng.below(n - i);
    const item = items[i];
    items[i] = items[j];
    items[j] = item;
  }
  return items;
}

/**
 * The numbers 0 … n − 1 in a uniformly random order.
 * @throws LehrError `option` unless n is an integer from 0 to 2³¹.
 */
export function permutation(rng: Rng, n: number): Int32Array {
  checkCount('permutation: n', n, 2147483648);
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  return shuffle(rng, order);
}

/**
 * `count` different numbers of 0 … n − 1, every ordered choice equally likely: the beginning of `permutation(rng, n)`, in time and memory
 * O(count) (a Fisher–Yates shuffle that remembers only the places it has touched).
 * @throws LehrError `option` unless n is an integer from 0 to 2³¹ and count one from 0 to n.
 */
export function sample(rng: Rng, n: number, count: number): Int32Array {
  checkCount('sample: n', n, 2147483648);
  checkCount('sample: count', count, n);
  const chosen = new Int32Array(count);
  const moved = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const j = i === n - 1 ? i : i + rng.below(n - i);
    chosen[i] = moved.get(j) ?? j;
    moved.set(j, moved.get(i) ?? i);
    moved.delete(i); // place i is never looked at again
  }
  return chosen;
}

/**
 * One of the items, all equally likely.
 * @throws LehrError `option` if there are none.
 */
export function pick<T>(rng: Rng, items: ArrayLike<T>): T {
  if (items.length === 0) throw new LehrError('option', 'pick: there are no items, expected at least one.');
  return items[rng.below(items.length)];
}

function checkCount(name: string, count: number, most: number): void {
  if (Number.isInteger(count) && count >= 0 && count <= most) return;
  throw new LehrError('option', `${name} is ${show(count)}, expected an integer from 0 to ${most}.`);
}
