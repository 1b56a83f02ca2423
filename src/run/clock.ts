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
  /** Each step is one of what the budget counts: the usual case, whose path is short enough for V8 to inline. */
  private readonly plain: boolean;
  private readonly replay: readonly number[] | null;
  private replayed = 0;
  /** Of K blocks the index of the last, of the current one (−1 before the first), and where that ends. */
  private readonly lastBlock: number;
  private blockIndex = -1;
  private blockEnd = 0;

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
    this.plain = this.cost === 1 && unit !== 'seconds';
    this.maxSteps = maxSteps;
    this.fixed = block > 0;
    this.blockCount = unit === 'seconds' ? null : Math.max(1, Math.ceil(total / block));
    this.lastBlock = (this.blockCount ?? 1) - 1;
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
    if (!this.plain) return this.nextOther();
    const { at } = this;
    if (at.used >= this.blockEnd) this.enterBlock();
    return Math.min(this.blockEnd - at.used, this.maxSteps);
  }

  /** `next` where a step is not one of what the budget counts. */
  private nextOther(): number {
    const { at } = this;
    if (this.unit === 'seconds') {
      this.t = this.total > 0 ? Math.min(1, at.used / this.total) : 1;
      if (this.replay !== null) return at.left > 0 ? at.size : 0;
      return at.used < this.total ? at.size : 0;
    }
    if (at.used >= this.blockEnd) this.enterBlock();
    const left = this.blockEnd - at.used;
    if (this.cost === this.cost) {
      const affordable = Math.floor((this.total - at.used) / this.cost);
      return Math.min(Math.max(1, Math.floor(left / this.cost)), affordable, this.maxSteps);
    }
    this.allowance = left;
    return at.used < this.total ? Math.min(left, this.maxSteps) : 0;
  }

  /** Finds the block that begins here: the next one, unless a dear step has skipped some or the run is resumed. */
  private enterBlock(): void {
    const { block } = this;
    const { used } = this.at;
    const k = used === this.blockEnd ? this.blockIndex + 1 : Math.floor(used / block);
    this.blockIndex = k;
    this.blockEnd = Math.min((k + 1) * block, this.total);
    this.t = this.lastBlock === 0 ? 1 : k / this.lastBlock;
  }

  /** Counts a block; true if the seconds budget wants the clock read now. */
  count(block: Block): boolean {
    const { at } = this;
    at.blocks++;
    at.steps += block.steps;
    at.evaluations += block.evaluations;
    if (this.unit === 'seconds') return this.countDown();
    at.used += this.unit === 'steps' ? block.steps : block.evaluations;
    return false;
  }

  private countDown(): boolean {
    const { at } = this;
    at.left--;
    at.since++;
    return at.left <= 0;
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
    // Right after a reading there is nothing to tell; and time that no record tells of must not move t, or a resumed leg would not replay.
    if (this.unit !== 'seconds' || this.at.since === 0) return;
    this.at.used = seconds;
    this.at.readings.push(this.at.since, this.at.size, seconds);
    this.at.since = 0;
  }

  private followRecord(): void {
    const at = this.at;
    const replay = this.replay!;
    at.left = this.replayed < replay.length ? replay[this.replayed] : 0;
    at.size = this.replayed < replay.length ? replay[this.replayed + 1] : 1;
  }
}
