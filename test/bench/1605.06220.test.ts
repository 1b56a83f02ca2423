import { anneal, checkDynamics, stream } from 'lehr';
import { reproduce, type Context } from 'lehr/experiment';
import { countsOf, fit, machine2x2, meanOf, probabilities, sharesOf } from 'lehr/problems/exponential-family';
import paper from '#bench/papers/1605.06220/index';
import recipe, { powerRate, TRUTH, type MachineParams } from '#bench/papers/1605.06220/machine';
import { slope, slopeDifference } from '#bench/papers/1605.06220/runs';
import { describe, expect, test } from 'vitest';

const PARAMS: MachineParams = { rows: 200, m: 1, scale: 2, gamma: 0.6, from: 10 };

describe('the machine on drawn rows', () => {
  test.each<[string, MachineParams]>([
    ['as it is', PARAMS],
    [
      'with copies and windows',
      {
        ...PARAMS,
        drawn: 30,
        windows: [
          [3, 9],
          [5, 700],
        ],
      },
    ],
  ])('%s keeps the contract', (_, params) => {
    expect(() => checkDynamics(recipe(params).dynamics, { controls: { rate: 0.3 }, steps: 7 })).not.toThrow();
  });

  test('draws from the truth; runs of one stream share rows; copies repeat the first', () => {
    const dataOf = (params: MachineParams): Int32Array => recipe(params).dynamics.init(stream(1)).data;
    const [few, many] = [dataOf({ ...PARAMS, rows: 100 }), dataOf({ ...PARAMS, rows: 20_000 })];
    expect(many.subarray(0, 100)).toEqual(few);
    const shares = probabilities(machine2x2(), TRUTH);
    const counts = countsOf(machine2x2(), many);
    counts.forEach((count, x) => expect(Math.abs(count / 20_000 - shares[x])).toBeLessThan(4.5 * Math.sqrt(shares[x] / 20_000)));
    const copies = dataOf({ ...PARAMS, rows: 250, drawn: 100 });
    expect(copies).toEqual(Int32Array.from({ length: 250 }, (_, row) => few[row % 100]));
  });

  test('measures distances and wandering literally', () => {
    const windows = [
      [4, 12],
      [10, 20],
    ] as const;
    const { dynamics, controls, score } = recipe({ ...PARAMS, windows });
    const plan = { controls, budget: { steps: 25 }, block: 1, seed: 3 };
    const thetas: Float64Array[] = [];
    const seen = {
      ...dynamics,
      advance(...[state, ...rest]: Parameters<typeof dynamics.advance>) {
        dynamics.advance(state, ...rest);
        thetas.push(state.inner.parameters.slice());
      },
    };
    const outcome = anneal({ dynamics: seen, ...plan });
    expect(outcome.result).toEqual(anneal({ dynamics, ...plan, block: 1 }).result);
    const { result } = outcome;
    const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number => Math.hypot(...[0, 1, 2, 3].map((k) => a[k] - b[k]));
    // The average of the parameters before each step from 10 on: thetas[s] are those after step s.
    const rates = thetas.map((_, s) => controls.rate(0, s));
    const average = [0, 1, 2, 3].map((k) => {
      let [sum, total] = [0, 0];
      for (let s = 10; s < 25; s++) {
        sum += rates[s] * thetas[s - 1][k];
        total += rates[s];
      }
      return sum / total;
    });
    expect(result.averageToTruth).toBeCloseTo(distance(average, TRUTH), 12);
    expect(result.lastToTruth).toBeCloseTo(distance(thetas[24], TRUTH), 12);
    expect(score(outcome)).toBe(result.averageToTruth);
    const family = machine2x2();
    const data = dynamics.init(stream(3, 'init')).data;
    const estimate = fit(family, meanOf(family, sharesOf(countsOf(family, data)))) as { parameters: Float64Array };
    expect(result.estimateToTruth).toBeCloseTo(distance(estimate.parameters, TRUTH), 12);
    expect(result.averageToEstimate).toBeCloseTo(distance(average, estimate.parameters), 12);
    windows.forEach(([from, to], w) => {
      // Steps are counted when they are done: the window [4, 12) holds what is there after 4 … 11 steps.
      const inside = thetas.slice(from - 1, to - 1);
      const mean = [0, 1, 2, 3].map((k) => inside.reduce((sum, theta) => sum + theta[k], 0) / inside.length);
      const squares = inside.reduce((sum, theta) => sum + distance(theta, mean) ** 2, 0) / inside.length;
      expect(result.fluctuations[w]).toBeCloseTo(Math.sqrt(squares), 12);
    });
  });

  test('the rate is scale · (step + 1)^−gamma', () => {
    expect(powerRate(4, 0)(0.3, 77)).toBe(4);
    expect(powerRate(4, 1)(0, 3)).toBe(1);
    expect(powerRate(4, 1.5)(0, 3)).toBeCloseTo(0.5, 14);
  });
});

test('slopes are those of the means on logarithms, and intervals hold them', () => {
  const context = { seedOf: (name: string) => name } as Context;
  const xs = [100, 1000, 10_000];
  const factors = [0.8, 1, 1.2, 0.9, 1.1, 1.05, 0.95, 1];
  const columns = xs.map((x) => factors.map((factor) => factor * 3 * x ** -0.5));
  const found = slope(xs, columns, context, 'test');
  expect(found.value).toBeCloseTo(-0.5, 12);
  expect(found.high - found.low).toBeLessThan(1e-9);
  const noisy = columns.map((values, k) => values.map((value, i) => value * (1 + 0.1 * Math.cos(3 * k + i))));
  const spread = slope(xs, noisy, context, 'test');
  expect(spread.low < spread.value && spread.value < spread.high && spread.high - spread.low < 0.1).toBe(true);
  const third = xs.map((x) => factors.map((factor) => factor * x ** (-1 / 3)));
  expect(slopeDifference(xs, columns, third, context, 'test').value).toBeCloseTo(-1 / 6, 12);
});

test('its claims have sources, margins and controls, and unlike names', () => {
  const claims = paper.claims({ full: false } as Context);
  expect(claims.length).toBe(10);
  expect(new Set(claims.map(({ id }) => id)).size).toBe(10);
  for (const { id, source, control } of claims)
    expect([/^[a-z0-9-]+$/.test(id), source.length > 10, control.statement.length > 10]).toEqual([true, true, true]);
});

test('an experiment that is cut tells nothing', async () => {
  const { reproduction, interrupted } = await reproduce(paper, { seed: 1, workers: 1, signal: AbortSignal.abort() });
  expect([reproduction.claims, interrupted]).toEqual([[], true]);
});
