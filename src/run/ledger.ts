import type { LegRecord } from './outcome.ts';

/** Sums over the legs that are over; `proposed` and `accepted` of all blocks. `used` is what each leg's budget counts. */
export interface Totals {
  used: number;
  steps: number;
  evaluations: number;
  seconds: number;
  proposed: number;
  accepted: number;
}

/** What the legs of a run have done. */
export class Ledger {
  readonly totals: Totals;
  /** Of the legs that are over: all, or the last where runs follow each other on fresh states (there may be millions). */
  readonly records: LegRecord[];
  /** How many legs are over. */
  over: number;
  private readonly all: boolean;
  private before: Pick<Ledger, 'over'> & { readonly totals: Totals; readonly records: readonly LegRecord[] };

  constructor(all: boolean, from?: { readonly over: number; readonly totals: Totals; readonly records: readonly LegRecord[] }) {
    this.all = all;
    this.totals = { used: 0, steps: 0, evaluations: 0, seconds: 0, proposed: 0, accepted: 0, ...from?.totals };
    this.records = [...(from?.records ?? [])];
    this.over = from?.over ?? 0;
    this.before = { over: this.over, totals: { ...this.totals }, records: [...this.records] };
  }

  /** Closes a leg. @param used in what its budget counts. */
  close(record: LegRecord, used: number): void {
    const { totals, records } = this;
    this.before = { over: this.over, totals: { ...totals }, records: [...records] };
    if (!this.all) records.length = 0;
    records.push(record);
    this.over++;
    totals.used += used;
    totals.steps += record.steps;
    totals.evaluations += record.evaluations;
    totals.seconds += record.seconds;
  }

  /** As it is, or as it was before the last leg was closed: one that was interrupted goes on after a resume. */
  saved(closed: boolean): { readonly over: number; readonly totals: Totals; readonly records: readonly LegRecord[] } {
    if (closed) return { over: this.over, totals: { ...this.totals }, records: [...this.records] };
    const { proposed, accepted } = this.totals;
    return { ...this.before, totals: { ...this.before.totals, proposed, accepted } };
  }
}
