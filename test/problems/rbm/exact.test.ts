import { LehrError, stream } from 'lehr';
import {
  barsAndStripes,
  binarise,
  literalPseudoLogLikelihood,
  logLikelihood,
  logPartition,
  logWeight,
  pseudoLogLikelihood,
  sizeOf,
  type RbmShape,
} from 'lehr/problems/rbm';
import { describe, expect, test } from 'vitest';

const parametersOf = (shape: RbmShape, seed: number): Float64Array => {
  const rng = stream('rbm', seed);
  return Float64Array.from({ length: sizeOf(shape) }, () => rng.normal());
};
const bitsOf = (x: number, n: number): number[] => Array.from({ length: n }, (_, i) => (x >>> i) & 1);

/** e^(v'Wh + b'v + c'h), word for word. */
function weight({ visible, hidden }: RbmShape, theta: Float64Array, v: number[], h: number[]): number {
  let sum = 0;
  for (let i = 0; i < visible; i++) for (let j = 0; j < hidden; j++) sum += v[i] * h[j] * theta[i * hidden + j];
  for (let i = 0; i < visible; i++) sum += v[i] * theta[visible * hidden + i];
  for (let j = 0; j < hidden; j++) sum += h[j] * theta[visible * hidden + visible + j];
  return Math.exp(sum);
}

describe.each<RbmShape>([
  { visible: 1, hidden: 1 },
  { visible: 4, hidden: 3 },
  { visible: 3, hidden: 5 },
  { visible: 6, hidden: 6 },
])('$visible visible and $hidden hidden units', (shape) => {
  const { visible, hidden } = shape;
  const theta = parametersOf(shape, visible * 10 + hidden);
  const marginal = Array.from({ length: 1 << visible }, (_, x) => {
    let sum = 0;
    for (let y = 0; y < 1 << hidden; y++) sum += weight(shape, theta, bitsOf(x, visible), bitsOf(y, hidden));
    return sum;
  });
  const z = marginal.reduce((a, b) => a + b, 0);

  test('the partition function and the visible law are those of all configurations', () => {
    expect(logPartition(shape, theta)).toBeCloseTo(Math.log(z), 10);
    marginal.forEach((value, x) => expect(logWeight(shape, theta, bitsOf(x, visible))).toBeCloseTo(Math.log(value), 10));
    const rows = Uint8Array.from([0, marginal.length - 1, 1].flatMap((x) => bitsOf(x, visible)));
    const literal = [0, marginal.length - 1, 1].reduce((sum, x) => sum + Math.log(marginal[x] / z), 0) / 3;
    expect(logLikelihood(shape, theta, rows)).toBeCloseTo(literal, 10);
  });

  test('the pseudo-likelihood is that of each unit given the others', () => {
    const rows = Uint8Array.from([1, marginal.length - 2].flatMap((x) => bitsOf(Math.max(0, x), visible)));
    let literal = 0;
    for (const x of [1, Math.max(0, marginal.length - 2)]) {
      for (let i = 0; i < visible; i++) literal += Math.log(marginal[x] / (marginal[x] + marginal[x ^ (1 << i)])) / 2;
    }
    expect(literalPseudoLogLikelihood(shape, theta, rows)).toBeCloseTo(literal, 10);
    expect(pseudoLogLikelihood(shape, theta, rows)).toBeCloseTo(literal, 10);
  });
});

test('large weights do not overflow, and 16 hidden units are gone through', () => {
  const shape = { visible: 20, hidden: 16 };
  const theta = new Float64Array(sizeOf(shape));
  expect(logPartition(shape, theta)).toBeCloseTo(36 * Math.LN2, 9);
  theta[0] = 2000;
  expect(logPartition(shape, theta)).toBeCloseTo(2000 + 34 * Math.LN2, 6);
  expect(() => logPartition({ visible: 17, hidden: 17 }, new Float64Array(17 * 17 + 34))).toThrow(LehrError);
});

test.each([0.01, 1, 20, 199, 1000])('the pseudo-likelihood by products is that by logarithms, weights about %d', (size) => {
  const shape = { visible: 12, hidden: 40 };
  const theta = parametersOf(shape, 7).map((value) => size * Math.tanh(value));
  const rng = stream('rbm rows', 1);
  const rows = Uint8Array.from({ length: 12 * 9 }, () => rng.below(2));
  const literal = literalPseudoLogLikelihood(shape, theta, rows);
  expect(literal).toBeLessThan(0);
  expect(Math.abs(pseudoLogLikelihood(shape, theta, rows) - literal)).toBeLessThan(1e-10 * Math.max(1, size, -literal));
});

test('bars and stripes: 14 pictures of side 3, all different, rows or columns uniform', () => {
  const pictures = barsAndStripes(3);
  expect(pictures.length).toBe(14 * 9);
  const texts = Array.from({ length: 14 }, (_, r) => [...pictures.subarray(9 * r, 9 * r + 9)].join(''));
  expect(new Set(texts).size).toBe(14);
  const uniform = (text: string): boolean => /^(?:(?:000|111){3})$/.test(text) || /^([01]{3})\1\1$/.test(text);
  expect(texts.every(uniform)).toBe(true);
  expect(() => barsAndStripes(0)).toThrow(LehrError);
  expect([...binarise([0, 0.5, 1, NaN], 0.5)]).toEqual([0, 1, 1, 0]);
  expect(() => binarise([1], NaN)).toThrow(LehrError);
});
