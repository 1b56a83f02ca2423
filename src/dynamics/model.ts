import type { Rng } from '../random/rng.ts';
import type { Desk } from './desk.ts';

/** Flat parameters. A model chooses the precision of its runs by the kind of array that its `init` returns. */
export type Weights = Float64Array | Float32Array;

/** What a model may use while it is trained: the chain's stream, and the controls as they are in this step. */
export interface Here {
  readonly rng: Rng;
  readonly controls: Readonly<Record<string, number>>;
}

/** What a model finds of weights on data that it is not trained on: the loss, and its other figures by name. */
export type Evaluation = { readonly loss: number } & { readonly [figure: string]: number };

/**
 * What gradient methods minimise: the mean of a loss over rows of data, as a function of flat weights. The contract, checked by `checkModel`: `gradient`
 * and `evaluate` change nothing but what they are told to write; the loss of several rows is the mean of their losses, and so is its gradient.
 * @typeParam W the kind of array of its weights. @typeParam K its own controls, if it has any.
 *
 * ```ts
 * const line: Model<Float64Array> = {
 *   name: 'line', rows: x.length, size: 2,
 *   init: () => new Float64Array(2),
 *   gradient(w, rows, from, to, into) {
 *     into.fill(0);
 *     let loss = 0;
 *     for (let r = from; r < to; r++) {
 *       const i = rows[r], off = (w[0] + w[1] * x[i] - y[i]) / (to - from);
 *       loss += 0.5 * off * off * (to - from);
 *       into[0] += off;
 *       into[1] += off * x[i];
 *     }
 *     return loss;
 *   },
 * };
 * ```
 */
export interface Model<W extends Weights = Weights, K extends string = never> {
  readonly name: string;
  /** How many rows of training data there are, at least 1; rows are numbered from 0. */
  readonly rows: number;
  /** How many weights. */
  readonly size: number;
  /** Weights to begin from, a fresh array; all randomness from `rng`. */
  init(rng: Rng): W;
  /**
   * The mean loss over the rows `rows[from]` … `rows[to − 1]`, at least one; its gradient overwrites `into` (`size` numbers).
   * @param here while training; absent when somebody only asks, and then a model that makes noise makes none.
   */
  gradient(weights: W, rows: Int32Array, from: number, to: number, into: W, here?: Here): number;
  /** That loss alone, where it costs less than with its gradient. */
  loss?(weights: W, rows: Int32Array, from: number, to: number): number;
  /** The loss, and the figures named below, on held-out data. */
  evaluate?(weights: W): Evaluation;
  /** What `evaluate` tells beside the loss, such as `accuracy`: signals of the run. */
  readonly figures?: readonly string[];
  /** Controls of its own, such as the size of a noise; they follow the optimiser's. */
  readonly controls?: readonly K[];
  /** True if `gradient` draws from `here.rng`. */
  readonly stochastic?: boolean;
  /**
   * Arrays that `gradient` reads and writes without copying, with as many moments as an optimiser asks for; null if there are not so many. It is one desk, however
   * often it is asked for: whoever works at it alone, for the time of an `advance`.
   */
  desk?(moments: number): Desk<W> | null;
  /** Called after each step: noise in the weights, or a projection onto what is allowed. */
  after?(weights: W, here: Here): void;
  /** What identifies the instance in a checkpoint, if `name` does not: sizes, options, a digest of its data. */
  readonly fingerprint?: unknown;
}

/** The numbers 0 … n − 1: all rows in their own order. */
export function allRows(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i);
}

/** The mean training loss over all rows. @param scratch where a gradient may be written that nobody wants. */
export function trainingLoss<W extends Weights>(model: Model<W, any>, weights: W, all: Int32Array, scratch: W): number {
  return model.loss === undefined ? model.gradient(weights, all, 0, model.rows, scratch) : model.loss(weights, all, 0, model.rows);
}

/** The model, beginning from given weights: a copy of them each time. One method's result is another's start. */
export function startFrom<W extends Weights, K extends string>(model: Model<W, K>, weights: W): Model<W, K> {
  return { ...model, init: () => weights.slice() as W };
}
