import { shuffle } from '../random/distributions.ts';
import { Rng, type RngState } from '../random/rng.ts';
import { accepts, HOPELESS } from './acceptance.ts';
import type { Dynamics } from './dynamics.ts';
import { plainCopy } from './plain.ts';
import { fullBound, Stepper } from './svi-step.ts';
import { checkControls, checkCourse, checkSvi, type SviOptions } from './svi-options.ts';
import { allRows } from './model.ts';
import type { VariationalModel } from './variational-model.ts';

/** What a run returns. */
export interface Inferred {
  /** Natural parameters λ of q(θ). */
  readonly parameters: Float64Array;
  /** The lower bound on the log evidence in nats, with local laws computed anew over all rows: at least what the run told. */
  readonly bound: number;
}

/** The state of a run. */
export interface SviState {
  readonly lambda: Float64Array;
  /** What rows keep between visits, where the model has them do so and each step visits all. */
  memory: Float64Array | null;
  /** The rows in the order of this epoch, and the next one's place. */
  readonly order: Int32Array;
  at: number;
  steps: number;
  /** Noise has a stream of its own: minibatches are the same with and without it. */
  readonly noise: Rng;
  /** The negative bound as last told, the least so far, and the step the next is due at. */
  energy: number;
  best: number;
  due: number;
  /** What the signal `change` tells, and whether the bound before was told by a plain step. */
  change: number;
  plain: boolean;
  /** Scratch: nothing of it outlives a step. */
  readonly scratch: Stepper;
}

/**
 * Variational inference in a conjugate-exponential model. With all rows a step it is coordinate ascent: the local step, then the best q(θ). With `batch` it is stochastic variational
 * inference (Hoffman, Blei, Wang and Paisley, JMLR 14, 2013, figure 4): λ ← (1 − rate) λ + rate (prior + rows / batch · statistics of the minibatch), a natural-gradient step.
 *
 * Annealed by the control `temperature` (`temper`, deterministic; 1 is none) and the control `noiseScale` (`noise`, stochastic; 0 is none); a run ends with them at 1 and 0, best in a
 * leg of its own. At temperature 1 and noise scale 0 a step is the plain one, bit for bit.
 *
 * The energy is the negative lower bound (ELBO) on the log evidence of the true model, whatever the controls: with all rows a step that of the local laws and q after the step, which in
 * plain coordinate ascent never rises; with minibatches an unbiased estimate of that before the step. A step costs one evaluation, `metropolis` two while its scale is above 0.
 *
 * Signal: `change`, by what share of its size the bound moved between the last two that were told; Infinity unless both were of plain steps (temperature 1, noise scale 0), so that it ends no run that is still annealed.
 */
export function svi(model: VariationalModel, options: SviOptions = {}): Dynamics<SviState, string, Inferred> {
  const checked = checkSvi(model, options);
  const { batch, temper, noise, stride, tell } = checked;
  const { rows, prior, memory = 0 } = model;
  const size = prior.length;
  const whole = batch === rows;
  const rated = options.batch !== undefined;
  const controls = [...(rated ? ['rate'] : []), ...(temper === 'none' ? [] : ['temperature']), ...(noise === 'none' ? [] : ['noiseScale'])];
  const scratch = (): Stepper => new Stepper(model, checked);

  /** One step of Metropolis on the bound; returns its evaluations. */
  const leap = (state: SviState, temperature: number): number => {
    const { scratch: step, noise: rng } = state;
    if (temperature === 0) {
      state.energy = -step.ascend(state, 1, 1, 0, true);
      return 1;
    }
    const other = { lambda: state.lambda.slice(), memory: state.memory?.slice() ?? null, order: state.order, noise: rng };
    model.perturb!(other.lambda, stride, rng);
    const plain = step.ascend(state, 1, 1, 0, true);
    const far = step.ascend(other, 1, 1, 0, true);
    const off = (plain - far) / temperature;
    const draw = rng.uint32();
    state.energy = -plain;
    if (off <= 0 || (off < HOPELESS && accepts(off, draw))) {
      state.lambda.set(other.lambda);
      if (other.memory !== null) state.memory!.set(other.memory);
      state.energy = -far;
    }
    return 2;
  };

  return {
    name: 'svi',
    controls,
    energies: whole ? 'exact' : 'estimate',
    kept: 'last',
    signals: ['change'],
    signalOf: ({ change }) => change,
    ...(noise === 'metropolis' ? {} : { cost: 1 }),
    size,
    fingerprint: {
      model: model.name,
      ...(model.fingerprint === undefined ? {} : { data: model.fingerprint }),
      batch,
      temper,
      noise,
      stride,
      tell,
    },

    checkControls: (values, _, steps) => checkCourse(checked, values, steps),

    init(rng) {
      const state: SviState = {
        lambda: model.init(rng),
        memory: whole && memory > 0 ? new Float64Array(rows * memory).fill(NaN) : null,
        order: allRows(rows),
        at: whole ? 0 : rows,
        steps: 0,
        noise: rng.child('noise'),
        energy: 0,
        best: 0,
        due: tell,
        change: Infinity,
        plain: false,
        scratch: scratch(),
      };
      state.energy = state.best = -state.scratch.survey(state, batch);
      return state;
    },

    advance(state, values, n, rng, block) {
      const rate = rated ? values.rate : 1;
      const temperature = temper === 'none' ? 1 : values.temperature;
      const noiseScale = noise === 'none' ? 0 : values.noiseScale;
      checkControls(checked, rate, temperature, noiseScale);
      const plain = temperature === 1 && noiseScale === 0;
      let done = 0;
      for (; done < n && block.evaluations < block.allowance; done++) {
        const told = state.steps + 1 >= state.due;
        const before = state.energy;
        if (noise === 'metropolis') block.evaluations += leap(state, noiseScale);
        else {
          if (!whole && state.at >= rows) {
            shuffle(rng, state.order);
            state.at = 0;
          }
          const count = Math.min(batch, rows - state.at);
          const bound = whole
            ? state.scratch.ascend(state, rate, temperature, noiseScale, told)
            : state.scratch.drift(state, state.at, state.at + count, rate, temperature, noiseScale, told);
          if (!whole) state.at += count;
          if (told) state.energy = -bound;
          block.evaluations++;
        }
        state.steps++;
        if (told) {
          if (state.energy < state.best) state.best = state.energy;
          state.due = state.steps + tell;
          state.change = plain && state.plain ? Math.abs(state.energy - before) / Math.abs(state.energy) : Infinity;
          state.plain = plain;
        }
      }
      if (block.listening && block.wanted[0] === 1) block.signals[0] = state.change;
      block.steps += done;
      block.energy = state.energy;
      block.best = state.best;
    },

    energy: (state) => state.energy,

    result({ lambda, memory }) {
      return { parameters: lambda.slice(), bound: fullBound(model, lambda, memory?.slice() ?? null) };
    },

    save({ lambda, memory, order, at, steps, noise, energy, best, due, change, plain }) {
      return plainCopy({ lambda, memory, order, at, steps, noise: noise.save(), energy, best, due, change, plain }, model.name);
    },
    load(saved) {
      const { noise, ...rest } = saved as Omit<SviState, 'scratch' | 'noise'> & { noise: RngState };
      return { ...rest, noise: Rng.load(noise), scratch: scratch() };
    },
  };
}

/**
 * The lower bound of parameters over all rows, with the best local laws: what a run's result tells of its own.
 */
export function evidenceBound(model: VariationalModel, parameters: Float64Array): number {
  return fullBound(model, parameters, null);
}
