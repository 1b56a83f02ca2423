import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkSchedule } from 'lehr';
import { adaptiveReheat, exponential, modifiedLam, selfTuningLam, type Control } from 'lehr/schedules';
import { Block } from '#src/dynamics/block';
import { inBlocks, inSeconds, type Course } from './drive.ts';

/** Values over a course of blocks whose best energies are given. */
function fed(control: Control, options: Parameters<typeof adaptiveReheat>[1], course: Course, best: (k: number) => number): number[] {
  const reheating = adaptiveReheat(control, options);
  const memory = reheating.start({ ...course.run, signal: () => 0 });
  const block = new Block();
  return course.moments.map(([t, step], k) => {
    block.best = best(k - 1);
    return reheating.next(memory, { t, step, block: k === 0 ? null : block, controls: {} });
  });
}

const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 12));

describe('in 11 blocks, patience of 0.3', () => {
  const options = { patience: 0.3, factor: 8 };
  test.each<[string, number[], number[]]>([
    // The first best is heard before block 1; at block 4 it is 0.3 old.
    ['nothing improves', [5, 5, 5, 5, 5, 5, 5, 5, 5, 5], [1, 1, 1, 1, 8, 4, 2, 8, 4, 2, 1]],
    ['something improves always', [9, 8, 7, 6, 5, 4, 3, 2, 1, 0], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]],
    ['an improvement begins the wait anew', [5, 5, 4, 4, 4, 4, 4, 4, 4, 4], [1, 1, 1, 1, 1, 1, 8, 4, 2, 1, 1]],
    [
      'an improvement while hot does, too, and the surplus still dies away',
      [5, 5, 5, 5, 4, 4, 4, 4, 4, 4],
      [1, 1, 1, 1, 8, 4, 2, 1, 1, 1, 1],
    ],
  ])('%s', (_, best, values) => {
    expect(fed(1, options, inBlocks(11), (k) => best[k])).toEqual(near(values));
  });

  test('over a curve it multiplies, and the curve goes on', () => {
    const curve = exponential(10, 0.1);
    const plain = inBlocks(11).moments.map(([t]) => curve(t, 0));
    const surplus = [1, 1, 1, 1, 8, 4, 2, 8, 4, 2, 1];
    expect(fed(curve, options, inBlocks(11), () => 5)).toEqual(near(plain.map((value, k) => value * surplus[k])));
  });
});

test('a patience in steps is the same share where the steps are known', () => {
  const best = (k: number) => [9, 9, 8, 8, 8, 8, 8, 7][Math.min(k, 7)];
  for (const blocks of [5, 11, 40]) {
    expect(fed(3, { patience: { steps: blocks * 2 }, factor: 2 }, inBlocks(blocks), best)).toEqual(
      fed(3, { patience: 0.2, factor: 2 }, inBlocks(blocks), best),
    );
  }
});

test('under a clock a share is of t and steps are counted', () => {
  const moments = [0, 0.25, 0.5, 0.5, 0.75, 1].map((t, i) => [t, i * 100] as const);
  // The best is first heard at 0.25; half the run later there is no time left for a surplus of that length.
  expect(fed(1, { patience: 0.5, factor: 4 }, inSeconds(moments), () => 5)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(fed(1, { patience: 0.25, factor: 4 }, inSeconds(moments), () => 5)).toEqual([1, 1, 4, 4, 4, 1]);
  expect(fed(1, { patience: { steps: 200 }, factor: 4 }, inSeconds(moments), () => 5)).toEqual([1, 1, 1, 4, 2, 4]);
});

test('values stay between the control and factor times it, reheatings are a patience apart, and the last value is the control’s', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 80 }),
      fc.double({ min: 0.01, max: 0.9, noNaN: true }),
      fc.double({ min: 1.1, max: 9, noNaN: true }),
      fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 80, maxLength: 80 }),
      (blocks, patience, factor, energies) => {
        let best = Infinity;
        const falling = energies.map((energy) => (best = Math.min(best, energy)));
        const values = fed(2, { patience, factor }, inBlocks(blocks), (k) => falling[k]);
        for (const value of values) {
          expect(value).toBeGreaterThanOrEqual(2);
          expect(value).toBeLessThanOrEqual(2 * factor);
        }
        expect(values.at(-1)).toBe(2);
        const peaks = values.flatMap((value, k) => (value === 2 * factor ? [k] : []));
        peaks.slice(1).forEach((k, i) => expect((k - peaks[i]) / (blocks - 1)).toBeGreaterThan(patience - 1e-6));
      },
    ),
    { seed: 20267, numRuns: 300 },
  );
});

test('says what it needs and tolerates, and what is wrong', () => {
  const run = (steps: number | null) => ({ steps, blocks: null, signal: () => 0 });
  const one = adaptiveReheat(exponential(10, 1), { patience: 0.1, factor: 3 });
  expect(one.needs).toEqual(['best']);
  expect([one.maxBlock!(run(1000)), one.maxBlock!(run(null))]).toEqual([100, Infinity]);
  expect(adaptiveReheat(1, { patience: { steps: 30 }, factor: 3 }).maxBlock!(run(null))).toBe(30);
  expect(adaptiveReheat(modifiedLam(), { patience: 0.5, factor: 3 })).toMatchObject({ needs: ['best', 'acceptance'] });
  expect(adaptiveReheat(one, { patience: 0.5, factor: 3 }).needs).toEqual(['best']);
  checkSchedule(one, { low: 1, high: 30 });
  checkSchedule(adaptiveReheat(selfTuningLam(), { patience: { steps: 500 }, factor: 3 }));
  for (const [options, message] of [
    [{ factor: 2 }, 'patience is undefined, expected a share of the run above 0 and below 1, or a count { steps }'],
    [
      { patience: 1, factor: 2 },
      'patience is 1, expected a share of the run above 0 and below 1, or a count { steps }. Maybe { steps: 1 }',
    ],
    [{ patience: 0.1, factor: 1 }, 'factor is 1, expected a finite number above 1'],
    [{ patience: 0.1, factor: 2, every: 1 }, 'unknown option "every", expected patience, factor'],
  ] as const)
    expect(() => adaptiveReheat(1, options as never)).toThrow(`adaptiveReheat: ${message}`);
});
