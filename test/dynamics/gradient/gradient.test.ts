import { describe, expect, it } from 'vitest';
import {
  adam,
  adamW,
  anneal,
  checkDynamics,
  DivergedError,
  engine,
  gradient,
  LehrError,
  momentum,
  sgd,
  sgld,
  startFrom,
  stream,
  type Model,
  type Optimizer,
  type Plan,
} from 'lehr';
import { cosine, linear, parse, type Control } from 'lehr/schedules';
import { bowl, line, points } from './models.ts';

/** `points`, judged on three more. */
const judged: Model<Float64Array> = {
  ...points,
  figures: ['worst'],
  evaluate: ([a, b]) => {
    const off = [-0.8, 0.3, 1.1].map((x) => Math.abs(a + b * x - (2 * x - 1)));
    return { loss: off.reduce((sum, each) => sum + 0.5 * each * each, 0) / 3, worst: Math.max(...off) };
  },
};

describe('gradient', () => {
  it('is a sound dynamics, on the full batch and on minibatches, whatever is kept', () => {
    const check = <C extends string>(optimizer: Optimizer<C>, controls: Record<C, number>, steps: number): void => {
      for (const [model, batch] of [[points], [points, 5], [judged], [judged, 4], [judged, 12]] as const) {
        for (const keep of ['best', 'last', 'average'] as const) {
          if (keep === 'best' && model === points && batch !== undefined) continue;
          const dynamics = gradient(model, { optimizer, keep, ...(batch === undefined ? {} : { batch }) });
          expect(() => checkDynamics(dynamics, { controls, steps })).not.toThrow();
        }
      }
    };
    check(momentum(), { rate: 0.05, momentum: 0.5 }, 7);
    check(adam(), { rate: 0.05 }, 3);
    check(sgld(), { rate: 0.01, temperature: 0.1 }, 5);
  });

  it('takes each row once an epoch, in another order each time, the last minibatch being what is left', () => {
    const seen: number[][] = [];
    const model: Model<Float64Array> = {
      ...points,
      gradient(w, rows, from, to, into, here) {
        if (here !== undefined) seen.push([...rows.subarray(from, to)]);
        return points.gradient(w, rows, from, to, into);
      },
    };
    anneal({ dynamics: gradient(model, { optimizer: sgd(), batch: 5 }), controls: { rate: 0.1 }, budget: { steps: 9 }, block: 2, seed: 1 });
    expect(seen.map((rows) => rows.length)).toEqual([5, 5, 2, 5, 5, 2, 5, 5, 2]);
    const epochs = [0, 3, 6].map((k) => seen.slice(k, k + 3).flat());
    for (const epoch of epochs) expect(epoch.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect(new Set(epochs.map(String)).size).toBe(3);
  });

  it('on the full batch is plain gradient descent, and its energy the loss of the weights', () => {
    const { result, energy, evaluations } = anneal({
      dynamics: gradient(bowl, { optimizer: sgd() }),
      controls: { rate: 0.1 },
      budget: { steps: 7 },
      seed: 1,
    });
    expect([...result.weights].map((w, i) => w / (i + 1))).toEqual(Array(3).fill(expect.closeTo(0.8 ** 7, 12)));
    expect(energy).toBeCloseTo(14 * 0.8 ** 14, 12);
    expect(result.loss).toBe(energy);
    expect(evaluations).toBe(7);
  });

  it('schedules and controllers drive it unchanged', () => {
    for (const text of [
      'warmup(0.05) > cosine(0.3, 0)',
      'warm-restarts(cosine(0.3, 0), first: 0.25)',
      'reduce-on-plateau(0.3, signal: validation, patience: 2)',
    ]) {
      const { result } = anneal({
        dynamics: gradient(judged, { optimizer: sgd(), batch: 4 }),
        controls: { rate: parse(text) },
        budget: { steps: 600 },
        seed: 3,
      });
      expect(result.validation).toBeLessThan(0.02);
    }
  });

  it('keeps the best weights by held-out loss, the last, or the average of a tail', () => {
    const run = (keep: 'best' | 'last' | 'average', averages: { averageFrom?: number; averaging?: 'tail' } = {}) => {
      const seen: { weights: number[]; validation: number }[] = [];
      const dynamics = gradient(judged, {
        optimizer: sgd(),
        batch: 1,
        keep,
        ...averages,
        evaluateEvery: 5,
      });
      const state = dynamics.init(stream(1, 'init'));
      const { result } = anneal({
        dynamics,
        controls: { rate: 0.3 },
        budget: { steps: 60 },
        block: 1,
        seed: 1,
        measures: {
          note: {
            every: 1,
            of: ({ weights }) => seen.push({ weights: [...weights], validation: judged.evaluate!(weights).loss }),
          },
        },
      });
      return { result, seen, state };
    };
    const best = run('best');
    const looks = best.seen.filter((_, k) => k % 5 === 0).map(({ validation }) => validation);
    expect(best.result.validation).toBe(Math.min(...looks));
    expect(best.result.figures!.worst).toBe(judged.evaluate!(best.result.weights).worst);
    const last = run('last');
    expect([...last.result.weights]).toEqual(last.seen.at(-1)!.weights);
    const average = run('average', { averageFrom: 40 });
    // Spans of the tail end at 1, 2, 4, … 64: that of 60 steps began at step 16.
    const open = run('average', { averaging: 'tail' });
    for (const [{ result, seen }, count] of [
      [average, 20],
      [open, 44],
    ] as const) {
      for (const i of [0, 1]) {
        const tail = seen.slice(-count).map(({ weights }) => weights[i]);
        expect(tail).toHaveLength(count);
        expect(result.weights[i]).toBeCloseTo(tail.reduce((a, b) => a + b) / count, 12);
      }
    }
    // They are different answers.
    expect(new Set([best, last, average, open].map(({ result }) => result.weights[0])).size).toBe(4);
  });

  it('stops early when the held-out loss has stalled', () => {
    const { stopped, steps } = anneal({
      dynamics: gradient(judged, { optimizer: sgd(), batch: 1 }),
      controls: { rate: 0.3 },
      budget: { steps: 100_000 },
      block: 12,
      until: { stalled: 600 },
      seed: 1,
    });
    expect(stopped).toBe('stalled');
    expect(steps).toBeLessThan(20_000);
  });

  it('tells signals as they are defined, and held-out ones as fresh only after a look', () => {
    const dynamics = gradient(judged, { optimizer: sgd(), batch: 6, keep: 'last', evaluateEvery: 4 });
    const rows = Int32Array.from({ length: 12 }, (_, i) => i);
    const told: Record<string, number>[] = [];
    const truth: number[] = [];
    anneal(
      {
        dynamics,
        controls: { rate: 0.2 },
        budget: { steps: 12 },
        block: 2,
        every: 2,
        watch: ['loss', 'gradientNorm', 'training', 'validation', 'worst'],
        measures: {
          truth: {
            every: 2,
            of: ({ weights }) => (truth.push(judged.evaluate!(weights).loss), points.gradient(weights, rows, 0, 12, new Float64Array(2))),
          },
        },
        seed: 1,
      },
      ({ signals, stopped }) => {
        if (stopped === null) told.push({ ...signals });
      },
    );
    const [start, ...blocks] = told;
    expect(start.training).toBeNaN();
    for (const each of blocks) {
      expect(each.training).toBeCloseTo(each.truth, 14);
      expect(each.gradientNorm).toBeGreaterThan(0);
      expect(each.loss).toBeGreaterThan(0);
    }
    // Looks after steps 4, 8 and 12; what block 3 tells is of block 2.
    expect(blocks[0].validation).toBeNaN();
    expect(blocks[1].validation).toBe(truth[2]);
    expect(blocks[2].validation).toBe(truth[2]);
    expect(blocks[3].validation).toBe(truth[4]);
  });

  it.each([{ averageFrom: 3 }, { averaging: 'tail' }] as const)(
    'goes on with the same bits from a checkpoint at any step: %j',
    (averages) => {
      const plan: Plan = {
        dynamics: gradient(judged, { optimizer: momentum({ momentum: 0.8 }), batch: 5, keep: 'average', ...averages }),
        controls: { rate: cosine(0.2, 0.01) },
        budget: { steps: 40 },
        block: 1,
        every: 1,
        seed: 5,
      };
      const whole = anneal(plan);
      let cuts = 0;
      const run = engine(plan);
      for (let next = run.next(); !next.done; next = run.next()) {
        const { report } = next.value;
        if (report === null || report.stopped !== null) continue;
        const resumed = anneal({ ...plan, resume: next.value.checkpoint() });
        expect(resumed.result).toEqual(whole.result);
        cuts++;
      }
      expect(cuts).toBe(41);
    },
  );

  it('stops at a training loss, before and after a switch of legs, on the full batch and on minibatches', () => {
    for (const batch of [12, 4]) {
      const losses: number[] = [];
      const rows = Int32Array.from({ length: 12 }, (_, i) => i);
      const outcome = (first: number, second: number) =>
        anneal({
          dynamics: gradient(points, { optimizer: sgd(), batch, keep: 'last' }),
          legs: [
            { controls: { rate: 0.5 }, budget: { steps: 500 }, block: 1, until: { signal: { name: 'training', atMost: first } } },
            { controls: { rate: 0.05 }, budget: { steps: 5000 }, block: 1, until: { signal: { name: 'training', atMost: second } } },
          ],
          measures: { note: { every: 1, of: ({ weights }) => losses.push(points.gradient(weights, rows, 0, 12, new Float64Array(2))) } },
          seed: 1,
        });
      const both = outcome(0.3, 0.05);
      expect(both.legs.map(({ stopped }) => stopped)).toEqual(['signal', 'signal']);
      expect(both.legs.every(({ steps }) => steps > 0)).toBe(true);
      expect(both.result.loss).toBeLessThanOrEqual(0.05);
      expect(losses.at(-2)).toBeGreaterThan(0.05);
      // The first leg already reaches the second's bound: no step of the second is made.
      const one = outcome(0.05, 0.05);
      expect(one.legs.map(({ stopped, steps }) => [stopped, steps > 0])).toEqual([
        ['signal', true],
        ['signal', false],
      ]);
      // And where the start is good enough, none at all.
      expect(outcome(100, 100).steps).toBe(0);
    }
    // The energy of the full batch, which needs no signal, does as well.
    const { stopped, energy } = anneal({
      dynamics: gradient(points, { optimizer: sgd() }),
      controls: { rate: 0.05 },
      budget: { steps: 5000 },
      block: 1,
      until: { energy: 0.1 },
      seed: 1,
    });
    expect(stopped).toBe('target');
    expect(energy).toBeLessThanOrEqual(0.1);
  });

  it('a loss that is no number ends the run, with step, rate, and the last finite weights', () => {
    for (const [dynamics, rate] of [
      [gradient(points, { optimizer: sgd() }), 1e60],
      [gradient(points, { optimizer: sgd(), batch: 3 }), 1e60],
      [gradient(judged, { optimizer: sgd(), batch: 3 }), 1e60],
    ] as const) {
      let thrown: unknown;
      try {
        anneal({ dynamics, controls: { rate }, budget: { steps: 1000 }, block: 1, seed: 1 });
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(DivergedError);
      const { message, code, step, kept } = thrown as DivergedError;
      expect(code).toBe('option');
      expect(step).toBeLessThan(10);
      expect(message).toMatch(
        new RegExp(
          `^line: at step ${step}, rate 1e\\+60, the training loss is (NaN|Infinity), expected a finite number. The last finite state is kept. Maybe the rate is too large`,
        ),
      );
      expect(kept.every((w) => Number.isFinite(w))).toBe(true);
      expect(LehrError.from((thrown as DivergedError).toData(), 'worker').message).toBe(message);
    }
  });

  it('one run begins where another ended', () => {
    const first = anneal({ dynamics: gradient(points, { optimizer: sgd() }), controls: { rate: 0.1 }, budget: { steps: 20 }, seed: 1 });
    const model = startFrom(points, first.result.weights);
    const second = anneal({ dynamics: gradient(model, { optimizer: sgd() }), controls: { rate: 0.1 }, budget: { steps: 20 }, seed: 1 });
    const both = anneal({ dynamics: gradient(points, { optimizer: sgd() }), controls: { rate: 0.1 }, budget: { steps: 40 }, seed: 1 });
    expect(second.result.weights).toEqual(both.result.weights);
  });

  it('restarts from the best weights with fresh moments', () => {
    const dynamics = gradient(judged, { optimizer: momentum({ momentum: 0.9 }), batch: 4 });
    const { result, runs } = anneal({
      dynamics,
      controls: { rate: cosine(0.2, 0) },
      budget: { steps: 300 },
      restarts: { lengths: [60, 120, 120], again: 'incumbent' },
      seed: 1,
    });
    expect(runs).toBe(3);
    expect(result.validation).toBeLessThan(0.01);
  });

  it('pays an evaluation for each row, whatever is left for the last minibatch of an epoch', () => {
    const run = (batch: number, evaluations: number) =>
      anneal({ dynamics: gradient(points, { optimizer: sgd(), batch }), controls: { rate: 0.1 }, budget: { evaluations }, seed: 1 });
    expect([run(4, 40)].map(({ steps, evaluations }) => [steps, evaluations])).toEqual([[10, 40]]);
    // 5 + 5 + 2 an epoch.
    expect([24, 26, 29].map((budget) => run(5, budget)).map(({ steps, evaluations }) => [steps, evaluations])).toEqual([
      [6, 24],
      [7, 29],
      [7, 29],
    ]);
  });

  it('refuses controls out of range: curves before the first step, what listens where it leaves it', () => {
    const run = <C extends string>(optimizer: Optimizer<C>, controls: Record<C, Control>): unknown =>
      anneal({ dynamics: gradient(points, { optimizer }), controls, budget: { steps: 100 }, seed: 1 });
    expect(() => run(sgd(), { rate: -0.1 })).toThrow('rate is -0.1, expected a number of at least 0. Maybe the schedule goes below zero.');
    expect(() => run(sgd(), { rate: linear(0.1, -0.1) })).toThrow('rate is -0.0010000000000000009 at t = 0.505');
    expect(() => run(sgd(), { rate: linear(0.1, 0) })).not.toThrow();
    expect(() => run(momentum(), { rate: 0.1, momentum: 1.5 })).toThrow(
      'momentum is 1.5, expected a number from 0 to 1. Maybe the schedule goes beyond it.',
    );
    expect(() => run(adamW(), { rate: 0.1, decay: -1 })).toThrow('decay is -1, expected a number of at least 0');
    expect(() => run(sgld(), { rate: 0.1, temperature: linear(1, -1) })).toThrow('temperature is -0.01');
    const listening = { start: () => ({}), next: (_: object, { step }: { step: number }) => (step < 50 ? 0.1 : -0.1) };
    expect(() => run(sgd(), { rate: listening })).toThrow('rate is -0.1, expected a number of at least 0');
  });

  it('says what is wrong', () => {
    const optimizer = sgd();
    // @ts-expect-error an unknown option
    expect(() => gradient(points, { optimizer, batchSize: 3 })).toThrow('gradient: unknown option "batchSize"');
    expect(() => gradient(points, { optimizer, batch: 13 })).toThrow('gradient: batch is 13, expected a whole number from 1 to 12');
    expect(() => gradient(points, { optimizer, batch: 3, keep: 'best' })).toThrow('line has no held-out data');
    expect(() => gradient(points, { optimizer, averageFrom: 3 })).toThrow("keep is 'last', expected 'average' with it");
    expect(() => gradient(points, { optimizer, keep: 'average', averaging: 'last' as never })).toThrow(
      `averaging is "last", expected 'uniform' or 'tail'`,
    );
    expect(() => gradient(points, {} as never)).toThrow('gradient: optimizer is undefined');
    expect(() => gradient(points, undefined as never)).toThrow('gradient: optimizer is undefined');
    expect(() => gradient({ name: 'x' } as never, { optimizer })).toThrow(
      "gradient: the model's rows is undefined, expected a whole number",
    );
    const few = line([1], [1]);
    expect(anneal({ dynamics: gradient(few, { optimizer }), controls: { rate: 0.5 }, budget: { steps: 0 }, seed: 1 }).energy).toBe(0.5);
  });
});
