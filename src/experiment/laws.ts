import { expMinus } from '../dynamics/exp.ts';

/** 1 / √(2π). */
const DENSITY = 0.3989422804014327;

/** The normal quantile of 97.5 %: 95 % of a normal law lie within so many standard deviations of its mean. */
export const NORMAL_975 = 1.959963984540054;

/**
 * The standard normal distribution function: ½ + φ(x) (x + x³/3 + x⁵/(3·5) + …), whose terms are all of one sign (Marsaglia 2004, J. Stat. Software
 * 11(4)). Absolute error below 1e-14; plain arithmetic, so that an interval has the same bits on every engine.
 */
export function normalCdf(x: number): number {
  if (!(Math.abs(x) < 8.5)) return x === x ? (x < 0 ? 0 : 1) : NaN;
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + sum * DENSITY * expMinus((x * x) / 2);
}

/** The standard normal quantile of a share in (0, 1), by halving: as exact as `normalCdf` is there. */
export function normalQuantile(share: number): number {
  return halved(-8.5, 8.5, (x) => normalCdf(x) < share);
}

/**
 * What Student's t of so many degrees of freedom exceeds in size with probability 5 %: 12.706 for one, 1.96 for very many. Its distribution function
 * is elementary for whole numbers of them (Abramowitz & Stegun 26.7.3 and 26.7.4).
 */
export function student975(freedom: number): number {
  return halved(0, 13, (t) => studentWithin(t, freedom) < 0.95);
}

/** The probability that Student's t is within ±t. */
function studentWithin(t: number, freedom: number): number {
  const cosine2 = freedom / (freedom + t * t);
  const sine = Math.sqrt(1 - cosine2);
  const even = freedom % 2 === 0;
  let term = even ? 1 : Math.sqrt(cosine2);
  let sum = freedom === 1 ? 0 : term;
  for (let k = even ? 2 : 3; k < freedom; k += 2) {
    term *= (cosine2 * (k - 1)) / k;
    sum += term;
  }
  return even ? sine * sum : (2 / Math.PI) * (Math.atan(t / Math.sqrt(freedom)) + sine * sum);
}

/** Where `below` turns false, between two points. */
function halved(from: number, to: number, below: (x: number) => boolean): number {
  let [low, high] = [from, to];
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (below(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
