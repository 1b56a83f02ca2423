import { describe, expect, test } from 'vitest';
import { gridOf, pointName, pointsAtRandom, type Space } from 'lehr/experiment';

describe('spaces', () => {
  test('a grid has every combination, the last parameter changing first', () => {
    expect(gridOf({ A: [1, 2], B: [0.1, 0.2, 0.3] }).map(pointName)).toEqual([
      'A=1, B=0.1',
      'A=1, B=0.2',
      'A=1, B=0.3',
      'A=2, B=0.1',
      'A=2, B=0.2',
      'A=2, B=0.3',
    ]);
  });

  test('points at random: the first of more are the same, all differ, values are within their axes and short', () => {
    const space: Space = { A: { from: 1e-4, to: 1, scale: 'log' }, B: { from: 2, to: 5, whole: true }, C: [7, 8], D: { from: -1, to: 1 } };
    const points = pointsAtRandom(space, 400, 'x');
    expect(pointsAtRandom(space, 10, 'x')).toEqual(points.slice(0, 10));
    expect(pointsAtRandom(space, 10, 'y')).not.toEqual(points.slice(0, 10));
    expect(new Set(points.map(pointName)).size).toBe(400);
    for (const { A, B, C, D } of points) {
      expect([A >= 1e-4 && A <= 1, Number.isInteger(B) && B >= 2 && B <= 5, C === 7 || C === 8, D >= -1 && D <= 1]).toEqual([
        true,
        true,
        true,
        true,
      ]);
      expect(String(A).replace(/e.*|^0\.0*/, '').length).toBeLessThanOrEqual(5);
    }
    // On a logarithmic scale a quarter is in each decade of four, at 400 points to within 6 deviations (a false alarm in some 5e8).
    const counts = [0, 0, 0, 0];
    for (const { A } of points) counts[Math.min(3, Math.floor(Math.log10(A) + 4))]++;
    for (const count of counts) expect(Math.abs(count - 100)).toBeLessThan(6 * Math.sqrt(75));
    const wholes = new Map<number, number>();
    for (const { B } of points) wholes.set(B, (wholes.get(B) ?? 0) + 1);
    expect([...wholes.keys()].sort()).toEqual([2, 3, 4, 5]);
    for (const count of wholes.values()) expect(Math.abs(count - 100)).toBeLessThan(6 * Math.sqrt(75));
  });

  test('all points of a small space are found, and no more', () => {
    expect(new Set(pointsAtRandom({ A: [1, 2], B: { from: 0, to: 1, whole: true } }, 4, 1).map(pointName)).size).toBe(4);
    expect(() => pointsAtRandom({ A: [1, 2] }, 3, 1)).toThrow('trials is 3, but the space has hardly more than 2 points');
  });

  test.each<[Space, string]>([
    [{}, 'space is empty, expected a parameter'],
    [{ A: [] }, 'space.A is [], expected finite numbers, at least one'],
    [{ A: [1, NaN] }, 'expected finite numbers'],
    [{ A: [1, 1] }, 'expected each value once'],
    [{ A: { from: 2, to: 1 } }, 'expected finite numbers, from below to'],
    [{ A: { from: 0, to: 1, scale: 'log' } }, 'expected numbers above 0 on a logarithmic scale'],
    [{ A: { from: 0.5, to: 3, whole: true } }, 'expected whole numbers as its ends'],
    [{ A: { from: 0, to: 1, scale: 'cubic' as never } }, "expected 'linear' or 'log'"],
    [{ A: { from: 0, to: 1, skale: 'log' } as never }, 'unknown option "skale"'],
    [{ A: 3 as never }, 'expected a list of values or { from, to }'],
  ])('%j is refused', (space, message) => {
    expect(() => pointsAtRandom(space, 2, 1)).toThrow(message);
  });

  test('a range has no grid, and a grid has an end', () => {
    expect(() => gridOf({ A: { from: 0, to: 1 } })).toThrow('expected a list of values for a grid. Maybe search at random');
    const axis = Array.from({ length: 400 }, (_, i) => i);
    expect(() => gridOf({ A: axis, B: axis })).toThrow('the grid has 160000 points and more');
  });
});
