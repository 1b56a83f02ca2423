import { LehrError } from '../../error.ts';
import { multistart, type MultistartOptions, type Search } from '../../parallel/multistart.ts';
import type { JobEvent } from '../../parallel/job.ts';
import type { Checkpoint } from '../../run/checkpoint.ts';
import type { Outcome, Progress, RunRecord, Stopped } from '../../run/outcome.ts';
import type { Budget } from '../../run/plan.ts';
import { specFrom } from '../options/schedule-text.ts';
import type { RunTask } from './task.ts';

/** What surrounds the chains while they run. */
export interface Surroundings {
  readonly signal: AbortSignal;
  /** Hears each chain's progress. */
  readonly progress: (chain: number, progress: Progress) => void;
  readonly checkpoint?: { readonly every: number; readonly write: (chain: number, checkpoint: Checkpoint) => void };
  /** By chain. */
  readonly resume?: readonly (Checkpoint | null)[];
  /** By chain: what was heard before the resume. */
  readonly heard?: readonly (readonly Progress[])[];
  readonly replay?: readonly ChainRecord[];
}

/** What repeats a chain; null for one that has nothing to repeat: it failed, or another won the race. */
export type ChainRecord = RunRecord | null;

/** One chain as it ended; `value` is its objective, null if it has none to show. */
export interface ChainEnd {
  readonly chain: number;
  readonly value: number | null;
  readonly stopped: Stopped | 'failed' | 'lost';
  readonly trace: readonly Progress[];
  readonly record: ChainRecord;
}

/** What is run in each chain, beside what every task says. */
export type What = Pick<MultistartOptions, 'module' | 'params' | 'start' | 'restarts' | 'until' | 'target' | 'watch'>;

/** Chains that have ended, and what was heard of each. */
export interface Ended {
  readonly search: Search;
  readonly traces: readonly (readonly Progress[])[];
  /** Wall seconds from the first step to the last, those before a resume included. */
  readonly seconds: number;
}

/**
 * Runs the chains of a task.
 * @throws the first chain's error if all fail.
 */
export async function runChains(task: RunTask, what: What, around: Surroundings): Promise<Ended> {
  const { checkpoint, resume, replay, signal } = around;
  const traces: Progress[][] = Array.from({ length: task.chains }, (_, i) => [...(around.heard?.[i] ?? [])]);
  const observe = (event: JobEvent): void => {
    if (event.kind === 'checkpoint') return checkpoint?.write(event.job, event.checkpoint);
    const trace = traces[event.job];
    // A chain that was over before the resume only says again that it is.
    if (trace.length > 0 && trace[trace.length - 1].stopped !== null) return;
    trace.push(event.progress);
    around.progress(event.job, event.progress);
  };
  const search = await multistart({
    ...what,
    seed: task.seed,
    chains: task.chains,
    // The seconds were shared out when the run began: `resume` says so.
    budget: task.each,
    resume: resume ?? traces.map(() => null),
    ...(replay === undefined ? {} : { replay }),
    every: everyOf(task.each),
    check: task.check,
    controls: Object.fromEntries(Object.entries(task.controls).map(([name, text]) => [name, specFrom(text)])),
    workers: task.workers,
    signal,
    observe,
    ...(task.block === null ? {} : { block: task.block }),
    ...(checkpoint === undefined ? {} : { checkpointEvery: checkpoint.every }),
  });
  return { search, traces, seconds: secondsBefore(resume ?? [], task.workers) + search.seconds };
}

/** How each chain ended. @param valueOf a finished chain's objective. */
export function endsOf({ search, traces }: Ended, valueOf: (outcome: Outcome) => number): ChainEnd[] {
  return search.chains.map((result): ChainEnd => {
    const [chain, trace] = [result.job, traces[result.job]];
    if (result.status !== 'done') return { chain, value: null, stopped: result.status, trace, record: null };
    const { outcome } = result;
    return { chain, value: valueOf(outcome), stopped: outcome.stopped, trace, record: outcome.record };
  });
}

/** How often a chain reports, in what its budget counts: some 200 times, long runs oftener. It never changes a result. */
function everyOf(each: Budget): number {
  if ('seconds' in each) return Math.max(each.seconds / 2000, Math.min(0.25, each.seconds / 200), 1e-3);
  const total = 'steps' in each ? each.steps : each.evaluations;
  return Math.max(1, Math.ceil(total / (total > 1e9 ? 1000 : 200)));
}

/** Wall seconds of annealing behind checkpoints: of the chain that has most, or more where workers took turns. */
function secondsBefore(checkpoints: readonly (Checkpoint | null)[], workers: number): number {
  const seconds = checkpoints.map((checkpoint) => {
    if (checkpoint === null) return 0;
    return checkpoint.totals.seconds + (checkpoint.over ? 0 : checkpoint.clock.seconds);
  });
  const turns = seconds.reduce((sum, each) => sum + each, 0) / workers;
  return Math.max(turns, ...seconds, 0);
}

/** `job 2 (chain/2): …` as people count chains. */
export function plainer(error: LehrError): LehrError {
  return new LehrError(
    error.code,
    error.message.replace(/^job (\d+) \([^)]*\): /, (_, job: string) => `chain ${Number(job) + 1}: `),
    {
      cause: error.cause,
      details: error.details,
    },
  );
}
