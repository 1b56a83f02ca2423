import { describe, expect, it } from 'vitest';
import { anneal, checkModel, gradient, sgd, type Model } from 'lehr';
import { linear, logistic, regressionRecipe, sigmoid, softmax, softplus } from 'lehr/problems/regression';
import { runJobs } from 'lehr/parallel';
import { examples } from '../learning-data.ts';

const line = examples(60, 3, 0, (x, noise) => 2 * x[0] - x[1] + 0.5 + 0.1 * noise());
const sides = examples(80, 3, 2, (x, noise) => (x[0] + 0.5 * x[2] + 0.5 * noise() > 0.2 ? 1 : 0));
const three = examples(90, 4, 3, (x, noise) =>
  [x[0], x[1], x[2] + 0.3 * noise()].reduce((best, v, c, all) => (v > all[best] ? c : best), 0),
);
const rowsOf = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);

/** The mean squared loss's minimiser by Gaussian elimination of the normal equations. */
function normalEquations({ rows, features, inputs, targets }: typeof line, ridge: number): number[] {
  const n = features + 1;
  const at = (i: number, j: number): number => (j === features ? 1 : inputs[i * features + j]);
  const a = Array.from({ length: n }, (_, j) =>
    Array.from({ length: n + 1 }, (_u, k) => {
      let sum = j === k && j < features ? ridge : 0;
      for (let i = 0; i < rows; i++) sum += (at(i, j) * (k === n ? targets[i] : at(i, k))) / rows;
      return sum;
    }),
  );
  for (let p = 0; p < n; p++)
    for (let r = 0; r < n; r++) {
      if (r === p) continue;
      const factor = a[r][p] / a[p][p];
      for (let k = p; k <= n; k++) a[r][k] -= factor * a[p][k];
    }
  return a.map((row, j) => row[n] / row[j]);
}

describe('regression models', () => {
  const models: [string, Model<Float64Array>][] = [
    ['linear', linear(line, { heldOut: line })],
    ['ridge', linear(line, { ridge: 0.3 })],
    ['logistic', logistic(sides, { heldOut: sides })],
    ['logistic with ridge', logistic(sides, { ridge: 0.1 })],
    ['softmax', softmax(three, { heldOut: three, ridge: 0.05 })],
  ];
  it.each(models)('%s has the gradient of its loss', (_, model) => {
    expect(() => checkModel(model)).not.toThrow();
  });

  it('linear and ridge regression are solved by gradient descent as by the normal equations', () => {
    for (const ridge of [0, 0.3]) {
      const { result } = anneal({
        dynamics: gradient(linear(line, { ridge }), { optimizer: sgd() }),
        controls: { rate: 0.5 },
        budget: { steps: 500 },
        seed: 1,
      });
      normalEquations(line, ridge).forEach((w, i) => expect(result.weights[i]).toBeCloseTo(w, 10));
    }
  });

  it('tell r² and accuracy of held-out data by their definitions', () => {
    const weights = Float64Array.of(1, 0, 0, 0);
    const off = Array.from({ length: line.rows }, (_, i) => line.inputs[3 * i] - line.targets[i]);
    const mean = line.targets.reduce((a, b) => a + b) / line.rows;
    const residual = off.reduce((sum, each) => sum + each ** 2, 0);
    const total = line.targets.reduce((sum, y) => sum + (y - mean) ** 2, 0);
    const told = linear(line, { heldOut: line, ridge: 9 }).evaluate!(weights);
    expect(told.r2).toBeCloseTo(1 - residual / total, 12);
    expect(told.loss).toBeCloseTo(residual / 2 / line.rows, 12);
    const right = Array.from({ length: sides.rows }, (_, i) => Number(sides.inputs[3 * i] > 0 === (sides.targets[i] === 1)));
    expect(logistic(sides, { heldOut: sides }).evaluate!(weights).accuracy).toBe(right.reduce((a, b) => a + b) / sides.rows);
  });

  it('softmax of two classes is logistic regression', () => {
    const weights = Float64Array.of(0.3, -1, 0.7, 0.2);
    const doubled = Float64Array.from({ length: 8 }, (_, i) => (i % 2 === 1 ? weights[i >> 1] : 0));
    const [one, two] = [new Float64Array(4), new Float64Array(8)];
    const loss = logistic(sides).gradient(weights, rowsOf(80), 0, 80, one);
    expect(softmax(sides).gradient(doubled, rowsOf(80), 0, 80, two)).toBeCloseTo(loss, 13);
    for (let j = 0; j < 4; j++) expect(two[2 * j + 1]).toBeCloseTo(one[j], 13);
  });

  it('sigmoid and softplus are right to the last digits, far out too', () => {
    for (let x = -700; x <= 700; x += 0.37) {
      expect(Math.abs(sigmoid(x) / (1 / (1 + Math.exp(-x))) - 1)).toBeLessThan(1e-13);
      const exact = x > 30 ? x : Math.log1p(Math.exp(x));
      expect(Math.abs(softplus(x) / exact - 1)).toBeLessThan(1e-12);
    }
  });

  it('say what does not fit', () => {
    expect(() => linear(sides)).toThrow('linear: the targets are 2 classes, expected values. Maybe softmax.');
    expect(() => logistic(three)).toThrow('logistic: the targets are 3 classes, expected two classes. Maybe softmax.');
    expect(() => softmax({ ...sides, classes: 1 })).toThrow('it is always the same');
    expect(() => linear(line, { heldOut: examples(3, 2, 0, () => 0) })).toThrow('the held-out examples have 2 features, expected 3');
    expect(() => linear(line, { ridge: -1 })).toThrow('linear: ridge is -1');
    // @ts-expect-error an unknown option
    expect(() => linear(line, { lambda: 1 })).toThrow('linear: unknown option "lambda"');
  });

  it('their recipe gives the same bits inline and on worker threads', async () => {
    const module = regressionRecipe;
    const jobs = ['sgd', { name: 'nesterov' }, { name: 'adam-w', beta2: 0.99 }].map((optimizer, i) => ({
      params: { model: 'softmax', examples: three, heldOut: three, optimizer, batch: 16 },
      seed: 1,
      path: ['chain', i],
      budget: { steps: 200 },
      controls: { rate: { schedule: 'cosine', from: 0.1, to: 0 } },
    }));
    const [inline, threads] = await Promise.all(
      (['inline', 'threads'] as const).map((executor) => runJobs<any, any>(module, jobs, { executor, workers: 2 })),
    );
    for (const [i, each] of inline.entries()) {
      if (each.status !== 'done' || threads[i].status !== 'done') throw new Error(`job ${i} is ${each.status}`);
      expect(threads[i].outcome.result).toEqual(each.outcome.result);
      expect(each.score).toBe(each.outcome.result.validation);
      expect(each.outcome.result.figures.accuracy).toBeGreaterThan(0.8);
    }
  });
});
