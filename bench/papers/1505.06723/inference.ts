import type { Dynamics } from '../../../src/dynamics/dynamics.ts';
import { svi, type Inferred, type SviState } from '../../../src/dynamics/svi.ts';
import type { SviOptions } from '../../../src/dynamics/svi-options.ts';
import { Rng, type RngState } from '../../../src/random/rng.ts';
import { draw, type Drawn, type Source } from './drawn.ts';

/** A run of variational inference on data that are drawn when it begins. */
export interface InferenceParams extends Pick<SviOptions, 'temper' | 'noise'> {
  readonly source: Source;
  /** Runs of so many steps one after another, each from a start of its own, the best of which counts; without it one run. */
  readonly length?: number;
  /** Which start on these data the run begins from (0). */
  readonly start?: number;
}

/** What a run comes to: the bound in nats, and the perplexity of unseen data, null where there are none. */
export interface InferenceResult {
  readonly bound: number;
  readonly perplexity: number | null;
}

interface InferenceState {
  /** The stream that the data were drawn from, as it was before. */
  readonly data: RngState;
  readonly drawn: Drawn;
  readonly learner: Dynamics<SviState, string, Inferred>;
  inner: SviState;
  steps: number;
  /** The best parameters and energy of the runs that have ended. */
  best: Float64Array | null;
  energy: number;
  /** The least energy on the way. */
  least: number;
}

/**
 * Variational inference on drawn data: runs of one stream have the same data and, in their first run, the same start, whatever the method. Its energy is the negative bound of the
 * true model.
 */
export default function recipe(params: InferenceParams): { dynamics: Dynamics<InferenceState, string, InferenceResult> } {
  const { source, length = Infinity, start = 0, temper = 'none', noise = 'none' } = params;
  const options = { temper, noise };
  const open = (data: RngState): Pick<InferenceState, 'data' | 'drawn' | 'learner'> => {
    const drawn = draw(source, Rng.load(data));
    return { data, drawn, learner: svi(drawn.model, options) };
  };
  const current = ({ inner, energy }: InferenceState): number => Math.min(energy, inner.energy);
  return {
    dynamics: {
      name: 'variational inference on drawn data',
      controls: [...(temper === 'none' ? [] : ['temperature']), ...(noise === 'none' ? [] : ['noiseScale'])],
      energies: 'exact',
      kept: 'last',
      cost: 1,
      fingerprint: { source, length: length === Infinity ? null : length, start, temper, noise },

      init(rng) {
        const opened = open(rng.child('data').save());
        const inner = opened.learner.init(start === 0 ? rng : rng.child('other start', start));
        return { ...opened, inner, steps: 0, best: null, energy: Infinity, least: inner.energy };
      },

      advance(state, controls, n, rng, block) {
        for (let k = 0; k < n; k++) {
          if (state.steps > 0 && state.steps % length === 0) {
            if (state.inner.energy < state.energy) {
              state.energy = state.inner.energy;
              state.best = state.inner.lambda.slice();
            }
            state.inner = state.learner.init(rng.child('start', state.steps));
          }
          state.learner.advance(state.inner, controls, 1, rng, block);
          state.steps++;
          state.least = Math.min(state.least, state.inner.energy);
        }
        // The inner dynamics has counted steps and evaluations.
        block.energy = state.inner.energy;
        block.best = state.least;
      },

      energy: current,

      result(state) {
        const { best, inner, energy, drawn } = state;
        const lambda = best !== null && energy < inner.energy ? best : inner.lambda;
        return { bound: -current(state), perplexity: drawn.perplexity?.(lambda) ?? null };
      },

      save: ({ data, learner, inner, steps, best, energy, least }) => ({
        data,
        inner: learner.save(inner),
        steps,
        best: best?.slice() ?? null,
        energy,
        least,
      }),
      load(saved) {
        const { data, inner, ...rest } = saved as Omit<InferenceState, 'drawn' | 'learner'>;
        const opened = open(data);
        return { ...opened, ...rest, inner: opened.learner.load(inner) };
      },
    },
  };
}
