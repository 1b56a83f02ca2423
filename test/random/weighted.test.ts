import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pickWeighted, stream, weighted, type Rng } from '#src/random/index';
import { chiSquare, plausible } from './statistics.ts';

const both: [string, (weights: ArrayLike<number>) => (rng: Rng) => number][] = [
  ['pickWeighted', (weights) => (rng) => pickWeighted(rng, weights)],
  [
    'weighted',
    (weights) => {
      const table = weighted(weights);
      return (rng) => table.draw(rng);
    },
  ],
];
const laws: { weights: ArrayLike<number> }[] = [
  { weights: [7] },
  { weights: [1, 1] },
  { weights: [1, 2, 3, 4] },
  { weights: [0, 5, 0, 1, 0] },
  { weights: Float32Array.of(0.01, 0.02, 0.97) },
  { weights: Array.from({ length: 300 }, (_, i) => 1 + (i % 17)) },
  { weights: [3e307, 1e307, 2e307] },
  { weights: [4e-320, 6e-320] },
];

for (const [name, make] of both) {
  // 1e-6 each.
  test.each(laws)(`${name} draws by weight: $weights`, ({ weights }) => {
    const draw = make(weights);
    const rng = stream(1, name, weights.length);
    const counts = new Float64Array(weights.length);
    for (let i = 0; i < 50_000; i++) counts[draw(rng)]++;
    const possible = Array.from(weights, (weight, i) => ({ weight, count: counts[i] })).filter(({ weight }) => weight > 0);
    const sum = possible.reduce((s, { weight }) => s + weight, 0);
    expect(possible.reduce((s, { count }) => s + count, 0)).toBe(50_000);
    const position = chiSquare(
      possible.map(({ count }) => count),
      (k) => 50_000 * (possible[k].weight / sum),
    );
    expect(possible.length === 1 || plausible(position)).toBe(true);
  });

  test.each<[string, number[]]>([
    ['there are no weights', []],
    ['all weights are 0', [0, 0]],
    ['weight 1 is -1', [1, -1]],
    ['weight 0 is NaN', [NaN, 1]],
    ['weight 2 is Infinity', [1, 1, Infinity]],
    ['the sum of the weights is not finite', [1.5e308, 1.5e308]],
    ['weight 0 is "1"', ['1'] as unknown as number[]],
  ])(`${name}: %s`, (message, weights) => {
    const ask = () => make(weights)(stream(1));
    expect(ask).toThrow(expect.objectContaining({ code: 'option', message: expect.stringContaining(`${name}: ${message}`) }));
  });
}

test('an index of weight 0 is never drawn', () => {
  const weight = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true }));
  fc.assert(
    fc.property(fc.integer(), fc.array(weight, { minLength: 1, maxLength: 30 }), (seed, weights) => {
      fc.pre(weights.some((w) => w > 0));
      const rng = stream(seed);
      const table = weighted(weights);
      for (let i = 0; i < 50; i++) {
        expect(weights[table.draw(rng)]).toBeGreaterThan(0);
        expect(weights[pickWeighted(rng, weights)]).toBeGreaterThan(0);
      }
    }),
    { seed: 6, numRuns: 200 },
  );
});

test('the table gives each index its exact probability', () => {
  // The probability of i, read off the table by asking it every column and a fine grid of heights through a scripted generator.
  const weights = [0.5, 3, 0, 1.25, 0.25, 2, 0, 1];
  const table = weighted(weights);
  const grid = 4096;
  const mass = new Float64Array(weights.length);
  for (let column = 0; column < 8; column++) {
    for (let k = 0; k < grid; k++) {
      const scripted = { below: () => column, uniform: () => (k + 0.5) / grid } as unknown as Rng;
      mass[table.draw(scripted)] += 1 / (8 * grid);
    }
  }
  for (let i = 0; i < 8; i++) expect(mass[i]).toBeCloseTo(weights[i] / 8, 10);
});

test('the weights are copied', () => {
  const weights = [1, 0];
  const table = weighted(weights);
  weights[0] = 0;
  weights[1] = 1;
  expect(table.length).toBe(2);
  expect(table.draw(stream(1))).toBe(0);
});
