import { LehrError, show } from '../error.ts';
import { shuffle } from '../random/distributions.ts';
import type { Rng } from '../random/rng.ts';
import { addToAverage, averageInto, checkAveraging, newAverage, type Average, type Averaging } from './average.ts';
import { contrastOf, type ContrastiveModel } from './contrastive-model.ts';
import type { Diverged } from './diverged.ts';
import type { Dynamics } from './dynamics.ts';
import { plainCopy } from './plain.ts';

/** How contrastive divergence goes about it. */
export interface ContrastiveOptions {
  /** Kernel steps from the data, the m of CD-m (1). */
  readonly m?: number;
  /** Rows a step; default: all of them, as in arXiv 1605.06220. */
  readonly batch?: number;
  /** Chains that go on from step to step in place of restarts at the data (PCD; Tieleman 2008): how many, or `true` for as many as the batch. */
  readonly persistent?: boolean | number;
  /** Which parameters are kept (`last`), and the step t₀ an average begins at (0). */
  readonly average?: Averaging;
  readonly from?: number;
  /** Parameters are kept in a ball around 0 (by scaling) or a box (by cutting each). */
  readonly within?: { readonly ball: number } | { readonly box: number };
}

/** What a run returns: the kept parameters with their energy, computed afresh, and the last ones. */
export interface Learned {
  readonly parameters: Float64Array;
  readonly energy: number;
  readonly last: Float64Array;
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
  /** The energy of what is kept, as last told, the least so far, and the step the next is due at. */
  energy: number;
  best: number;
  due: number;
  /** Scratch: nothing of it outlives a step. */
  readonly scratch: { readonly particles: P; readonly gradient: Float64Array; readonly kept: Float64Array; readonly before: Float64Array };
}

const OPTIONS = ['m', 'batch', 'persistent', 'average', 'from', 'within'];

/**
 * Contrastive divergence (Hinton 2002) at the control `rate` η: a step takes a batch of data, lets each row move by m kernel steps, and adds
 * η (mean statistics of the data − of the moved rows) to the parameters. With a rate that is annealed and `average: 'weighted'`, block 1, all rows a step, it is the
 * algorithm of Jiang, Wu and Wong (arXiv 1605.06220). Batches go through the rows in an order that is drawn anew each epoch; the last one of an epoch may be
 * smaller. A step costs one evaluation. Its signal `gradientNorm` is the Euclidean norm of the block's last gradient.
 */
export function contrastive<P>(
  model: ContrastiveModel<P>,
  options: ContrastiveOptions = {},
): Dynamics<ContrastiveState<P>, 'rate', Learned> {
  const { m = 1, batch = model.rows, persistent = false, average = 'last', from = 0, within } = options;
  const { rows, size, tell = 1 } = model;
  for (const name of Object.keys(options))
    if (!OPTIONS.includes(name))
      throw new LehrError('option', `contrastive: unknown option ${show(name)}, expected ${OPTIONS.join(', ')}.`);
  checkCount('m', m, Infinity);
  checkCount('batch', batch, rows);
  const chainCount = persistent === false ? 0 : persistent === true ? batch : persistent;
  if (chainCount !== 0) checkCount('persistent', chainCount, Infinity);
  checkAveraging('contrastive', average, from);
  const [kind, radius] = Object.entries(within ?? {})[0] ?? ['', Infinity];
  if (within !== undefined && !((kind === 'ball' || kind === 'box') && radius > 0))
    throw new LehrError('option', `contrastive: within is ${show(within)}, expected { ball: … } or { box: … }, above 0.`);

  const scratch = (): ContrastiveState<P>['scratch'] => ({
    particles: model.particles(batch),
    gradient: new Float64Array(size),
    kept: new Float64Array(size),
    before: new Float64Array(size),
  });
  const kept = ({ parameters, average: sums, scratch: { kept } }: ContrastiveState<P>): Float64Array => {
    averageInto(sums, parameters, kept);
    return kept;
  };

  return {
    name: 'contrastive',
    controls: ['rate'],
    energies: model.energies,
    kept: average === 'last' ? 'last' : 'average',
    cost: 1,
    signals: ['gradientNorm'],
    size,
    fingerprint: {
      model: model.name,
      ...(model.fingerprint === undefined ? {} : { data: model.fingerprint }),
      m,
      batch,
      chains: chainCount,
      average,
      from,
      within: within ?? null,
    },

    init(rng) {
      const parameters = model.init(rng);
      const order = Int32Array.from({ length: rows }, (_, row) => row);
      const chains = chainCount === 0 ? null : model.particles(chainCount);
      if (chains !== null) {
        const begin = Int32Array.from({ length: chainCount }, () => rng.below(rows));
        model.place(chains, begin, 0, chainCount);
      }
      const energy = model.energy(parameters);
      if (!Number.isFinite(energy))
        throw new LehrError('contract', `${model.name}: the first parameters have energy ${energy}, expected a finite number.`);
      const at = batch === rows ? 0 : rows;
      return { parameters, average: newAverage(size), chains, order, at, steps: 0, energy, best: energy, due: tell, scratch: scratch() };
    },

    advance(state, controls, n, rng, block) {
      const { rate } = controls;
      if (!(rate >= 0 && rate < Infinity))
        throw new LehrError('option', `rate is ${show(rate)}, expected a finite number of at least 0. Maybe the schedule goes below zero.`);
      const { parameters, scratch } = state;
      scratch.before.set(kept(state));
      for (let k = 0; k < n; k++) {
        step(model, state, batch, chainCount, m, rng);
        addToAverage(state.average, average, from, state.steps, rate, parameters);
        const { gradient } = scratch;
        for (let i = 0; i < size; i++) parameters[i] += rate * gradient[i];
        if (within !== undefined) project(parameters, kind, radius);
        state.steps++;
      }
      const norm = normOf(scratch.gradient);
      if (!(normOf(parameters) < Infinity)) {
        throw new LehrError(
          'option',
          `contrastive: after step ${state.steps} at rate ${rate} a parameter is no longer finite. Maybe a smaller rate, or within: { ball: … }.`,
          { details: { diverged: { step: state.steps, rate, kept: scratch.before } } satisfies Diverged },
        );
      }
      if (state.steps >= state.due) {
        state.energy = model.energy(kept(state));
        if (state.energy < state.best) state.best = state.energy;
        state.due = state.steps + tell;
      }
      if (block.wanted[0] === 1) block.signals[0] = norm;
      block.steps += n;
      block.evaluations += n;
      block.energy = state.energy;
      block.best = state.best;
    },

    energy: (state) => state.energy,

    result(state) {
      const parameters = kept(state).slice();
      return { parameters, energy: model.energy(parameters), last: state.parameters.slice() };
    },

    save: ({ parameters, average, chains, order, at, steps, energy, best, due }) =>
      plainCopy({ parameters, average, chains, order, at, steps, energy, best, due }, model.name),
    load: (saved) => ({ ...(saved as Omit<ContrastiveState<P>, 'scratch'>), scratch: scratch() }),
  };
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

function project(parameters: Float64Array, kind: string, radius: number): void {
  if (kind === 'box') {
    for (let k = 0; k < parameters.length; k++) parameters[k] = Math.max(-radius, Math.min(radius, parameters[k]));
    return;
  }
  const norm = normOf(parameters);
  if (norm > radius) for (let k = 0; k < parameters.length; k++) parameters[k] *= radius / norm;
}

function normOf(values: Float64Array): number {
  let squares = 0;
  for (let k = 0; k < values.length; k++) squares += values[k] * values[k];
  return Math.sqrt(squares);
}

function checkCount(name: string, value: unknown, most: number): void {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= most) return;
  throw new LehrError(
    'option',
    `contrastive: ${name} is ${show(value)}, expected a whole number from 1${most === Infinity ? ' on' : ` to ${most}`}.`,
  );
}
