import type { LehrError } from '../error.ts';
import { multistart } from '../parallel/multistart.ts';
import type { JobEvent } from '../parallel/job.ts';
import type { Checkpoint } from '../run/checkpoint.ts';
import type { Outcome, Progress, RunRecord, Stopped } from '../run/outcome.ts';
import type { Budget } from '../run/plan.ts';
import { gapOf } from './known.ts';
import { sha256 } from './read-input.ts';
import { specFrom } from './schedule-text.ts';
import type { Subject } from './subject.ts';
import type { Task } from './task.ts';

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

/** A solved problem: the best of its chains, and totals over them. */
export interface Solved {
  readonly answer: unknown;
  readonly objective: number;
  readonly energy: number;
  readonly gap: number | null;
  /** The solution file's text and its SHA-256. */
  readonly solution: string;
  readonly digest: string;
  readonly best: number;
  readonly stopped: Stopped;
  readonly steps: number;
  readonly evaluations: number;
  /** Wall seconds of annealing, from the first step to the last, those before a resume included. */
  readonly seconds: number;
  /** Runs begun, over chains. */
  readonly runs: number;
  readonly resumedAt: number;
  readonly reproducible: boolean;
  readonly chains: readonly ChainEnd[];
  readonly failures: readonly LehrError[];
}

/**
 * Runs the chains of a task and takes the best.
 * @param params the recipe's parameters, the start solution in them. @param start a module's own start state; undefined without. @throws the first chain's error if all fail.
 */
export async function solveChains(task: Task, subject: Subject, params: unknown, start: unknown, around: Surroundings): Promise<Solved> {
  const { family, instance } = subject;
  const { checkpoint, resume, replay, signal } = around;
  const traces: Progress[][] = Array.from({ length: task.chains }, (_, i) => [...(around.heard?.[i] ?? [])]);
  const observe = (event: JobEvent): void => {
    if (event.kind === 'checkpoint') return checkpoint?.write(event.job, event.checkpoint);
    traces[event.job].push(event.progress);
    around.progress(event.job, event.progress);
  };
  const search = await multistart({
    module: family.recipe,
    params,
    ...(start === undefined ? {} : { start }),
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
    ...(task.lengths === null ? {} : { restarts: { lengths: task.lengths, again: task.again } }),
    ...(task.block === null ? {} : { block: task.block }),
    ...(task.stalled === null ? {} : { until: { stalled: task.stalled } }),
    ...(task.target === null ? {} : { target: family.sense === 'max' ? -task.target : task.target }),
    ...(checkpoint === undefined ? {} : { checkpointEvery: checkpoint.every }),
  });

  const objectiveOf = (outcome: Outcome): { answer: unknown; objective: number } => {
    const answer = family.answer(params, outcome.result);
    const value = family.evaluate(params, answer, instance.name);
    return { answer, objective: subject.own && value !== value ? outcome.energy : value };
  };
  const best = objectiveOf(search.outcome);
  const ends = search.chains.map((result): ChainEnd => {
    const [chain, trace] = [result.job, traces[result.job]];
    if (result.status !== 'done') return { chain, value: null, stopped: result.status, trace, record: null };
    const { outcome } = result;
    return { chain, value: objectiveOf(outcome).objective, stopped: outcome.stopped, trace, record: outcome.record };
  });
  const solution = family.write(params, best.answer, instance.name);
  return {
    ...best,
    energy: search.outcome.energy,
    gap: gapOf(best.objective, task.known, family.sense),
    solution,
    digest: sha256(solution),
    best: search.best,
    stopped: ends.some(({ stopped }) => stopped === 'interrupted') ? 'interrupted' : search.outcome.stopped,
    steps: search.steps,
    evaluations: search.evaluations,
    seconds: secondsBefore(resume ?? [], task.workers) + search.seconds,
    runs: search.chains.reduce((sum, result) => sum + (result.status === 'done' ? result.outcome.runs : 0), 0),
    resumedAt: search.resumedAt,
    reproducible: search.reproducible,
    chains: ends,
    failures: search.chains.flatMap((result) => (result.status === 'failed' ? [result.error] : [])),
  };
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
