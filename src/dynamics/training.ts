import type { Average } from './average.ts';
import type { Weights } from './model.ts';
import { plainCopy } from './plain.ts';

/** The state of a gradient run. */
export class Training<W extends Weights = Weights> {
  weights: W;
  /** What the optimiser remembers. */
  moments: W[];
  /** The rows in the order of this epoch, and how many of them have had their turn. */
  order: Int32Array;
  cursor: number;
  /** Steps since the beginning. */
  steps: number;
  /** Steps since the moments were empty. */
  count: number;
  /** The training loss: of the weights themselves on the full batch, else the mean over the last block's minibatches. */
  loss: number;
  /** The best weights, or the average as it was last computed; the weights themselves where the last are kept. */
  kept: W;
  /** The loss that `kept` is kept for. */
  keptLoss: number;
  /** Where the average is kept: of weights, and of the losses they were reached at. */
  averages: { readonly weights: Average; readonly loss: Average } | null;
  /** The least energy at the end of a block. */
  least: number;
  /** Where the best weights are kept by it, the held-out loss when it was last looked at. */
  heldOut: number;
  /** On the full batch the gradient at the weights, else scratch. Not saved: it follows from the weights. */
  gradient: W;
  /** What was to be kept when a block began and its loss was finite, for a block that diverges; scratch. */
  before: W;

  constructor(weights: W, moments: W[], order: Int32Array) {
    this.weights = weights;
    this.moments = moments;
    this.order = order;
    this.cursor = 0;
    this.steps = 0;
    this.count = 0;
    this.loss = NaN;
    this.kept = weights;
    this.keptLoss = Infinity;
    this.averages = null;
    this.least = Infinity;
    this.heldOut = NaN;
    this.gradient = weights.slice().fill(0) as W;
    this.before = weights.slice() as W;
  }
}

/** A state as detached plain data. @param keep which weights it keeps: only the best are data of their own. @param name of the model, for messages. */
export function saveTraining(state: Training, keep: 'best' | 'last' | 'average', name: string): unknown {
  const { weights, moments, order, cursor, steps, count, loss, kept, keptLoss, averages, least, heldOut } = state;
  const own = keep === 'best' ? kept : null;
  return plainCopy({ weights, moments, order, cursor, steps, count, loss, kept: own, keptLoss, averages, least, heldOut }, name);
}

/** Adopts what `saveTraining` gave. */
export function loadTraining<W extends Weights>(saved: unknown, keep: 'best' | 'last' | 'average'): Training<W> {
  const { weights, moments, order, kept, ...numbers } = saved as Omit<Training<W>, 'kept'> & { kept: W | null };
  const state = new Training<W>(weights, moments, order);
  Object.assign(state, numbers);
  if (keep !== 'last') state.kept = kept ?? (weights.slice() as W);
  return state;
}

/** What a run returns: the kept weights, the mean training loss over all rows there, and what held-out data says of them, if there are any. */
export interface Trained<W extends Weights = Weights> {
  readonly weights: W;
  readonly loss: number;
  /** The held-out loss. */
  readonly validation?: number;
  /** The model's other figures on held-out data, by name. */
  readonly figures?: Readonly<Record<string, number>>;
  /** Steps since the beginning. */
  readonly steps: number;
}
