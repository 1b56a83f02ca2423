import { availableParallelism } from 'node:os';
import { LehrError, show } from '../error.ts';
import type { Checkpoint } from '../run/checkpoint.ts';
import type { Outcome, RunRecord } from '../run/outcome.ts';
import { specOfLengths } from '../run/lengths.ts';
import { budgetOf, checkKeys, type Budget, type Restarts } from '../run/plan.ts';
import { runSettled } from './jobs.ts';
import type { Job, JobResult, RunJobsOptions } from './job.ts';
import { SearchError } from './search-error.ts';

/** Independent chains of one job; chain i draws from the seed's stream ['chain', i]. */
export interface MultistartOptions<P = unknown> extends Omit<Job<P>, 'path' | 'resume' | 'replay' | 'restarts'>, RunJobsOptions {
  /** Path or URL of the recipe module. */
  readonly module: string | URL;
  /** How many chains: part of the algorithm, as it decides the answer (1). */
  readonly chains?: number;
  /**
   * Runs one after another in each chain. `variableLength({ chains })` deals its lengths to that many chains, the paper's P-VAL; any other gives every
   * chain the same.
   */
  readonly restarts?: Restarts;
  /** A checkpoint per chain, null for one that had not begun. `budget` is then each chain's own, as `Search.budget` tells it. */
  readonly resume?: readonly (Checkpoint | null)[];
  /** A record per chain, null for one that was lost or failed: it is left out. `budget` is then each chain's own, as `Search.budget` tells it. */
  readonly replay?: readonly (RunRecord | null)[];
}

/** What a search over chains found. */
export interface Search<R = unknown> {
  /** The chain that gives the answer: least energy, under a target that was reached the fewest steps; ties go to the lowest index. */
  readonly best: number;
  readonly outcome: Outcome<R>;
  /** How each chain ended. Some may have failed. */
  readonly chains: readonly JobResult<R>[];
  /** What each chain was given. */
  readonly budget: Budget;
  /**
   * Totals over chains that did not fail, those before a resume included. In a race that was won a chain counts with at most the winner's steps, so
   * that totals do not depend on the number of workers.
   */
  readonly steps: number;
  readonly evaluations: number;
  /** Of `steps`, those made before this process began. */
  readonly resumedAt: number;
  /** Wall seconds from the first step of any chain to the last, without loading and start-up. */
  readonly seconds: number;
  /** Whether the same options give the same bits again without records. */
  readonly reproducible: boolean;
}

const OWN = ['module', 'chains', 'restarts', 'resume', 'replay'];
const JOBS = ['executor', 'workers', 'signal', 'observe', 'target', 'memory'];
const EACH = ['params', 'seed', 'start', 'budget', 'block', 'until', 'controls', 'every', 'watch', 'check', 'checkpointEvery'];

/**
 * Runs independent chains on all cores; the best wins. A seconds budget is wall time: where chains outnumber workers each gets seconds × workers ÷
 * chains.
 * @throws the first chain's error if all fail.
 */
export async function multistart<P, R = unknown>(options: MultistartOptions<P>): Promise<Search<R>> {
  checkKeys('multistart', options, [...OWN, ...JOBS, ...EACH]);
  const { module, chains = 1, resume, replay, executor = 'threads', workers = availableParallelism() } = options;
  if (!Number.isInteger(chains) || chains < 1)
    throw new LehrError('option', `chains is ${show(chains)}, expected a whole number of at least 1.`);
  checkLength('resume', resume, chains);
  checkLength('replay', replay, chains);
  const restarts = options.restarts === undefined ? () => ({}) : dealt(options.restarts, chains);
  const whole = resume === undefined && replay === undefined;
  const budget = whole ? shareBudget(options.budget, chains, executor === 'inline' ? 1 : workers) : options.budget;
  const each = { ...picked(options, EACH), budget } as Omit<Job<P>, 'path'>;
  const kept = Array.from({ length: chains }, (_, i) => i).filter((i) => replay === undefined || replay[i] !== null);
  const jobs = kept.map((i): Job<P> => {
    const checkpoint = resume?.[i] ?? null;
    const record = replay?.[i] ?? null;
    return {
      ...each,
      path: ['chain', i],
      ...restarts(i),
      ...(checkpoint === null ? {} : { resume: checkpoint }),
      ...(record === null ? {} : { replay: record }),
    };
  });
  const { observe } = options;
  const hear: Pick<RunJobsOptions, 'observe'> =
    observe === undefined ? {} : { observe: (event) => observe({ ...event, job: kept[event.job] }) };
  const search = await searchOver<P, R>(module, jobs, { ...(picked(options, JOBS) as RunJobsOptions), ...hear });
  if (kept.length === chains) return search;
  const left = chains - kept.length;
  const results = Array.from({ length: chains }, (_, job): JobResult<R> => {
    const at = kept.indexOf(job);
    return at < 0 ? { status: 'lost', job } : { ...search.chains[at], job };
  });
  // The chains left out count as in the race that they lost.
  const { steps, evaluations } = search.outcome;
  return {
    ...search,
    best: kept[search.best],
    chains: results,
    steps: search.steps + left * steps,
    evaluations: search.evaluations + left * evaluations,
  };
}

/** The runs of each chain. */
function dealt({ lengths, ...rest }: Restarts, chains: number): (chain: number) => Pick<Job, 'restarts'> {
  const spec = specOfLengths(lengths);
  if (spec.lengths !== 'variable' || spec.chains === 1) return () => ({ restarts: { ...rest, lengths: spec } });
  if (spec.chains !== chains) {
    throw new LehrError('option', `restarts: the lengths are dealt to ${spec.chains} chains, but there are ${chains}, expected as many.`);
  }
  return (chain) => ({ restarts: { ...rest, lengths: { ...spec, chain } } });
}

/**
 * Runs jobs as the chains of one search, and picks the best.
 * @throws SearchError the first job's error, with those of the others, if all fail.
 */
export async function searchOver<P, R = unknown>(
  module: string | URL,
  jobs: readonly Job<P>[],
  options: RunJobsOptions = {},
): Promise<Search<R>> {
  const { results, winner, steps, evaluations, resumedAt, seconds } = await runSettled<P, R>(module, jobs, options);
  const done = results.filter((result) => result.status === 'done');
  let best = done.find(({ job }) => job === winner) ?? done[0];
  if (best === undefined) {
    const errors = results.flatMap((result) => (result.status === 'failed' ? [result.error] : []));
    throw errors.length > 0 ? new SearchError(errors) : new LehrError('option', 'a search has no jobs, expected at least one.');
  }
  if (winner < 0) {
    for (const result of done)
      if (result.outcome.energy < best.outcome.energy || best.outcome.energy !== best.outcome.energy) best = result;
  }
  const { job, outcome } = best;
  const reproducible = done.every((result) => result.outcome.reproducible);
  return { best: job, outcome, chains: results, budget: jobs[0].budget, steps, evaluations, resumedAt, seconds, reproducible };
}

/** What each of several chains gets of a budget: seconds are shared where chains outnumber workers, steps and evaluations are each chain's own. */
export function shareBudget(budget: Budget, chains: number, workers: number): Budget {
  const { unit, total } = budgetOf(budget, 'multistart');
  return unit === 'seconds' && chains > workers ? { seconds: (total * workers) / chains } : budget;
}

function picked(options: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([name, value]) => names.includes(name) && value !== undefined));
}

function checkLength(name: string, list: readonly unknown[] | undefined, chains: number): void {
  if (list === undefined || (Array.isArray(list) && list.length === chains)) return;
  throw new LehrError('option', `${name} has ${list.length} entries, expected one for each of the ${chains} chains.`);
}
