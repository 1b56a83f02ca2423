import { anneal, checkDynamics, contrastive, stream } from 'lehr';
import { runJobs } from 'lehr/parallel';
import { barsAndStripes, logLikelihood, logPartition, logWeight, rbmModel, rbmRecipe, sizeOf, type RbmParams } from 'lehr/problems/rbm';
import { linear } from 'lehr/schedules';
import recipe from '#problems/rbm/recipe';
import { describe, expect, test } from 'vitest';

const shape = { visible: 5, hidden: 3 };
const rng = stream('model');
const THETA = Float64Array.from({ length: sizeOf(shape) }, () => 0.8 * rng.normal());
const LAW = Float64Array.from({ length: 32 }, (_, x) =>
  Math.exp(
    logWeight(
      shape,
      THETA,
      [0, 1, 2, 3, 4].map((i) => (x >>> i) & 1),
    ) - logPartition(shape, THETA),
  ),
);
const bitsOf = (x: number): number[] => [0, 1, 2, 3, 4].map((i) => (x >>> i) & 1);

/** Rows drawn from the machine's own visible law. */
function drawn(count: number): Uint8Array {
  const draws = stream('rows');
  return Uint8Array.from(
    Array.from({ length: count }, () => {
      let goal = draws.uniform();
      let x = 0;
      while (x < 31 && goal >= LAW[x]) goal -= LAW[x++];
      return bitsOf(x);
    }).flat(),
  );
}

test('the kernel leaves the machine’s law as it is: chi-square with 31 degrees of freedom, above 66 once in 4000', () => {
  const count = 20_000;
  const model = rbmModel(drawn(count), 5, { hidden: 3 });
  const particles = model.particles(count);
  const order = Int32Array.from({ length: count }, (_, i) => i);
  model.place(particles, order, 0, count);
  model.move(THETA, particles, count, 3, stream('moves'));
  const counts = new Float64Array(32);
  for (let p = 0; p < count; p++) counts[[0, 1, 2, 3, 4].reduce((x, i) => x | (particles.visible[8 * p + i] << i), 0)]++;
  const chi2 = counts.reduce((sum, seen, x) => sum + (seen - count * LAW[x]) ** 2 / (count * LAW[x]), 0);
  expect(chi2).toBeLessThan(66);
});

test('after many steps from anywhere, the gradient is that of the exact log-likelihood, to within 4.5 standard errors', () => {
  const rows = Uint8Array.from([0, 3, 9, 31, 17, 3, 3, 8].flatMap(bitsOf));
  const exact = THETA.map((_, k) => {
    const [up, down] = [THETA.slice(), THETA.slice()];
    up[k] += 1e-5;
    down[k] -= 1e-5;
    return (logLikelihood(shape, up, rows) - logLikelihood(shape, down, rows)) / 2e-5;
  });
  const model = rbmModel(rows, 5, { hidden: 3 });
  const particles = model.particles(8);
  const chains = model.particles(2000);
  const order = Int32Array.from({ length: 2000 }, (_, i) => i % 8);
  const gradient = new Float64Array(THETA.length);
  const sum = new Float64Array(THETA.length);
  const runs = 10;
  model.place(chains, order, 0, 2000);
  for (let r = 0; r < runs; r++) {
    model.place(particles, order, 0, 8);
    model.contrast!(THETA, particles, 8, chains, 2000, 50, stream('long', r), gradient);
    gradient.forEach((value, k) => (sum[k] += value / runs));
  }
  // A statistic between 0 and 1, of 20 000 all but independent particles: a standard error of at most ½ / √20 000.
  exact.forEach((value, k) => expect(Math.abs(sum[k] - value)).toBeLessThan(4.5 * (0.5 / Math.sqrt(20_000))));
});

test('learns bars and stripes: the mean log-likelihood comes near that of the 14 pictures alone', () => {
  const rows = barsAndStripes(3);
  const learn = (persistent: boolean): number =>
    -anneal({
      dynamics: contrastive(rbmModel(rows, 9, { hidden: 8, energy: 'exact', spread: 0.1 }), {
        batch: 14,
        persistent: persistent ? 100 : false,
      }),
      controls: { rate: linear(0.3, 0) },
      budget: { steps: 20_000 },
      seed: 1,
    }).energy;
  const best = -Math.log(14);
  expect(learn(true)).toBeGreaterThan(best - 0.6);
  expect(learn(false)).toBeGreaterThan(-9 * Math.LN2 + 1);
});

describe('the recipe', () => {
  const rows = [...barsAndStripes(3)];
  test.each<[string, RbmParams]>([
    ['CD-1', { rows, visible: 9, hidden: 4, batch: 5 }],
    ['PCD-2 with averages', { rows, visible: 9, hidden: 11, batch: 14, persistent: 6, m: 2, average: 'weighted', tell: 3 }],
    ['the plain kernel', { rows, visible: 9, hidden: 4, kernel: 'plain', energy: 'pseudo', probe: 3, average: 'tail' }],
  ])('%s keeps the contract', (_, params) => {
    expect(() => checkDynamics(recipe(params).dynamics, { controls: { rate: 0.1 }, steps: 7 })).not.toThrow();
  });

  test('runs on worker threads with the same bits', async () => {
    const module = rbmRecipe;
    const jobs = [1, 2].map((seed) => ({
      params: { rows, visible: 9, hidden: 6, batch: 4, persistent: true },
      seed,
      budget: { steps: 60 },
    }));
    const results = await Promise.all(
      (['inline', 'threads'] as const).map((executor) => runJobs<RbmParams>(module, jobs, { executor, workers: 2 })),
    );
    const learned = results.map((each) => each.map((result) => (result.status === 'done' ? result.outcome.result : null)));
    expect(learned[0]).toEqual(learned[1]);
    expect(learned[0]).not.toContain(null);
  });

  test.each<[Partial<RbmParams>, string]>([
    [{ visible: 4 }, `there are ${14 * 9} values, expected rows of 4`],
    [{ rows: [0, 1, 2, 0, 0, 0, 0, 0, 0] }, 'row 0 has 2 at unit 2, expected 0 or 1'],
    [{ hidden: 0 }, 'hidden is 0, expected a whole number from 1 on'],
    [{ spread: -1 }, 'spread is -1'],
    [{ visible: 18, hidden: 17, energy: 'exact' }, `energy is 'exact' with 18 visible and 17 hidden units`],
    [{ batches: 3 } as never, 'unknown option "batches"'],
  ])('refuses %o', (params, message) => {
    expect(() => recipe({ rows, visible: 9, hidden: 4, ...params })).toThrow(message);
  });
});
