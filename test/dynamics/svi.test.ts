import {
  anneal,
  checkDynamics,
  checkVariational,
  decodeCheckpoint,
  encodeCheckpoint,
  engine,
  evidenceBound,
  stream,
  svi,
  type SviOptions,
  type SviState,
  type VariationalModel,
} from 'lehr';
import { Block } from '#src/dynamics/block';
import { addGumbel } from '#src/dynamics/gumbel';
import { parse } from 'lehr/schedules';
import { describe, expect, test } from 'vitest';
import { documents, mixture, MODELS } from './variational-models.ts';

const CONTROLS = { rate: 0.3, temperature: 1.5, noiseScale: 0.7 };

const WAYS: readonly (readonly [string, SviOptions])[] = [
  ['coordinate ascent', {}],
  ['minibatches', { batch: 7 }],
  ['a rate with all rows', { batch: 8, tell: 3 }],
  ['local noise', { noise: 'local' }],
  ['noise on statistics, all tempered', { noise: 'statistics', temper: 'all' }],
  ['noise on parameters, local laws tempered, minibatches', { noise: 'parameters', temper: 'local', batch: 5 }],
  ['noise on statistics of minibatches', { noise: 'statistics', batch: 6 }],
  ['Metropolis', { noise: 'metropolis', stride: 0.5 }],
];

describe.each(MODELS)('%s', (_, model) => {
  test('keeps the contract of a variational model', () => expect(() => checkVariational(model)).not.toThrow());

  test.each(WAYS)('keeps the contract of a dynamics: %s', (__, options) => {
    expect(() => checkDynamics(svi(model, options), { controls: CONTROLS, steps: 4, blocks: 8 })).not.toThrow();
  });

  test('coordinate ascent never lowers the bound', () => {
    const energies: number[] = [];
    const outcome = anneal(
      { dynamics: svi(model), controls: {}, budget: { steps: 60 }, block: 1, every: 1, seed: 3 },
      ({ energy }) => void energies.push(energy),
    );
    expect(energies.length).toBeGreaterThan(50);
    for (let k = 1; k < energies.length; k++) expect(energies[k]).toBeLessThanOrEqual(energies[k - 1] + 1e-9 * Math.abs(energies[k]));
    expect(outcome.result.bound).toBeGreaterThanOrEqual(-outcome.energy - 1e-9 * Math.abs(outcome.energy));
  });

  test.each(WAYS)('at temperature 1 and noise scale 0 it is the plain one, bit for bit: %s', (__, options) => {
    const run = (each: SviOptions): unknown => {
      const controls = { rate: 0.3, temperature: 1, noiseScale: 0 };
      const dynamics = svi(model, each);
      const set = Object.fromEntries(dynamics.controls.map((name) => [name, controls[name as keyof typeof controls]]));
      const { result, energy } = anneal({ dynamics, controls: set, budget: { steps: 12 }, block: 3, seed: 2 });
      return [result, energy];
    };
    const { batch, tell } = options;
    expect(run(options)).toEqual(run({ ...(batch === undefined ? {} : { batch }), ...(tell === undefined ? {} : { tell }) }));
  });

  test('whatever the controls, the energy is a lower bound of the true model: no higher than with the best local laws', () => {
    for (const [, options] of WAYS) {
      if (options.batch !== undefined) continue;
      const dynamics = svi(model, options);
      const state = dynamics.init(stream(4, 'init'));
      const rng = stream(4, 'run');
      const block = new Block(0);
      for (const strength of [0.1, 1, 10, 100]) {
        block.clear(Infinity);
        dynamics.advance(state, { temperature: 1 + strength, noiseScale: strength }, 2, rng, block);
        const best = evidenceBound(model, state.lambda);
        // Where a row's own iteration has several optima, a new one may end elsewhere.
        expect(-state.energy).toBeLessThanOrEqual(best + (model.memory === undefined ? 1e-9 : 0.05) * Math.abs(best));
        expect(Number.isFinite(state.energy) && Number.isFinite(best)).toBe(true);
      }
    }
  });

  test('a run that is cut and resumed ends with the same bits', () => {
    const plan = {
      dynamics: svi(model, { batch: 5, noise: 'statistics' as const }),
      controls: { rate: 0.2, noiseScale: 0.5 },
      budget: { steps: 30 },
      block: 1,
      every: 6,
      seed: 9,
    };
    const whole = anneal(plan);
    const run = engine(plan);
    let pauses = 0;
    for (let next = run.next(); next.done !== true; next = run.next()) {
      if (next.value.report === null) continue;
      const resumed = anneal({ ...plan, resume: decodeCheckpoint(encodeCheckpoint(next.value.checkpoint())) });
      expect(resumed.result).toEqual(whole.result);
      pauses++;
    }
    expect(pauses).toBeGreaterThan(3);
  });
});

/** A state after some steps of a block. */
function after(model: VariationalModel, options: SviOptions, controls: Record<string, number>, n: number, seed = 1): SviState {
  const dynamics = svi(model, options);
  const state = dynamics.init(stream(seed, 'init'));
  dynamics.advance(state, controls, n, stream(seed, 'run'), new Block(0));
  return state;
}

/** Statistics of rows at λ, by the model itself. */
function statistics(model: VariationalModel, lambda: Float64Array, rows: Int32Array, temperature = 1): Float64Array {
  const into = new Float64Array(lambda.length);
  model.prepare(lambda);
  model.local(rows, 0, rows.length, into, { temperature, all: true, noiseScale: 0, noise: stream(0), told: false, memory: null });
  return into;
}

test('topics whose documents begin anew keep the contract, too', () => {
  const fresh = documents('double', 20, false);
  for (const [, options] of WAYS)
    expect(() => checkDynamics(svi(fresh, options), { controls: CONTROLS, steps: 3, blocks: 5 })).not.toThrow();
});

const model = mixture('full');
const all = Int32Array.from({ length: model.rows }, (_, n) => n);

describe('a step', () => {
  test('of a minibatch goes the rate’s share of the way to prior + rows / batch · statistics', () => {
    const before = after(model, { batch: 10 }, { rate: 0 }, 0);
    const lambda = before.lambda.slice();
    const dynamics = svi(model, { batch: 10 });
    dynamics.advance(before, { rate: 0.25 }, 1, stream(1, 'run'), new Block(0));
    const sums = statistics(model, lambda, before.order.slice(0, 10));
    lambda.forEach((value, i) => expect(before.lambda[i]).toBeCloseTo(0.75 * value + 0.25 * (model.prior[i] + 7 * sums[i]), 8));
  });

  test('goes through all rows once an epoch', () => {
    const dynamics = svi(model, { batch: 30 });
    const state = dynamics.init(stream(1, 'init'));
    const seen: number[] = [];
    for (let k = 0; k < 3; k++) {
      dynamics.advance(state, { rate: 0.1 }, 1, stream(1, 'run', k), new Block(0));
      seen.push(state.at);
    }
    expect(seen).toEqual([30, 60, 70]);
    expect([...state.order].sort((a, b) => a - b)).toEqual([...all]);
    expect([...state.order]).not.toEqual([...all]);
  });

  test.each([
    ['local', 1],
    ['all', 2.5],
  ] as const)('tempered %s divides what is over the uniform density', (temper, over) => {
    const start = after(model, {}, {}, 0).lambda;
    const { lambda } = after(model, { temper }, { temperature: 2.5 }, 1);
    const sums = statistics(model, start, all, 2.5);
    lambda.forEach((value, i) => expect(value).toBeCloseTo(model.base[i] + (model.prior[i] + sums[i] - model.base[i]) / over, 8));
  });

  test('with noise on statistics has the mean of the plain one and the covariance of a minibatch’s of rows / scale²', () => {
    const small = mixture('diagonal', { components: 2 });
    const start = after(small, {}, {}, 0).lambda;
    const scale = 0.4;
    const repeats = 3000;
    const each = all.map((n) => n);
    const rowStatistics = Array.from(each, (n) => statistics(small, start, Int32Array.of(n)));
    const plain = statistics(small, start, all);
    const mean = plain.map((value) => value / small.rows);
    for (const i of [0, 3, 6]) {
      const variance = rowStatistics.reduce((sum, row) => sum + (row[i] - mean[i]) ** 2, 0) * scale * scale;
      // One start; the noise goes on along its own stream.
      const dynamics = svi(small, { noise: 'statistics' });
      const state = dynamics.init(stream(1, 'init'));
      const found: number[] = [];
      for (let k = 0; k < repeats; k++) {
        state.lambda.set(start);
        dynamics.advance(state, { noiseScale: scale }, 1, stream(1, 'run'), new Block(0));
        found.push(state.lambda[i] - small.prior[i]);
      }
      const average = found.reduce((a, b) => a + b) / repeats;
      const spread = found.reduce((sum, value) => sum + (value - average) ** 2, 0) / repeats;
      // Five standard errors of a mean; a variance of 3000 values is within 20 % but for one in 10⁶ (weights are scaled to their sum, which takes 1 / 70 · scale² off).
      expect(Math.abs(average - plain[i])).toBeLessThan(5 * Math.sqrt(variance / repeats) + 0.02 * Math.sqrt(variance));
      expect(spread / variance).toBeGreaterThan(0.8);
      expect(spread / variance).toBeLessThan(1.2);
    }
  });

  test('of Metropolis takes the far step by the rule on the bound', () => {
    let [far, better] = [0, 0];
    for (let seed = 0; seed < 200; seed++) {
      const plain = after(model, {}, {}, 1, seed);
      const cold = after(model, { noise: 'metropolis', stride: 3 }, { noiseScale: 1e-9 }, 1, seed);
      const hot = after(model, { noise: 'metropolis', stride: 3 }, { noiseScale: 1e9 }, 1, seed);
      expect(cold.energy).toBeLessThanOrEqual(plain.energy);
      if (hot.energy !== plain.energy) far++;
      const taken = cold.energy < plain.energy;
      if (taken) better++;
      expect(cold.lambda).toEqual((taken ? hot : plain).lambda);
    }
    expect(far).toBe(200);
    expect(better).toBeGreaterThan(10);
    expect(better).toBeLessThan(190);
  });
});

test('an estimate of the bound from minibatches is unbiased', () => {
  const { lambda } = after(model, {}, {}, 2);
  const truth = evidenceBound(model, lambda);
  const dynamics = svi(model, { batch: 7, tell: 1 });
  const state = dynamics.init(stream(5, 'init'));
  state.lambda.set(lambda);
  let sum = 0;
  // At rate 0 λ stays; ten steps are an epoch, whose estimates have the bound as their mean.
  for (let k = 0; k < 10; k++) {
    dynamics.advance(state, { rate: 0 }, 1, stream(5, 'run'), new Block(0));
    sum -= state.energy;
  }
  expect(sum / 10).toBeCloseTo(truth, 6);
});

test('Gumbel numbers from 16 bits have the law’s mean, variance and quartiles', () => {
  const values = new Float64Array(200_001);
  addGumbel(values, 0, values.length, 2, stream(1));
  const sorted = values.map((value) => value / 2).sort();
  const mean = sorted.reduce((a, b) => a + b) / sorted.length;
  // Standard error of the mean: 1.28 / √200 000 = 0.0029; five of them. Of a quartile at most 0.005.
  expect(Math.abs(mean - 0.5772157)).toBeLessThan(0.0145);
  for (const q of [0.25, 0.5, 0.75]) expect(Math.abs(sorted[Math.floor(q * sorted.length)] + Math.log(-Math.log(q)))).toBeLessThan(0.025);
});

describe('refuses', () => {
  test.each<[object, string]>([
    [{ batch: 0 }, 'svi: batch is 0, expected a whole number from 1 to 70.'],
    [{ batch: 71 }, 'svi: batch is 71'],
    [{ temper: 'hot' }, 'svi: temper is "hot", expected none, local, all.'],
    [{ noise: 'loud' }, 'svi: noise is "loud", expected none, local, statistics, parameters, metropolis.'],
    [{ noise: 'metropolis', batch: 3 }, "svi: noise is 'metropolis' with minibatches"],
    [{ stride: -1 }, 'svi: stride is -1'],
    [{ bath: 3 }, 'svi: unknown option "bath", expected batch, temper, noise, stride, tell. Maybe batch?'],
  ])('%o', (options, message) => expect(() => svi(model, options)).toThrow(message));

  test('a course that leaves what is valid, before it begins', () => {
    const ask =
      (options: SviOptions, controls: Record<string, unknown>, steps = 100) =>
      () =>
        svi(model, options).checkControls!(controls as never, true, steps);
    expect(ask({ temper: 'all' }, { temperature: parse('linear(2, 0.5)') })).toThrow(
      'expected a finite number of at least 1. Maybe the schedule goes beyond it.',
    );
    expect(ask({ batch: 7 }, { rate: parse('robbins-monro(40)') })).toThrow('expected a number from 0 to 1');
    expect(ask({ batch: 7 }, { rate: parse('robbins-monro(1)') })).not.toThrow();
    // A curve of the step, in a run whose length nobody knows, is tried while it runs.
    expect(ask({ batch: 7 }, { rate: parse('robbins-monro(40)') }, NaN)).not.toThrow();
  });

  test('controls beyond what is valid', () => {
    expect(() => after(model, { batch: 3 }, { rate: 1.5 }, 1)).toThrow('rate is 1.5, expected a number from 0 to 1');
    expect(() => after(model, { temper: 'all' }, { temperature: 0.5 }, 1)).toThrow(
      'temperature is 0.5, expected a finite number of at least 1',
    );
    expect(() => after(model, { temper: 'local' }, { temperature: 0 }, 1)).toThrow('temperature is 0, expected a finite number above 0');
    expect(() => after(model, { noise: 'local' }, { noiseScale: -1 }, 1)).toThrow('noiseScale is -1');
    expect(() => after(documents('single'), { noise: 'local' }, { noiseScale: 1 }, 1)).toThrow("Maybe precision: 'double'.");
  });
});

describe('the signal change', () => {
  const run = (controls: Record<string, unknown>, options: SviOptions = {}) =>
    anneal({
      dynamics: svi(model, options),
      controls: controls as never,
      budget: { steps: 400 },
      until: { signal: { name: 'change', atMost: 1e-8 }, patience: 3 },
      block: 1,
      seed: 1,
    });

  test('ends a plain run where the bound moves no more, never one that is still annealed', () => {
    const plain = run({});
    expect([plain.stopped, plain.steps < 300]).toEqual(['signal', true]);
    // A constant temperature settles, too, but not as a bound of the true posterior.
    expect(run({ temperature: 1.2 }, { temper: 'local' }).stopped).toBe('budget');
    const cooled = run({ noiseScale: parse('linear(1, 0) for 0.5 > constant(0)') }, { noise: 'local' });
    expect(cooled.stopped).toBe('signal');
    expect(cooled.steps).toBeGreaterThan(200);
  });

  test('is the share by which the bound moved', () => {
    const dynamics = svi(model);
    const state = dynamics.init(stream(1, 'init'));
    const block = new Block(1);
    block.wanted[0] = 1;
    block.listening = true;
    const energies = [1, 2, 3].map(() => {
      block.clear(Infinity);
      dynamics.advance(state, {}, 1, stream(1, 'run'), block);
      return block.energy;
    });
    expect(block.signals[0]).toBe(Math.abs(energies[2] - energies[1]) / Math.abs(energies[2]));
    expect(dynamics.signalOf!(state, 0)).toBe(block.signals[0]);
  });
});
