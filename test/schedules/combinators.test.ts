import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clamp,
  cosine,
  exponential,
  inverseSquareRoot,
  linear,
  modifiedLam,
  offset,
  reheat,
  robbinsMonro,
  scale,
  sequence,
  step,
  table,
  warmRestarts,
  warmup,
  type Control,
  type Controller,
  type Moment,
  type Run,
} from 'lehr/schedules';
import { drive, inBlocks, inSeconds, inSteps, type Course } from './drive.ts';

const seed = 20262;

// Blocks 0 … K − 1 of ten steps each.
const inKBlocks: [name: string, control: Control, blocks: number, values: number[]][] = [
  ['a number', 4, 3, [4, 4, 4]],
  ['sequence', sequence([0.5, linear(4, 1)], linear(10, 20)), 8, [4, 3, 2, 1, 10, 40 / 3, 50 / 3, 20]],
  ['sequence, odd number of blocks: the half is rounded up', sequence([0.5, linear(2, 0)], 7), 5, [2, 1, 0, 7, 7]],
  ['sequence, one block each: a single block is at t = 1', sequence([0.5, linear(2, 0)], linear(9, 8)), 2, [0, 8]],
  ['sequence, one block in all', sequence([0.25, linear(2, 0)], linear(9, 8)), 1, [8]],
  ['sequence, one block in all, a longer first', sequence([0.75, linear(2, 0)], linear(9, 8)), 1, [0]],
  ['sequence, a phase too short for a block', sequence([0.45, 1], [0.1, 2], 3), 2, [1, 3]],
  ['sequence in steps', sequence([{ steps: 30 }, linear(2, 0)], [0.5, 5], 1), 10, [2, 1, 0, 5, 5, 5, 5, 5, 1, 1]],
  ['sequence, ten tenths', sequence(...Array.from({ length: 10 }, (_, i) => [0.1, i] as const)), 10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ['sequence of a sequence', sequence([0.5, sequence([0.5, 1], 2)], linear(4, 3)), 8, [1, 1, 2, 2, 4, 11 / 3, 10 / 3, 3]],
  ['sequence, local steps', sequence([0.5, 0], inverseSquareRoot(1, { delay: 10 })), 4, [0, 0, 1, Math.SQRT1_2]],
  ['warmup', warmup(0.4, linear(1, 0)), 10, [0.25, 0.5, 0.75, 1, 1, 0.8, 0.6, 0.4, 0.2, 0]],
  ['warmup in steps', warmup({ steps: 20 }, 6), 4, [3, 6, 6, 6]],
  ['warmup, too short for a block', warmup(0.05, linear(1, 0)), 3, [1, 0.5, 0]],
  ['warmup, leaving one block', warmup(0.75, linear(2, 1)), 4, [1 / 3, 2 / 3, 1, 1]],
  ['warmup, leaving none', warmup(0.75, linear(2, 1)), 1, [2]],
  ['warmup, leaving none to a sequence', warmup(0.75, sequence([0.5, linear(2, 1)], 9)), 1, [2]],
  ['warmup to a listener', warmup(0.5, modifiedLam({ temperature: 3 })), 4, [1.5, 3, 3, 3 * 0.999 ** 10]],
  ['warmup to a warmup', warmup(0.5, warmup(0.5, 8)), 8, [1, 2, 3, 4, 4, 8, 8, 8]],
  ['warmRestarts', warmRestarts(cosine(1, 0), 2), 6, [1, 0.5, 0, 1, 0.5, 0]],
  ['warmRestarts, growing', warmRestarts(linear(1, 0), 2, { factor: 2 }), 9, [1, 0.5, 0, 1, 0.8, 0.6, 0.4, 0.2, 0]],
  ['warmRestarts, more cycles than blocks', warmRestarts(linear(1, 0), 9), 3, [0, 0, 0]],
  [
    'warmRestarts from a first share',
    warmRestarts(linear(1, 0), { first: 0.2, factor: 2 }),
    10,
    [1, 0, 1, 2 / 3, 1 / 3, 0, 1, 6 / 7, 5 / 7, 4 / 7],
  ],
  ['warmRestarts from first steps', warmRestarts(linear(1, 0), { first: { steps: 30 } }), 7, [1, 0.5, 0, 1, 0.5, 0, 1]],
  ['scale', scale(linear(4, 0), 0.5), 3, [2, 1, 0]],
  ['offset', offset(linear(4, 0), -1), 3, [3, 1, -1]],
  ['clamp', clamp(linear(4, 0), 1, 3), 5, [3, 3, 2, 1, 1]],
  ['reheat at', reheat(8, { at: [0.5], factor: 4 }), 6, [8, 8, 8, 32, 16, 8]],
  [
    'reheat at two',
    reheat(linear(9, 0), { at: [0.2, 0.5], factor: 4 }),
    10,
    [9, 8, 28, 12, 5, 16, 3 * 4 ** 0.75, 2 * 4 ** 0.5, 4 ** 0.25, 0],
  ],
  ['reheat every', reheat(1, { every: 0.4, factor: 9 }), 10, [1, 1, 1, 1, 9, 9 ** (2 / 3), 9 ** (1 / 3), 1, 9, 1]],
  ['reheat every so many steps', reheat(1, { every: { steps: 30 }, factor: 4 }), 7, [1, 1, 1, 4, 2, 1, 1]],
  ['reheat lets a single block be', reheat(5, { at: [0.5], factor: 4 }), 2, [5, 5]],
  ['nested', scale(warmup(0.25, sequence([0.5, linear(4, 2)], clamp(linear(2, 0), 1, 9))), 10), 8, [20, 40, 40, 30, 20, 20, 10, 10]],
];

// Readings of a clock: [t, step].
const quarter: Course['moments'] = [
  [0, 0],
  [0.25, 100],
  [0.5, 200],
  [0.5, 300],
  [0.75, 400],
  [1, 500],
];
const inClockTime: [name: string, control: Control, moments: Course['moments'], values: number[]][] = [
  ['sequence', sequence([0.5, linear(4, 0)], linear(10, 20)), quarter, [4, 2, 10, 10, 15, 20]],
  [
    'sequence, the boundary 0.1 + 0.2',
    sequence([0.1, 1], [0.2, 2], 3),
    [
      [0, 0],
      [0.3, 1],
      [1, 2],
    ],
    [1, 3, 3],
  ],
  ['sequence, a phase jumped over', sequence([0.3, 1], [0.1, 2], 3), quarter, [1, 1, 3, 3, 3, 3]],
  ['sequence in steps: what is left is rescaled', sequence([{ steps: 200 }, linear(1, 0)], linear(8, 0)), quarter, [1, 0.5, 8, 8, 4, 0]],
  ['sequence, share after steps', sequence([{ steps: 100 }, 1], [0.25, 2], linear(4, 0)), quarter, [1, 2, 4, 4, 2, 0]],
  [
    'sequence, local steps from where the phase began',
    sequence([0.5, 0], inverseSquareRoot(1, { delay: 100 })),
    quarter,
    [0, 0, 1, Math.SQRT1_2, Math.sqrt(1 / 3), 0.5],
  ],
  ['sequence of a sequence', sequence([0.5, sequence([0.5, 1], 2)], 3), quarter, [1, 2, 3, 3, 3, 3]],
  ['sequence in steps of a sequence in shares', sequence([{ steps: 400 }, sequence([0.5, 1], 2)], 3), quarter, [1, 1, 2, 2, 3, 3]],
  ['warmup, never 0', warmup(0.5, linear(8, 0)), quarter, [0.08, 4, 8, 8, 4, 0]],
  ['warmup in steps', warmup({ steps: 400 }, 8), quarter, [0.08, 2, 4, 6, 8, 8]],
  ['warmRestarts', warmRestarts(linear(1, 0), 2), quarter, [1, 0.5, 1, 1, 0.5, 0]],
  ['warmRestarts, growing', warmRestarts(linear(1, 0), 2, { factor: 3 }), quarter, [1, 1, 2 / 3, 2 / 3, 1 / 3, 0]],
  [
    'warmRestarts from a first share: the end belongs to the last',
    warmRestarts(linear(1, 0), { first: 0.5 }),
    quarter,
    [1, 0.5, 1, 1, 0.5, 0],
  ],
  [
    'warmRestarts in steps stay in step with the count',
    warmRestarts(linear(1, 0), { first: { steps: 160 } }),
    quarter,
    [1, 0.375, 0.75, 0.125, 0.5, 0.875],
  ],
  ['reheat at', reheat(8, { at: [0.5], factor: 4 }), quarter, [8, 8, 32, 32, 16, 8]],
  ['reheat every, the last fitted', reheat(1, { every: 0.75, factor: 4 }), quarter, [1, 1, 1, 1, 4, 1]],
  ['reheat every so many steps', reheat(1, { every: { steps: 200 }, factor: 4 }), quarter, [1, 1, 4, 2, 4, 2]],
  ['scale, offset, clamp', clamp(offset(scale(linear(4, 0), 2), 1), 2, 6), quarter, [6, 6, 5, 5, 3, 2]],
];

/** The same to 12 decimals. */
function near(values: readonly number[]): number[] {
  return values.map((one) => expect.closeTo(one, 12));
}

describe('every combinator, block by block', () => {
  test.each(inKBlocks)('%s', (_, control, blocks, values) => {
    expect(drive(control, inBlocks(blocks))).toEqual(near(values));
  });
});

describe('every combinator under a clock', () => {
  test.each(inClockTime)('%s', (_, control, moments, values) => {
    expect(drive(control, inSeconds(moments))).toEqual(near(values));
  });
});

describe('under an evaluations budget, blocks may be skipped and steps are unknown', () => {
  // Blocks 0, 1, 4, 5, 9 of 10.
  const course: Course = { run: { steps: null, blocks: 10 }, moments: [0, 1, 4, 5, 9].map((k, i) => [k / 9, i * 3] as const) };
  test.each<[string, Control, number[]]>([
    ['sequence', sequence([0.4, linear(3, 0)], linear(5, 0)), [3, 2, 5, 4, 0]],
    ['sequence, phases jumped over', sequence([0.2, 1], [0.2, 2], [0.1, 3], [0.2, 4], 5), [1, 1, 3, 4, 5]],
    [
      'sequence, local steps begin where the phase does',
      sequence([0.4, 0], inverseSquareRoot(1, { delay: 3 })),
      [0, 0, 1, Math.SQRT1_2, Math.sqrt(1 / 3)],
    ],
    ['sequence, a count that ends when its steps are made', sequence([{ steps: 6 }, linear(1, 0)], linear(5, 0)), [1, 0.5, 5, 4, 0]],
    ['warmup', warmup(0.5, linear(10, 6)), [2, 4, 10, 10, 6]],
    ['warmRestarts', warmRestarts(linear(4, 0), 2), [4, 3, 0, 4, 0]],
    ['reheat', reheat(1, { at: [0.5], factor: 16 }), [1, 1, 1, 16, 1]],
  ])('%s', (_, control, values) => {
    expect(drive(control, course)).toEqual(near(values));
  });
});

/** What a control is made of, for the literal version below. */
type Made =
  | { kind: 'curve'; from: number; to: number }
  | { kind: 'decay'; initial: number }
  | { kind: 'sequence'; parts: [twentieths: number, child: Made][] }
  | { kind: 'warmup'; twentieths: number; child: Made }
  | { kind: 'restarts'; cycles: number; child: Made }
  | { kind: 'scale'; by: number; child: Made };

/** The values of K blocks, literally: cut the blocks at ⌊b·K + ½⌋ and lay the phases' own values side by side. */
function laid(made: Made, blocks: number): number[] {
  const cut = (share: number, whole: number) => Math.floor((2 * share * blocks + whole) / (2 * whole));
  const at = (k: number) => (blocks === 1 ? 1 : k / (blocks - 1));
  const all = Array.from({ length: blocks }, (_, k) => k);
  if (made.kind === 'curve') return all.map((k) => linear(made.from, made.to)(at(k), 0));
  if (made.kind === 'decay') return all.map((k) => robbinsMonro(made.initial)(0, 10 * k));
  if (made.kind === 'scale') return laid(made.child, blocks).map((value) => value * made.by);
  if (made.kind === 'restarts') {
    return Array.from({ length: made.cycles }, (_, i) => laid(made.child, cut(i + 1, made.cycles) - cut(i, made.cycles))).flat();
  }
  if (made.kind === 'warmup') {
    const warm = cut(made.twentieths, 20);
    const rest = laid(made.child, blocks - warm);
    return [...Array.from({ length: warm }, (_, j) => (rest[0] * (j + 1)) / warm), ...rest];
  }
  let done = 0;
  return made.parts.flatMap(([twentieths, child]) => {
    const begin = cut(done, 20);
    done += twentieths;
    return laid(child, cut(done, 20) - begin);
  });
}

function controlOf(made: Made): Control {
  if (made.kind === 'curve') return linear(made.from, made.to);
  if (made.kind === 'decay') return robbinsMonro(made.initial);
  if (made.kind === 'scale') return scale(controlOf(made.child), made.by);
  if (made.kind === 'restarts') return warmRestarts(controlOf(made.child), made.cycles);
  if (made.kind === 'warmup') return warmup(made.twentieths / 20, controlOf(made.child));
  return sequence(...made.parts.map(([twentieths, child]) => [twentieths / 20, controlOf(child)] as const));
}

const value = fc.double({ min: -100, max: 100, noNaN: true });
const { made } = fc.letrec<{ made: Made }>((tie) => ({
  made: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.record({ kind: fc.constant('curve' as const), from: value, to: value }),
    fc.record({ kind: fc.constant('decay' as const), initial: value }),
    fc.record({ kind: fc.constant('scale' as const), by: value, child: tie('made') }),
    fc.record({ kind: fc.constant('restarts' as const), cycles: fc.integer({ min: 1, max: 7 }), child: tie('made') }),
    fc.record({ kind: fc.constant('warmup' as const), twentieths: fc.integer({ min: 1, max: 9 }), child: tie('made') }),
    fc.record({
      kind: fc.constant('sequence' as const),
      parts: fc
        .tuple(
          fc.uniqueArray(fc.integer({ min: 1, max: 19 }), { minLength: 1, maxLength: 4 }),
          fc.array(tie('made'), { minLength: 5, maxLength: 5 }),
        )
        .map(([cuts, children]) => {
          const ends = [0, ...cuts.sort((a, b) => a - b), 20];
          return ends.slice(1).map((end, i) => [end - ends[i], children[i]] as [number, Made]);
        }),
    }),
  ),
}));

test('nested combinators are what cutting the blocks by hand gives', () => {
  fc.assert(
    fc.property(made, fc.integer({ min: 1, max: 60 }), (one, blocks) => {
      const expected = laid(one, blocks);
      // A warm-up that leaves no block has no first value to be laid out.
      fc.pre(expected.every(Number.isFinite));
      const found = drive(controlOf(one), inBlocks(blocks));
      found.forEach((each, k) => expect(Math.abs(each - expected[k])).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(expected[k]))));
      expect(found).toHaveLength(expected.length);
    }),
    { seed, numRuns: 400 },
  );
});

test('memory that goes through JSON in the middle of a run gives the same values', () => {
  const listening = (control: Control) => sequence([0.5, control], modifiedLam());
  const seconds = fc
    .array(fc.tuple(fc.double({ min: 0, max: 0.1, noNaN: true }), fc.integer({ min: 1, max: 90 })), { minLength: 2, maxLength: 40 })
    .map((jumps) =>
      jumps.reduce<[number, number][]>((all, [dt, n]) => [...all, [Math.min(1, all.at(-1)![0] + dt), all.at(-1)![1] + n]], [[0, 0]]),
    )
    .map(inSeconds);
  const others = [
    reheat(warmup({ steps: 25 }, 3), { every: { steps: 40 }, factor: 2 }),
    warmRestarts(cosine(1, 0), { first: { steps: 30 }, factor: 2 }),
  ];
  fc.assert(
    fc.property(made, fc.oneof(fc.integer({ min: 4, max: 60 }).map(inBlocks), seconds), fc.nat(60), (one, course, cut) => {
      for (const control of [listening(controlOf(one)), ...others]) {
        const whole = drive(control, course);
        expect(drive(control, course, (memory, k) => (k === cut ? JSON.parse(JSON.stringify(memory)) : memory))).toEqual(whole);
      }
    }),
    { seed, numRuns: 200 },
  );
});

describe('what a phase is told', () => {
  /** Writes down its runs and moments. */
  function listener(log: unknown[], needs: string[] = []): Controller<null> {
    return {
      needs,
      start(run: Run) {
        log.push({ steps: run.steps, blocks: run.blocks, signals: needs.map((name) => run.signal(name)) });
        return null;
      },
      next(_, { t, step, block }: Moment) {
        log.push([t, step, block?.steps ?? null]);
        return 1;
      },
    };
  }

  test('its own run, from its first block on, and no block of another phase', () => {
    const log: unknown[] = [];
    drive(sequence([0.4, 0], [0.4, listener(log, ['gap'])], 0), inSteps(95, 10));
    expect(log).toEqual([{ steps: 40, blocks: 4, signals: [1] }, [0, 0, null], [1 / 3, 10, 10], [2 / 3, 20, 10], [1, 30, 10]]);
  });

  test('the last gets what is left of the steps, exactly', () => {
    const log: unknown[] = [];
    drive(sequence([0.5, 0], listener(log)), inSteps(1000, 300));
    expect(log[0]).toEqual({ steps: 400, blocks: 2, signals: [] });
    log.length = 0;
    // A block of 300 makes 4 of 1000 steps; 250 would too, so the second phase goes by what the first has seen.
    drive(sequence([0.25, 0], [0.5, listener(log)], 0), inSteps(1000, 300));
    expect(log[0]).toEqual({ steps: 600, blocks: 2, signals: [] });
    log.length = 0;
    drive(warmup(0.5, listener(log)), inSteps(9990, 100));
    // Once to learn the first value, once when it begins.
    expect(log.filter((entry) => !Array.isArray(entry))).toEqual([
      { steps: 4990, blocks: 50, signals: [] },
      { steps: 4990, blocks: 50, signals: [] },
    ]);
  });

  test('a phase counted in steps knows its steps even under a clock', () => {
    const log: unknown[] = [];
    drive(sequence([{ steps: 200 }, listener(log)], 0), inSeconds(quarter));
    expect(log).toEqual([{ steps: 200, blocks: null, signals: [] }, [0, 0, null], [0.5, 100, 100]]);
  });

  test('signals that it has not asked for are refused', () => {
    const sly: Controller<number> = { needs: ['noise'], start: (run) => run.signal('gap'), next: () => 1 };
    expect(() => drive(sequence([0.5, 1], sly), inBlocks(4))).toThrow(
      'controller: signal "gap" is not among its needs, expected one of noise.',
    );
  });

  test('needs are united, the least block counts', () => {
    const run = { steps: null, blocks: null, signal: () => 0 };
    const picky: Controller<null> = { needs: ['noise', 'acceptance'], maxBlock: () => 30, start: () => null, next: () => 1 };
    const both = warmup(0.1, sequence([0.5, modifiedLam()], scale(picky, 2)));
    expect(both.needs).toEqual(['acceptance', 'noise']);
    expect(both.maxBlock!(run)).toBe(30);
    expect(both.defaultBlock!(run)).toBe(50);
    expect(scale(1, 2).needs).toBeUndefined();
    expect(scale(1, 2).defaultBlock).toBeUndefined();
    expect(scale(1, 2).maxBlock!(run)).toBe(Infinity);
  });
});

test('a child is asked for its block with the steps of its own phase', () => {
  const run = (steps: number | null) => ({ steps, blocks: null, signal: () => 0 });
  const asked = (make: (child: Control) => Controller, steps: number | null): unknown => {
    const heard: unknown[] = [];
    const child: Controller<null> = { maxBlock: (own) => (heard.push(own.steps), 7), start: () => null, next: () => 1 };
    expect(make(child).maxBlock!(run(steps))).toBe(7);
    return heard[0];
  };
  for (const [make, known, unknown] of [
    [(child: Control) => scale(child, 2), 1000, null],
    [(child: Control) => sequence([0.3, child], 1), 300, null],
    [(child: Control) => sequence([0.3, 1], child), 700, null],
    [(child: Control) => sequence([{ steps: 50 }, child], [0.5, 2], 1), 50, 50],
    [(child: Control) => sequence([{ steps: 50 }, 1], [0.5, 2], child), 450, null],
    [(child: Control) => warmup(0.1, child), 900, null],
    [(child: Control) => warmup({ steps: 10 }, child), 990, null],
    [(child: Control) => warmRestarts(child, 4), 250, null],
    [(child: Control) => warmRestarts(child, 2, { factor: 3 }), 250, null],
    [(child: Control) => warmRestarts(child, 1), 1000, null],
    [(child: Control) => warmRestarts(child, { first: { steps: 40 }, factor: 2 }), 40, 40],
    [(child: Control) => scale(sequence([0.5, warmRestarts(child, 5)], 1), 2), 100, null],
  ] as const) {
    expect([asked(make, 1000), asked(make, null)]).toEqual([known, unknown]);
  }
});

describe('published schedules made of combinators', () => {
  test('SGDR with T0 = 10 and doubling restarts at 10, 30, 70; at step 9 it is at .02447', () => {
    // Under a clock the cycle is continuous, as published; in whole blocks it ends exactly at its minimum.
    const moments = Array.from({ length: 71 }, (_, s) => [s / 200, s] as const);
    const values = drive(warmRestarts(cosine(1, 0), { first: { steps: 10 }, factor: 2 }), inSeconds(moments));
    expect(values.flatMap((each, s) => (each === 1 ? [s] : []))).toEqual([0, 10, 30, 70]);
    expect(values[9]).toBeCloseTo(0.02447, 5);
    const blocks = drive(warmRestarts(cosine(1, 0), { first: { steps: 10 }, factor: 2 }), inSteps(71, 1));
    expect(blocks.flatMap((each, s) => (each === 1 ? [s] : []))).toEqual([0, 10, 30, 70]);
    expect(blocks[9]).toBe(0);
  });

  test("optax's piecewise constants: boundaries at 100 and 200", () => {
    const values = drive(sequence([{ steps: 100 }, 1], [{ steps: 100 }, 0.1], 0.001), inSteps(300, 1));
    expect([values[50], values[99], values[100], values[150], values[200], values[250]]).toEqual([1, 1, 0.1, 0.1, 0.001, 0.001]);
  });

  test('Noam: the warm-up is d^−½ · t · W^−3/2 with t = step + 1, and its peak is at t = W', () => {
    const peak = 1 / Math.sqrt(512 * 4000);
    const values = drive(warmup({ steps: 4000 }, inverseSquareRoot(peak, { delay: 4000 })), inSteps(16_000, 1));
    for (const t of [1, 17, 2000, 4000]) expect(values[t - 1]).toBeCloseTo((t * Math.sqrt(1 / 512)) / (4000 * Math.sqrt(4000)), 15);
    expect(Math.max(...values)).toBeCloseTo(6.9877e-4, 8);
  });
});

describe('parameters are checked when a combinator is built, and lengths when a run begins', () => {
  test.each<[() => unknown, string]>([
    [() => sequence(linear(1, 0)), 'sequence: 1 phase, expected at least 2. Maybe the control itself.'],
    [
      () => sequence([0.5, 1], [0.4, 2]),
      'sequence: phases is [0.5,0.4], expected shares that sum to 1, not 0.9. Maybe leave out the length of the last, which then lasts the rest.',
    ],
    [
      () => sequence([0.5, 1], [0.5, 2], 3),
      'sequence: phases is [0.5,0.5,null], expected shares that sum to less than 1 before the last, not 1.',
    ],
    [
      () => sequence([{ steps: 9 }, 1], [0.5, 2]),
      'sequence: phases is [{"steps":9},0.5], expected the last without a length, because another is counted in steps.',
    ],
    [() => sequence(1, 2), 'sequence: phases[0] is 1, expected [length, control]; only the last may go without a length.'],
    [
      () => sequence([50, 1], 2),
      'sequence: phases[0] is 50, expected a share of the run above 0 and at most 1, or a count { steps }. Maybe { steps: 50 }, in text 50 steps.',
    ],
    [
      () => warmup(1, 2),
      'warmup: over is 1, expected a share of the run above 0 and below 1, or a count { steps }. Maybe { steps: 1 }, in text 1 steps.',
    ],
    [
      () => warmup(0.1, 'cosine(1, 0)' as never),
      'control: "cosine(1, 0)", expected a finite number, a schedule (a function of t and step) or a controller. Maybe parse("cosine(1, 0)").',
    ],
    [
      () => warmup(0.1, { schedule: 'linear', from: 1, to: 0 } as never),
      'control: {"schedule":"linear","from":1,"to":0}, expected a finite number, a schedule (a function of t and step) or a controller. Maybe fromSpec(…) of it.',
    ],
    [() => warmRestarts(1, {}), 'warmRestarts: cycles is undefined, expected a number of cycles, or the length `first`.'],
    [() => warmRestarts(1, 2, { first: 0.5 }), 'warmRestarts: first is 0.5, expected either it or `cycles`, not both.'],
    [() => warmRestarts(1, { first: 0.5 }, { factor: 2 }), 'warmRestarts: unknown option "factor", expected none here.'],
    [() => warmRestarts(1, 2.5), 'warmRestarts: cycles is 2.5, expected a whole number of at least 1.'],
    [() => warmRestarts(1, 2, { factor: 0.5 }), 'warmRestarts: factor is 0.5, expected a finite number of at least 1.'],
    [() => warmRestarts(1, 9999, { factor: 2 }), 'warmRestarts: factor is 2, expected one whose power 9999 is finite.'],
    [() => clamp(1, 3, 2), 'clamp: high is 2, expected at least low (3). Maybe clamp(…, 2, 3).'],
    [() => reheat(1, { factor: 2 }), 'reheat: every is undefined, expected exactly one of `every` and `at`.'],
    [() => reheat(1, { at: [0.5, 0.2], factor: 2 }), 'reheat: at[1] is 0.2, expected increasing shares above 0 and below 1.'],
    [() => reheat(1, { at: [0.5], factor: 1 }), 'reheat: factor is 1, expected a finite number above 1.'],
    [() => scale(1, NaN), 'scale: factor is NaN, expected a finite number.'],
    [
      () => drive(warmup({ steps: 500 }, 1), inSteps(100, 10)),
      "warmup: its phases take 500 steps, expected at most the run's 100. Maybe give shares of the run instead of steps.",
    ],
    [
      () => drive(sequence([{ steps: 60 }, 1], [0.5, 2], 3), inSteps(100, 10)),
      "sequence: its phases take 110 steps, expected at most the run's 100. Maybe give shares of the run instead of steps.",
    ],
  ])('%#', (make, message) => {
    let thrown: any;
    try {
      make();
    } catch (error) {
      thrown = error;
    }
    expect(thrown?.code).toBe('option');
    expect(thrown.message).toBe(message);
  });
});

test('all values stay within what the curves allow', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 9 }),
      fc.double({ min: 1.01, max: 9, noNaN: true }),
      (blocks, cycles, factor) => {
        const cooling = exponential(10, 0.1);
        const controls: [Control, number, number][] = [
          [warmRestarts(cooling, cycles, { factor }), 0.1, 10],
          [warmup(0.3, cooling), Number.MIN_VALUE, 10],
          [reheat(cooling, { every: 0.21, factor }), 0.1, 10 * factor],
          [sequence([0.37, cooling], table([3, 1, 4])), 0.1, 10],
          [clamp(step(9, { every: 0.1 }), 1, 2), 1, 2],
        ];
        for (const [control, low, high] of controls) {
          for (const each of drive(control, inBlocks(blocks))) {
            expect(each).toBeGreaterThanOrEqual(low);
            expect(each).toBeLessThanOrEqual(high);
          }
        }
      },
    ),
    { seed },
  );
});
