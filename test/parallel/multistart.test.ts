import { multistart, searchOver, shareBudget, type JobEvent } from 'lehr/parallel';
import { expect, it } from 'vitest';
import { fixture, timeless } from './runs.ts';

const RING = {
  module: fixture('spins.mjs'),
  params: { n: 64 },
  seed: 'many',
  controls: { temperature: { schedule: 'exponential', from: 2, to: 0.05 } },
};
const PLANTED = { module: fixture('planted.mjs'), seed: 1, budget: { steps: 100 }, block: 5 };

it('gives the chain of least energy, with totals', async () => {
  const search = await multistart({ ...RING, chains: 5, budget: { steps: 20_000 }, workers: 2 });
  const energies = search.chains.map((chain) => (chain.status === 'done' ? chain.outcome.energy : NaN));
  expect(search.outcome.energy).toBe(Math.min(...energies));
  expect(search.best).toBe(energies.indexOf(search.outcome.energy));
  expect(search).toMatchObject({ steps: 100_000, evaluations: 100_000, resumedAt: 0, reproducible: true, budget: { steps: 20_000 } });
  expect(search.outcome.record.path).toEqual(['chain', search.best]);
  expect(search.seconds).toBeGreaterThan(0);
  const inline = await multistart({ ...RING, chains: 5, budget: { steps: 20_000 }, executor: 'inline' });
  expect(timeless(inline)).toEqual(timeless(search));
});

it('gives ties to the lowest index', async () => {
  const search = await multistart({ ...PLANTED, params: { start: 50 }, chains: 3, workers: 3 });
  expect(search).toMatchObject({ best: 0, outcome: { energy: -50 } });
});

it('shares wall seconds where chains outnumber workers', async () => {
  expect(shareBudget({ seconds: 6 }, 4, 3)).toEqual({ seconds: 4.5 });
  expect(shareBudget({ seconds: 6 }, 3, 3)).toEqual({ seconds: 6 });
  expect(shareBudget({ steps: 6 }, 30, 1)).toEqual({ steps: 6 });
  const search = await multistart({ ...RING, chains: 4, budget: { seconds: 0.4 }, executor: 'inline' });
  expect(search).toMatchObject({ budget: { seconds: 0.1 }, reproducible: false });
  const records = search.chains.map((chain) => (chain.status === 'done' ? chain.outcome.record : null));
  const replayed = await multistart({ ...RING, chains: 4, budget: search.budget, replay: records, workers: 1 });
  expect(replayed).toMatchObject({ best: search.best, steps: search.steps, reproducible: true });
  expect(replayed.outcome.results).toEqual(search.outcome.results);
});

it('replays a race without those that lost it', async () => {
  const params = { start: 60 };
  const search = await multistart({ ...PLANTED, params, chains: 3, budget: { seconds: 30 }, target: 0, workers: 2 });
  expect(search).toMatchObject({ best: 0, reproducible: false, steps: 180 });
  const heard = new Set<number>();
  const observe = (event: JobEvent): void => void heard.add(event.job);
  const replay = [null, search.outcome.record, null];
  const again = await multistart({ ...PLANTED, params, chains: 3, budget: search.budget, target: 0, replay, observe }).catch(
    (error: unknown) => error,
  );
  expect(again).toMatchObject({
    best: 1,
    reproducible: true,
    steps: 180,
    chains: [
      { status: 'lost', job: 0 },
      { status: 'done', job: 1 },
      { status: 'lost', job: 2 },
    ],
  });
  expect([...heard]).toEqual([1]);
});

it('goes on from checkpoints, with those that have none from the start', async () => {
  const options = { ...RING, chains: 3, budget: { steps: 200_000 }, workers: 2 };
  const whole = await multistart(options);
  const abort = new AbortController();
  const saved = [null, null, null] as Parameters<typeof multistart>[0]['resume'] & unknown[];
  const observe = (event: JobEvent): void => {
    if (event.kind === 'checkpoint') saved[event.job] = event.checkpoint;
    else if (event.progress.steps >= 50_000) abort.abort();
  };
  const cut = await multistart({ ...options, observe, signal: abort.signal, checkpointEvery: 10 });
  expect(cut.steps).toBeLessThan(whole.steps);
  saved[2] = null;
  const resumed = await multistart({ ...options, resume: saved });
  expect(timeless({ ...resumed.outcome, resumedAt: 0 })).toEqual(timeless(whole.outcome));
  const before = cut.chains.slice(0, 2).reduce((sum, chain) => sum + (chain.status === 'done' ? chain.outcome.steps : 0), 0);
  expect(resumed).toMatchObject({ steps: whole.steps, resumedAt: before });
});

it('throws the first error if all chains fail, and carries those of some', async () => {
  await expect(multistart({ ...PLANTED, params: { start: 1, throwAt: 3 }, chains: 2 })).rejects.toThrow(/^job 0 \(chain\/0\): planted/);
  const { module, ...each } = PLANTED;
  const jobs = [{ start: 9, throwAt: 3 }, { start: 7 }, { start: 8 }].map((params, i) => ({ ...each, params, path: ['chain', i] }));
  const search = await searchOver(module, jobs, { workers: 2 });
  expect(search).toMatchObject({ best: 1, steps: 200, chains: [{ status: 'failed' }, { status: 'done' }, { status: 'done' }] });
  await expect(searchOver(module, [])).rejects.toMatchObject({ code: 'option', message: expect.stringContaining('no jobs') });
});

it.each([
  [{ chains: 0 }, /^chains is 0, expected/],
  [{ chain: 2 }, /^multistart: unknown option "chain", expected .* Maybe chains\?$/],
  [{ chains: 2, resume: [null] }, /^resume has 1 entries, expected one for each of the 2 chains/],
  [{ budget: {} }, /^multistart: budget is \{\}, expected exactly one/],
])('refuses %o', async (options, message) => {
  await expect(multistart({ ...PLANTED, params: {}, ...(options as object) })).rejects.toMatchObject({
    code: 'option',
    message: expect.stringMatching(message),
  });
});
