import { checkDynamics, stream } from 'lehr';
import { compare } from 'lehr/experiment';
import { runJobs } from 'lehr/parallel';
import {
  countsOf,
  crowdModel,
  drawRows,
  exponentialFamilyRecipe,
  kernelOf,
  machine2x2,
  meanOf,
  probabilities,
  sharesOf,
  walkerModel,
  type ExponentialFamilyParams,
  type KernelSpec,
} from 'lehr/problems/exponential-family';
import recipe from '#problems/exponential-family/recipe';
import { contrastOf } from '#src/dynamics/contrastive-model';
import { describe, expect, test } from 'vitest';

const family = machine2x2();
const { states, size } = family;

/** Parameters away from any symmetry. */
const THETA = Float64Array.of(0.9, -0.4, 0.7, -1.2);
const TRUTH = Float64Array.of(-0.3, 0.8, 1.1, 0.2);
const data = drawRows(family, TRUTH, 500, 1);
const begin = sharesOf(countsOf(family, data));
const EXACT = meanOf(family, begin).map((value, k) => value - meanOf(family, probabilities(family, THETA))[k]);

/** The gradient of CD-m but for sampling: the data's mean less that of p_data K^m. */
function expectedGradient(spec: KernelSpec, m: number): Float64Array {
  const matrix = new Float64Array(states * states);
  kernelOf(family, spec).matrix(probabilities(family, THETA), matrix);
  let shares = begin;
  for (let k = 0; k < m; k++) {
    const next = new Float64Array(states);
    for (let x = 0; x < states; x++) for (let y = 0; y < states; y++) next[y] += shares[x] * matrix[x * states + y];
    shares = next;
  }
  return meanOf(family, begin).map((value, k) => value - meanOf(family, shares)[k]);
}

/** The second eigenvalue of a reversible kernel: power iteration on D^½ K D^−½ less its first eigenvector √π. */
function secondEigenvalue(spec: KernelSpec): number {
  const shares = probabilities(family, THETA);
  const root = shares.map(Math.sqrt);
  const matrix = new Float64Array(states * states);
  kernelOf(family, spec).matrix(shares, matrix);
  const rng = stream('eigenvalue');
  let vector = Float64Array.from({ length: states }, () => rng.normal());
  let value = 0;
  for (let k = 0; k < 2000; k++) {
    const along = vector.reduce((sum, v, x) => sum + v * root[x], 0);
    const clean = vector.map((v, x) => v - along * root[x]);
    const next = new Float64Array(states);
    for (let x = 0; x < states; x++) for (let y = 0; y < states; y++) next[x] += ((root[x] * matrix[x * states + y]) / root[y]) * clean[y];
    value = Math.hypot(...next) / Math.hypot(...clean);
    vector = next.map((v) => v / Math.hypot(...next));
  }
  return value;
}

describe.each<[string, KernelSpec]>([
  ['random scan', { kernel: 'random-scan' }],
  ['Metropolis', { kernel: 'metropolis' }],
])('%s', (_, kernel) => {
  test('the bias of CD-m decays by the second eigenvalue a step, to within 20 %', () => {
    const bias = (m: number): number => Math.hypot(...expectedGradient(kernel, m).map((value, k) => value - EXACT[k]));
    // The least-squares slope of ln bias over m = 10 … 40, where the slowest part has outlived the others.
    const ms = Array.from({ length: 31 }, (_, i) => 10 + i);
    const logs = ms.map((m) => Math.log(bias(m)));
    const [meanM, meanLog] = [25, logs.reduce((a, b) => a + b, 0) / 31];
    const slope = ms.reduce((sum, m, i) => sum + (m - meanM) * (logs[i] - meanLog), 0) / ms.reduce((sum, m) => sum + (m - meanM) ** 2, 0);
    const second = secondEigenvalue(kernel);
    expect(second).toBeGreaterThan(0.5);
    expect(Math.abs(Math.exp(slope) / second - 1)).toBeLessThan(0.2);
    expect(bias(1)).toBeGreaterThan(20 * bias(40));
  });

  test.each([
    ['walkers', walkerModel, 1, 60],
    ['a crowd', crowdModel, 1, 1500],
    ['walkers', walkerModel, 200, 3],
    ['a crowd', crowdModel, 200, 300],
  ] as const)('%s: the mean gradient is that of p_data K^m, m = %i, to within 4 standard errors', (_, modelOf, m, runs) => {
    const model = modelOf(family, data, { kernel }) as ReturnType<typeof walkerModel>;
    const order = Int32Array.from(data, (_, i) => i);
    const expected = m === 200 ? EXACT : expectedGradient(kernel, m);
    const gradient = new Float64Array(size);
    const sum = new Float64Array(size);
    const rng = stream('gradient', m, runs);
    const particles = model.particles(data.length);
    for (let r = 0; r < runs; r++) {
      model.place(particles, order, 0, data.length);
      contrastOf(model, THETA, particles, data.length, null, 0, m, rng, gradient);
      for (let k = 0; k < size; k++) sum[k] += gradient[k] / runs;
    }
    // Moved rows are independent given the data, each statistic 0 or 1: a standard error of at most ½ / √(rows · runs).
    const error = 0.5 / Math.sqrt(data.length * runs);
    for (let k = 0; k < size; k++) expect(Math.abs(sum[k] - expected[k])).toBeLessThan(4 * error);
  });
});

describe('the recipe', () => {
  test.each<[string, ExponentialFamilyParams]>([
    ['a machine', { family: 'machine', data: { rows: 50, parameters: [1, -0.5, 0.5, -1], seed: 1 } }],
    ['an Ising grid', { family: { ising: [2, 2], shared: true }, data: [0, 3, 15, 15, 8], kernel: { kernel: 'systematic' }, m: 2 }],
    [
      'a larger grid, walkers',
      {
        family: { ising: [3, 3] },
        data: { rows: 30, parameters: Array<number>(21).fill(0.1), seed: 2 },
        batch: 10,
        persistent: true,
        average: 'weighted',
      },
    ],
  ])('%s keeps the contract', (_, params) => {
    expect(() => checkDynamics(recipe(params).dynamics, { controls: { rate: 0.2 }, steps: 7 })).not.toThrow();
  });

  test('runs on worker threads with the same bits', async () => {
    const params: ExponentialFamilyParams = { family: 'machine', data: { rows: 100, parameters: [1, -0.5, 0.5, -1], seed: 3 }, m: 2 };
    const module = exponentialFamilyRecipe;
    const jobs = [1, 2, 3].map((seed) => ({ params, seed, budget: { steps: 50 } }));
    const results = await Promise.all(
      (['inline', 'threads'] as const).map((executor) => runJobs<ExponentialFamilyParams>(module, jobs, { executor, workers: 2 })),
    );
    const learned = results.map((each) => each.map((result) => (result.status === 'done' ? result.outcome.result : null)));
    expect(learned[0]).toEqual(learned[1]);
    expect(learned[0]).not.toContain(null);
  });

  test('is compared over rates: a falling rate ends nearer the greatest likelihood than a fixed one', async () => {
    const report = await compare<ExponentialFamilyParams>({
      recipe: exponentialFamilyRecipe,
      params: { family: 'machine', data: { rows: 200, parameters: [1, -0.5, 0.5, -1], seed: 4 }, m: 3 },
      cells: { fixed: { controls: { rate: 5 } }, falling: { controls: { rate: { schedule: 'linear', from: 5, to: 0 } } } },
      seeds: 8,
      budget: { steps: 1500 },
      block: 1,
      workers: 2,
    });
    expect(report.difference('falling', 'fixed')!.high).toBeLessThan(0);
    expect(report.wins('falling', 'fixed')!.probability).toBeGreaterThan(0.8);
  });

  test('refuses what it does not know', () => {
    expect(() => recipe({ family: 'rbm' as never, data: [0] })).toThrow(`expected 'machine' or { ising: [rows, columns] }`);
    expect(() => recipe({ family: 'machine', data: [] })).toThrow('there are no rows of data');
    expect(() => recipe({ family: 'machine', data: [16] })).toThrow('row 0 is in state 16, expected a whole number from 0 to 15');
    expect(() => recipe({ family: 'machine', data: [1], start: [1] })).toThrow('expected 4 finite numbers');
  });
});
