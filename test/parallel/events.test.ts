import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Checkpoint } from 'lehr';
import { loadCheckpoint, runJobs, saveCheckpoint, type JobEvent } from 'lehr/parallel';
import { afterAll, describe, expect, it } from 'vitest';
import { fixture, outcomes, ringJobs, timeless } from './runs.ts';

const RING = fixture('spins.mjs');
const folder = mkdtempSync(join(tmpdir(), 'lehr-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A million steps: long enough that a checkpoint every millisecond comes often. */
const LONG = { budget: { steps: 1_000_000 } };

interface Saved {
  readonly saved: Checkpoint[][];
  readonly whole: unknown;
}

let threaded: Promise<Saved> | null = null;

/** The same, once for all that only need some checkpoints. */
function someCheckpoints(): Promise<Saved> {
  return (threaded ??= checkpointsOf({ workers: 2 }));
}

async function checkpointsOf(way: object): Promise<Saved> {
  const saved: Checkpoint[][] = [[], []];
  const observe = (event: JobEvent): void => void (event.kind === 'checkpoint' && saved[event.job].push(event.checkpoint));
  const results = await runJobs(RING, ringJobs(2, { ...LONG, checkpointEvery: 0.001 }), { ...way, observe });
  return { saved, whole: timeless(outcomes(results)) };
}

describe.each([{ executor: 'inline' as const }, { workers: 2 }])('checkpoints with %o', (way) => {
  it('come at the start, now and then, and at the end, and go on with the same bits', async () => {
    const { saved, whole } = await checkpointsOf(way);
    for (const list of saved) {
      expect(list.length).toBeGreaterThan(3);
      expect(list[0].clock.steps).toBe(0);
      expect(list.at(-1)).toMatchObject({ over: true });
    }
    for (const at of [0, 1, -1]) {
      const jobs = ringJobs(2, LONG).map((job, i) => ({ ...job, resume: saved[i].at(at)! }));
      const resumed = outcomes(await runJobs(RING, jobs, { workers: 2 }));
      expect(resumed.map(({ resumedAt }) => resumedAt)).toEqual(
        saved.map((list) => (at === -1 ? list.at(-1)!.legs[0].steps : list.at(at)!.clock.steps)),
      );
      expect(timeless(resumed.map((outcome) => ({ ...outcome, resumedAt: 0 })))).toEqual(whole);
    }
  });
});

it('go through a file', async () => {
  const { saved, whole } = await someCheckpoints();
  const path = join(folder, 'chain-1.json');
  saveCheckpoint(path, saved[1][0]);
  saveCheckpoint(path, saved[1][2]);
  expect(readdirSync(folder)).toEqual(['chain-1.json']);
  expect(loadCheckpoint(path)).toEqual(saved[1][2]);
  const [, job] = ringJobs(2, LONG);
  const resumed = outcomes(await runJobs(RING, [{ ...job, resume: loadCheckpoint(path) }]));
  expect(timeless({ ...resumed[0], resumedAt: 0 })).toEqual((whole as unknown[])[1]);
});

it('names the file that is not there, is none of its own, is cut or cannot be written', () => {
  const path = join(folder, 'other.json');
  expect(() => loadCheckpoint(path)).toThrow(
    expect.objectContaining({ code: 'checkpoint', message: expect.stringContaining(`${path}: the checkpoint cannot be read: ENOENT`) }),
  );
  writeFileSync(path, '{"lehr":"check');
  expect(() => loadCheckpoint(path)).toThrow(
    expect.objectContaining({ code: 'checkpoint', message: expect.stringContaining(`${path}: `) }),
  );
  writeFileSync(path, '[1, 2]');
  expect(() => loadCheckpoint(path)).toThrow(`${path}: The text begins "[1, 2]", expected a checkpoint.`);
  const nowhere = join(folder, 'no', 'folder.json');
  expect(() => saveCheckpoint(nowhere, {} as Checkpoint)).toThrow(
    expect.objectContaining({ code: 'checkpoint', message: expect.stringContaining(`${nowhere}: the checkpoint cannot be written`) }),
  );
});

it('refuses the checkpoint of another run, naming the job', async () => {
  const { saved } = await someCheckpoints();
  const [result] = await runJobs(RING, [{ ...ringJobs(1, LONG)[0], resume: saved[1][0] }], { workers: 1 });
  expect(result).toMatchObject({
    status: 'failed',
    error: { code: 'checkpoint', message: expect.stringMatching(/^job 0 \(chain\/0\): resume: .*path\[1\] is 1 there and 0 here/) },
  });
});

it('loses no report however slow the observer is', async () => {
  const steps: number[] = [];
  const observe = (event: JobEvent): void => {
    const until = performance.now() + 0.5;
    while (performance.now() < until);
    if (event.kind === 'progress') steps.push(event.progress.steps);
  };
  await runJobs(RING, ringJobs(1, { budget: { steps: 40_000 }, block: 50, every: 100 }), { workers: 1, observe });
  expect(steps).toEqual(Array.from({ length: 401 }, (_, i) => 100 * i).concat(40_000));
});

it.each([{ executor: 'inline' as const }, { workers: 2 }])("an observer's error ends all and is thrown as it is, with %o", async (way) => {
  const planted = new Error('planted');
  let heard = 0;
  const running = runJobs(RING, ringJobs(3, { budget: { seconds: 60 }, every: 0.01 }), {
    ...way,
    observe() {
      if (++heard === 3) throw planted;
    },
  });
  await expect(running).rejects.toBe(planted);
  expect(heard).toBe(3);
});

describe.each([{ executor: 'inline' as const }, { workers: 2 }])('an abort with %o', (way) => {
  it('ends running chains with their best, and others with their start', async () => {
    const abort = new AbortController();
    const best = [Infinity, Infinity, Infinity, Infinity];
    const began = performance.now();
    const observe = (event: JobEvent): void => {
      if (event.kind !== 'progress') return;
      best[event.job] = event.progress.best;
      if (event.progress.steps > 100_000) abort.abort();
    };
    const ended = outcomes(
      await runJobs(RING, ringJobs(4, { budget: { steps: 1e12 }, block: 1000, every: 20_000 }), { ...way, signal: abort.signal, observe }),
    );
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(ended.map(({ stopped }) => stopped)).toEqual(Array.from({ length: 4 }, () => 'interrupted'));
    expect(ended.map(({ energy }) => energy)).toEqual(best);
    const longest = ended.findIndex(({ steps }) => steps > 100_000);
    expect(ended.slice(2).map(({ steps }) => steps)).toEqual([0, 0]);
    expect(ended.every(({ reproducible }) => !reproducible)).toBe(true);
    const { record, result } = ended[longest];
    const replay = ringJobs(2, { budget: { steps: 1e12 }, block: 1000, replay: record })[longest];
    expect(outcomes(await runJobs(RING, [replay], { workers: 1 }))[0].result).toEqual(result);
  });

  it('before the beginning leaves every chain at its start', async () => {
    const ended = outcomes(await runJobs(RING, ringJobs(3), { ...way, signal: AbortSignal.abort() }));
    expect(ended.map(({ steps, stopped }) => [steps, stopped])).toEqual(Array.from({ length: 3 }, () => [0, 'interrupted']));
  });
});
