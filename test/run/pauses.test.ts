import { engine, metropolis, type Checkpoint, type Pause, type Plan, type Problem } from 'lehr';
import { describe, expect, it } from 'vitest';
import { linear } from 'lehr/schedules';
import { walk as drawn } from './toys.ts';

/** A walk on the integers, downhill to 0. */
const walk: Problem<{ x: number; move: number }> = {
  name: 'walk',
  init: () => ({ x: 200, move: 0 }),
  energy: ({ x }) => Math.abs(x),
  propose(state, rng) {
    state.move = rng.below(2) === 0 ? 1 : -1;
    return Math.abs(state.x + state.move) - Math.abs(state.x);
  },
  accept: (state) => void (state.x += state.move),
  reject: () => {},
  copy: (from, to) => void (to.x = from.x),
};

/** A clock so slow that the engine takes a breath after every block. */
function slowClock(): () => number {
  let now = 0;
  return () => (now += 0.003);
}

function plan(more: Partial<Plan>): Plan {
  return {
    dynamics: metropolis(walk),
    controls: { temperature: 0.5 },
    budget: { steps: 4000 },
    block: 10,
    seed: 1,
    every: 100,
    clock: slowClock(),
    ...more,
  } as Plan;
}

function run(plan: Plan, at: (pause: Pause) => void = () => {}) {
  const running = engine(plan);
  for (let step = running.next(); ; step = running.next()) {
    if (step.done === true) return step.value;
    at(step.value);
  }
}

describe.each([
  ['target', { until: { energy: 150 } }],
  ['stalled', { until: { stalled: 40 } }],
  ['settled', { until: { settled: 0.001, patience: 2 } }],
  ['budget', {}],
])('a run that ends by %s', (stopped, more) => {
  it('ends at the same block from the checkpoint of any pause', () => {
    const checkpoints: Checkpoint[] = [];
    const whole = run(plan(more), (pause) => checkpoints.push(pause.checkpoint()));
    expect(whole.stopped).toBe(stopped);
    expect(checkpoints.length).toBeGreaterThanOrEqual(whole.steps / 10);
    for (const resume of checkpoints)
      expect(run(plan({ ...more, resume }))).toMatchObject({ stopped, steps: whole.steps, result: whole.result });
  });
});

it('looking at the progress of a pause changes no later report', () => {
  const reports = (look: boolean): unknown[] => {
    const heard: unknown[] = [];
    run(plan({}), (pause) => {
      if (look) pause.progress();
      if (pause.report !== null) heard.push(pause.report.acceptance);
    });
    return heard;
  };
  expect(reports(true)).toEqual(reports(false));
  expect(reports(false).length).toBeGreaterThan(20);
});

it.each([{ until: { energy: 150 } }, { until: { seconds: 1 } }])('a seconds budget that %o cuts between two readings replays', (more) => {
  const options = { ...more, budget: { seconds: 600 } };
  const cut = run(plan(options));
  expect(cut.stopped).not.toBe('budget');
  const { readings = [], blocks } = cut.legs[0];
  expect(readings.filter((_, i) => i % 3 === 0).reduce((sum, n) => sum + n, 0)).toBe(blocks);
  const again = run(plan({ ...options, replay: cut.record }));
  expect(again).toMatchObject({ stopped: cut.stopped, steps: cut.steps, result: cut.result, reproducible: true });
});

it('a seconds budget that is interrupted at any pause and resumed replays from its record', () => {
  // Its steps are of the size that the schedule says: a progress that is off by anything shows.
  const options = { dynamics: drawn, controls: { size: linear(2, 1) }, budget: { seconds: 1 }, every: 0.05 };
  for (let cut = 1; cut < 20; cut++) {
    const first = engine(plan(options));
    let checkpoint: Checkpoint | null = null;
    let pauses = 0;
    for (let step = first.next(); step.done !== true; step = first.next(pauses === cut ? 'interrupt' : undefined)) {
      pauses++;
      checkpoint = step.value.checkpoint();
    }
    const resumed = run(plan({ ...options, resume: checkpoint! }));
    expect(resumed.stopped).toBe('budget');
    const replayed = run(plan({ ...options, replay: resumed.record }));
    expect(replayed.result).toEqual(resumed.result);
  }
});
