import { describe, expect, it } from 'vitest';
import {
  anneal,
  decodeCheckpoint,
  encodeCheckpoint,
  engine,
  metropolis,
  type Checkpoint,
  type Controller,
  type Dynamics,
  type Plan,
  type Problem,
} from 'lehr';
import {
  adaptiveReheat,
  clamp,
  exponential,
  huang,
  lamTarget,
  linear,
  modifiedLam,
  reduceOnPlateau,
  reheat,
  scale,
  selfTuningLam,
  sequence,
  targetAcceptance,
  warmRestarts,
  warmup,
  type Control,
} from 'lehr/schedules';
import { kernel } from '#src/dynamics/metropolis';
import { partition, ring } from '../dynamics/ising.ts';
import { walk } from './toys.ts';

const weights = Float64Array.from({ length: 60 }, (_, i) => ((i * 7919) % 10_007) + 1);
const dynamics = metropolis(partition(weights));

const listeners: [string, Control][] = [
  ['modifiedLam', modifiedLam({ temperature: 500 })],
  ['selfTuningLam', selfTuningLam()],
  ['targetAcceptance', targetAcceptance(linear(0.9, 0.01), { temperature: 500, memory: 100 })],
  ['targetAcceptance of a sequence', targetAcceptance(sequence([0.5, lamTarget], 0.1), { temperature: 500 })],
  ['huang', huang()],
  ['adaptiveReheat', adaptiveReheat(exponential(2000, 1), { patience: 0.05, factor: 4 })],
  ['adaptiveReheat of a listener', adaptiveReheat(selfTuningLam(), { patience: { steps: 900 }, factor: 4 })],
  ['reduceOnPlateau', reduceOnPlateau(2000, { factor: 0.8, patience: 3, cooldown: 2, min: 10 })],
  ['reduceOnPlateau of a measure', reduceOnPlateau(exponential(2000, 50), { signal: 'spread', factor: 0.8, patience: 2 })],
];

const combined: [string, (one: Control) => Control][] = [
  ['alone', (one) => one],
  ['sequence', (one) => sequence([0.3, linear(900, 50)], [0.4, one], 20)],
  ['warmup', (one) => warmup(0.1, one)],
  ['warmRestarts', (one) => warmRestarts(one, 3)],
  ['scale', (one) => scale(one, 0.5)],
  ['clamp', (one) => clamp(one, 1, 3000)],
  ['reheat', (one) => reheat(one, { at: [0.5], factor: 3 })],
  ['nested', (one) => scale(sequence([0.5, warmup({ steps: 400 }, one)], warmRestarts(one, 2)), 2)],
];

const measures = { spread: { every: 700, of: (chain: any) => Math.abs(chain.state.sum) } };

function plan(temperature: Control, more: Partial<Plan>): Plan<any, any, any> {
  return { dynamics, controls: { temperature }, budget: { steps: 12_000 }, seed: 4, measures, ...more } as Plan<any, any, any>;
}

/** A clock that moves by an irregular amount at each look. */
function fakeClock(): () => number {
  let now = 0;
  let looks = 0;
  return () => (now += 0.0007 * (1 + (looks++ % 7)));
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

function bits({ result, energy, steps, evaluations, accepted, proposed }: ReturnType<typeof anneal>): unknown {
  return { result, energy, steps, evaluations, accepted, proposed };
}

/** The temperatures of a run. */
function course(plan: Plan<any, any, any>): number[] {
  const seen: number[] = [];
  anneal({ ...plan, every: 1 }, ({ controls, steps }) => steps > 0 && seen.push(controls.temperature));
  return seen;
}

describe.each(listeners)('%s', (name, one) => {
  it.each(combined)('goes on from a checkpoint with the same bits: %s', (_, combine) => {
    const whole = plan(combine(one), { every: 1000 });
    const expected = bits(anneal(whole));
    for (const pause of [1, 2, 7]) expect(bits(cutAndResumed(whole, pause))).toEqual(expected);
  });

  it('runs under each budget, repeats under two of them and replays under the third', () => {
    const short = sequence([{ steps: 2000 }, one], one);
    for (const temperature of [one, short]) {
      const evaluations = plan(temperature, { budget: { evaluations: 12_000 } } as never);
      expect(bits(anneal(evaluations))).toEqual(bits(anneal(evaluations)));
      // A step of Metropolis is one evaluation, so its length is known either way.
      expect(bits(anneal(evaluations))).toEqual(bits(anneal(plan(temperature, {}))));
      const seconds = plan(temperature, { budget: { seconds: 0.5 }, block: 10, clock: fakeClock() } as never);
      const first = anneal(seconds);
      const again = anneal({ ...seconds, clock: fakeClock(), replay: JSON.parse(JSON.stringify(first.record)) });
      expect(bits(again)).toEqual(bits(first));
      expect(first.steps).toBeGreaterThan(300);
    }
  });

  it('changes the temperature of its run', () => {
    const temperatures = course(plan(one, { budget: { steps: 100_000 } } as never));
    expect(new Set(temperatures).size).toBeGreaterThan(name.startsWith('reduce') ? 3 : 20);
    for (const temperature of temperatures) expect(temperature).toBeGreaterThanOrEqual(0);
  });
});

describe('a dynamics that cannot be listened to is refused, and told why', () => {
  it.each<[string, Control, Partial<Dynamics<any>>, string]>([
    ['modifiedLam', modifiedLam(), {}, 'listens to the acceptance rate, but walk proposes nothing. Maybe use a schedule of t.'],
    ['selfTuningLam', selfTuningLam(), {}, 'listens to the acceptance rate, but walk proposes nothing.'],
    ['targetAcceptance', scale(targetAcceptance(0.4), 2), {}, 'listens to the acceptance rate, but walk proposes nothing.'],
    [
      'selfTuningLam, though it proposes',
      selfTuningLam(),
      { proposes: true },
      'listens to the signal "meanChange", but walk and the plan\'s measures tell of spread, unused. Maybe use a schedule that does not listen to it.',
    ],
    ['huang', warmup(0.1, huang()), {}, 'listens to the signal "meanEnergy", but walk and the plan\'s measures tell of spread, unused.'],
    [
      'reduceOnPlateau',
      reduceOnPlateau(1, { signal: 'spred' }),
      {},
      'listens to the signal "spred", but walk and the plan\'s measures tell of spread, unused. Maybe spread?',
    ],
    [
      'adaptiveReheat',
      adaptiveReheat(1, { patience: 0.1, factor: 2 }),
      { energies: 'estimate' },
      'listens to the best energy, which needs exact energies, but those of walk are estimates. Maybe let it listen to a measure.',
    ],
    [
      'reduceOnPlateau of best',
      reduceOnPlateau(1, { signal: 'best' }),
      { energies: 'moving' },
      'listens to the best energy, which needs exact energies, but those of walk are moved by a control.',
    ],
  ])('%s', (_, size, change, message) => {
    const run = () => anneal({ dynamics: { ...walk, ...change }, controls: { size }, budget: { steps: 100 }, seed: 1 });
    expect(run).toThrow(
      expect.objectContaining({ code: 'option', message: expect.stringContaining(`controls.size: its schedule ${message}`) }),
    );
  });

  it('but one without proposals serves those that listen to energies', () => {
    for (const size of [
      reduceOnPlateau(1, { patience: 2 }),
      adaptiveReheat(1, { patience: 0.1, factor: 2 }),
      reduceOnPlateau(1, { signal: 'spread' }),
    ]) {
      expect(anneal({ dynamics: walk, controls: { size }, budget: { steps: 100 }, block: 5, seed: 1 }).steps).toBe(100);
    }
  });
});

describe('signals', () => {
  /** Ising spins with a sweep of their own, which is not run while somebody counts. */
  function sweeping(log: number[]): Problem<any> {
    const problem = ring(
      40,
      () => 1,
      () => 0.1,
    );
    const plain = kernel(problem);
    return {
      ...problem,
      sweep(chain, temperature, n, rng, block) {
        log.push(n);
        plain(chain, temperature, n, rng, block);
      },
    };
  }

  it('are computed only while a controller wants them: after the tuning phase the problem’s own sweep runs', () => {
    const log: number[] = [];
    const outcome = anneal({
      dynamics: metropolis(sweeping(log)),
      controls: { temperature: selfTuningLam() },
      budget: { steps: 20_000 },
      seed: 1,
    });
    expect(log.reduce((sum, n) => sum + n, 0)).toBe(20_000 - 20);
    const generic = ring(
      40,
      () => 1,
      () => 0.1,
    );
    expect(
      bits(anneal({ dynamics: metropolis(generic), controls: { temperature: selfTuningLam() }, budget: { steps: 20_000 }, seed: 1 })),
    ).toEqual(bits(outcome));
  });

  it('in a sequence only in the phase that listens, also after a resume', () => {
    const phases = sequence([0.25, 2], [0.5, huang({ stay: 0.1 })], exponential(1, 0.1));
    const steps = (log: number[]) => log.reduce((sum, n) => sum + n, 0);
    const log: number[] = [];
    const listening = {
      dynamics: metropolis(sweeping(log)),
      controls: { temperature: phases },
      budget: { steps: 20_000 },
      block: 100,
      every: 2000,
      seed: 1,
    };
    const whole = bits(anneal(listening));
    expect(steps(log)).toBe(10_000);
    log.length = 0;
    // The cut is at step 12 000, in the phase that listens.
    expect(bits(cutAndResumed(listening, 6))).toEqual(whole);
    expect(steps(log)).toBe(5000 + 5000);
  });

  it('only in the leg that listens; reports tell those that anyone listens to, NaN while nobody does', () => {
    const seen: [number, Record<string, number>][] = [];
    anneal(
      {
        dynamics,
        seed: 1,
        every: 500,
        measures,
        watch: ['level'],
        legs: [
          { controls: { temperature: 100 }, budget: { steps: 1000 }, block: 100 },
          { controls: { temperature: huang({ stay: 0.1 }) }, budget: { steps: 1000 }, block: 100 },
          { controls: { temperature: 100 }, budget: { steps: 1000 }, block: 100 },
        ],
      },
      ({ leg, steps, signals }) => steps > 0 && seen.push([leg, signals as Record<string, number>]),
    );
    for (const [, signals] of seen) {
      expect(Object.keys(signals)).toEqual(['level', 'meanEnergy', 'energyVariance', 'spread']);
      expect(signals.level).toBeGreaterThanOrEqual(0);
    }
    const of = (leg: number) => seen.filter(([at]) => at === leg).map(([, { meanEnergy }]) => Number.isNaN(meanEnergy));
    // A leg's first report is before its first block.
    expect([of(0).includes(false), of(1).slice(1).includes(true), of(2).slice(1).includes(false)]).toEqual([false, false, false]);
    expect(of(1).slice(1).length).toBeGreaterThan(0);
  });

  it('are fresh in the block in which they were taken, also across a checkpoint', () => {
    const heard: (readonly [number, number, number])[] = [];
    const listener: Controller<number> = {
      needs: ['spread', 'level'],
      start: (run) => run.signal('spread'),
      next(place, { step, block }) {
        if (block !== null) heard.push([step, block.fresh[place], block.signals[place]]);
        return 500;
      },
    };
    const whole = plan(listener, {
      budget: { steps: 2100 },
      block: 100,
      every: 100,
      measures: { spread: { every: 250, of: (chain: any) => chain.energy } },
    } as never);
    anneal(whole);
    const first = [...heard];
    expect(first.filter(([, fresh]) => fresh === 1).map(([step]) => step)).toEqual([300, 500, 800, 1000, 1300, 1500, 1800, 2000]);
    for (let pause = 1; pause < 20; pause++) {
      heard.length = 0;
      cutAndResumed(whole, pause);
      expect(heard.slice(-5)).toEqual(first.slice(-5));
      expect(heard).toEqual([...first.slice(0, pause - 1), ...first.slice(pause - 1)]);
    }
  });

  it('a plateau of a measure counts its values, not blocks', () => {
    // The measure never improves: patience 2 reduces at its fourth value after the start, whatever the block.
    const flat = { loss: { every: 600, of: () => 7 } };
    const reduced = (block: number) => {
      let at = 0;
      anneal(
        {
          dynamics,
          controls: { temperature: reduceOnPlateau(100, { signal: 'loss', patience: 2 }) },
          budget: { steps: 6000 },
          block,
          every: block,
          measures: flat,
          seed: 1,
        },
        ({ steps, controls }) => {
          if (at === 0 && controls.temperature < 100) at = steps;
        },
      );
      return at;
    };
    // Taken at 600, 1200, 1800 and 2400; the value is that of the block after.
    expect([50, 100, 200, 600].map(reduced)).toEqual([2450, 2500, 2600, 3000]);
  });

  it('of a block’s own names cannot be measures', () => {
    for (const name of ['energy', 'best', 'acceptance', 'meanEnergy']) {
      expect(() => anneal(plan(1, { measures: { [name]: { every: 10, of: () => 1 } } }))).toThrow(
        `measures.${name}: ${name === 'meanEnergy' ? 'metropolis' : 'every block'} already tells something of that name, expected another.`,
      );
    }
  });
});

it('a controller’s block is bound by what it tolerates', () => {
  const refuse =
    (temperature: Control, block: number, steps = 20_000) =>
    () =>
      anneal({ dynamics, controls: { temperature }, budget: { steps }, block, seed: 1 });
  expect(refuse(selfTuningLam(), 11)).toThrow('block is 11, expected at most 10');
  expect(refuse(huang(), 101)).toThrow('block is 101, expected at most 100');
  expect(refuse(targetAcceptance(0.4), 101)).toThrow('block is 101, expected at most 100');
  expect(refuse(adaptiveReheat(1, { patience: 0.01, factor: 2 }), 201)).toThrow('block is 201, expected at most 200');
  expect(refuse(reduceOnPlateau(1), 20_000)().steps).toBe(20_000);
});
