import { anneal } from 'lehr';
import { runJobs, type Job, type JobEvent } from 'lehr/parallel';
import { beforeAll, describe, expect, it } from 'vitest';
import { fixture, outcomes, ringJobs, timeless, traces } from './runs.ts';

const RING = fixture('spins.mjs');
const CHAINS = 5;
const WAYS = [{ executor: 'inline' }, { workers: 1 }, { workers: 2 }, { workers: 3 }, { workers: 7 }] as const;

async function observed(jobs: readonly Job[], way: (typeof WAYS)[number]) {
  const events: JobEvent[] = [];
  const results = await runJobs(RING, jobs, { ...way, observe: (event) => events.push(event) });
  return { outcomes: outcomes(results), traces: traces(events, jobs.length), jobs: results.map(({ job }) => job) };
}

describe.each([
  ['steps', {}, WAYS.slice(1)],
  ['evaluations', { budget: { evaluations: 50_000 }, block: 50 }, WAYS.slice(2, 3)],
  ['steps until stalled, checked', { until: { stalled: 20_000 }, check: 'block' }, WAYS.slice(3, 4)],
] as const)('%s', (_, job, ways) => {
  let first: Awaited<ReturnType<typeof observed>>;
  beforeAll(async () => {
    first = await observed(ringJobs(CHAINS, job), WAYS[0]);
  });

  it.each(ways)('gives the same results, records and traces with %o', async (way) => {
    const again = await observed(ringJobs(CHAINS, job), way);
    expect(again.jobs).toEqual([0, 1, 2, 3, 4]);
    expect(timeless(again.outcomes)).toEqual(timeless(first.outcomes));
    expect(timeless(again.traces)).toEqual(timeless(first.traces));
  });

  it('tells of every chain, from its start to its end', () => {
    for (const [i, trace] of first.traces.entries()) {
      expect(trace.length).toBeGreaterThan(5);
      expect(trace[0]).toMatchObject({ steps: 0, stopped: null });
      expect(trace.at(-1)).toMatchObject({ steps: first.outcomes[i].steps, stopped: first.outcomes[i].stopped });
      expect(trace.slice(0, -1).every(({ stopped }) => stopped === null)).toBe(true);
      expect(trace.map(({ steps }) => steps)).toEqual(trace.map(({ steps }) => steps).sort((a, b) => a - b));
    }
  });

  it('gives each chain numbers of its own', () => {
    const spins = first.outcomes.map(({ result }) => String((result as { state: { spins: Int8Array } }).state.spins));
    expect(new Set(spins).size).toBe(CHAINS);
  });
});

it('equals a plain anneal of the same plan', async () => {
  const { default: recipe, falling } = (await import(RING)) as { default: (params: object) => any; falling: (t: number) => number };
  const [job] = ringJobs(1);
  const plan = { ...recipe({ n: 64 }), controls: { temperature: falling }, seed: job.seed, path: job.path, budget: job.budget };
  const controls = { temperature: { from: RING, name: 'falling' } };
  const [outcome] = outcomes(await runJobs(RING, [{ ...job, controls }], { workers: 1 }));
  expect(timeless(outcome)).toEqual(timeless(anneal(plan)));
});

it('observing changes no result', async () => {
  const jobs = ringJobs(2);
  const silent = outcomes(await runJobs(RING, jobs, { workers: 2 }));
  const heard = await observed(ringJobs(2, { every: 100, checkpointEvery: 0.001 }), { workers: 2 });
  expect(timeless(silent)).toEqual(timeless(heard.outcomes));
});

it('repeats a run under a seconds budget from its records, on any number of workers', async () => {
  const jobs = ringJobs(2, { budget: { seconds: 0.1 } });
  const cut = outcomes(await runJobs(RING, jobs, { workers: 2 }));
  const replays = jobs.map((job, i) => ({ ...job, replay: structuredClone(cut[i].record) }));
  for (const way of [WAYS[0], WAYS[1]]) {
    const again = outcomes(await runJobs(RING, replays, way));
    expect(timeless(again)).toEqual(timeless(cut.map((outcome) => ({ ...outcome, reproducible: true }))));
  }
  expect(cut.every(({ reproducible, steps }) => !reproducible && steps > 1000)).toBe(true);
});

it('runs no jobs', async () => {
  expect(await runJobs(RING, [])).toEqual([]);
});
