import { budgetOf, type Budget } from './plan.ts';
import type { Totals } from './ledger.ts';

/** What the current leg has spent so far. */
type Spent = Pick<Totals, 'steps' | 'evaluations' | 'seconds'>;

/** Nothing spent. */
export const NOTHING = { steps: 0, evaluations: 0, seconds: 0 };

/** The budget that runs share when they follow each other: it cuts the last, and changes no run's cooling. */
export class Limit {
  /** True if the clock decides: then it is looked at every few milliseconds. */
  readonly timed: boolean;
  private readonly unit: 'steps' | 'evaluations' | 'seconds';
  private readonly total: number;
  private readonly cost: number;

  /** @param cost evaluations per step, NaN if it varies. @param replayed whether the record, not the clock, tells when the last run is cut. */
  constructor(budget: Budget, cost: number, replayed: boolean) {
    const { unit, total } = budgetOf(budget);
    this.unit = unit;
    this.total = total;
    this.cost = cost;
    this.timed = unit === 'seconds' && !replayed;
  }

  /** What the budget counts, spent so far; seconds as of the last look at the clock. */
  used(done: Totals, leg: Spent): number {
    return done[this.unit] + leg[this.unit];
  }

  spent(done: Totals, leg: Spent): boolean {
    return this.used(done, leg) >= this.total;
  }

  /** Whether not even one more step may be made; seconds, which only a clock tells, never are. */
  exhausted(done: Totals): boolean {
    return this.steps(done, NOTHING) <= 0;
  }

  progress(done: Totals, leg: Spent): number {
    return this.total === 0 ? 1 : Math.min(1, this.used(done, leg) / this.total);
  }

  /** Steps that may still be made; under evaluations of varying cost at least one while any are left. */
  steps(done: Totals, leg: Spent): number {
    if (this.unit === 'seconds') return Infinity;
    const left = this.total - this.used(done, leg);
    if (this.unit === 'steps') return left;
    return this.cost === this.cost ? Math.floor(left / this.cost) : left > 0 ? Infinity : 0;
  }

  /** Evaluations that may still be spent. */
  allowance(done: Totals, leg: Spent): number {
    return this.unit === 'evaluations' ? this.total - this.used(done, leg) : Infinity;
  }
}
