import type { Weights } from './model.ts';
import type { Training } from './training.ts';

/**
 * Arrays of a model's `size` in which it takes gradients faster than elsewhere, such as in the memory of a kernel: `advance` brings a state's numbers here, makes its steps, and
 * takes them back, so that one desk serves all states. Between two calls of `advance` nothing of it matters.
 */
export interface Desk<W extends Weights> {
  readonly weights: W;
  readonly gradient: W;
  readonly moments: W[];
}

/**
 * Puts a state's arrays on the desk; gives what takes them back, which must be called whatever happens in between.
 * @param withGradient whether the gradient is a part of the state, and not scratch.
 */
export function seat<W extends Weights>(state: Training<W>, desk: Desk<W>, withGradient: boolean): () => void {
  const { weights, gradient, moments, kept } = state;
  desk.weights.set(weights);
  if (withGradient) desk.gradient.set(gradient);
  moments.forEach((moment, i) => desk.moments[i].set(moment));
  state.weights = desk.weights;
  state.gradient = desk.gradient;
  state.moments = desk.moments;
  if (kept === weights) state.kept = desk.weights;
  return () => {
    weights.set(desk.weights);
    if (withGradient) gradient.set(desk.gradient);
    moments.forEach((moment, i) => moment.set(desk.moments[i]));
    Object.assign(state, { weights, gradient, moments, kept });
  };
}
