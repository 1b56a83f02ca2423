import { LehrError, show } from '../error.ts';
import type { Rng } from './rng.ts';

/** From this mean on Hörmann's rejection is used; below it, one pass over the probabilities. */
const LARGE = 10;

/** ln k! less Stirling's (k + ½) ln(k + 1) − (k + 1) + ½ ln 2π, for k = 0 … 9; beyond, its series. */
const STIRLING = Float64Array.of(
  0.0810614667953272,
  0.0413406959554092,
  0.0276779256849983,
  0.020790672103765,
  0.0166446911898211,
  0.0138761288230707,
  0.0118967099458917,
  0.010411265261972,
  0.0092554621827127,
  0.0083305634333631,
);

function stirling(k: number): number {
  if (k <= 9) return STIRLING[k];
  const inverse = 1 / (k + 1);
  const squared = inverse * inverse;
  return (1 / 12 - (1 / 360 - (1 / 1260) * squared) * squared) * inverse;
}

/**
 * A binomial number: successes in `n` trials of probability `p`. Its time hardly depends on n: inversion by the recurrence of the probabilities while n ·
 * min(p, 1 − p) is below 10, else BTRS, transformed rejection with squeeze (Hörmann, "The generation of binomial random variates", J. Stat. Comput. Simul. 46, 1993).
 * @throws LehrError `option` unless n is a whole number from 0 to 2⁵³ − 1 and 0 ≤ p ≤ 1.
 */
export function binomial(rng: Rng, n: number, p: number): number {
  if (!(Number.isSafeInteger(n) && n >= 0))
    throw new LehrError('option', `binomial: n is ${show(n)}, expected a whole number of at least 0.`);
  if (!(p >= 0 && p <= 1)) throw new LehrError('option', `binomial: p is ${show(p)}, expected a number from 0 to 1.`);
  if (n === 0 || p === 0) return 0;
  if (p === 1) return n;
  if (p > 0.5) return n - smaller(rng, n, 1 - p);
  return smaller(rng, n, p);
}

/** For p ≤ ½. */
function smaller(rng: Rng, n: number, p: number): number {
  return n * p < LARGE ? byInversion(rng, n, p) : byRejection(rng, n, p);
}

function byInversion(rng: Rng, n: number, p: number): number {
  const odds = p / (1 - p);
  // (1 − p)^n is at least e^(−14) here, as n p < 10 and p ≤ ½.
  let share = Math.exp(n * Math.log1p(-p));
  let goal = rng.uniform();
  let k = 0;
  while (goal >= share && k < n) {
    goal -= share;
    k++;
    share *= (odds * (n - k + 1)) / k;
    if (share === 0) break; // rounding has left a rest that no probability takes
  }
  return k;
}

function byRejection(rng: Rng, n: number, p: number): number {
  const deviation = Math.sqrt(n * p * (1 - p));
  // The hat's constants, as Hörmann gives them for BTRS.
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const centre = n * p + 0.5;
  const squeeze = 0.92 - 4.2 / b;
  const odds = p / (1 - p);
  const alpha = (2.83 + 5.1 / b) * deviation;
  const mode = Math.floor((n + 1) * p);
  for (;;) {
    const u = rng.uniform() - 0.5;
    let v = rng.uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + centre);
    if (us >= 0.07 && v <= squeeze) return k;
    if (!(k >= 0 && k <= n)) continue;
    v = Math.log((v * alpha) / (a / (us * us) + b));
    const bound =
      (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1))) +
      (n + 1) * Math.log((n - mode + 1) / (n - k + 1)) +
      (k + 0.5) * Math.log((odds * (n - k + 1)) / (k + 1)) +
      stirling(mode) +
      stirling(n - mode) -
      stirling(k) -
      stirling(n - k);
    if (v <= bound) return k;
  }
}

/**
 * Deals `n` out over categories with the given shares (which add up to 1 but for rounding), adding to `out`, by binomials one after the other: the law of n
 * independent draws, in time that does not depend on n.
 * @param at where the shares begin, `count` of them.
 */
export function multinomialInto(rng: Rng, n: number, shares: Float64Array, at: number, count: number, out: Int32Array): void {
  let left = n;
  let mass = 1;
  let last = 0;
  for (let k = 0; k < count && left > 0; k++) {
    const share = shares[at + k];
    if (share <= 0) continue;
    last = k;
    const drawn = share >= mass ? left : binomial(rng, left, share / mass);
    out[k] += drawn;
    left -= drawn;
    mass -= share;
  }
  out[last] += left; // what rounding has left over
}
