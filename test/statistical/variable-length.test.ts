import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { fixedLength, variableLength } from 'lehr';
import { reproduce, type Context } from 'lehr/experiment';
import { runJobs } from 'lehr/parallel';
import { readWtsds, type SchedulingInstance } from 'lehr/problems/scheduling';
import { anytime, CHECKPOINTS, type Courses } from '#bench/papers/1709.02877/anytime';
import paper from '#bench/papers/1709.02877/index';

const shared = fileURLToPath(new URL('../../../shared/instances/wtsds/', import.meta.url));
const without = !existsSync(shared);
const file = (k: number): SchedulingInstance => readWtsds(readFileSync(`${shared}wt_sds_${k}.instance`, 'utf8'), `wt_sds_${k}`);

const context = {
  workers: 2,
  signal: new AbortController().signal,
  seedOf: (name: string) => name,
  once: <T>(_: string, run: () => T | Promise<T>): Promise<T> => Promise.resolve().then(run),
  progress() {},
} as unknown as Context;

/** Mean over seeds of the sum of bests at a checkpoint. */
function mean(courses: Courses, strategy: string, checkpoint: number, chains?: number): number {
  let sum = 0;
  for (let seed = 0; seed < courses.seeds; seed++) sum += courses.sums(strategy, seed, chains)[checkpoint];
  return sum / courses.seeds;
}

test('the paper at its small size: no claim is refuted, no control holds', { timeout: 900_000 }, async () => {
  const { reproduction, failures } = await reproduce(paper, { seed: 1, workers: 2 });
  expect(failures).toEqual([]);
  for (const { id, verdict, control } of reproduction.claims) {
    expect([id, control.verdict]).not.toEqual([id, 'holds']);
    expect([id, verdict]).not.toEqual([id, 'fails']);
  }
  const planted = reproduction.claims.find(({ id }) => id === 'val-ahead-before-the-deadline')!.control;
  expect(planted.verdict).toBe('undecided');
});

// What another program with the same method got on the same files: mean of 10 seeds, and its standard error. The tolerance is 5 standard errors of the
// difference, ours taken as large as theirs: false alarm < 1e-6 each.
test.skipIf(without)('variable against fixed length on four tight files, a 512th of the paper’s evaluations', async () => {
  const evaluations = 210_938;
  const strategies = [
    { name: 'VAL', chains: [variableLength().spec] },
    { name: 'FAL-1', chains: [null] },
    { name: 'FAL-1/2', chains: [fixedLength(evaluations / 2).spec] },
  ];
  const courses = await anytime(context, 'tight files', strategies, { instances: [41, 61, 81, 101].map(file), seeds: 10, evaluations });
  for (const [strategy, checkpoint, published, error] of [
    ['VAL', 20, 935_186, 1430],
    ['FAL-1', 20, 961_992, 3574],
    ['VAL', 60, 926_388, 1425],
    ['FAL-1', 60, 912_688, 1430],
    ['FAL-1/2', 60, 917_821, 1298],
  ] as const) {
    expect([strategy, checkpoint, Math.abs(mean(courses, strategy, checkpoint) - published) / (error * Math.SQRT2) < 5]).toEqual([
      strategy,
      checkpoint,
      true,
    ]);
  }
  expect(mean(courses, 'VAL', 20)).toBeLessThan(mean(courses, 'FAL-1', 20));
  expect(mean(courses, 'FAL-1', CHECKPOINTS)).toBeLessThan(mean(courses, 'VAL', CHECKPOINTS));
});

// Sums over 12 files, mean of 6 seeds, of that program; two of its files (both nearly without tardiness) are not at hand, so 3 % is allowed. It tracks the Lam
// curve better and is worse on short runs, for Modified Lam begins as a greedy descent.
test.skipIf(without)('quality is not tracking: Self-Tuning Lam is worse than Modified Lam on short runs', async () => {
  const numbers = [1, 11, 24, 31, 41, 51, 61, 71, 81, 91, 101, 111];
  const theirs = 1_819_323;
  for (const [steps, modified, self] of [
    [1e3, 40.4, 58.4],
    [1e4, 15.1, 19.8],
    [1e5, 7.0, 7.8],
  ]) {
    const sum = async (temperature: { schedule: string; temperature?: number }): Promise<number> => {
      const jobs = numbers.flatMap((k) =>
        [1, 2, 3, 4, 5, 6].map((seed) => ({
          params: { instance: file(k), moves: 'insertion' as const, start: 'random' as const },
          seed,
          path: [k],
          controls: { temperature },
          budget: { steps },
          block: 1,
        })),
      );
      const results = await runJobs(new URL('../../dist/problems/scheduling/recipe.js', import.meta.url), jobs, { workers: 2 });
      return results.reduce((total, result) => total + (result.status === 'done' ? result.outcome.energy : NaN), 0) / 6;
    };
    const [ours, tuned] = [await sum({ schedule: 'modifiedLam', temperature: 0.5 }), await sum({ schedule: 'selfTuningLam' })];
    expect(Math.abs(ours / (theirs * (1 + modified / 100)) - 1)).toBeLessThan(0.03);
    expect(Math.abs(tuned / (theirs * (1 + self / 100)) - 1)).toBeLessThan(0.03);
    expect(tuned).toBeGreaterThan((steps < 1e5 ? 1.02 : 0.99) * ours);
  }
});
