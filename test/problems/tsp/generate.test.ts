import { stream } from 'lehr';
import { generateInstance, readInstance } from 'lehr/problems/tsp';
import { describe, expect, it } from 'vitest';
import { thrownBy } from '../thrown.ts';

describe('generateInstance', () => {
  it('gives the same text for the same n, kind and stream, another for another', () => {
    const text = generateInstance(50, 'uniform', stream(1));
    expect(generateInstance(50, 'uniform', stream(1))).toBe(text);
    expect(generateInstance(50, 'uniform', stream(2))).not.toBe(text);
    expect(generateInstance(50, 'clustered', stream(1))).not.toBe(text);
  });

  it('is fixed to the digit', () => {
    expect(generateInstance(2, 'uniform', stream(1)).split('\n').slice(0, 6)).toEqual([
      'NAME : uniform-2',
      'COMMENT : Uniform random cities, seed 1 (lehr generate)',
      'TYPE : TSP',
      'DIMENSION : 2',
      'EDGE_WEIGHT_TYPE : EUC_2D',
      'NODE_COORD_SECTION',
    ]);
    const rng = stream(1);
    const { x, y } = readInstance(generateInstance(2, 'uniform', stream(1)), 'x');
    expect([x![0], y![0], x![1], y![1]]).toEqual([1, 2, 3, 4].map(() => rng.below(1_000_000)));
  });

  it('says of which seed and stream it is, in one line', () => {
    const comment = (seed: string | number, ...path: string[]): string | undefined =>
      readInstance(generateInstance(1, 'uniform', stream(seed, ...path)), 'x').comment;
    expect(comment('a\n"b"', 'generate', 'tsp')).toBe('Uniform random cities, seed "a\\n\\"b\\"", stream generate/tsp (lehr generate)');
  });

  it('uniform: whole coordinates, each tenth of the square alike', () => {
    const { x, y, n, metric } = readInstance(generateInstance(20_000, 'uniform', stream('test')), 'x');
    expect([n, metric]).toEqual([20_000, 'EUC_2D']);
    for (const axis of [x!, y!]) {
      const counts = new Float64Array(10);
      for (const value of axis) {
        expect(Number.isInteger(value) && value >= 0 && value < 1_000_000).toBe(true);
        counts[Math.floor(value / 100_000)]++;
      }
      // Chi-square, 9 degrees of freedom: above 27.88 with probability 0.001, for each of the two axes; the seed is fixed.
      expect(counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)).toBeLessThan(27.88);
    }
  });

  it('clustered: cities lie round ⌈n/100⌉ centres, a standard deviation of 1,000,000/√n off', () => {
    const n = 10_000;
    const rng = stream('test');
    const centres = Array.from({ length: n / 100 }, () => [rng.below(1_000_000), rng.below(1_000_000)]);
    const { x, y } = readInstance(generateInstance(n, 'clustered', stream('test')), 'x');
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const centre = rng.below(centres.length);
      for (let k = 0; k < 24; k++) rng.uniform();
      squares += (x![i] - centres[centre][0]) ** 2 + (y![i] - centres[centre][1]) ** 2;
    }
    // Deviation 10,000: the mean of 20,000 squares is 1e8 within 1 % standard error (kurtosis 2.9: √(1.9/20000)); 4 errors, one false alarm in 16,000.
    expect(Math.abs(squares / (2 * n) / 1e8 - 1)).toBeLessThan(0.04);
  });

  it.each([
    [0, 'uniform', 'n is 0, expected a whole number of cities from 1 to 10000000.'],
    [2.5, 'uniform', 'n is 2.5, expected a whole number of cities from 1 to 10000000.'],
    [1e12, 'uniform', 'n is 1000000000000, expected a whole number of cities from 1 to 10000000.'],
    [5, 'clusterd', 'kind is "clusterd", expected uniform or clustered. Maybe clustered?'],
  ])('refuses n %s, kind %s', (n, kind, message) => {
    const thrown = thrownBy(() => generateInstance(n, kind, stream(1)));
    expect([thrown.code, thrown.message]).toEqual(['option', message]);
  });

  it.each([1, 2, 3])('makes %i cities', (n) => {
    for (const kind of ['uniform', 'clustered']) expect(readInstance(generateInstance(n, kind, stream(1)), 'x').n).toBe(n);
  });
});
