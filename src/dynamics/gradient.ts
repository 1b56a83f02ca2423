import { shuffle } from '../random/distributions.ts';
import type { Rng } from '../random/rng.ts';
import { addToAverage, averageInto, isBegun, newAverage } from './average.ts';
import type { Block } from './block.ts';
import { DivergedError } from './diverged.ts';
import { seat } from './desk.ts';
import type { Dynamics } from './dynamics.ts';
import { checkCourse, checkRange } from './gradient-controls.ts';
import { choicesOf, type GradientOptions } from './gradient-options.ts';
import { allRows, trainingLoss, type Model, type Weights } from './model.ts';
import { loadTraining, saveTraining, Training, type Trained } from './training.ts';

/** Signals before those of held-out data. */
const LOSS = 0;
const GRADIENT_NORM = 1;
const TRAINING = 2;
const VALIDATION = 3;

/**
 * Minibatch gradient descent of a model by an optimiser: a step is one minibatch, and costs as many evaluations as it has rows. Each epoch takes all rows
 * once, in an order drawn from the chain's stream; the last minibatch of an epoch may be smaller. Controls: those of the optimiser (`rate` first), then the model's own.
 *
 * The energy is what weights are kept for: the held-out loss where the best are kept, else the training loss: of the weights themselves on the full batch, the mean of the
 * last block's minibatches otherwise (an estimate). With held-out data and `keep: 'best'`, `until: { stalled }` is therefore early stopping. Signals:
 * - `loss`: the mean of the block's minibatch losses, each before its step;
 * - `gradientNorm`: the Euclidean norm of the gradient of its last minibatch; on the full batch of the gradient at the weights;
 * - `training`: the training loss over all rows at the end of the block; free on the full batch, elsewhere a pass over the data;
 * - `validation` and the model's figures (`accuracy` …): what held-out data said last, of the average where that is kept; fresh in blocks with a look at them.
 *
 * @throws DivergedError a `LehrError` (`option`), from the step at which the training loss is no finite number.
 */
export function gradient<W extends Weights, C extends string, K extends string = never>(
  model: Model<W, K>,
  options: GradientOptions<C>,
): Dynamics<Training<W>, C | K, Trained<W>> {
  const choices = choicesOf(model, options);
  const { batch, keep, evaluateEvery, averageFrom, averaging, exact } = choices;
  const { optimizer } = options;
  const { rows, size, figures = [] } = model;
  const all = allRows(rows);
  const tells = model.evaluate !== undefined;
  const judged = keep === 'best' && tells;
  const desk = model.desk?.(optimizer.moments) ?? null;
  const told = ['loss', 'gradientNorm', 'training', ...(tells ? ['validation', ...figures] : [])];
  /** The one object that the model sees of each step. */
  const here: { rng: Rng; controls: Readonly<Record<string, number>> } = { rng: null as unknown as Rng, controls: {} };

  /** The weights that would be kept if the run ended here and now, but for the best. */
  const estimateOf = (state: Training<W>): W => {
    const { averages, weights, kept } = state;
    if (averages === null || !isBegun(averages.weights)) return weights;
    averageInto(averages.weights, weights, kept);
    return kept;
  };
  const lossOfAverage = new Float64Array(1);
  const lossHere = new Float64Array(1);

  const look = (state: Training<W>, block: Block | null): void => {
    const evaluation = model.evaluate!(estimateOf(state));
    if (judged) {
      state.heldOut = evaluation.loss;
      if (evaluation.loss < state.keptLoss) {
        state.keptLoss = evaluation.loss;
        state.kept.set(state.weights);
      }
    }
    if (block === null || !block.listening) return;
    const { wanted, signals } = block;
    for (let i = VALIDATION; i < told.length; i++)
      if (wanted[i] === 1) signals[i] = i === VALIDATION ? evaluation.loss : evaluation[figures[i - VALIDATION - 1]];
  };
  /** What follows from the weights on the full batch. */
  const refresh = (state: Training<W>): void => {
    state.loss = model.gradient(state.weights, all, 0, rows, state.gradient);
  };
  const energyOf = ({ averages, keptLoss, loss }: Training<W>): number => {
    if (averages === null) return keep === 'best' ? keptLoss : loss;
    lossHere[0] = loss;
    averageInto(averages.loss, lossHere, lossOfAverage);
    return lossOfAverage[0];
  };
  /** Takes the weights, and the loss they had before this step, into the averages. */
  const average = ({ averages, weights, steps }: Training<W>, loss: number): void => {
    lossHere[0] = loss;
    addToAverage(averages!.weights, averaging, averageFrom, steps - 1, 1, weights);
    addToAverage(averages!.loss, averaging, averageFrom, steps - 1, 1, lossHere);
  };

  /** One step; gives the loss before it. @param first of its block: then the weights are put by, should the block diverge. */
  const step = (state: Training<W>, first: boolean): number => {
    const { weights, gradient } = state;
    let loss = state.loss;
    if (!exact) {
      const from = state.cursor;
      if (from === 0 && batch < rows) shuffle(here.rng, state.order);
      const to = Math.min(from + batch, rows);
      loss = model.gradient(weights, state.order, from, to, gradient, here);
      if (!Number.isFinite(loss)) throw diverged(state, loss);
      state.cursor = to === rows ? 0 : to;
    }
    if (first && keep !== 'best') state.before.set(estimateOf(state));
    optimizer.step(weights, gradient, state.moments, here.controls, state.count + 1, here.rng);
    model.after?.(weights, here);
    state.steps++;
    state.count++;
    if (exact) {
      state.loss = model.gradient(weights, all, 0, rows, gradient, here);
      if (!Number.isFinite(state.loss)) throw diverged(state, state.loss);
      if (keep === 'best' && !tells && state.loss < state.keptLoss) {
        state.keptLoss = state.loss;
        state.kept.set(weights);
      }
    }
    return loss;
  };
  const diverged = (state: Training<W>, loss: number): DivergedError =>
    new DivergedError(model.name, loss, Math.max(1, state.steps), here.controls.rate, keep === 'best' ? state.kept : state.before);

  const train = (state: Training<W>, n: number, block: Block): void => {
    const { allowance } = block;
    const watches = tells && (judged || listens(block, told.length));
    let sum = 0;
    let looked = false;
    let k = 0;
    let paid = 0;
    while (k < n && paid < allowance) {
      paid += Math.min(batch, rows - state.cursor);
      const loss = step(state, k === 0);
      sum += loss;
      k++;
      if (keep === 'average') average(state, loss);
      if (watches && state.steps % evaluateEvery === 0) {
        look(state, block);
        looked = true;
      }
    }
    if (!exact) state.loss = sum / k;
    const energy = energyOf(state);
    if (energy < state.least) state.least = energy;
    block.steps += k;
    block.evaluations += paid;
    block.energy = judged ? state.heldOut : state.loss;
    block.best = state.least;
    if (!block.listening) return;
    const { wanted, fresh, signals } = block;
    if (wanted[LOSS] === 1) signals[LOSS] = sum / k;
    if (wanted[GRADIENT_NORM] === 1) signals[GRADIENT_NORM] = norm(state.gradient);
    // After the norm: this may write over the gradient of the last minibatch.
    if (wanted[TRAINING] === 1) signals[TRAINING] = exact ? state.loss : trainingLoss(model, state.weights, all, state.gradient);
    for (let i = VALIDATION; i < told.length; i++) if (wanted[i] === 1) fresh[i] = looked ? 1 : 0;
  };

  return {
    name: 'gradient',
    controls: [...optimizer.controls, ...(model.controls ?? [])],
    energies: judged || (exact && keep !== 'average') ? 'exact' : 'estimate',
    kept: keep,
    ...(rows % batch === 0 ? { cost: batch } : {}),
    signals: told,
    size,
    fingerprint: {
      model: model.name,
      ...(model.fingerprint === undefined ? {} : { instance: model.fingerprint }),
      optimizer: { name: optimizer.name, ...optimizer.settings },
      batch,
      keep,
      averageFrom,
      averaging,
      evaluateEvery,
    },

    init(rng) {
      const weights = model.init(rng);
      const moments = Array.from({ length: optimizer.moments }, () => weights.slice().fill(optimizer.start ?? 0) as W);
      const state = new Training<W>(weights, moments, allRows(rows));
      if (keep !== 'last') state.kept = weights.slice() as W;
      if (keep === 'average') state.averages = { weights: newAverage(size, averaging), loss: newAverage(1, averaging) };
      if (exact) refresh(state);
      else state.loss = trainingLoss(model, weights, all, state.gradient);
      if (judged) look(state, null);
      else state.keptLoss = state.loss;
      state.least = energyOf(state);
      return state;
    },

    checkControls: (controls, _, steps) => checkCourse(controls, optimizer.controls, steps),

    advance(state, controls, n, rng, block) {
      checkRange(controls, optimizer.controls);
      here.rng = rng;
      here.controls = controls;
      if (desk === null) return train(state, n, block);
      const leave = seat(state, desk, exact);
      try {
        train(state, n, block);
      } finally {
        leave();
      }
    },

    energy: energyOf,

    signalOf(state, signal) {
      if (signal === TRAINING) return exact ? state.loss : trainingLoss(model, state.weights, all, state.gradient);
      if (signal < VALIDATION) return NaN;
      const evaluation = model.evaluate!(estimateOf(state));
      return signal === VALIDATION ? evaluation.loss : evaluation[figures[signal - VALIDATION - 1]];
    },

    result(state) {
      const weights = (keep === 'best' ? state.kept : estimateOf(state)).slice() as W;
      const loss = trainingLoss(model, weights, all, weights.slice() as W);
      if (!tells) return { weights, loss, steps: state.steps };
      const { loss: validation, ...others } = model.evaluate!(weights);
      return { weights, loss, validation, figures: others, steps: state.steps };
    },

    rewind(state) {
      if (keep === 'last') return;
      state.weights.set(keep === 'best' ? state.kept : estimateOf(state));
      for (const moment of state.moments) moment.fill(optimizer.start ?? 0);
      state.count = 0;
      state.cursor = 0;
      if (exact) refresh(state);
    },

    save: (state) => saveTraining(state, keep, model.name),

    load(saved) {
      const state = loadTraining<W>(saved, keep);
      if (exact) refresh(state);
      return state;
    },
  };
}

/** Whether anyone wants to hear of held-out data. */
function listens({ wanted, listening }: Block, signals: number): boolean {
  if (!listening) return false;
  for (let i = VALIDATION; i < signals; i++) if (wanted[i] === 1) return true;
  return false;
}

function norm(gradient: Weights): number {
  let sum = 0;
  for (let i = 0; i < gradient.length; i++) sum += gradient[i] * gradient[i];
  return Math.sqrt(sum);
}
