import { LehrError } from '../../src/error.ts';

/**
 * A single-machine instance of total weighted tardiness, as plain data: 1 || Σ w T, or with `setups` 1 | s_ij | Σ w T. All numbers are whole.
 * Jobs are numbered from 0 here.
 */
export interface SchedulingInstance {
  readonly name: string;
  /** What a file with setups calls itself, after `Problem Instance:`. */
  readonly label?: string;
  /** How a file with setups says it was generated, as key and value. */
  readonly generator?: readonly (readonly [key: string, value: string])[];
  readonly n: number;
  /** Processing times, weights and due dates, by job. */
  readonly processing: Int32Array;
  readonly weights: Int32Array;
  readonly due: Int32Array;
  /** Setup times, row by row: i · n + j before job j that follows job i; row n before job j that comes first. Zero diagonal. */
  readonly setups?: Int32Array;
}

/** The largest size of a number in an instance. */
export const LARGEST = 1_000_000_000;

/** The completion times of the jobs in the given order, by place. The machine starts at 0 and never waits. */
export function completionTimes({ n, processing, setups }: SchedulingInstance, sequence: ArrayLike<number>): Float64Array {
  const times = new Float64Array(sequence.length);
  let time = 0;
  for (let k = 0; k < sequence.length; k++) {
    if (setups !== undefined) time += setups[(k === 0 ? n : sequence[k - 1]) * n + sequence[k]];
    time += processing[sequence[k]];
    times[k] = time;
  }
  return times;
}

/** Σ w_j max(0, C_j − d_j) of the jobs in the given order: slow, exact, the oracle of the moves. */
export function weightedTardiness(instance: SchedulingInstance, sequence: ArrayLike<number>): number {
  const { weights, due } = instance;
  const times = completionTimes(instance, sequence);
  let total = 0;
  for (let k = 0; k < times.length; k++) total += weights[sequence[k]] * Math.max(0, times[k] - due[sequence[k]]);
  return total;
}

/**
 * Throws unless all objectives and their changes are whole numbers that doubles hold exactly.
 * @param where gives the beginning of the message. @throws LehrError `input`.
 */
export function checkExact({ n, processing, weights, due, setups }: SchedulingInstance, where: () => string): void {
  let horizon = 0;
  let weight = 0;
  let earliest = 0;
  for (let j = 0; j < n; j++) {
    let setup = 0;
    if (setups !== undefined) for (let i = 0; i <= n; i++) setup = Math.max(setup, setups[i * n + j]);
    horizon += processing[j] + setup;
    weight += weights[j];
    earliest = Math.min(earliest, due[j]);
  }
  const most = weight * (horizon - earliest);
  // A factor of four for sums of several changes.
  if (4 * most > Number.MAX_SAFE_INTEGER) {
    throw new LehrError(
      'input',
      `${where()}: the total weighted tardiness may reach ${most}, expected at most 2^51. Maybe use a coarser unit of time.`,
    );
  }
}
