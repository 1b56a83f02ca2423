import { expect, test } from 'vitest';
import { stream } from '#src/random/index';
import { chiSquare, distance, draws, farthest, flat, gammaCdf, logGamma, normalCdf, plausible } from './statistics.ts';

test('logGamma at integers and halves', () => {
  let factorial = 1;
  for (let n = 1; n < 20; n++) {
    expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 11);
    factorial *= n;
  }
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12);
});

test('gammaCdf is the integral of the density', () => {
  /** Simpson's rule on 20 000 intervals. */
  const integral = (f: (x: number) => number, end: number): number => {
    const n = 20_000;
    let sum = f(0) + f(end);
    for (let i = 1; i < n; i++) sum += (i % 2 === 1 ? 4 : 2) * f((end * i) / n);
    return (sum * end) / (3 * n);
  };
  for (const x of [0.01, 0.5, 1, 3, 10]) {
    for (const a of [1, 2.5, 4.5]) {
      expect(gammaCdf(a, x)).toBeCloseTo(integral((v) => v ** (a - 1) * Math.exp(-v), x) / Math.exp(logGamma(a)), 9);
    }
    // Below 1 the density is infinite at 0: with v = y^(1/a) its integral is that of e^(−y^(1/a)) / a.
    for (const a of [0.02, 0.3]) {
      expect(gammaCdf(a, x)).toBeCloseTo(integral((y) => Math.exp(-(y ** (1 / a))), x ** a) / Math.exp(logGamma(a + 1)), 9);
    }
  }
  for (const x of [0.1, 1, 20, 36]) expect(gammaCdf(1, x)).toBeCloseTo(1 - Math.exp(-x), 13);
});

test('chi-square and normal quantiles as tabled', () => {
  expect(gammaCdf(0.5, 3.841459 / 2)).toBeCloseTo(0.95, 7);
  expect(gammaCdf(5, 23.209251 / 2)).toBeCloseTo(0.99, 7);
  expect(gammaCdf(50, 124.342113 / 2)).toBeCloseTo(0.95, 7);
  expect(normalCdf(1.959964)).toBeCloseTo(0.975, 7);
  expect(normalCdf(-1.959964)).toBeCloseTo(0.025, 7);
});

test('chiSquare sees both too far and too close', () => {
  expect(plausible(flat([100, 100, 100, 100]))).toBe(false);
  expect(plausible(flat([95, 108, 103, 94]))).toBe(true);
  expect(plausible(flat([160, 80, 80, 80]))).toBe(false);
  expect(() => chiSquare([1, 2], () => 2)).toThrow('too few');
});

test('the distance sees a shift of 0.05', () => {
  const rng = stream(1, 'distance');
  expect(
    distance(
      draws(1e5, () => rng.normal() + 0.05),
      normalCdf,
    ),
  ).toBeGreaterThan(farthest(1e5));
  expect(distance(Float64Array.of(0.1, 0.5), (x) => x)).toBeCloseTo(0.5, 12);
});
