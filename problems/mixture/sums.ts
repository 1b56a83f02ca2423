import type { Numeric } from './numeric.ts';

/**
 * What the laws of numbers share: of each group how many values it has, their sum, and the sum of some function of theirs; and arrays of what follows from these, a number for each group. A
 * missing value (NaN) is in no sum.
 */
export abstract class Sums implements Numeric {
  readonly feature: number;
  protected readonly values: Float64Array;
  protected readonly hyper: Float64Array;
  protected counts: Float64Array;
  protected sums: Float64Array;
  /** Σ `third(x)`. */
  protected thirds: Float64Array;

  constructor(feature: number, values: Float64Array, hyper: Float64Array, capacity: number) {
    this.feature = feature;
    this.values = values;
    this.hyper = hyper;
    this.counts = new Float64Array(capacity);
    this.sums = new Float64Array(capacity);
    this.thirds = new Float64Array(capacity);
  }

  statistics(): readonly Float64Array[] {
    return [this.counts, this.sums, this.thirds];
  }

  grow(capacity: number): void {
    const longer = (before: Float64Array): Float64Array => {
      const after = new Float64Array(capacity);
      after.set(before);
      return after;
    };
    this.counts = longer(this.counts);
    this.sums = longer(this.sums);
    this.thirds = longer(this.thirds);
    this.growDerived(longer);
  }

  move(row: number, k: number, by: number): void {
    const x = this.values[row];
    if (x !== x) return;
    const count = this.counts[k] + by;
    this.counts[k] = count;
    this.sums[k] = count === 0 ? 0 : this.sums[k] + by * x;
    this.thirds[k] = count === 0 ? 0 : this.thirds[k] + by * this.third(x);
  }

  /** What is added up beside the values themselves. */
  protected abstract third(x: number): number;
  /** Makes the arrays of what follows from the statistics longer. */
  protected abstract growDerived(longer: (before: Float64Array) => Float64Array): void;
  abstract refresh(k: number): void;
  abstract addLogs(row: number, top: number, logs: Float64Array): void;
  abstract logMarginal(k: number, hyper: Float64Array): number;
}
