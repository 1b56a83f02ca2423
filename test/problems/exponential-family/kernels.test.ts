import { stream } from 'lehr';
import {
  crowdModel,
  finiteFamily,
  isingFamily,
  kernelOf,
  machine2x2,
  probabilities,
  walkerModel,
  type FiniteFamily,
  type KernelSpec,
} from 'lehr/problems/exponential-family';
import { powerInto } from '#problems/exponential-family/kernels';
import { describe, expect, test } from 'vitest';

const BLOCK: KernelSpec = {
  kernel: 'block',
  blocks: [
    [2, 3],
    [0, 1],
  ],
};
const CASES: [string, FiniteFamily, KernelSpec][] = [
  ['machine, random scan', machine2x2(), { kernel: 'random-scan' }],
  ['machine, systematic', machine2x2(), { kernel: 'systematic' }],
  ['machine, blocks', machine2x2(), BLOCK],
  ['machine, Metropolis', machine2x2(), { kernel: 'metropolis' }],
  [
    'ising 2×2, blocks',
    isingFamily(2, 2),
    {
      kernel: 'block',
      blocks: [
        [0, 3],
        [1, 2],
      ],
    },
  ],
  ['three values, Metropolis', finiteFamily('f', [3, 2, 1], 2, ([a, b], out) => out.set([a * b, a])), { kernel: 'metropolis' }],
  ['three values, systematic', finiteFamily('f', [3, 2, 1], 2, ([a, b], out) => out.set([a * b, a])), { kernel: 'systematic' }],
];

function randomShares(family: FiniteFamily, seed: number): Float64Array {
  const rng = stream('kernels', seed);
  return probabilities(
    family,
    Float64Array.from({ length: family.size }, () => 1.5 * rng.normal()),
  );
}

function matrixOf(family: FiniteFamily, spec: KernelSpec, shares: Float64Array): Float64Array {
  const matrix = new Float64Array(family.states * family.states);
  kernelOf(family, spec).matrix(shares, matrix);
  return matrix;
}

/** The largest of |a − b|. */
const apart = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((most, x, k) => Math.max(most, Math.abs(x - b[k])), 0);

/** The kernel that runs the other way round in time: the same for random scan and Metropolis, the reverse order for updates in turn. */
function reversed(family: FiniteFamily, spec: KernelSpec): KernelSpec {
  if (spec.kernel === 'block') return { ...spec, blocks: [...spec.blocks].reverse() };
  if (spec.kernel === 'systematic') return { kernel: 'block', blocks: family.radix.map((_, site) => [site]).reverse() };
  return spec;
}

describe.each(CASES)('%s', (_, family, spec) => {
  const { states } = family;

  test('rows add up, the law is invariant, and the balance with the reversed kernel is detailed, at random parameters', () => {
    for (let seed = 0; seed < 10; seed++) {
      const shares = randomShares(family, seed);
      const matrix = matrixOf(family, spec, shares);
      const back = matrixOf(family, reversed(family, spec), shares);
      const after = new Float64Array(states);
      const forth = new Float64Array(states * states);
      const other = new Float64Array(states * states);
      for (let x = 0; x < states; x++) {
        expect(matrix.subarray(x * states, (x + 1) * states).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
        for (let y = 0; y < states; y++) {
          after[y] += shares[x] * matrix[x * states + y];
          forth[x * states + y] = shares[x] * matrix[x * states + y];
          other[x * states + y] = shares[y] * back[y * states + x];
        }
      }
      expect(apart(after, shares)).toBeLessThan(1e-12);
      expect(apart(forth, other)).toBeLessThan(1e-12);
    }
  });

  test('steps have the law of the matrix’s rows: chi-square, each above 4.5 deviations once in 300 000', () => {
    const shares = randomShares(family, 20);
    const matrix = matrixOf(family, spec, shares);
    const kernel = kernelOf(family, spec);
    const rng = stream('steps');
    const draws = 4000;
    for (let x = 0; x < states; x++) {
      const counts = new Float64Array(states);
      for (let k = 0; k < draws; k++) counts[kernel.step(shares, x, rng)]++;
      expect(chiSquareZ(counts, matrix.subarray(x * states, (x + 1) * states), draws)).toBeLessThan(4.5);
    }
  });

  test('m steps of walkers and of a crowd have the law of K^m', () => {
    const theta = Float64Array.from({ length: family.size }, (_, k) => 0.4 * (k + 1) * (k % 2 === 0 ? 1 : -1));
    const shares = probabilities(family, theta);
    const m = 3;
    const power = new Float64Array(states * states);
    powerInto(matrixOf(family, spec, shares), states, m, power, new Float64Array(2 * states * states));
    const begin = states - 1;
    const n = 2000;
    const data = new Int32Array(n).fill(begin);
    const order = Int32Array.from({ length: n }, (_, i) => i);
    const row = power.subarray(begin * states, (begin + 1) * states);

    const walkers = walkerModel(family, data, { kernel: spec });
    const one = walkers.particles(n);
    walkers.place(one, order, 0, n);
    walkers.move(theta, one, n, m, stream('walkers'));
    const seen = new Float64Array(states);
    for (const state of one.at) seen[state]++;
    expect(chiSquareZ(seen, row, n)).toBeLessThan(4.5);

    const crowd = crowdModel(family, data, { kernel: spec });
    const total = new Float64Array(states);
    const squares = new Float64Array(states);
    const rng = stream('crowd');
    const runs = 300;
    for (let r = 0; r < runs; r++) {
      const many = crowd.particles(n);
      crowd.place(many, order, 0, n);
      crowd.move(theta, many, n, m, rng);
      many.counts.forEach((count, y) => {
        total[y] += count;
        squares[y] += (count - n * row[y]) ** 2;
      });
    }
    expect(chiSquareZ(total, row, n * runs)).toBeLessThan(4.5);
    // Also the spread is that of n independent particles: variance n q (1 − q), its estimate's relative deviation √(2 / runs).
    for (let y = 0; y < states; y++) {
      const variance = n * row[y] * (1 - row[y]);
      expect(Math.abs(squares[y] / runs - variance)).toBeLessThanOrEqual(5 * variance * Math.sqrt(2 / runs) + 0.1);
    }
  });
});

/** Chi-square against shares, as a normal deviation (Wilson–Hilferty); states that cannot be must not be there. */
function chiSquareZ(counts: Float64Array, shares: Float64Array, draws: number): number {
  let chi2 = 0;
  let bins = 0;
  let [c, e] = [0, 0];
  for (let y = 0; y < counts.length; y++) {
    if (shares[y] < 1e-15 && counts[y] > 0) return Infinity;
    c += counts[y];
    e += draws * shares[y];
    if (e < 8) continue;
    chi2 += (c - e) ** 2 / e;
    bins++;
    [c, e] = [0, 0];
  }
  const d = bins - 1;
  return d < 1 ? 0 : (Math.cbrt(chi2 / d) - (1 - 2 / (9 * d))) / Math.sqrt(2 / (9 * d));
}

test('powers of a matrix are repeated products', () => {
  const matrix = Float64Array.of(0.5, 0.5, 0.2, 0.8);
  const out = new Float64Array(4);
  let literal = matrix;
  for (let m = 1; m <= 9; m++) {
    powerInto(matrix, 2, m, out, new Float64Array(8));
    expect(apart(out, literal)).toBeLessThan(1e-15);
    const [a, b, c, d] = literal;
    literal = Float64Array.of(a * 0.5 + b * 0.2, a * 0.5 + b * 0.8, c * 0.5 + d * 0.2, c * 0.5 + d * 0.8);
  }
});

test('kernels that are none are refused', () => {
  const family = machine2x2();
  expect(() => kernelOf(family, { kernel: 'gibs' } as never)).toThrow('expected random-scan, systematic, block or metropolis');
  for (const blocks of [
    [[0, 1]],
    [
      [0, 1],
      [1, 2, 3],
    ],
    [[0, 1, 2, 3], []],
    [
      [0, 1],
      [2, 4],
    ],
  ])
    expect(() => kernelOf(family, { kernel: 'block', blocks })).toThrow('expected each of the sites 0 to 3 in one of them');
});
