import { maybe } from '../closest.ts';
import { LehrError, show } from '../error.ts';
import type { Dynamics } from './dynamics.ts';
import { errorOf, rungeKutta, STAGES } from './dormand-prince.ts';
import { allRows, type Model, type Weights } from './model.ts';
import { plainCopy } from './plain.ts';
import type { Trained } from './training.ts';

/** How `gradientFlow` integrates. */
export interface FlowOptions {
  /** The training loss at which time stops, located to a relative 1e-10 from below; without it, only the budget ends the flow. */
  readonly target?: number;
  /** Error of a step of the integrator per coordinate, relative to 1 + |w| (1e-10). */
  readonly tolerance?: number;
}

/** The state of a gradient flow. */
export interface Flow<W extends Weights = Weights> {
  weights: W;
  /** The gradient there. */
  gradient: W;
  loss: number;
  /** Time since the beginning; a step of gradient descent at a small rate passes that much. */
  time: number;
  /** The step that the integrator will try. */
  h: number;
  /** The target is reached. */
  done: boolean;
  least: number;
  steps: number;
}

/** What a flow returns: the weights, their loss, and the time that passed. */
export interface Flowed<W extends Weights = Weights> extends Trained<W> {
  readonly time: number;
}

/** Signals before those of held-out data. */
const TRAINING = 0;
const TIME = 1;
const VALIDATION = 2;
/** How near the target the loss must end, relative to it, and how often it is tried. */
const NEAR = 1e-10;
const TRIES = 200;

/**
 * Gradient flow, dw/ds = −∇L(w) of the full-batch training loss: what gradient descent becomes as its rate goes to 0 (and how a small rate is modelled in arXiv
 * 2005.07360). A step lets the time `rate` pass, so that rate × steps means here what it means in gradient descent; within it an adaptive Runge–Kutta method takes as
 * many steps of its own as its tolerance asks for. An evaluation is one row of one gradient. Where the loss falls to `target`, that moment is found and time stands
 * still from then on; `until: { energy: target }` then ends the leg.
 *
 * Signals: `training` (the loss), `time`, and `validation` and the model's figures, of the end of each block. To flow on from another method's weights: `startFrom`.
 */
export function gradientFlow<W extends Weights>(model: Model<W>, options: FlowOptions = {}): Dynamics<Flow<W>, 'rate', Flowed<W>> {
  for (const key of Object.keys(options)) {
    if (key !== 'target' && key !== 'tolerance')
      throw new LehrError(
        'option',
        `gradientFlow: unknown option ${show(key)}, expected target, tolerance.${maybe(key, ['target', 'tolerance'])}`,
      );
  }
  const { target = -Infinity, tolerance = 1e-10 } = options;
  if (typeof target !== 'number' || target !== target)
    throw new LehrError('option', `gradientFlow: target is ${show(target)}, expected a number.`);
  if (!(tolerance > 0 && tolerance < 1))
    throw new LehrError('option', `gradientFlow: tolerance is ${show(tolerance)}, expected a number above 0 and below 1.`);
  if (model.stochastic === true || model.after !== undefined)
    throw new LehrError(
      'option',
      `gradientFlow: ${model.name} makes noise or changes its weights after steps, expected a model whose loss alone moves them.`,
    );
  const { rows, size, figures = [] } = model;
  const all = allRows(rows);
  const told = ['training', 'time', ...(model.evaluate === undefined ? [] : ['validation', ...figures])];
  const gradientAt = (weights: W, into: W): number => model.gradient(weights, all, 0, rows, into);
  /** Scratch of the integrator: slopes (the first is the state's own) and the new weights. */
  let scratch: { gradients: W[]; to: W } | null = null;

  const refresh = (state: Flow<W>): void => {
    state.loss = gradientAt(state.weights, state.gradient);
    if (state.loss <= target) state.done = true;
  };
  /** Lets at most `most` time pass by one step of the integrator; gives how much did, and counts gradients in `paid`. */
  const pass = (state: Flow<W>, most: number, rate: number): number => {
    scratch ??= { gradients: Array.from({ length: STAGES + 1 }, () => state.weights.slice() as W), to: state.weights.slice() as W };
    const { gradients, to } = scratch;
    const { weights } = state;
    gradients[0].set(state.gradient);
    for (;;) {
      const h = Math.min(state.h, most);
      let loss = rungeKutta(gradientAt, weights, gradients, to, h);
      paid += STAGES;
      const error = loss === loss ? errorOf(weights, to, gradients, h, tolerance) : Infinity;
      // The usual controller of order 5, with 0.9 for safety; a step that was cut short tells nothing of a longer one.
      const factor = error === 0 ? 5 : Math.max(0.2, Math.min(5, 0.9 * Math.exp(-0.2 * Math.log(error))));
      if (error > 1) {
        state.h = h * factor;
        if (state.h < 1e-14 * rate) throw stuck(state);
        continue;
      }
      let passed = h;
      if (loss <= target) {
        [passed, loss] = locate(state, gradients, to, h, loss);
        state.done = true;
      } else if (h === state.h || factor < 1) state.h = h * factor;
      weights.set(to);
      state.gradient.set(gradients[STAGES]);
      state.loss = loss;
      return passed;
    }
  };
  /** The first moment, within a good step of length `h`, at which the loss is at the target or below; leaves `to` and the slopes there. */
  const locate = (state: Flow<W>, gradients: W[], to: W, h: number, end: number): [number, number] => {
    let [above, below] = [0, h];
    let loss = end;
    let tried = h;
    for (let k = 0; k < TRIES && (loss > target || target - loss > NEAR * Math.abs(target)); k++) {
      tried = (above + below) / 2;
      if (tried === above || tried === below) break;
      loss = rungeKutta(gradientAt, state.weights, gradients, to, tried);
      paid += STAGES;
      if (loss > target) above = tried;
      else below = tried;
    }
    if (loss > target || tried !== below) {
      loss = rungeKutta(gradientAt, state.weights, gradients, to, below);
      paid += STAGES;
    }
    return [below, loss];
  };
  const tell = (state: Flow<W>, signal: number): number => {
    if (signal === TRAINING) return state.loss;
    if (signal === TIME) return state.time;
    const evaluation = model.evaluate!(state.weights);
    return signal === VALIDATION ? evaluation.loss : evaluation[figures[signal - VALIDATION - 1]];
  };
  /** Gradients paid for in this block. */
  let paid = 0;
  const stuck = ({ loss, time, steps }: Flow<W>): LehrError =>
    new LehrError(
      'contract',
      `${model.name}: at step ${steps}, time ${time}, loss ${loss}, no step of the integrator is small enough, expected a smooth loss. Maybe its gradient is wrong (checkModel), or the tolerance (${tolerance}) below its rounding errors.`,
    );

  return {
    name: 'gradientFlow',
    controls: ['rate'],
    energies: 'exact',
    kept: 'last',
    signals: told,
    size,
    fingerprint: {
      model: model.name,
      ...(model.fingerprint === undefined ? {} : { instance: model.fingerprint }),
      target: target === -Infinity ? null : target,
      tolerance,
    },

    init(rng) {
      const weights = model.init(rng);
      const state: Flow<W> = {
        weights,
        gradient: weights.slice() as W,
        loss: NaN,
        time: 0,
        h: Infinity,
        done: false,
        least: Infinity,
        steps: 0,
      };
      refresh(state);
      state.least = state.loss;
      return state;
    },

    advance(state, { rate }, n, _rng, block) {
      if (!(rate >= 0 && rate < Infinity))
        throw new LehrError('option', `rate is ${show(rate)}, expected a number of at least 0: the time that a step lets pass.`);
      let k = 0;
      paid = 0;
      while (k < n && paid * rows < block.allowance) {
        let left = state.done ? 0 : rate;
        while (left > 0 && !state.done) {
          const passed = pass(state, left, rate);
          state.time += passed;
          left -= passed;
        }
        state.steps++;
        k++;
      }
      if (state.loss < state.least) state.least = state.loss;
      block.steps += k;
      block.evaluations += paid * rows;
      block.energy = state.loss;
      block.best = state.least;
      if (!block.listening) return;
      for (let i = 0; i < told.length; i++) if (block.wanted[i] === 1) block.signals[i] = tell(state, i);
    },

    energy: (state) => state.loss,

    signalOf: tell,

    result({ weights, loss, time, steps }) {
      const copy = weights.slice() as W;
      if (model.evaluate === undefined) return { weights: copy, loss, steps, time };
      const { loss: validation, ...others } = model.evaluate(copy);
      return { weights: copy, loss, validation, figures: others, steps, time };
    },

    save: (state) => plainCopy(state, model.name),
    load: (saved) => saved as Flow<W>,
  };
}
