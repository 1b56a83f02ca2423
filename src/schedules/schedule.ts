import type { Block } from '../dynamics/block.ts';

/** A schedule or controller as finite JSON: its name, and its parameters under the names of the API. */
export interface Spec {
  readonly schedule: string;
  readonly [parameter: string]: unknown;
}

/**
 * The value of a control as a pure function of progress t in [0, 1] and of the step count: no state, no randomness, so it can be plotted,
 * tested, resumed, and reused for a temperature or a learning rate.
 */
export interface Schedule {
  (t: number, step: number): number;
  /** Plain data from which `fromSpec` builds it again; without it a schedule cannot cross a thread. */
  readonly spec?: Spec;
}

/** What a controller learns before the first block of its leg, or of its phase inside a combinator: everything is local to that. */
export interface Run {
  /** Length in steps, or null when only the clock or the evaluations will tell. */
  readonly steps: number | null;
  /** Number of blocks K, or null under a seconds budget. Block k runs at t = k / (K − 1); a single one at t = 1. */
  readonly blocks: number | null;
  /** Index of a signal in `block.signals`; throws a `contract` error that lists the signals there are. */
  signal(name: string): number;
}

/** The moment before a block: progress and step count local to the leg or phase, and what the previous block did. */
export interface Moment {
  readonly t: number;
  readonly step: number;
  /**
   * The previous block of this leg or phase; null before its first. The object is reused: copy what must be remembered. Each block is shown once;
   * `block.fresh` says which signals were computed in it.
   */
  readonly block: Block | null;
  /** Controls already set for the coming block, in the dynamics' order. */
  readonly controls: Readonly<Record<string, number>>;
}

/** The moment before a block of a pretended run in which nothing else is controlled. */
export function momentOf(t: number, step: number, block: Block | null = null): Moment {
  return { t, step, block, controls: {} };
}

/** A schedule that listens: called once before each block. Its memory is plain data and belongs to the checkpoint. */
export interface Controller<M = unknown> {
  readonly spec?: Spec;
  /**
   * Signals it listens to. `acceptance` needs a dynamics that proposes, `best` one whose energies are exact, `energy` is always there; others are
   * the dynamics' signals or the plan's measures.
   */
  readonly needs?: readonly string[];
  /**
   * Which of its needs it will hear of the block that now begins, asked after each `next`; without it, all of them. A signal nobody wants is not
   * computed, so a phase that has stopped listening costs nothing. While the answer is the same it should be the same array.
   */
  wants?(memory: M): readonly string[];
  /** The largest block, in steps, it tolerates; Infinity if any. */
  maxBlock?(run: Run): number;
  /** The block it prefers, in steps, when the plan names none. */
  defaultBlock?(run: Run): number;
  start(run: Run): M;
  /** The control's value for the coming block; may change `memory` in place. */
  next(memory: M, now: Moment): number;
}

/** What may drive a control: a fixed number, a pure schedule, or a controller. */
export type Control = number | Schedule | Controller<any>;
