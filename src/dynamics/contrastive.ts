import { LehrError, show } from '../error.ts';
import { shuffle } from '../random/distributions.ts';
import type { Rng } from '../random/rng.ts';
import { addToAverage, averageInto, newAverage, type Average } from './average.ts';
import type { Block } from './block.ts';
import { contrastOf, type ContrastiveModel } from './contrastive-model.ts';
import { choicesOf, type ContrastiveOptions } from './contrastive-options.ts';
import type { Diverged } from './diverged.ts';
import type { Dynamics } from './dynamics.ts';
import type { Evaluation } from './model.ts';
import { plainCopy } from './plain.ts';

/** What a run returns: the kept parameters with their energy, computed afresh, what held-out data say of them, if there are any, and the last parameters. */
export interface Learned {
  readonly parameters: Float64Array;
  readonly energy: number;
  readonly last: Float64Array;
  /** The held-out loss. */
  readonly validation?: number;
  /** The model's other figures on held-out data, by name. */
  readonly figures?: Readonly<Record<string, number>>;
}

/** The state of a run. */
export interface ContrastiveState<P> {
  readonly parameters: Float64Array;
  readonly average: Average;
  /** Persistent chains, or null. */
  readonly chains: P | null;
  /** The rows in the order of this epoch, and the next one's place. */
  readonly order: Int32Array;
  at: number;
  steps: number;
  /** The best estimate where that is kept, else null. */
  readonly kept: Float64Array | null;
  /** The energy as last told, the least so far, and the step the next is due at. */
  energy: number;
  best: number;
  due: number;
  /** Scratch: nothing of it outlives a step. */
  readonly scratch: {
    readonly particles: P;
    readonly gradient: Float64Array;
    readonly estimate: Float64Array;
    readonly before: Float64Array;
  };
}

/** Signals before those of held-out data. */
const GRADIENT_NORM = 0;
const TRAINING = 1;
const VALIDATION = 2;

/**
 * Contrastive divergence (Hinton 2002) at the control `rate` η: a step takes a batch of data, lets each row move by m kernel steps, and adds
 * η (mean statistics of the data − of the moved rows) to the parameters. With a rate that is annealed and `average: 'weighted'`, block 1, all rows a step, it is the
 * algorithm of Jiang, Wu and Wong (arXiv 1605.06220). Batches go through the rows in an order that is drawn anew each epoch; the last one of an epoch may be
 * smaller. A step costs one evaluation.
 *
 * The energy is what the estimate is kept for: the held-out loss where the best is kept (so that `until: { stalled }` is early stopping), else the model's own. It is told at the first block
 * end after each `tell` steps of the model. Signals:
 * - `gradientNorm`: the Euclidean norm of the block's last gradient;
 * - `training`: the model's energy of the estimate;
 * - `validation` and the model's figures: what held-out data say of the estimate, in nats a row where it is a likelihood; fresh in blocks with a look at them, which come when energies are told.
 */
export function contrastive<P>(
  model: ContrastiveModel<P>,
  options: ContrastiveOptions = {},
): Dynamics<ContrastiveState<P>, 'rate', Learned> {
  const { m, batch, chains: chainCount, average, from, keep, within } = choicesOf(model, options);
  const { rows, size, tell = 1, figures = [] } = model;
  const judged = keep === 'best';
  const told = ['gradientNorm', 'training', ...(model.evaluate === undefined ? [] : ['validation', ...figures])];

  const scratch = (): ContrastiveState<P>['scratch'] => ({
    particles: model.particles(batch),
    gradient: new Float64Array(size),
    estimate: new Float64Array(size),
    before: new Float64Array(size),
  });
  const estimateOf = ({ parameters, average: sums, scratch: { estimate } }: ContrastiveState<P>): Float64Array => {
    averageInto(sums, parameters, estimate);
    return estimate;
  };
  const said = (evaluation: Evaluation, signal: number): number =>
    signal === VALIDATION ? evaluation.loss : evaluation[figures[signal - VALIDATION - 1]];

  /** Tells the energy, and what is wanted of held-out data. */
  const look = (state: ContrastiveState<P>, { listening, wanted, signals }: Block): void => {
    const estimate = estimateOf(state);
    if (!judged) state.energy = model.energy(estimate);
    if (judged || (listening && listens(wanted, VALIDATION, told.length))) {
      const evaluation = model.evaluate!(estimate);
      if (judged) state.energy = evaluation.loss;
      if (listening) for (let i = VALIDATION; i < told.length; i++) if (wanted[i] === 1) signals[i] = said(evaluation, i);
    }
    if (listening && wanted[TRAINING] === 1) signals[TRAINING] = judged ? model.energy(estimate) : state.energy;
    state.due = state.steps + tell;
    if (!(state.energy < state.best)) return;
    state.best = state.energy;
    state.kept?.set(estimate);
  };

  return {
    name: 'contrastive',
    controls: ['rate'],
    energies: judged ? 'exact' : model.energies,
    kept: judged ? 'best' : average === 'last' ? 'last' : 'average',
    cost: 1,
    signals: told,
    size,
    fingerprint: {
      model: model.name,
      ...(model.fingerprint === undefined ? {} : { data: model.fingerprint }),
      m,
      batch,
      chains: chainCount,
      average,
      from,
      keep,
      within,
    },

    init(rng) {
      const parameters = model.init(rng);
      const order = Int32Array.from({ length: rows }, (_, row) => row);
      const chains = chainCount === 0 ? null : model.particles(chainCount);
      if (chains !== null) {
        const begin = Int32Array.from({ length: chainCount }, () => rng.below(rows));
        model.place(chains, begin, 0, chainCount);
      }
      const energy = judged ? model.evaluate!(parameters).loss : model.energy(parameters);
      if (!Number.isFinite(energy))
        throw new LehrError('contract', `${model.name}: the first parameters have energy ${energy}, expected a finite number.`);
      const at = batch === rows ? 0 : rows;
      const kept = judged ? parameters.slice() : null;
      return {
        parameters,
        average: newAverage(size, average),
        chains,
        order,
        at,
        steps: 0,
        kept,
        energy,
        best: energy,
        due: tell,
        scratch: scratch(),
      };
    },

    advance(state, controls, n, rng, block) {
      const { rate } = controls;
      if (!(rate >= 0 && rate < Infinity))
        throw new LehrError('option', `rate is ${show(rate)}, expected a finite number of at least 0. Maybe the schedule goes below zero.`);
      const { parameters, scratch } = state;
      if (!judged) scratch.before.set(estimateOf(state));
      for (let k = 0; k < n; k++) {
        step(model, state, batch, chainCount, m, rng);
        addToAverage(state.average, average, from, state.steps, rate, parameters);
        const { gradient } = scratch;
        for (let i = 0; i < size; i++) parameters[i] += rate * gradient[i];
        if (within !== null) project(parameters, within!);
        state.steps++;
      }
      const norm = normOf(scratch.gradient);
      if (!(normOf(parameters) < Infinity)) {
        throw new LehrError(
          'option',
          `contrastive: after step ${state.steps} at rate ${rate} a parameter is no longer finite. Maybe a smaller rate, or within: { ball: … }.`,
          { details: { diverged: { step: state.steps, rate, kept: state.kept ?? scratch.before } } satisfies Diverged },
        );
      }
      const looked = state.steps >= state.due;
      if (looked) look(state, block);
      block.steps += n;
      block.evaluations += n;
      block.energy = state.energy;
      block.best = state.best;
      if (!block.listening) return;
      const { wanted, fresh, signals } = block;
      if (wanted[GRADIENT_NORM] === 1) signals[GRADIENT_NORM] = norm;
      for (let i = TRAINING; i < told.length; i++) if (wanted[i] === 1) fresh[i] = looked ? 1 : 0;
    },

    energy: (state) => (judged ? state.best : state.energy),

    signalOf(state, signal) {
      if (signal < TRAINING) return NaN;
      const estimate = estimateOf(state);
      return signal === TRAINING ? model.energy(estimate) : said(model.evaluate!(estimate), signal);
    },

    result(state) {
      const parameters = (state.kept ?? estimateOf(state)).slice();
      const common = { parameters, energy: model.energy(parameters), last: state.parameters.slice() };
      if (model.evaluate === undefined) return common;
      const { loss: validation, ...others } = model.evaluate(parameters);
      return { ...common, validation, figures: others };
    },

    save: ({ parameters, average, chains, order, at, steps, kept, energy, best, due }) =>
      plainCopy({ parameters, average, chains, order, at, steps, kept, energy, best, due }, model.name),
    load: (saved) => ({ ...(saved as Omit<ContrastiveState<P>, 'scratch'>), scratch: scratch() }),
  };
}

/** Whether anyone wants to hear a signal from `first` on. */
function listens(wanted: Uint8Array, first: number, signals: number): boolean {
  for (let i = first; i < signals; i++) if (wanted[i] === 1) return true;
  return false;
}

/** Writes the gradient of the next batch. */
function step<P>(model: ContrastiveModel<P>, state: ContrastiveState<P>, batch: number, chainCount: number, m: number, rng: Rng): void {
  const { parameters, chains, order } = state;
  const { particles, gradient } = state.scratch;
  if (state.at >= model.rows) {
    shuffle(rng, order);
    state.at = 0;
  }
  const count = Math.min(batch, model.rows - state.at);
  model.place(particles, order, state.at, count);
  // A whole batch is the same rows every time: their order may stay.
  if (batch < model.rows) state.at += count;
  if (model.contrast === undefined) contrastOf(model, parameters, particles, count, chains, chainCount, m, rng, gradient);
  else model.contrast(parameters, particles, count, chains, chainCount, m, rng, gradient);
}

function project(parameters: Float64Array, within: NonNullable<ContrastiveOptions['within']>): void {
  if ('box' in within) {
    for (let k = 0; k < parameters.length; k++) parameters[k] = Math.max(-within.box, Math.min(within.box, parameters[k]));
    return;
  }
  const norm = normOf(parameters);
  if (norm > within.ball) for (let k = 0; k < parameters.length; k++) parameters[k] *= within.ball / norm;
}

function normOf(values: Float64Array): number {
  let squares = 0;
  for (let k = 0; k < values.length; k++) squares += values[k] * values[k];
  return Math.sqrt(squares);
}
