import type { Machine } from './machine.ts';

/**
 * A sequence that moves. Places run from 1 to n; at 0 and n + 1 stands the kernel's number n. All sums are kept by place, so that what a move changes
 * can be bounded without a look at the jobs between.
 */
export interface SequenceState {
  readonly sequence: Int32Array;
  /** Completion time of the job at a place, and how late that is: completion less due date. */
  readonly completion: Float64Array;
  readonly lateness: Float64Array;
  /** Its weight. */
  readonly weight: Float64Array;
  /** Sums over all places up to this one: of weighted tardiness, and of the weights of jobs that are late. */
  readonly tardiness: Float64Array;
  readonly burden: Float64Array;
  /**
   * The noted move: the stretches first … middle − 1 and second … last change places, around middle … second − 1, which stays between; `first` is 0 for none.
   * An insertion is such a move with one stretch of a single job and nothing between.
   */
  first: number;
  middle: number;
  second: number;
  last: number;
}

/** A state from the kernel's numbers in order. */
export function newState(machine: Machine, order: ArrayLike<number>): SequenceState {
  const { n } = machine;
  const size = n + 2;
  const sequence = new Int32Array(size).fill(n);
  for (let k = 0; k < n; k++) sequence[k + 1] = order[k];
  const state: SequenceState = {
    sequence,
    completion: new Float64Array(size),
    lateness: new Float64Array(size),
    weight: new Float64Array(size),
    tardiness: new Float64Array(size),
    burden: new Float64Array(size),
    first: 0,
    middle: 0,
    second: 0,
    last: 0,
  };
  rebuild(machine, state, 1, n);
  return state;
}

/** Copies one state over another. */
export function copyState(from: SequenceState, to: SequenceState): void {
  to.sequence.set(from.sequence);
  to.completion.set(from.completion);
  to.lateness.set(from.lateness);
  to.weight.set(from.weight);
  to.tardiness.set(from.tardiness);
  to.burden.set(from.burden);
}

/** Makes the noted move. @param scratch room for n jobs. */
export function applyMove(machine: Machine, state: SequenceState, scratch: Int32Array): void {
  const { sequence } = state;
  const { first, middle, second, last } = state;
  if (first === 0) return;
  // The stretch before `second` moves back, so only that must be kept aside.
  const kept = second - first;
  for (let k = 0; k < kept; k++) scratch[k] = sequence[first + k];
  let to = first;
  for (let k = second; k <= last; k++) sequence[to++] = sequence[k];
  for (let k = middle - first; k < kept; k++) sequence[to++] = scratch[k];
  for (let k = 0; k < middle - first; k++) sequence[to++] = scratch[k];
  rebuild(machine, state, first, last);
}

/** Brings what is kept by place up to date, after the jobs at `first` … `last` have changed places among themselves. */
function rebuild({ n, time, stride, weight: weightOf, due }: Machine, state: SequenceState, first: number, last: number): void {
  const { sequence, completion, lateness, weight, tardiness, burden } = state;
  let job = sequence[first - 1];
  let clock = completion[first - 1];
  let sum = tardiness[first - 1];
  let heavy = burden[first - 1];
  for (let k = first; k <= last; k++) {
    const next = sequence[k];
    clock += time[job * stride + next];
    job = next;
    const late = clock - due[job];
    const w = weightOf[job];
    completion[k] = clock;
    lateness[k] = late;
    weight[k] = w;
    if (late > 0) {
      sum += w * late;
      heavy += w;
    }
    // Until the last place is reached these are still the old sums of it.
    if (k < last) {
      tardiness[k] = sum;
      burden[k] = heavy;
    }
  }
  const moreTardiness = sum - tardiness[last];
  const moreBurden = heavy - burden[last];
  tardiness[last] = sum;
  burden[last] = heavy;
  const shift = last < n ? clock + time[job * stride + sequence[last + 1]] - completion[last + 1] : 0;
  if (shift !== 0) {
    for (let k = last + 1; k <= n; k++) {
      completion[k] += shift;
      const late = lateness[k] + shift;
      lateness[k] = late;
      if (late > 0) {
        sum += weight[k] * late;
        heavy += weight[k];
      }
      tardiness[k] = sum;
      burden[k] = heavy;
    }
  } else if (moreTardiness !== 0 || moreBurden !== 0) {
    for (let k = last + 1; k <= n; k++) {
      tardiness[k] += moreTardiness;
      burden[k] += moreBurden;
    }
  }
  completion[n + 1] = completion[n];
}
