import type { Sample, Samples } from './samples.ts';

/** The state of a run. The window is the rows order[tail], order[tail + 1], … round the end, `window` of them. */
export interface SubsampleState<G, R = any> {
  readonly groups: G;
  /** All rows, shuffled once. */
  readonly order: Int32Array;
  /** Where the row that came first is, and how many rows there are. */
  tail: number;
  window: number;
  /** Rows of the window put in before the last batch event, and after it. */
  stale: number;
  fresh: number;
  steps: number;
  added: number;
  batches: number;
  /** The energy as last told, and the step from which on it is told again. */
  energy: number;
  due: number;
  readonly samples: Samples<R>;
}

/** What a run returns: what the model says of its groups, and how far the window came. */
export interface Subsampled<R> {
  readonly groups: R;
  /** ln of prior · likelihood of the rows in the window, up to the model's constant. */
  readonly logJoint: number;
  /** Rows in the window; the others are in no group. */
  readonly window: number;
  /** How often a row was put into groups, and how many batch events there were. */
  readonly added: number;
  readonly batches: number;
  /** In the order in which they were taken; none unless the option `samples` asks for some. */
  readonly samples: readonly Sample<R>[];
  /** Of more of the samples, a thousand at most: the step, and ln of prior · likelihood. */
  readonly logJoints: readonly (readonly [step: number, logJoint: number])[];
}
