import { multistart, runJobs, type Job, type JobEvent } from 'lehr/parallel';
import { describe, expect, it } from 'vitest';
import { fixture, outcomes, ringJobs, timeless } from './runs.ts';

const PLANTED = fixture('planted.mjs');
const RING = fixture('spins.mjs');
const WAYS = [{ executor: 'inline' }, { workers: 1 }, { workers: 2 }, { workers: 3 }, { workers: 7 }] as const;

interface Params {
  readonly start: number;
  readonly pace?: number;
  readonly throwAt?: number;
}

/** A countdown reaches energy 0 after `start` steps, rounded up to its block of 5. */
function countdowns(params: readonly Params[], job: Partial<Job> = {}): Job<Params>[] {
  return params.map((params, i) => ({ seed: 1, path: ['chain', i], budget: { steps: 4000 }, block: 5, ...job, params }));
}

async function statuses(params: readonly Params[], way: (typeof WAYS)[number], target = 0): Promise<string[]> {
  const results = await runJobs(PLANTED, countdowns(params), { ...way, target });
  return results.map((result) => (result.status === 'done' ? `done ${result.outcome.steps} ${result.outcome.stopped}` : result.status));
}

describe.each(WAYS)('a race with %o', (way) => {
  it('is won by the fewest own steps, however slow they are', async () => {
    const slow = [{ start: 900 }, { start: 1500 }, { start: 100, pace: 0.3 }, { start: 500 }, { start: 1e9 }];
    expect(await statuses(slow, way)).toEqual(['lost', 'lost', 'done 100 target', 'lost', 'lost']);
  });

  it('gives a tie to the lowest index', async () => {
    // So slow that the chain is looked at after every block.
    const tie = [{ start: 300 }, { start: 96, pace: 0.6 }, { start: 100 }, { start: 97 }];
    expect(await statuses(tie, way)).toEqual(['lost', 'done 100 target', 'lost', 'lost']);
  });

  it('tells of a failure before the winning step and of none after it', async () => {
    const failing = [
      { start: 1000, pace: 0.05, throwAt: 398 },
      { start: 400, pace: 0.05 },
      { start: 3000, throwAt: 402 },
      { start: 3000, throwAt: 0 },
    ];
    expect(await statuses(failing, way)).toEqual(['failed', 'done 400 target', 'lost', 'failed']);
  });

  it('on random chains gives the same winner and totals', async () => {
    const options = {
      module: RING,
      params: { n: 64 },
      chains: 6,
      seed: 'race',
      budget: { steps: 200_000 },
      controls: { temperature: 0.3 },
      target: RACE,
    };
    const search = await multistart({ ...options, ...way });
    const { best, outcome, steps, evaluations } = search;
    const oracle = await literally();
    expect({ best, outcome: timeless(outcome), steps, evaluations }).toEqual(oracle);
  });
});

describe.each([WAYS[0], WAYS[2]])('a short race with %o', (way) => {
  it('is won at the start by who starts there', async () => {
    expect(await statuses([{ start: 10 }, { start: -1 }, { start: -5 }], way)).toEqual(['lost', 'done 0 target', 'lost']);
  });

  it('that nobody wins leaves all as they ended', async () => {
    expect(await statuses([{ start: 5000 }, { start: 1e9 }], way)).toEqual(['done 4000 budget', 'done 4000 budget']);
  });

  it('counts totals that do not depend on who ran when', async () => {
    const params = { start: 200 };
    const search = await multistart({ module: PLANTED, params, chains: 4, seed: 1, budget: { steps: 4000 }, block: 5, target: 0, ...way });
    expect(search).toMatchObject({ best: 0, steps: 800, evaluations: 800, reproducible: true });
  });
});

/** An energy that some of the chains reach. */
const RACE = -27;
let kept: Promise<unknown> | null = null;

/** The rule, literally: every chain runs to the end alone, and the fewest steps win. */
function literally(): Promise<unknown> {
  kept ??= (async () => {
    const jobs = ringJobs(6, { seed: 'race', budget: { steps: 200_000 }, controls: { temperature: 0.3 }, until: { energy: RACE } });
    const all = outcomes(await runJobs(RING, jobs, { executor: 'inline' }));
    const reached = all.filter(({ stopped }) => stopped === 'target');
    expect(reached.length).toBeGreaterThan(1);
    const least = Math.min(...reached.map(({ steps }) => steps));
    const best = all.findIndex(({ stopped, steps }) => stopped === 'target' && steps === least);
    const steps = all.reduce((sum, outcome) => sum + Math.min(least, outcome.steps), 0);
    return { best, outcome: timeless(all[best]), steps, evaluations: steps };
  })();
  return kept;
}

it('lets a chain that arrived before an interruption win, and tells which might have beaten it', async () => {
  const abort = new AbortController();
  const observe = (event: JobEvent): void => {
    if (event.kind === 'progress' && event.job === 0 && event.progress.stopped === 'target') abort.abort();
  };
  const params = [{ start: 50 }, { start: 40, pace: 200 }, { start: 1e9 }];
  const results = await runJobs(PLANTED, countdowns(params, { block: 1 }), { workers: 2, target: 0, signal: abort.signal, observe });
  expect(results[0]).toMatchObject({ status: 'done', outcome: { steps: 50, stopped: 'target' } });
  expect(results[1]).toMatchObject({ status: 'done', outcome: { stopped: 'interrupted' } });
  expect(outcomes([results[1]])[0].steps).toBeLessThan(40);
});

it('refuses a second target', async () => {
  const jobs = countdowns([{ start: 1 }], { until: { energy: 3 } });
  await expect(runJobs(PLANTED, jobs, { target: 0 })).rejects.toThrow(/^jobs\[0\]: until\.energy is 3, but the target of the race is 0/);
});
