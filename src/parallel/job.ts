import type { Dynamics } from '../dynamics/dynamics.ts';
import type { Problem } from '../dynamics/problem.ts';
import type { Checkpoint } from '../run/checkpoint.ts';
import type { Outcome, Progress, RunRecord } from '../run/outcome.ts';
import type { LengthsSpec } from '../run/lengths.ts';
import type { Budget, Measure, Until } from '../run/plan.ts';
import type { PathPart, Seed } from '../random/seed.ts';
import type { Control, Spec } from '../schedules/schedule.ts';
import type { LehrError } from '../error.ts';

/** What a recipe builds, in the process where the chain runs. */
export interface Prepared<S = any, C extends string = string, R = unknown> {
  readonly dynamics: Dynamics<S, C, R>;
  /** The controls a job does not set. */
  readonly controls?: { readonly [K in C]?: Control };
  readonly measures?: { readonly [name: string]: Measure<S> };
  /** What a finished run is worth to those who compare runs: a finite number, less is better unless they say otherwise. Default: its energy. */
  score?(outcome: Outcome<R>): number;
  /** The problem behind a Metropolis dynamics, for those who ask for temperatures or check it. */
  readonly problem?: Problem<any>;
}

/** Builds everything a chain needs from plain parameters; the default export of a recipe module. */
export type Recipe<P = any> = (params: P) => Prepared | Promise<Prepared>;

/** One chain to run, as plain data: it crosses threads. The module builds the rest where it runs. */
export interface Job<P = unknown> {
  readonly params: P;
  readonly seed: Seed;
  /** A state to begin from, plain data; for a module that exports a `Problem`. */
  readonly start?: unknown;
  readonly path?: readonly PathPart[];
  readonly budget: Budget;
  readonly block?: number;
  readonly until?: Until;
  /** Runs one after another, of lengths that plain data describes; the budget is that of them all. */
  readonly restarts?: { readonly lengths: LengthsSpec; readonly again?: 'random' | 'incumbent' };
  /** Numbers or specs, over the recipe's own. `{ from: module URL, name }` is a schedule or controller that a module exports. */
  readonly controls?: Readonly<Record<string, number | Spec | { readonly from: string; readonly name: string }>>;
  readonly every?: number;
  /** Signals of the dynamics that `observe` wants to hear of. */
  readonly watch?: readonly string[];
  readonly check?: 'none' | 'block' | 'step';
  readonly resume?: Checkpoint;
  readonly replay?: RunRecord;
  /** Wall seconds between two checkpoints sent to `observe`; one is also sent at the start and at the end. Absent: none. */
  readonly checkpointEvery?: number;
}

/** What `observe` hears of a job while it runs. */
export type JobEvent =
  | { readonly kind: 'progress'; readonly job: number; readonly progress: Progress }
  | { readonly kind: 'checkpoint'; readonly job: number; readonly checkpoint: Checkpoint };

/** How a job ended. `score`: the recipe's, or the energy. `lost`: under a target over chains, another chain needed fewer steps; no more of this one is reported. */
export type JobResult<R = unknown> =
  | { readonly status: 'done'; readonly job: number; readonly outcome: Outcome<R>; readonly score: number }
  | { readonly status: 'failed'; readonly job: number; readonly error: LehrError }
  | { readonly status: 'lost'; readonly job: number };

/** How jobs are run. Nothing here changes their results. */
export interface RunJobsOptions {
  /** `inline`: one after the other in this thread; `threads`: worker threads. Default threads. */
  readonly executor?: 'inline' | 'threads';
  /** Worker threads (the cores there are). */
  readonly workers?: number;
  /** Aborting ends every running job at its next block with its best so far; jobs not yet begun end with their start state. */
  readonly signal?: AbortSignal;
  readonly observe?: (event: JobEvent) => void;
  /**
   * A race: the jobs are chains of one search, and the answer is the job that brings the energy to this value or below in the fewest of its own
   * steps (ties: the lowest index), whatever the number of workers. The others end as `lost`.
   */
  readonly target?: number;
  /** Megabytes of heap each worker thread may use (Node's own limit); the memory of typed arrays is not counted. The inline executor has no limit. */
  readonly memory?: number;
}
