import type { Rng } from '../random/rng.ts';
import { expMinus } from './exp.ts';

/**
 * What subsample annealing samples: an exchangeable model that puts each row of some data into a group, or into one group of each of several partitions,
 * with everything else integrated out (collapsed). All sufficient statistics are in the groups G; the rows that are in none are not seen by the model.
 *
 * The candidates of a row are numbered by the model as it likes, from 0: its groups, and one or several that have no row yet. Places that
 * are no candidate have the score −Infinity.
 * @typeParam G the groups: statistics, who is where, hyperparameters. @typeParam R what a run returns of them.
 */
export interface RowModel<G = any, R = unknown> {
  readonly name: string;
  /** Plain data that identifies the data and the options in a checkpoint's fingerprint. */
  readonly fingerprint?: unknown;
  /** How many rows there are, at least 1; they are numbered from 0. */
  readonly rows: number;
  /** Groups without any row, hyperparameters where they begin. */
  empty(): G;
  /** How many partitions a row is put into (1 for a mixture); each is scored and added to by itself, in this order. */
  partitions(groups: G): number;
  /** The most places `score` writes. */
  width(groups: G): number;
  /**
   * For a row that is not in the partition, the logarithms of prior · likelihood^power of each candidate, up to a common constant, into `into`.
   * @returns how many places it wrote, at most `width`.
   */
  score(groups: G, partition: number, row: number, power: number, into: Float64Array): number;
  /** Puts a row where `score` had place `candidate`. */
  add(groups: G, partition: number, row: number, candidate: number): void;
  /** Takes a row out of all partitions; groups that it leaves empty are gone. */
  remove(groups: G, row: number): void;
  /**
   * The logarithm of prior · likelihood^power of the partitions and the rows in them, hyperparameters included, up to a constant that no move changes. It is
   * computed from the statistics alone, not by adding up scores.
   */
  logJoint(groups: G, power: number): number;
  /** How many groups there are, over all partitions. */
  count(groups: G): number;
  /**
   * The model's own `score`, draw and `add` for a row of all partitions at power 1, in place of `assignOf`: the same groups from the same numbers, one `rng.uniform()` a partition.
   */
  assign?(groups: G, row: number, rng: Rng): void;
  /** Puts a row into groups drawn from the prior, as if its values were all missing. */
  assignBlindly(groups: G, row: number, rng: Rng): void;
  /**
   * The slow moves (hyperparameters, features), made at batch events: when every row of the window has been put anew since the last. Must leave the law of
   * `logJoint` at that power invariant.
   * @param rows the rows in the window, in the order they came, `rows[from]`, `rows[from + 1]`, … round the end, `n` of them.
   */
  refresh?(groups: G, rows: Int32Array, from: number, n: number, power: number, rng: Rng): void;
  /** Recomputes the statistics from who is where, and throws a `contract` error where they are off. */
  verify?(groups: G): void;
  /** What a run returns of it: plain data that shares no memory. */
  result(groups: G): R;
  /** The groups as detached plain data, and back with the same bits. */
  save(groups: G): unknown;
  load(saved: any): G;
}

/** The generic form of `assign`, at any power: the oracle of every model's own. */
export function assignOf<G>(model: RowModel<G>, groups: G, row: number, power: number, rng: Rng, scratch: Float64Array): void {
  const partitions = model.partitions(groups);
  for (let p = 0; p < partitions; p++) {
    const places = model.score(groups, p, row, power, scratch);
    model.add(groups, p, row, pickLog(scratch, places, rng));
  }
}

/** A place k < n with probability proportional to e^scores[k], by one `rng.uniform()`. The scores are overwritten. */
export function pickLog(scores: Float64Array, n: number, rng: Rng): number {
  cumulate(scores, n);
  return placeOf(scores, n, rng.uniform());
}

/** Overwrites scores with the cumulative sums of their weights e^(score − most), and returns most, the largest: ln of the sum of all e^score is most + ln(scores[n − 1]) then. */
export function cumulate(scores: Float64Array, n: number): number {
  let most = -Infinity;
  for (let k = 0; k < n; k++) if (scores[k] > most) most = scores[k];
  let sum = 0;
  for (let k = 0; k < n; k++) {
    sum += expMinus(most - scores[k]);
    scores[k] = sum;
  }
  return most;
}

/** The first place whose cumulative weight exceeds the share `u` of the last one's. */
export function placeOf(cumulative: Float64Array, n: number, u: number): number {
  const goal = u * cumulative[n - 1];
  let k = 0;
  while (k < n - 1 && cumulative[k] <= goal) k++;
  // A product that is rounded up to the whole sum must not end on a place of weight 0.
  while (k > 0 && cumulative[k] === cumulative[k - 1]) k--;
  return k;
}
