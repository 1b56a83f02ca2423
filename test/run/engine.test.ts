import { describe, expect, it } from 'vitest';
import {
  anneal,
  annealAsync,
  decodeCheckpoint,
  encodeCheckpoint,
  engine,
  metropolis,
  type Checkpoint,
  type Controller,
  type Plan,
  type Progress,
  type Until,
} from 'lehr';
import { exponential, linear, modifiedLam, sequence } from 'lehr/schedules';
import { partition, ring } from '../dynamics/ising.ts';
import { walk } from './toys.ts';

const weights = Float64Array.from({ length: 60 }, (_, i) => ((i * 7919) % 10_007) + 1);
const dynamics = metropolis(partition(weights));
const controls = { temperature: exponential(2000, 1) };

/** A controller that writes down what it hears. */
function recorder(heard: unknown[], value = 1): Controller<null> {
  return {
    start: () => null,
    next: (_, { t, step, block }) => {
      heard.push([t, step, block === null ? null : block.steps]);
      return value;
    },
  };
}

/** The run cut at its k-th pause, through text, and resumed. */
function cutAndResumed(plan: Plan<any, any, any>, pause: number): ReturnType<typeof anneal> {
  const run = engine(plan);
  let checkpoint: Checkpoint | null = null;
  for (let k = 0; k <= pause; k++) {
    const step = run.next();
    if (step.done === true) break;
    checkpoint = step.value.checkpoint();
  }
  return anneal({ ...plan, resume: decodeCheckpoint(encodeCheckpoint(checkpoint!)) });
}

function withoutTimes(outcome: any): unknown {
  const { seconds: _, resumedAt: __, record: ___, legs, ...rest } = outcome;
  return { ...rest, legs: legs.map(({ seconds: ____, ...leg }: any) => leg) };
}

describe('the clock', () => {
  it('runs block k of K at t = k / (K − 1), a single one at 1, and never a step too many', () => {
    const heard: unknown[] = [];
    const outcome = anneal({ dynamics, controls: { temperature: recorder(heard) }, budget: { steps: 10 }, block: 4, seed: 1 });
    expect(heard).toEqual([
      [0, 0, null],
      [0.5, 4, 4],
      [1, 8, 4],
    ]);
    expect([outcome.steps, outcome.evaluations, outcome.legs[0].blocks, outcome.stopped]).toEqual([10, 10, 3, 'budget']);
    const single: unknown[] = [];
    anneal({ dynamics, controls: { temperature: recorder(single) }, budget: { steps: 3 }, block: 5, seed: 1 });
    expect(single).toEqual([[1, 0, null]]);
  });

  it('gives the first block exactly from and the last exactly to', () => {
    const seen: number[] = [];
    anneal(
      { dynamics, controls: { temperature: exponential(7, 0.3) }, budget: { steps: 1000 }, block: 10, every: 10, seed: 1 },
      ({ controls: c }) => seen.push(c.temperature),
    );
    expect(seen[1]).toBe(7);
    expect(seen.at(-1)).toBe(0.3);
  });

  it('returns the start state for no steps and for no seconds', () => {
    for (const budget of [{ steps: 0 }, { evaluations: 0 }, { seconds: 0 }]) {
      const outcome = anneal({ dynamics, controls, budget, seed: 1 });
      expect([outcome.steps, outcome.stopped]).toEqual([0, 'budget']);
      expect(outcome.energy).toBe(anneal({ dynamics, controls, budget: { steps: 0 }, seed: 1 }).energy);
    }
  });

  it('counts evaluations where steps cost a random number of them, skipping blocks and overspending less than one step', () => {
    const heard: [number, number, number][] = [];
    const outcome = anneal({ dynamics: walk, controls: { size: recorder(heard) }, budget: { evaluations: 100 }, block: 3, seed: 5 });
    expect(outcome.evaluations).toBeGreaterThanOrEqual(100);
    expect(outcome.evaluations).toBeLessThan(105);
    const ts = heard.map(([t]) => t);
    expect(ts).toEqual([...ts].sort((a, b) => a - b));
    for (const t of ts) expect(Math.abs(t * 33 - Math.round(t * 33))).toBeLessThan(1e-9);
    expect(new Set(ts).size).toBeLessThan(34);
  });

  it('takes no block larger than anyone tolerates, and says who does not', () => {
    const plan = { dynamics, controls: { temperature: modifiedLam() }, budget: { steps: 5000 }, seed: 1 } as const;
    expect(anneal(plan).legs[0].blocks).toBe(100);
    expect(() => anneal({ ...plan, block: 101 })).toThrow(
      'block is 101, expected at most 100: the schedule of temperature tolerates no more',
    );
    expect(() => anneal({ dynamics: walk, controls: { size: modifiedLam() }, budget: { steps: 5 }, seed: 1 })).toThrow(
      'walk proposes nothing',
    );
  });
});

describe('resume', () => {
  const plans: [string, Plan<any, any, any>][] = [
    ['steps', { dynamics, controls, budget: { steps: 20_000 }, block: 100, seed: 1, every: 1000 }],
    [
      'a listener',
      { dynamics, controls: { temperature: modifiedLam({ temperature: 500 }) }, budget: { steps: 20_000 }, seed: 2, every: 1000 },
    ],
    [
      'a combinator',
      {
        dynamics,
        controls: { temperature: sequence([0.4, linear(900, 50)], [0.6, exponential(50, 1)]) },
        budget: { steps: 20_000 },
        block: 100,
        seed: 3,
        every: 700,
      },
    ],
    [
      'random costs and a growing state',
      { dynamics: walk, controls: { size: linear(2, 0.1) }, budget: { evaluations: 2000 }, seed: 4, every: 100 },
    ],
    [
      'legs, measures and stop rules',
      {
        dynamics,
        seed: 6,
        every: 1000,
        measures: { size: { every: 500, of: (chain: any) => chain.energy } },
        legs: [
          { controls, budget: { steps: 8000 }, block: 100, until: { stalled: 6000 } },
          { controls: { temperature: 0 }, budget: { steps: 8000 }, block: 50, until: { settled: 0, patience: 12 } },
        ],
      },
    ],
  ];
  it.each(plans)('ends with the same bits as an uninterrupted run: %s', (_, plan) => {
    const whole = withoutTimes(anneal(plan));
    for (const pause of [0, 1, 5, 13, 19]) expect(withoutTimes(cutAndResumed(plan, pause))).toEqual(whole);
  });

  it('refuses a checkpoint of another plan, naming the difference', () => {
    const plan = plans[0][1];
    const run = engine(plan);
    const pause = run.next();
    const resume = pause.done === true ? undefined! : pause.value.checkpoint();
    expect(() => anneal({ ...plan, resume, seed: 9 })).toThrow('seed is 1 there and 9 here');
    expect(() => anneal({ ...plan, resume, block: 50 } as any)).toThrow('legs[0].block is 100 there and 50 here');
    expect(() => anneal({ ...plan, resume: { ...resume, version: 99 } })).toThrow('version 99');
    expect(() => decodeCheckpoint('{"a": 1}')).toThrow('expected a checkpoint');
    expect(() => decodeCheckpoint(encodeCheckpoint(resume).slice(0, 100))).toThrow('Maybe the file is cut');
  });

  it('of a finished run gives its answer again', () => {
    const plan = plans[0][1];
    let last: Checkpoint | null = null;
    const whole = anneal(plan, (_, run) => (last = run.checkpoint()));
    expect(withoutTimes(anneal({ ...plan, resume: last! }))).toEqual(withoutTimes(whole));
  });
});

describe('seconds', () => {
  /** A clock that moves by an irregular amount at each look. */
  function fakeClock(): () => number {
    let now = 0;
    let looks = 0;
    return () => (now += 0.0007 * (1 + (looks++ % 7)));
  }

  it('replay bit for bit from the record, and only then count as reproducible', () => {
    for (const temperature of [exponential(2000, 1), modifiedLam({ temperature: 300 })]) {
      const plan = { dynamics, controls: { temperature }, budget: { seconds: 1 }, seed: 3, clock: fakeClock() };
      const first = anneal(plan);
      expect(first.reproducible).toBe(false);
      expect(first.legs[0].readings!.length).toBeGreaterThan(30);
      const again = anneal({ ...plan, clock: fakeClock(), replay: JSON.parse(JSON.stringify(first.record)) });
      expect(again.reproducible).toBe(true);
      expect({ ...again, reproducible: false }).toEqual(first);
    }
  });

  it('replay a run that an abort cut', async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 60);
    const plan = { dynamics, controls, budget: { seconds: 30 }, seed: 3 };
    const first = await annealAsync(plan, { signal: abort.signal });
    expect(first.stopped).toBe('interrupted');
    expect(first.seconds).toBeLessThan(10);
    expect({ ...anneal({ ...plan, replay: first.record }), reproducible: false }).toEqual(first);
  });

  it('as a stop rule cut a steps run without touching its cooling, and replay', () => {
    const plan = { dynamics, controls, budget: { steps: 1e6 }, block: 100, until: { seconds: 0.2 }, seed: 3, clock: fakeClock() };
    const first = anneal(plan);
    expect([first.stopped, first.reproducible]).toEqual(['seconds', false]);
    const again = anneal({ ...plan, clock: fakeClock(), replay: first.record });
    expect([again.energy, again.steps, again.stopped]).toEqual([first.energy, first.steps, 'seconds']);
  });
});

describe('stop rules', () => {
  it('leave the cooling alone', () => {
    const traces = [{}, { energy: 5 }, { stalled: 3000 }].map((until) => {
      const trace: number[] = [];
      anneal({ dynamics, controls, budget: { steps: 20_000 }, block: 100, every: 100, until, seed: 1 }, (p) =>
        trace.push(p.controls.temperature),
      );
      return trace;
    });
    for (const trace of traces) expect(trace.slice(0, -1)).toEqual(traces[0].slice(0, trace.length - 1));
    expect(traces[1].length).toBeLessThan(traces[0].length);
  });

  it('hold before the first block', () => {
    const outcome = anneal({ dynamics, controls, budget: { steps: 1000 }, until: { energy: 1e9 }, seed: 1 });
    expect([outcome.steps, outcome.stopped]).toEqual([0, 'target']);
  });

  it('an infinite signal reaches no bound that was not given', () => {
    const stopped = (value: number, bound: object): number =>
      anneal({
        dynamics,
        controls,
        budget: { steps: 100 },
        block: 10,
        measures: { told: { every: 10, of: () => value } },
        until: { signal: { name: 'told', ...bound } },
        seed: 1,
      }).steps;
    expect([stopped(Infinity, { atMost: 5 }), stopped(-Infinity, { atLeast: 5 })]).toEqual([100, 100]);
    expect([stopped(Infinity, { atLeast: 5 }), stopped(-Infinity, { atMost: 5 })]).toEqual([0, 0]);
  });

  it('count what they say: steps, stalled, signals with patience', () => {
    const stop = (until: object): [string, number] => {
      const outcome = anneal({ dynamics: walk, controls: { size: 1 }, budget: { steps: 1000 }, block: 10, until, seed: 1 });
      return [outcome.stopped, outcome.steps];
    };
    expect(stop({ steps: 30 })).toEqual(['steps', 30]);
    expect(stop({ signal: { name: 'spread', atLeast: 45 } })).toEqual(['signal', 50]);
    expect(stop({ signal: { name: 'spread', atLeast: 45 }, patience: 3 })).toEqual(['signal', 70]);
    expect(stop({ stalled: 100 })[0]).toBe('stalled');
    expect(() => stop({ signal: { name: 'sprad', atLeast: 1 } })).toThrow(
      'signal "sprad" is unknown, expected spread, unused. Maybe spread?',
    );
    expect(() => stop({ enrgy: 1 })).toThrow('until: unknown option "enrgy"');
    const moving = { ...walk, energies: 'moving' as const };
    expect(() => anneal({ dynamics: moving, controls: { size: 1 }, budget: { steps: 1 }, until: { energy: 0 }, seed: 1 })).toThrow(
      'needs exact energies',
    );
  });

  it('of a leg end the leg, of the plan the run', () => {
    const leg = { controls, budget: { steps: 5000 }, block: 100 };
    const legs = anneal({ dynamics, seed: 1, legs: [{ ...leg, until: { steps: 700 } }, leg] });
    expect([legs.legs.map(({ steps, stopped }) => [steps, stopped]), legs.stopped]).toEqual([
      [
        [700, 'steps'],
        [5000, 'budget'],
      ],
      'budget',
    ]);
    const whole = anneal({ dynamics, seed: 1, legs: [leg, leg], until: { steps: 5200 } });
    expect([whole.legs.map(({ steps }) => steps), whole.stopped]).toEqual([[5000, 200], 'steps']);
  });
});

describe('reports and measures', () => {
  it('change nothing', () => {
    const plan = { dynamics, controls, budget: { steps: 30_000 }, block: 100, seed: 8 };
    const plain = withoutTimes(anneal(plan));
    const seen: Progress[] = [];
    expect(withoutTimes(anneal({ ...plan, every: 333 }, (p, run) => void (seen.push(p), run.checkpoint())))).toEqual(plain);
    expect(seen.map(({ steps }) => steps).slice(0, 4)).toEqual([0, 400, 700, 1000]);
    expect(seen.at(-1)!.stopped).toBe('budget');
    const measured = anneal({ ...plan, measures: { noise: { every: 1000, of: (_, rng) => rng.uniform() } } });
    expect(measured.energy).toBe((plain as { energy: number }).energy);
  });

  it('take a measure at the first block end after each multiple, as one more signal that can stop a run', () => {
    const taken: number[] = [];
    const measures = { length: { every: 25, of: (state: { path: number[] }) => (taken.push(state.path.length), state.path.length) } };
    const outcome = anneal({
      dynamics: walk,
      controls: { size: 1 },
      budget: { steps: 1000 },
      block: 10,
      measures,
      until: { signal: { name: 'length', atLeast: 60 } },
      seed: 1,
    });
    expect([taken, outcome.steps]).toEqual([[0, 30, 50, 80], 80]);
  });

  it('end a leg before its first block where the state is at the bound: measures, and signals that tell of the state', () => {
    const measures = { length: { every: 1000, of: (state: { path: number[] }) => state.path.length } };
    const steps = (second: Until, first = 40, dynamics: typeof walk = walk): readonly number[] =>
      anneal({
        dynamics,
        legs: [first, 100].map((budget, i) => ({
          controls: { size: 1 },
          budget: { steps: budget },
          block: 10,
          until: i === 0 ? {} : second,
        })),
        measures,
        seed: 1,
      }).legs.map((leg) => leg.steps);
    // The measure is not due when the second leg begins, and is taken for its rule.
    expect(steps({ signal: { name: 'length', atLeast: 40 } })).toEqual([40, 0]);
    expect(steps({ signal: { name: 'length', atLeast: 41 } })).toEqual([40, 100]);
    // Patience counts blocks.
    expect(steps({ signal: { name: 'length', atLeast: 0 }, patience: 2 })).toEqual([40, 20]);
    // What only tells of a block ends no leg before its first.
    expect(steps({ signal: { name: 'spread', atLeast: 0 } })).toEqual([40, 10]);
    const telling = { ...walk, signalOf: (state: { path: number[] }, signal: number) => (signal === 0 ? state.path.length : NaN) };
    expect(steps({ signal: { name: 'spread', atLeast: 40 } }, 40, telling)).toEqual([40, 0]);
    expect(steps({ signal: { name: 'spread', atLeast: 45 } }, 40, telling)).toEqual([40, 10]);
  });
});

describe('plans', () => {
  it.each([
    [{ budget: { steps: 1, seconds: 1 } }, 'expected exactly one of steps, evaluations and seconds'],
    [{ budget: { steps: -1 } }, 'budget.steps is -1, expected a whole number of at least 0'],
    [{ budget: { steps: 1.5 } }, 'budget.steps is 1.5'],
    [{ budget: { second: 1 } }, 'expected exactly one'],
    [{ blok: 1 }, 'unknown option "blok"'],
    [{ controls: {} }, 'controls.temperature is missing'],
    [{ controls: { temperature: 1, temprature: 2 } }, 'unknown option "temprature", expected temperature. Maybe temperature?'],
    [{ block: 0 }, 'block is 0, expected a whole number of at least 1'],
    [{ check: 'all' }, "check is \"all\", expected 'none', 'block' or 'step'"],
    [{ controls: { temperature: () => NaN } }, 'its schedule gives NaN'],
    [{ controls: { temperature: 'hot' } }, 'control'],
  ])('say what is wrong: %o', (change, message) => {
    expect(() => anneal({ dynamics, controls, budget: { steps: 10 }, seed: 1, ...change } as any)).toThrow(message);
  });

  it('need every control at compile time', () => {
    // @ts-expect-error temperature is missing
    expect(() => anneal({ dynamics, controls: {}, budget: { steps: 1 }, seed: 1 })).toThrow('missing');
  });

  it('check energies after each step or block when asked, and stop at the first that is wrong', () => {
    const drifting = partition(weights);
    const stale = { ...drifting, accept: (s: any) => (s.i === 7 ? void (s.side[7] = -s.side[7]) : drifting.accept(s)) };
    const plan = { dynamics: metropolis(stale), controls, budget: { steps: 20_000 }, seed: 1 };
    expect(anneal(plan).steps).toBe(20_000);
    for (const check of ['step', 'block'] as const)
      expect(() => anneal({ ...plan, check })).toThrow('partition: the energy of the current state is');
    const sound = { dynamics, controls, budget: { steps: 2000 }, seed: 1 };
    expect(withoutTimes(anneal({ ...sound, check: 'step' }))).toEqual(withoutTimes(anneal(sound)));
  });

  it('run the same through annealAsync', async () => {
    const plan = {
      dynamics: metropolis(
        ring(
          30,
          () => 1,
          () => 0,
        ),
      ),
      controls: { temperature: linear(3, 0) },
      budget: { steps: 50_000 },
      seed: 'x',
    };
    expect(withoutTimes(await annealAsync(plan))).toEqual(withoutTimes(anneal(plan)));
  });
});
