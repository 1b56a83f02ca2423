import { checkModel, stream } from 'lehr';
import { reproduce, type Context } from 'lehr/experiment';
import { coordinateSample, descentAt, flowAt, linear, lossOf, quadratic } from 'lehr/problems/regression';
import paper from '#bench/papers/2005.07360/index';
import { pairInBasis, pairOf, randomFeatures } from '#bench/papers/2005.07360/regression';
import { eigen, fromBasis, spectrumOf } from '#bench/papers/2005.07360/spectrum';
import { generated, sources } from '#bench/papers/2005.07360/tables';
import { LARGE, ratioByRate, ratioOf, ratioOfRates, samples, STEPS, toy } from '#bench/papers/2005.07360/toy';
import { descend, descendThenFlow, flowTo } from '#bench/papers/2005.07360/two-phase';
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const INSTANCES = '../shared/instances';

describe('the toy', () => {
  test('all samples, each as likely', () => {
    expect(samples(3).map((counts) => counts.join(''))).toEqual(['30', '21', '21', '12', '21', '12', '12', '03']);
    expect(samples(2).filter(([a]) => a === 1).length).toBe(2);
  });

  test('two phases are the closed forms, stopped at the training loss', () => {
    const problem = toy([2, 1], [0.3, 2]);
    const model = quadratic(problem);
    const after = descentAt(problem, LARGE, STEPS);
    descend(model, LARGE, STEPS).weights.forEach((r, i) => expect(Math.abs(r - after[i])).toBeLessThan(1e-12));
    const { weights, training, test } = descendThenFlow(model, LARGE, STEPS, 1e-4);
    expect(Math.abs(training / 1e-4 - 1)).toBeLessThan(1e-9);
    expect(test).toBeCloseTo(lossOf(problem.population, weights), 15);
    // The flow goes on from where descent ended: some time turns the one residual into the other.
    const time = Math.log(after[0] / weights[0]) / (2 * problem.train[0]);
    flowAt({ ...problem, start: [...after] }, time).forEach((r, i) => expect(Math.abs(r - weights[i])).toBeLessThan(1e-9));
  });

  test('ratios at finite losses, in closed form', () => {
    for (const [eps, target, expected] of [
      [1e-2, [1, 1], 1.946],
      [1e-3, [1, 1], 1.9941],
      [1e-4, [1, 1], 1.9994],
      [1e-2, [1, -0.5], 1.625],
      [1e-4, [1, -0.5], 1.991],
    ] as const)
      expect(ratioOf(toy([2, 1], target), eps)).toBeCloseTo(expected, 3);
    // k and n − k rows of the two: a ratio of k / (n − k).
    expect(ratioOf(toy([3, 1], [1, 1]), 1e-8)).toBeCloseTo(3, 3);
    expect(ratioByRate(toy([2, 1], [1, 1]), LARGE / 1000, 40_000, 1e-4)).toBeCloseTo(1, 3);
    expect(ratioOfRates(toy([2, 1], [1, 1]), 0.001, 40_000, 1e-4)).toBeCloseTo(2, 2);
  });

  test('losses that would not be equal are refused', () => {
    const model = quadratic(coordinateSample([2, 1], [1, 1]));
    expect(() => flowTo(model, 2)).toThrow(/begins at 1.*below the target 2/);
  });
});

describe('regression', () => {
  test('eigenvectors and values of a symmetric matrix', () => {
    const rng = stream(1);
    const n = 7;
    const a = Array.from({ length: n }, () => Float64Array.from({ length: n }, () => rng.normal()));
    const matrix = a.map((_, i) => Float64Array.from({ length: n }, (_each, j) => a[i][j] + a[j][i]));
    const { values, vectors } = eigen(matrix.map((row) => row.slice()));
    for (let k = 0; k < n; k++) {
      expect(values[k]).toBeGreaterThanOrEqual(values[Math.max(0, k - 1)]);
      for (let i = 0; i < n; i++) {
        const image = matrix[i].reduce((sum, each, j) => sum + each * vectors[k][j], 0);
        expect(Math.abs(image - values[k] * vectors[k][i])).toBeLessThan(1e-12);
        const dot = vectors[k].reduce((sum, each, j) => sum + each * vectors[i][j], 0);
        expect(Math.abs(dot - (i === k ? 1 : 0))).toBeLessThan(1e-12);
      }
    }
  });

  test('samples have mean 0 over the training rows; the minimiser and its loss are the model’s', () => {
    const { training, test: judged } = generated(6, 1).draw(30, true, stream(2));
    expect([training.rows, judged.rows, training.features]).toEqual([30, 1000, 6]);
    for (let j = 0; j < 6; j++) {
      let sum = 0;
      for (let i = 0; i < 30; i++) sum += training.inputs[i * 6 + j];
      expect(Math.abs(sum)).toBeLessThan(1e-12);
    }
    const spectrum = spectrumOf(training, 0.1);
    const model = linear(training, { heldOut: judged, ridge: 0.1 });
    expect(() => checkModel(model)).not.toThrow();
    const weights = Float64Array.from([...fromBasis(spectrum, spectrum.minimiser), 0]);
    const slope = new Float64Array(7);
    const all = Int32Array.from({ length: 30 }, (_, i) => i);
    expect(model.gradient(weights, all, 0, 30, slope)).toBeCloseTo(spectrum.least, 12);
    expect(Math.max(...slope.map(Math.abs))).toBeLessThan(1e-12);
    expect(model.gradient(new Float64Array(7), all, 0, 30, slope)).toBeCloseTo(spectrum.first, 12);
  });

  test.each([0, 0.01])('descent and flow through the library are the closed forms; ridge %d', (ridge) => {
    for (const noise of [false, true]) {
      const sample = generated(8, 2).draw(25, noise, stream(3));
      const training = { steps: 60, share: 0.03, ridge };
      const [run, exact] = [pairOf(sample, training), pairInBasis(sample, training)];
      for (const key of ['training', 'small', 'largeThenSmall'] as const) expect(Math.abs(run[key] / exact[key] - 1)).toBeLessThan(1e-4);
    }
  });

  test('what the large rate leaves decides where both stop, if that is lower', () => {
    const sample = generated(8, 2).draw(25, false, stream(3));
    const { training, small, largeThenSmall } = pairInBasis(sample, { steps: 0, share: 0.9 });
    const { first, least } = spectrumOf(sample.training);
    expect(training).toBeCloseTo(least + 0.5 * (first - least), 12);
    expect(small).toBe(largeThenSmall);
  });

  test('random features are cosines of the inputs, centred, and of the rows’ own targets', () => {
    const sample = generated(3, 1).draw(10, true, stream(4));
    const { training, test: judged } = randomFeatures(sample, 5, stream(5));
    expect([training.features, judged.rows]).toEqual([5, 1000]);
    training.targets.forEach((y, i) => expect(y).toBeCloseTo(sample.training.targets[i], 14));
    // Squared distances of many features are those of the Gaussian kernel, 2 − 2 e^(−|x − x'|² / (2 d)): to 0.15, some 6 deviations.
    const count = 4000;
    const many = randomFeatures(sample, count, stream(6)).training.inputs;
    const distance = (of: Float64Array, d: number, a: number, b: number): number =>
      Array.from({ length: d }, (_, j) => (of[a * d + j] - of[b * d + j]) ** 2).reduce((x, y) => x + y);
    for (let row = 1; row < 10; row++) {
      const kernel = Math.exp(-distance(sample.training.inputs, 3, 0, row) / 6);
      expect(Math.abs(distance(many, count, 0, row) - (2 - 2 * kernel))).toBeLessThan(0.15);
    }
  });

  test.skipIf(!existsSync(INSTANCES))('tables: rows at random, with their targets or a linear function of the inputs', () => {
    for (const source of sources({ instances: INSTANCES } as Context)) {
      const real = source.draw(40, true, stream(1));
      const clean = source.draw(40, false, stream(1));
      expect(real.training.inputs).toEqual(clean.training.inputs);
      expect(spectrumOf(clean.training).least).toBeLessThan(1e-12);
      expect(spectrumOf(real.training).least).toBeGreaterThan(0.02);
    }
  });

  test('a folder without the tables', () => {
    expect(() => sources({ instances: 'test' } as Context)).toThrow(/--instances test: there is no boston.csv, expected/);
  });
});

/** All that is exact; test/statistical tries the rest. */
const EXACT = {
  'better-with-probability-3-4': 'holds fails',
  'twice-the-test-loss': 'holds fails',
  'alike-where-one-direction-is-unseen': 'holds fails',
  'only-because-of-early-stopping': 'holds fails',
  'annealing-hurts-the-other-way-round': 'holds fails',
  'a-small-rate-is-as-good-as-the-flow': 'holds fails',
  'decays-lie-between': 'holds fails',
  'longer-decays-gain-more': 'fails fails',
};

test('what is exact of the paper holds, but for one thing that was only thought to', async () => {
  const { reproduction, failures } = await reproduce(paper, { seed: 1, workers: 1, claims: Object.keys(EXACT) });
  expect(failures).toEqual([]);
  expect(Object.fromEntries(reproduction.claims.map(({ id, verdict, control }) => [id, `${verdict} ${control.verdict}`]))).toEqual(EXACT);
  const value = (id: string): number => reproduction.claims.find((claim) => claim.id === id)!.measured;
  expect(value('better-with-probability-3-4')).toBe(0.75);
  expect(value('twice-the-test-loss')).toBeCloseTo(2, 3);
  expect(value('annealing-hurts-the-other-way-round')).toBeCloseTo(2 / 9, 3);
});

test('the same numbers for one worker and three, whichever claims are asked for', async () => {
  const claims = ['annealing-hurts-the-other-way-round', 'inputs-of-tables-without-noise'];
  const [one, three] = [
    await reproduce(paper, { seed: 2, workers: 1, claims }),
    await reproduce(paper, { seed: 2, workers: 3, claims: [claims[1]] }),
  ];
  expect(one.reproduction.claims[1]).toEqual(three.reproduction.claims[0]);
});
