import { availableParallelism } from 'node:os';
import { LehrError, show } from '../error.ts';
import type { Checkpoint } from '../run/checkpoint.ts';
import type { Outcome, RunRecord } from '../run/outcome.ts';
import { runJobs } from './jobs.ts';
import type { Job, JobResult, RunJobsOptions } from './job.ts';

/** Independent chains of one job; chain i draws from the seed's stream ['chain', i]. */
export interface MultistartOptions<P> extends Omit<Job<P>, 'path' | 'resume' | 'replay'>, RunJobsOptions {
  /** URL of the recipe module. */
  readonly module: string | URL;
  /** How many chains: part of the algorithm, as it decides the answer (1). */
  readonly chains?: number;
  /** A checkpoint per chain, or null for a chain that had none. */
  readonly resume?: readonly (Checkpoint | null)[];
  readonly replay?: readonly RunRecord[];
}

/** What a search over chains found. */
export interface Search<R> {
  /** The chain that gives the answer: least energy, or under a target the fewest steps; ties go to the lowest index. */
  readonly best: number;
  readonly outcome: Outcome<R>;
  readonly chains: readonly JobResult<R>[];
  /** Totals over chains. In a race that was won each chain counts with the winner's steps, so that totals do not depend on the workers. */
  readonly steps: number;
  readonly evaluations: number;
  /** Wall seconds of the whole search. */
  readonly seconds: number;
  readonly reproducible: boolean;
  readonly resumedAt: number;
}

/**
 * Runs independent chains on all cores; the best wins. `seconds` are wall time: where chains outnumber workers each gets seconds × workers ÷ chains.
 * @throws the first chain's error if all fail.
 */
export async function multistart<P, R = unknown>(options: MultistartOptions<P>): Promise<Search<R>> {
  const { module, chains = 1, resume, replay, executor, workers = availableParallelism(), signal, observe, target, ...job } = options;
  if (!Number.isInteger(chains) || chains < 1) throw new LehrError('option', `chains is ${show(chains)}, expected a whole number of at least 1.`);
  const rounds = executor === 'inline' ? chains : Math.max(1, chains / workers);
  const budget = 'seconds' in job.budget ? { seconds: job.budget.seconds / rounds } : job.budget;
  const jobs = Array.from({ length: chains }, (_, i): Job<P> => {
    const from = resume?.[i] ?? null;
    return { ...job, budget, path: ['chain', i], ...(from === null ? {} : { resume: from }), ...(replay === undefined ? {} : { replay: replay[i] }) };
  });
  const shared = { workers, ...(executor === undefined ? {} : { executor }), ...(signal === undefined ? {} : { signal }), ...(observe === undefined ? {} : { observe }), ...(target === undefined ? {} : { target }) };
  const began = performance.now();
  const results = await runJobs<P, R>(module, jobs, shared);
  const seconds = (performance.now() - began) / 1000;
  const done = results.filter((result) => result.status === 'done');
  if (done.length === 0) {
    const failed = results.find((result) => result.status === 'failed');
    throw failed!.error;
  }
  const best = done.reduce((least, result) => (result.outcome.energy < least.outcome.energy ? result : least));
  const others = results.filter((result) => result.status === 'lost').length;
  const total = (of: (outcome: Outcome<R>) => number): number => done.reduce((sum, { outcome }) => sum + of(outcome), 0) + others * of(best.outcome);
  return {
    best: best.job,
    outcome: best.outcome,
    chains: results,
    steps: total((outcome) => outcome.steps),
    evaluations: total((outcome) => outcome.evaluations),
    seconds,
    reproducible: done.every(({ outcome }) => outcome.reproducible),
    resumedAt: done.reduce((sum, { outcome }) => sum + outcome.resumedAt, 0),
  };
}
