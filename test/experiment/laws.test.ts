import { expect, test } from 'vitest';
import { NORMAL_975, normalCdf, normalQuantile, student975 } from '#src/experiment/laws';

test.each([
  [0, 0.5],
  [1, 0.8413447460685429],
  [-1, 0.15865525393145707],
  [1.96, 0.9750021048517795],
  [-3, 0.0013498980316300933],
  [5, 0.9999997133484281],
  [9, 1],
  [-9, 0],
  [Infinity, 1],
  [-Infinity, 0],
])('the normal law below %f is %f', (x, share) => {
  expect(Math.abs(normalCdf(x) - share)).toBeLessThan(1e-14);
});

test('not a number is no place', () => {
  expect(normalCdf(NaN)).toBeNaN();
});

test.each([
  [0.975, 1.959963984540054],
  [0.95, 1.6448536269514722],
  [0.5, 0],
  [0.001, -3.090232306167813],
  [0.0001, -3.719016485455709],
])('the normal quantile of %f is %f', (share, x) => {
  expect(Math.abs(normalQuantile(share) - x)).toBeLessThan(1e-9);
});

test('Student’s quantiles: exact for one and two degrees of freedom, else the published tables, and the normal one in the limit', () => {
  expect(student975(1)).toBeCloseTo(Math.tan(0.475 * Math.PI), 9);
  expect(student975(2)).toBeCloseTo(0.95 * Math.sqrt(2 / (1 - 0.95 * 0.95)), 9);
  const table = new Map([
    [3, 3.182],
    [4, 2.776],
    [5, 2.571],
    [6, 2.447],
    [7, 2.365],
    [8, 2.306],
    [9, 2.262],
    [10, 2.228],
    [19, 2.093],
    [30, 2.042],
    [60, 2.0],
    [120, 1.98],
  ]);
  for (const [freedom, quantile] of table) expect(Math.abs(student975(freedom) - quantile)).toBeLessThan(0.0006);
  expect(student975(1_000_001) - NORMAL_975).toBeGreaterThan(0);
  expect(student975(1_000_001)).toBeCloseTo(NORMAL_975, 5);
});
