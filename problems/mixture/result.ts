import type { MixtureData } from './data.ts';
import { HYPER_NAMES } from './hyper.ts';
import type { Partition } from './partition.ts';

/** What a run of a mixture returns. */
export interface MixtureResult {
  /** The group of each row, numbered from 0 in the order in which rows have them; −1 for rows outside the window. */
  readonly assignment: Int32Array;
  /** Rows in each group. */
  readonly sizes: Int32Array;
  readonly alpha: number;
  readonly discount: number;
  /** Hyperparameters of each column, by the names of its kind. */
  readonly hyper: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Groups numbered in the order in which rows have them, so that equal partitions are equal. */
export function numbered(assignment: Int32Array): { assignment: Int32Array; sizes: Int32Array } {
  const numbers = new Map<number, number>();
  const sizes: number[] = [];
  const numbered = new Int32Array(assignment.length);
  for (let row = 0; row < assignment.length; row++) {
    const k = assignment[row];
    if (k < 0) {
      numbered[row] = -1;
      continue;
    }
    let number = numbers.get(k);
    if (number === undefined) {
      number = sizes.length;
      numbers.set(k, number);
      sizes.push(0);
    }
    sizes[number]++;
    numbered[row] = number;
  }
  return { assignment: numbered, sizes: Int32Array.from(sizes) };
}

/** A partition's part of a result. */
export function resultOf(partition: Partition): MixtureResult {
  const { alpha, discount, data, hyper, features } = partition;
  return { ...numbered(partition.assignment), alpha, discount, hyper: hyperOf(data, hyper, features) };
}

/** Hyperparameters by column and name. */
export function hyperOf(
  data: MixtureData,
  hyper: readonly Float64Array[],
  features: readonly number[],
): Record<string, Record<string, number>> {
  return Object.fromEntries(
    features.map((f) => {
      const { name, kind } = data.features[f];
      return [name, Object.fromEntries(HYPER_NAMES[kind].map((each, i) => [each, hyper[f][i]]))];
    }),
  );
}
