import { SLACK } from './arithmetic.ts';
import type { Length } from './check.ts';
import type { Moment, Run } from './schedule.ts';

/** The phases of a run, one after another. */
export interface Phases {
  /** How many; Infinity if they go on until the run ends. */
  readonly count: number;
  /** How long phase i lasts; null for all that is left. */
  length(i: number): Length | null;
  /** True if a phase that the run's end would cut is shortened to end there instead, so that it too reaches its t = 1. */
  readonly fitted?: boolean;
}

/**
 * Which phase a run is in: plain data, part of a combinator's memory. Where the number of blocks K is known, positions are whole blocks
 * (a phase begins at block round(b·K) for the share b before it); under a seconds budget they are values of t. A phase counted in steps
 * that cannot be converted (the run's steps are unknown) has no end until its steps are made.
 */
export interface Clock {
  readonly steps: number | null;
  readonly blocks: number | null;
  /** −1 before the first. */
  phase: number;
  /** Position at which the phase begins, and at which it ends; null if it counts its steps. */
  begin: number;
  end: number | null;
  /** Share of the run before the end of the phase, not rounded. */
  share: number;
  /** Steps of a phase that counts them; 0 for others. */
  counted: number;
  /** Step of the run at which the phase began. */
  step: number;
}

/** A clock before the first block. */
export function startClock(run: Run): Clock {
  return { steps: run.steps, blocks: run.blocks, phase: -1, begin: 0, end: 0, share: 0, counted: 0, step: 0 };
}

/** Moves on to the phase that owns this moment (a boundary belongs to the phase that begins there); true if that is a new one. */
export function tick(clock: Clock, phases: Phases, now: Moment): boolean {
  const at = position(clock, now.t);
  let entered = false;
  while (clock.phase < phases.count - 1 && over(clock, at, now.step)) {
    // Cycles counted in steps stay in step with the count, wherever the blocks fall.
    const step = clock.end === null ? clock.step + clock.counted : now.step;
    const begin = clock.end ?? at;
    const share = clock.end === null ? at / (clock.blocks ?? 1) : clock.share;
    Object.assign(clock, extent(clock, phases, clock.phase + 1, begin, share));
    clock.phase++;
    clock.step = step;
    entered = true;
  }
  return entered;
}

/** Where a phase that begins at `begin`, after the share `before` of the run, ends. */
function extent(
  clock: Clock,
  phases: Phases,
  phase: number,
  begin: number,
  before: number,
): Pick<Clock, 'begin' | 'end' | 'share' | 'counted'> {
  const total = clock.blocks ?? 1;
  const length = phases.length(phase);
  if (length === null) return { begin, end: total, share: 1, counted: 0 };
  if (typeof length !== 'number' && clock.steps === null) return { begin, end: null, share: before, counted: length.steps };
  let share = before + (typeof length === 'number' ? length : length.steps / clock.steps!);
  if (phases.fitted === true && share > 1 - SLACK) share = 1;
  return { begin, end: clock.blocks === null ? share : Math.floor(share * clock.blocks + 0.5 + SLACK), share, counted: 0 };
}

function over(clock: Clock, at: number, step: number): boolean {
  if (clock.phase < 0) return true;
  if (clock.end === null) return step - clock.step >= clock.counted;
  if (clock.blocks !== null) return at >= clock.end;
  return clock.end < 1 - SLACK && at >= clock.end - SLACK;
}

/** The block's index where K is known (k = t · (K − 1) to the nearest whole number), else t itself. */
function position(clock: Clock, t: number): number {
  return clock.blocks === null ? t : Math.round(t * (clock.blocks - 1));
}

/**
 * Progress inside the phase: 0 at its first block and 1 at its last where K is known, and 1 for a phase of one block; otherwise by its
 * share of t, or by its own count of steps.
 */
export function localProgress(clock: Clock, now: Moment): number {
  if (clock.end === null) return Math.min(1, (now.step - clock.step) / clock.counted);
  const at = position(clock, now.t);
  if (clock.blocks === null) return Math.min(1, Math.max(0, (at - clock.begin) / (clock.end - clock.begin)));
  const last = clock.end - clock.begin - 1;
  return last <= 0 ? 1 : Math.min(1, (at - clock.begin) / last);
}

/** The share of the phase done when the coming block ends: (j + 1) / m for block j of m; null where the phase has no known blocks. */
export function blockProgress(clock: Clock, now: Moment): number | null {
  if (clock.blocks === null || clock.end === null) return null;
  return Math.min(1, (position(clock, now.t) - clock.begin + 1) / (clock.end - clock.begin));
}

/** Length of the phase in steps and blocks, as far as it is known. */
export function localLength(clock: Clock, now: Moment): Pick<Run, 'steps' | 'blocks'> {
  return lengthOf(clock, clock, stepsPerBlock(clock, now), clock.step);
}

/** Length of the phase after this one, before it has begun. */
export function nextLength(clock: Clock, phases: Phases, now: Moment): Pick<Run, 'steps' | 'blocks'> {
  if (clock.end === null) return { steps: null, blocks: null };
  const next = extent(clock, phases, clock.phase + 1, clock.end, clock.share);
  const each = stepsPerBlock(clock, now);
  return lengthOf(clock, next, each, clock.end * each);
}

function lengthOf(
  clock: Clock,
  phase: Pick<Clock, 'begin' | 'end' | 'counted'>,
  each: number,
  step: number,
): Pick<Run, 'steps' | 'blocks'> {
  if (phase.end === null) return { steps: phase.counted, blocks: null };
  if (clock.blocks === null) {
    return { steps: clock.steps === null ? null : Math.round((phase.end - phase.begin) * clock.steps), blocks: null };
  }
  const blocks = phase.end - phase.begin;
  if (clock.steps === null) return { steps: null, blocks };
  // The last block of a run may be short, so what is left is exact where a product of blocks is not.
  return { steps: phase.end === clock.blocks ? clock.steps - step : blocks * each, blocks };
}

/**
 * Steps of a whole block. K = ⌈N / block⌉ leaves a range of blocks possible, of which ⌈N / K⌉ is the only whole one if K·(K − 1) > N; after
 * the first block the count itself tells.
 */
function stepsPerBlock(clock: Clock, now: Moment): number {
  if (clock.steps === null || clock.blocks === null) return 0;
  const at = position(clock, now.t);
  const seen = at > 0 ? now.step / at : 0;
  return seen > 0 && Number.isInteger(seen) ? seen : Math.ceil(clock.steps / clock.blocks);
}
