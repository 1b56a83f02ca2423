import {
  anneal,
  checkDynamics,
  contrastive,
  decodeCheckpoint,
  encodeCheckpoint,
  engine,
  stream,
  type ContrastiveOptions,
  type ContrastiveState,
  type Learned,
} from 'lehr';
import { countsOf, crowdModel, drawRows, machine2x2, meanOf, probabilities, sharesOf, walkerModel } from 'lehr/problems/exponential-family';
import { robbinsMonro } from 'lehr/schedules';
import { Block } from '#src/dynamics/block';
import { describe, expect, test } from 'vitest';

const family = machine2x2();
const TRUTH = Float64Array.of(1, -0.5, 0.5, -1);
const kernel = {
  kernel: 'block',
  blocks: [
    [2, 3],
    [0, 1],
  ],
} as const;
const data = drawRows(family, TRUTH, 60, 1);

describe('keeps the contract', () => {
  test.each<[string, ContrastiveOptions]>([
    ['as it is', {}],
    ['batches', { batch: 7, m: 2 }],
    ['a batch of all', { batch: 60, average: 'weighted', from: 3 }],
    ['persistent chains', { persistent: true, average: 'uniform' }],
    ['persistent chains of another number', { batch: 20, persistent: 9, average: 'tail' }],
    ['a ball', { within: { ball: 0.5 } }],
    ['a box', { batch: 1, within: { box: 0.3 }, average: 'tail', from: 10 }],
  ])('%s', (_, options) => {
    for (const model of [walkerModel, crowdModel]) {
      const dynamics = contrastive<any>(model(family, data, { kernel }), options);
      expect(() => checkDynamics(dynamics, { controls: { rate: 0.5 }, seed: 2, steps: 17 })).not.toThrow();
    }
  });
});

/** The algorithm as the paper has it, word for word, on the same stream. */
function literal(options: { m: number; rates: number[]; seed: number }): { thetas: number[][]; last: number[] } {
  const model = walkerModel(family, data, { kernel });
  const rng = stream(options.seed, 'run');
  let theta = [0, 0, 0, 0];
  const thetas: number[][] = [];
  for (const rate of options.rates) {
    thetas.push(theta);
    const at = { at: data.slice() };
    model.move(Float64Array.from(theta), at, data.length, options.m, rng);
    const statistic = (states: Int32Array): number[] =>
      [0, 1, 2, 3].map((k) => states.reduce((sum, x) => sum + family.statistics[x * 4 + k], 0) / states.length);
    const [positive, negative] = [statistic(data), statistic(at.at)];
    theta = theta.map((value, k) => value + rate * (positive[k] - negative[k]));
  }
  return { thetas, last: theta };
}

describe('is the published algorithm', () => {
  const steps = 40;
  const schedule = robbinsMonro(2, { delay: 1, power: 0.6 });
  const rates = Array.from({ length: steps }, (_, s) => schedule(s / (steps - 1), s));
  const run = (options: ContrastiveOptions): Learned =>
    anneal({
      dynamics: contrastive(walkerModel(family, data, { kernel }), { m: 2, ...options }),
      controls: { rate: schedule },
      budget: { steps },
      block: 1,
      seed: 5,
    }).result;
  const { thetas, last } = literal({ m: 2, rates, seed: 5 });
  const apart = (value: Float64Array, expected: number[]): number => Math.max(...expected.map((e, k) => Math.abs(value[k] - e)));
  const averageOf = (from: number, weight: (s: number) => number): number[] =>
    [0, 1, 2, 3].map((k) => {
      let [sum, total] = [0, 0];
      for (let s = from; s < steps; s++) {
        sum += weight(s) * thetas[s][k];
        total += weight(s);
      }
      return sum / total;
    });

  test('step by step, on the same draws', () => expect(apart(run({}).last, last)).toBeLessThan(1e-12));

  test.each([0, 1, 13, 39])('the weighted average from %i is Σ η θ / Σ η of the parameters before each step', (from) => {
    expect(
      apart(
        run({ average: 'weighted', from }).parameters,
        averageOf(from, (s) => rates[s]),
      ),
    ).toBeLessThan(1e-12);
  });

  test('the uniform average is their mean', () =>
    expect(
      apart(
        run({ average: 'uniform', from: 10 }).parameters,
        averageOf(10, () => 1),
      ),
    ).toBeLessThan(1e-12));

  test('the tail is the mean since the power of two before the last', () => {
    // 40 steps from 0: spans end at 1, 2, 4, 8, 16, 32; the one before the open span began at 16.
    expect(
      apart(
        run({ average: 'tail' }).parameters,
        averageOf(16, () => 1),
      ),
    ).toBeLessThan(1e-12);
    // From 5 on 35 steps: 32 is the last power, 16 the one before.
    expect(
      apart(
        run({ average: 'tail', from: 5 }).parameters,
        averageOf(21, () => 1),
      ),
    ).toBeLessThan(1e-12);
  });

  test('an average that has not begun is the last', () =>
    expect(apart(run({ average: 'weighted', from: 1000 }).parameters, last)).toBeLessThan(1e-12));

  test('the energy is the negative mean log-likelihood of what is kept', () => {
    const { parameters, energy } = run({ average: 'weighted' });
    const shares = probabilities(family, parameters);
    const literalEnergy = -data.reduce((sum, x) => sum + Math.log(shares[x]), 0) / data.length;
    expect(energy).toBeCloseTo(literalEnergy, 12);
  });
});

/** A dynamics, and one block of it after another with a hook after each. */
function steps<P>(options: ContrastiveOptions, n: number, each: (state: ContrastiveState<P>, k: number) => void): void {
  const dynamics = contrastive<any>(walkerModel(family, data, { kernel }), options);
  const state = dynamics.init(stream(1, 'init'));
  const rng = stream(1, 'run');
  const block = new Block(1);
  for (let k = 0; k < n; k++) {
    block.clear(Infinity);
    dynamics.advance(state, { rate: 0.3 }, 1, rng, block);
    each(state, k);
  }
}

describe('batches', () => {
  test('go through all rows once an epoch, in an order of their own, the last one smaller', () => {
    const epochs: number[][] = [[], []];
    let before = 60;
    steps({ batch: 25 }, 6, (state, k) => {
      const from = before >= 60 ? 0 : before;
      epochs[Math.floor(k / 3)].push(...state.order.subarray(from, state.at));
      before = state.at;
    });
    const all = Array.from({ length: 60 }, (_, row) => row);
    for (const epoch of epochs) expect([...epoch].sort((a, b) => a - b)).toEqual(all);
    expect(epochs[0]).not.toEqual(epochs[1]);
  });

  test('a whole batch keeps the rows’ order and draws for nothing else', () => {
    steps({}, 3, (state) => expect([...state.order]).toEqual([...Array(60).keys()]));
  });
});

test('persistent chains go on: their places are those after the step before', () => {
  const seen: number[][] = [];
  steps<{ at: Int32Array }>({ batch: 10, persistent: 12 }, 30, (state) => seen.push([...state.chains!.at]));
  expect(seen[0].length).toBe(12);
  // All 16 states are visited, so chains move; that they remember, the next test shows.
  expect(new Set(seen.flat()).size).toBe(16);
});

test('at rate 0 persistent chains give the exact gradient on average; restarts at the data one that is too small', () => {
  const start = TRUTH.map((x) => -x);
  const slow = { kernel: 'random-scan' } as const;
  const meanGradient = (options: ContrastiveOptions): Float64Array => {
    const dynamics = contrastive(walkerModel(family, data, { kernel: slow, start }), options);
    const state = dynamics.init(stream(3, 'init'));
    const sum = new Float64Array(4);
    const rng = stream(3, 'run');
    const block = new Block(1);
    for (let k = 0; k < 4000; k++) {
      dynamics.advance(state, { rate: 0 }, 1, rng, block);
      state.scratch.gradient.forEach((value, i) => (sum[i] += value / 4000));
    }
    return sum;
  };
  const model = meanOf(family, probabilities(family, start));
  const target = meanOf(family, sharesOf(countsOf(family, data))).map((value, k) => value - model[k]);
  const off = (gradient: Float64Array): number => Math.hypot(...gradient.map((value, k) => value - target[k]));
  // 60 chains × 4000 steps of an autocorrelation time below 20: a deviation of at most 0.5 √(20 / 240 000) a component, and 4 of them in 4 components.
  expect(off(meanGradient({ persistent: true }))).toBeLessThan(0.036);
  expect(off(meanGradient({}))).toBeGreaterThan(0.5 * Math.hypot(...target));
});

test('a ball scales, a box cuts', () => {
  steps({ within: { ball: 0.2 } }, 20, (state) => expect(Math.hypot(...state.parameters)).toBeLessThanOrEqual(0.2 + 1e-12));
  steps({ within: { box: 0.1 } }, 20, (state) => expect(Math.max(...state.parameters.map(Math.abs))).toBeLessThanOrEqual(0.1));
});

test('a run that is cut and resumed ends with the same bits', () => {
  const heldOut = drawRows(family, TRUTH, 30, 3);
  const dynamics = contrastive(crowdModel(family, data, { kernel, heldOut }), { average: 'tail', batch: 11, persistent: 5 });
  const plan = { dynamics, controls: { rate: robbinsMonro(1) }, budget: { steps: 200 }, block: 3, every: 30, seed: 9 };
  const whole = anneal(plan);
  const run = engine(plan);
  let pauses = 0;
  for (let next = run.next(); next.done !== true; next = run.next()) {
    const resume = decodeCheckpoint(encodeCheckpoint(next.value.checkpoint()));
    const resumed = anneal({ ...plan, resume });
    expect(resumed.result).toEqual(whole.result);
    pauses++;
  }
  expect(pauses).toBeGreaterThan(5);
});

describe('refuses', () => {
  const model = walkerModel(family, data, { kernel });
  test.each<[object, string]>([
    [{ m: 0 }, 'contrastive: m is 0, expected a whole number from 1 on.'],
    [{ batch: 61 }, 'contrastive: batch is 61, expected a whole number from 1 to 60.'],
    [{ persistent: -1 }, 'contrastive: persistent is -1, expected'],
    [{ average: 'mean' }, `contrastive: average is "mean", expected 'last', 'weighted', 'uniform' or 'tail'.`],
    [{ from: -1 }, 'contrastive: from is -1'],
    [{ within: { ball: 0 } }, 'contrastive: within is {"ball":0}'],
    [{ keep: 'best' }, "contrastive: keep is 'best', but machine 2×2 has no held-out data to choose by, expected 'last'."],
    [{ keep: 'average' }, `contrastive: keep is "average", expected 'best' or 'last'.`],
    [{ rate: 1 }, 'contrastive: unknown option "rate"'],
  ])('%o', (options, message) => {
    expect(() => contrastive(model, options)).toThrow(message);
  });

  test('a negative rate, and parameters that run off, by step and rate', () => {
    const plan = { dynamics: contrastive(model), budget: { steps: 50 }, block: 1, seed: 1 };
    expect(() => anneal({ ...plan, controls: { rate: -1 } })).toThrow('rate is -1, expected a finite number of at least 0.');
    expect(() => anneal({ ...plan, controls: { rate: 1e308 } })).toThrow(
      /after step \d+ at rate 1e\+308 a parameter is no longer finite. Maybe a smaller rate/,
    );
  });
});
