import type { Block } from '../dynamics/block.ts';
import type { Budget } from './plan.ts';
import { budgetOf } from './plan.ts';

/** Looks at the clock per leg under a seconds budget, and the longest time between two. */
const READINGS = 500;
const LONGEST = 0.1;

/** A leg's position as plain data. */
export interface ClockState {
  used: number;
  blocks: number;
  steps: number;
  evaluations: number;
  seconds: number;
  /** Under a seconds budget: blocks until the next reading, their length, and blocks since the last. */
  left: number;
  size: number;
  since: number;
  readings: number[];
}

/**
 * A leg's own clock: how far the budget is spent, the progress t of the next block, and its length. Block k of K = ⌈budget / block⌉ runs at
 * t = k / (K − 1), a single one at t = 1. Under a seconds budget t is the last reading, and each reading is recorded.
 */
export class LegClock {
  readonly unit: 'steps' | 'evaluations' | 'seconds';
  readonly total: number;
  /** Number of blocks, null under a seconds budget. */
  readonly blockCount: number | null;
  /** Progress and allowance of the block that `next` announced. */
  t = 0;
  allowance = Infinity;
  readonly at: ClockState;
  private readonly block: number;
  private readonly cost: number;
  private readonly maxSteps: number;
  private readonly fixed: boolean;
  private readonly replay: readonly number[] | null;
  private replayed = 0;

  /**
   * @param block in what the budget counts (seconds: in steps); 0 under a seconds budget lets the clock choose.
   * @param cost evaluations per step, NaN if it varies. @param maxSteps the largest block in steps anyone tolerates.
   */
  constructor(budget: Budget, block: number, cost: number, maxSteps: number, at: ClockState | null, replay: readonly number[] | null) {
    const { unit, total } = budgetOf(budget);
    this.unit = unit;
    this.total = total;
    this.block = block;
    this.cost = unit === 'steps' ? 1 : cost;
    this.maxSteps = maxSteps;
    this.fixed = block > 0;
    this.blockCount = unit === 'seconds' ? null : Math.max(1, Math.ceil(total / block));
    this.replay = replay;
    this.at = at ?? {
      used: 0,
      blocks: 0,
      steps: 0,
      evaluations: 0,
      seconds: 0,
      left: 1,
      size: block > 0 ? block : 1,
      since: 0,
      readings: [],
    };
    if (replay !== null) {
      this.replayed = this.at.readings.length;
      if (at === null) this.followRecord();
    }
  }

  /** Steps of the next block, setting `t` and `allowance`; 0 when the budget is spent. */
  next(): number {
    const at = this.at;
    if (this.unit === 'seconds') {
      this.t = this.total > 0 ? Math.min(1, at.used / this.total) : 1;
      if (this.replay !== null) return at.left > 0 ? at.size : 0;
      return at.used < this.total ? at.size : 0;
    }
    const k = Math.floor(at.used / this.block);
    const count = this.blockCount!;
    this.t = count === 1 ? 1 : k / (count - 1);
    const blockEnd = Math.min((k + 1) * this.block, this.total);
    // The usual case without two more divisions: at block 1 they show.
    if (this.cost === 1) return Math.min(blockEnd - at.used, this.maxSteps);
    if (this.cost === this.cost) {
      const affordable = Math.floor((this.total - at.used) / this.cost);
      return Math.min(Math.max(1, Math.floor((blockEnd - at.used) / this.cost)), affordable, this.maxSteps);
    }
    this.allowance = blockEnd - at.used;
    return at.used < this.total ? Math.min(this.allowance, this.maxSteps) : 0;
  }

  /** Counts a block; true if the seconds budget wants the clock read now. */
  count(block: Block): boolean {
    const at = this.at;
    at.blocks++;
    at.steps += block.steps;
    at.evaluations += block.evaluations;
    if (this.unit === 'seconds') {
      at.left--;
      at.since++;
      return at.left <= 0;
    }
    at.used += this.unit === 'steps' ? block.steps : block.evaluations;
    return false;
  }

  /** Takes a reading of the leg's seconds, records it, and plans how much to run until the next. */
  read(seconds: number): void {
    const at = this.at;
    const blocks = at.since;
    at.since = 0;
    if (this.replay !== null) {
      at.used = this.replay[this.replayed + 2];
      at.readings.push(this.replay[this.replayed], this.replay[this.replayed + 1], at.used);
      this.replayed += 3;
      this.followRecord();
      return;
    }
    const taken = Math.max(seconds - at.used, 1e-7);
    at.readings.push(blocks, at.size, seconds);
    at.used = seconds;
    const interval = Math.max(Math.min(this.total / READINGS, LONGEST, this.total - seconds), 1e-4);
    const ran = blocks * at.size;
    const steps = Math.max(1, Math.floor(ran * Math.min(2, Math.max(0.5, interval / taken))));
    if (!this.fixed) at.size = Math.min(steps, this.maxSteps);
    at.left = Math.max(1, Math.floor(steps / at.size));
  }

  /** A last, partial reading of a leg that is cut between two. */
  cut(seconds: number): void {
    if (this.unit !== 'seconds') return;
    this.at.used = seconds;
    if (this.at.since > 0) this.at.readings.push(this.at.since, this.at.size, seconds);
    this.at.since = 0;
  }

  private followRecord(): void {
    const at = this.at;
    const replay = this.replay!;
    at.left = this.replayed < replay.length ? replay[this.replayed] : 0;
    at.size = this.replayed < replay.length ? replay[this.replayed + 1] : 1;
  }
}
