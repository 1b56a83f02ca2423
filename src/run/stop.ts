import type { Block } from '../dynamics/block.ts';
import type { Stopped } from './outcome.ts';
import type { Until } from './plan.ts';

/** A position as stop rules see it: of a leg, or of the whole run. */
export interface Position {
  readonly steps: number;
  readonly seconds: number;
  /** What the budget counts, spent so far. */
  readonly used: number;
}

/** What stop rules remember, as plain data. */
export interface StopState {
  best: number;
  improvedAt: number;
  energy: number;
  settled: number;
  signalled: number;
}

/** The stop rules of a leg or of a run. They look at each block and touch nothing. */
export class StopRules {
  readonly at: StopState;
  /** True if a rule needs the wall clock after each block. */
  readonly clocked: boolean;
  /** True if there is no rule at all. */
  readonly idle: boolean;
  private readonly until: Until;
  /** Index of `until.signal` in `block.signals`, −1 without. */
  readonly signal: number;
  private readonly patience: number;

  /** @param signal index of `until.signal` in `block.signals`, −1 without. */
  constructor(until: Until, signal: number, at: StopState | null) {
    this.until = until;
    this.signal = signal;
    this.patience = until.patience ?? 1;
    this.clocked = until.seconds !== undefined;
    this.idle = Object.keys(until).length === 0;
    this.at = at ?? { best: Infinity, improvedAt: 0, energy: NaN, settled: 0, signalled: 0 };
  }

  /**
   * The rule that holds now, or null. @param best the least energy so far. @param now before the first block, when only rules about the state itself can hold, the
   * value of the signal there (NaN if it tells of blocks only); null after each block.
   */
  test(block: Block, best: number, position: Position, now: number | null): Stopped | null {
    if (this.idle) return null;
    const { until, at } = this;
    if (until.energy !== undefined && best <= until.energy) return 'target';
    if (until.steps !== undefined && position.steps >= until.steps) return 'steps';
    if (until.seconds !== undefined && position.seconds >= until.seconds) return 'seconds';
    if (until.stalled !== undefined) {
      if (best < at.best) {
        at.best = best;
        at.improvedAt = position.used;
      } else if (position.used - at.improvedAt >= until.stalled) return 'stalled';
    }
    // Patience counts blocks, of which there are none yet.
    if (now !== null) return until.signal !== undefined && this.patience === 1 && reached(now, until.signal) ? 'signal' : null;
    if (until.settled !== undefined) {
      const change = Math.abs(block.energy - at.energy);
      at.settled = change <= until.settled * Math.abs(block.energy) ? at.settled + 1 : 0;
      at.energy = block.energy;
      if (at.settled >= this.patience) return 'settled';
    }
    if (until.signal !== undefined) {
      at.signalled = reached(block.signals[this.signal], until.signal) ? at.signalled + 1 : 0;
      if (at.signalled >= this.patience) return 'signal';
    }
    return null;
  }
}

/** An infinite value reaches no bound that was not given. */
function reached(value: number, { atLeast, atMost }: NonNullable<Until['signal']>): boolean {
  return (atLeast !== undefined && value >= atLeast) || (atMost !== undefined && value <= atMost);
}
