import { describe, expect, it } from 'vitest';
import {
  anneal,
  decodeCheckpoint,
  encodeCheckpoint,
  engine,
  fixedLength,
  luby,
  metropolis,
  variableLength,
  type Plan,
  type Progress,
} from 'lehr';
import { exponential, modifiedLam } from 'lehr/schedules';
import { partition, ring } from '../dynamics/ising.ts';
import { walk } from './toys.ts';

const weights = Float64Array.from({ length: 60 }, (_, i) => ((i * 7919) % 10_007) + 1);
const dynamics = metropolis(partition(weights));
const controls = { temperature: exponential(2000, 1) };
const plan: Plan<any, 'temperature', any> = {
  dynamics,
  controls,
  budget: { steps: 31_000 },
  restarts: { lengths: variableLength() },
  seed: 1,
};

function timeless(outcome: object): unknown {
  const hidden = ['seconds', 'resumedAt', 'readings'];
  return JSON.parse(JSON.stringify(outcome, (key, value: unknown) => (hidden.includes(key) ? undefined : value)));
}

/** The whole run of one length that restart r makes. */
const single = (r: number, steps: number) => anneal({ dynamics, controls, budget: { steps }, path: ['restart', r], seed: 1 });

describe('restarts', () => {
  it('each run is the run of its length in its own stream, and the best of all is kept', () => {
    const lengths = [1000, 2000, 4000, 8000, 16_000];
    const runs = lengths.map((steps, r) => single(r, steps));
    const best = runs.reduce((least, run) => (run.energy < least.energy ? run : least));
    const outcome = anneal(plan);
    expect([outcome.energy, outcome.result]).toEqual([best.energy, best.result]);
    expect([outcome.steps, outcome.runs, outcome.stopped, outcome.reproducible]).toEqual([31_000, 5, 'budget', true]);
    expect(outcome.accepted).toBe(runs.reduce((sum, run) => sum + run.accepted, 0));
    expect(outcome.record.restart).toBe(4);
  });

  it('the best may be any of the runs: the earlier of two equal ones, over many seeds', () => {
    const winners = new Set<number>();
    for (let seed = 1; seed <= 30; seed++) {
      const runs = [300, 300, 300].map((steps, r) => anneal({ dynamics, controls, budget: { steps }, path: ['restart', r], seed }));
      const energies = runs.map(({ energy }) => energy);
      const first = energies.indexOf(Math.min(...energies));
      const outcome = anneal({ ...plan, restarts: { lengths: [300, 300, 300] }, budget: { steps: 900 }, seed });
      expect(outcome.result).toEqual(runs[first].result);
      winners.add(first);
    }
    expect(winners.size).toBe(3);
  });

  it('the budget cuts the last run to the step, and not its cooling', () => {
    for (const steps of [1, 999, 1000, 1001, 2500, 30_123]) {
      const outcome = anneal({ ...plan, budget: { steps } });
      expect([outcome.steps, outcome.stopped]).toEqual([steps, 'budget']);
    }
    const cut = anneal({ ...plan, budget: { steps: 1500 }, block: 100 });
    const runs = [
      anneal({ dynamics, controls, budget: { steps: 1000 }, block: 100, path: ['restart', 0], seed: 1 }),
      anneal({ dynamics, controls, budget: { steps: 2000 }, block: 100, until: { steps: 500 }, path: ['restart', 1], seed: 1 }),
    ];
    expect(cut.energy).toBe(Math.min(...runs.map(({ energy }) => energy)));
    expect(cut.accepted).toBe(runs[0].accepted + runs[1].accepted);
  });

  it('a list that ends before the budget ends the run; a budget of 0 gives the start state', () => {
    expect(anneal({ ...plan, restarts: { lengths: [10, 20] } })).toMatchObject({ steps: 30, runs: 2, stopped: 'budget' });
    expect(anneal({ ...plan, budget: { steps: 0 } })).toMatchObject({ steps: 0, runs: 1 });
  });

  it('evaluations of varying cost: never exceeded by more than a step', () => {
    const outcome = anneal({
      dynamics: walk,
      controls: { size: 1 },
      budget: { evaluations: 1000 },
      restarts: { lengths: fixedLength(30) },
      seed: 2,
    });
    expect(outcome.evaluations).toBeGreaterThanOrEqual(1000);
    expect(outcome.evaluations).toBeLessThan(1005);
    expect(outcome.runs).toBeGreaterThan(8);
  });

  it('cut at any pause and resumed through text, it ends with the same bits', () => {
    for (const lengths of [variableLength({ first: 700 }), luby(300), [500, 9000, 40, 20_000]]) {
      for (const again of ['random', 'incumbent'] as const) {
        const whole: Plan<any, 'temperature', any> = {
          ...plan,
          controls: { temperature: modifiedLam({ temperature: 1000 }) },
          budget: { steps: 25_000 },
          restarts: { lengths, again },
          every: 1000,
        };
        const uncut = timeless(anneal(whole));
        for (let pause = 0; pause < 26; pause += 5) {
          const run = engine(whole);
          let text = '';
          for (let k = 0, step = run.next(); k <= pause && step.done !== true; k++, step = run.next())
            text = encodeCheckpoint(step.value.checkpoint());
          expect(timeless(anneal({ ...whole, resume: decodeCheckpoint(text) }))).toEqual(uncut);
        }
      }
    }
  });

  it('interrupted within a run, saved and resumed: the same bits, and an incumbent that the open run has no part in', () => {
    const sampling: Plan<any, 'temperature', any> = { ...plan, dynamics: metropolis(partition(weights), { keep: 'last' }), every: 1000 };
    const uncut = timeless(anneal(sampling));
    for (const after of [1, 3, 9, 20]) {
      const run = engine(sampling);
      let step = run.next();
      for (let k = 0; k < after && step.done !== true; k++) step = run.next();
      let text = '';
      for (step = run.next('interrupt'); step.done !== true; step = run.next()) text = encodeCheckpoint(step.value.checkpoint());
      expect(step.value.stopped).toBe('interrupted');
      expect(timeless(anneal({ ...sampling, resume: decodeCheckpoint(text) }))).toEqual(uncut);
    }
  });

  it('a seconds budget ends it, and its record repeats it bit for bit', () => {
    let now = 0;
    const clock = (): number => now;
    // A microsecond a step, on a clock of the test's own.
    const slow = {
      ...dynamics,
      advance(...[state, values, n, rng, block]: Parameters<typeof dynamics.advance>) {
        dynamics.advance(state, values, n, rng, block);
        now += n * 1e-6;
      },
    };
    const timed: Plan<any, 'temperature', any> = { ...plan, dynamics: slow, budget: { seconds: 0.5 }, clock };
    const first = anneal(timed);
    expect([first.stopped, first.reproducible]).toEqual(['budget', false]);
    expect(first.seconds).toBeGreaterThanOrEqual(0.5);
    expect(first.seconds).toBeLessThan(0.6);
    expect(first.runs).toBeGreaterThan(3);
    const record = JSON.parse(JSON.stringify(first.record));
    const again = anneal({ ...timed, replay: record, clock: () => 0 });
    expect([again.energy, again.result, again.steps, again.runs]).toEqual([first.energy, first.result, first.steps, first.runs]);
    expect(again.reproducible).toBe(true);
  });

  it('until ends all runs: a target over them, a stall over them', () => {
    const energies = variableLength();
    const free = anneal(plan);
    const target = anneal({ ...plan, until: { energy: free.energy } });
    expect([target.stopped, target.energy]).toEqual(['target', free.energy]);
    expect(target.steps).toBeLessThanOrEqual(free.steps);
    const stalled = anneal({ ...plan, budget: { steps: 1e6 }, restarts: { lengths: energies }, until: { stalled: 20_000 } });
    expect(stalled.stopped).toBe('stalled');
    expect(stalled.steps).toBeGreaterThan(20_000);
  });

  it('observers hear progress of the whole, totals, and the best of all runs', () => {
    const heard: Progress[] = [];
    const outcome = anneal({ ...plan, every: 500 }, (progress) => heard.push(progress));
    for (let i = 1; i < heard.length; i++) {
      expect(heard[i].t).toBeGreaterThanOrEqual(heard[i - 1].t);
      expect(heard[i].steps).toBeGreaterThanOrEqual(heard[i - 1].steps);
      expect(heard[i].best).toBeLessThanOrEqual(heard[i - 1].best);
    }
    expect([heard[0].t, heard.at(-1)!.t, heard.at(-1)!.best]).toEqual([0, 1, outcome.energy]);
    expect(new Set(heard.map(({ leg }) => leg))).toEqual(new Set([0, 1, 2, 3, 4]));
    // Thousands of short runs do not flood them.
    let reports = 0;
    anneal({ ...plan, restarts: { lengths: fixedLength(3) } }, () => reports++);
    expect(reports).toBeLessThan(250);
  });

  it('again from the incumbent: no run begins worse than the best so far', () => {
    const seen: (readonly [leg: number, energy: number, best: number])[] = [];
    anneal(
      { ...plan, controls: { temperature: 0 }, restarts: { lengths: fixedLength(500), again: 'incumbent' }, every: 100 },
      ({ leg, energy, best }) => seen.push([leg, energy, best]),
    );
    // Greedy descent from the best: its energy is the best at all times.
    expect(seen.filter(([leg]) => leg > 0).every(([, energy, best]) => energy === best)).toBe(true);
    const spins = metropolis(
      ring(
        40,
        () => 1,
        () => 0.1,
      ),
      { keep: 'swept' },
    );
    const energy = (again: 'random' | 'incumbent') =>
      anneal({
        dynamics: spins,
        controls: { temperature: 0.5 },
        budget: { steps: 5000 },
        restarts: { lengths: fixedLength(100), again },
        seed: 3,
      }).energy;
    expect(energy('incumbent')).toBeLessThan(energy('random'));
  });

  it.each([
    [{ restarts: { lengths: [], again: 'random' } }, 'there are none'],
    [{ restarts: { lengths: [5], again: 'best' } }, "restarts.again is \"best\", expected 'random' or 'incumbent'"],
    [{ restarts: { length: [5] } }, 'unknown option "length", expected lengths, again. Maybe lengths?'],
    [{ budget: { seconds: 1 }, until: { seconds: 2 } }, 'expected one of them'],
  ])('a bad plan: %j', (wrong, message) => {
    expect(() => anneal({ ...plan, ...(wrong as object) } as Plan<any, 'temperature', any>)).toThrow(message);
  });

  it('refuses what it cannot do, and a checkpoint of other restarts', () => {
    expect(() =>
      anneal({ dynamics: walk, controls: { size: 1 }, budget: { steps: 9 }, restarts: { lengths: [3], again: 'incumbent' }, seed: 1 }),
    ).toThrow('walk cannot go back to it');
    const run = engine(plan);
    const { checkpoint } = run.next().value as { checkpoint(): any };
    expect(() => anneal({ ...plan, restarts: { lengths: luby(1000) }, resume: checkpoint() })).toThrow('belongs to another run');
  });
});
