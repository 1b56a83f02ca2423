import { LehrError, show } from '../error.ts';
import { lift } from './lift.ts';
import type { Control, Controller, Moment, Run } from './schedule.ts';

/** How long a phase lasts: a share of the run (above 0, at most 1), or a number of steps. */
export type Length = number | { readonly steps: number };

/** Where a phase is: its index, and when it began, as plain data. */
export interface PhaseMemory {
  phase: number;
  /** First block of the phase (counted runs), and its last block plus one. */
  first: number;
  end: number;
  /** t and step at which it began, and the t at which it ends (timed runs). */
  t: number;
  tEnd: number;
  step: number;
  inner: unknown;
}

/** Throws an `option` error unless a length is a share or a count of steps. */
export function checkLength(schedule: string, length: unknown): Length {
  const steps = typeof length === 'object' && length !== null ? (length as { steps?: unknown }).steps : undefined;
  if (typeof length === 'number' ? length > 0 && length <= 1 : Number.isInteger(steps) && (steps as number) > 0) return length as Length;
  throw new LehrError('option', `${schedule}: a length of ${show(length)}, expected a share of the run above 0 and at most 1, or { steps: a whole number above 0 }. Maybe "${typeof length === 'number' ? length : '…'} steps".`);
}

/**
 * The one machine behind all combinators that cut a run into phases. With K blocks known, boundaries are whole blocks and a phase of m blocks hears local
 * t = 0, 1/(m−1), …, 1 (a single one: 1); by the clock, boundaries are in t. Each phase's controller is started with its own run.
 * @param lengths of the phases in order; the last takes what is left. @param of the control of a phase.
 */
export class Phases {
  private readonly lengths: readonly Length[];
  private readonly of: readonly Controller[];

  constructor(lengths: readonly Length[], controls: readonly Control[]) {
    this.lengths = lengths;
    this.of = controls.map(lift);
  }

  start(run: Run): PhaseMemory {
    return this.enter(run, 0, 0, 0, 0);
  }

  next(memory: PhaseMemory, now: Moment, run: Run): { value: number; local: Moment } {
    let fresh = false;
    const last = this.of.length - 1;
    if (run.blocks !== null) {
      const k = blockOf(now.t, run.blocks);
      while (k >= memory.end && memory.phase < last) {
        Object.assign(memory, this.enter(run, memory.phase + 1, memory.end, now.t, now.step));
        fresh = true;
      }
      const m = memory.end - memory.first;
      const local = { ...now, t: m <= 1 ? 1 : (k - memory.first) / (m - 1), step: now.step - memory.step, block: fresh ? null : now.block };
      return { value: this.of[memory.phase].next(memory.inner, local), local };
    }
    while (memory.phase < last && this.past(memory, now)) {
      Object.assign(memory, this.enter(run, memory.phase + 1, 0, now.t, now.step));
      fresh = true;
    }
    const span = memory.tEnd - memory.t;
    const t = span > 0 ? Math.min(1, (now.t - memory.t) / span) : 1;
    const local = { ...now, t, step: now.step - memory.step, block: fresh ? null : now.block };
    return { value: this.of[memory.phase].next(memory.inner, local), local };
  }

  private past(memory: PhaseMemory, now: Moment): boolean {
    const length = this.lengths[memory.phase];
    return typeof length === 'number' ? now.t >= memory.tEnd : now.step - memory.step >= length.steps;
  }

  /** The memory of a phase that begins at block `first` (counted) or at t, step (timed). */
  private enter(run: Run, phase: number, first: number, t: number, step: number): PhaseMemory {
    const last = phase === this.of.length - 1;
    const length = this.lengths[phase];
    const { blocks, steps } = run;
    if (blocks !== null) {
      let end = last ? blocks : first + this.blocksOf(length, blocks, steps);
      if (!last && typeof length === 'number') end = Math.min(blocks, Math.max(first, Math.round(this.shareBefore(phase + 1, blocks, steps) * blocks)));
      const perBlock = steps === null ? null : steps / blocks;
      const local: Run = { ...run, blocks: Math.max(0, end - first), steps: perBlock === null ? null : Math.round((end - first) * perBlock) };
      return { phase, first, end, t, tEnd: 1, step, inner: this.of[phase].start(local) };
    }
    const tEnd = last ? 1 : typeof length === 'number' ? Math.min(1, t + length) : 1;
    const stepsHere = typeof length === 'number' || last ? null : length.steps;
    return { phase, first, end: 0, t, tEnd, step, inner: this.of[phase].start({ ...run, steps: stepsHere }) };
  }

  /** Share of the run before a phase; rounding it once keeps boundaries where the shares put them. */
  private shareBefore(phase: number, blocks: number, steps: number | null): number {
    let share = 0;
    for (let i = 0; i < phase; i++) {
      const length = this.lengths[i];
      share += typeof length === 'number' ? length : this.blocksOf(length, blocks, steps) / blocks;
    }
    return share;
  }

  private blocksOf(length: Length, blocks: number, steps: number | null): number {
    if (typeof length === 'number') return Math.round(length * blocks);
    if (steps === null) return blocks;
    return Math.max(1, Math.min(blocks, Math.round((length.steps / steps) * blocks)));
  }
}

/** Index of the block that runs at t when there are `blocks` of them. */
export function blockOf(t: number, blocks: number): number {
  return blocks === 1 ? 0 : Math.round(t * (blocks - 1));
}

/** What a combinator asks of its run on behalf of its children. */
export function joint(controls: readonly Control[]): Pick<Controller, 'needs' | 'maxBlock' | 'defaultBlock'> {
  const children = controls.map(lift);
  const needs = [...new Set(children.flatMap((child) => child.needs ?? []))];
  return {
    ...(needs.length === 0 ? {} : { needs }),
    maxBlock: (run) => Math.min(...children.map((child) => child.maxBlock?.(run) ?? Infinity)),
    defaultBlock: (run) => Math.min(...children.map((child) => child.defaultBlock?.(run) ?? Infinity)),
  };
}
