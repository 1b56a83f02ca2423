import patterns, { type PatternParams } from '../../../problems/network/pattern-recipe.ts';
import type { Dynamics } from '../../../src/dynamics/dynamics.ts';
import { LehrError } from '../../../src/error.ts';

/** A run of the two-pattern network that is looked at on its way. */
export interface NetworkParams extends PatternParams {
  /** Steps from which the signal `calm` tells the training loss; before it is NaN, and no stop rule that waits for it holds. */
  readonly calmFrom: number;
  /** Steps, ascending, after which accuracies are noted. */
  readonly looks: readonly number[];
}

/** What test rows say at some step. */
export interface Look {
  readonly step: number;
  readonly loss: number;
  /** Accuracy on rows with the easy pattern P alone, and with the hard pattern Q alone. */
  readonly p: number;
  readonly q: number;
}

/** What a run comes to. */
export interface NetworkResult {
  readonly end: Look;
  readonly looks: readonly Look[];
}

interface NetworkState {
  readonly inner: unknown;
  steps: number;
  readonly looks: Look[];
}

/** Index of the training loss among the signals of `gradient`. */
const TRAINING = 2;

/** The network of arXiv 1907.04595, with looks and a stop by the training loss once the first phase is over. */
export default function recipe({ calmFrom, looks, ...params }: NetworkParams): {
  dynamics: Dynamics<NetworkState, string, NetworkResult>;
  score: (outcome: { readonly result: NetworkResult }) => number;
} {
  const { dynamics } = patterns({ optimizer: 'sgd', ...params }) as { dynamics: Dynamics<any, string, any> };
  if (dynamics.signals?.[TRAINING] !== 'training') throw new LehrError('contract', 'gradient: its third signal is not the training loss.');
  const lossOf = (state: NetworkState): number => dynamics.signalOf!(state.inner, TRAINING);
  const look = (state: NetworkState): Look => {
    const { figures } = dynamics.result(state.inner, 0, null as never);
    return { step: state.steps, loss: lossOf(state), p: figures.accuracyP, q: figures.accuracyQ };
  };
  const calm = (state: NetworkState): number => (state.steps < calmFrom ? NaN : lossOf(state));
  return {
    score: ({ result }) => result.end.p,
    dynamics: {
      name: 'network looked at',
      controls: dynamics.controls,
      energies: 'estimate',
      kept: 'last',
      ...(dynamics.cost === undefined ? {} : { cost: dynamics.cost }),
      signals: ['calm'],
      fingerprint: { inner: dynamics.fingerprint, calmFrom, looks },

      init: (rng) => ({ inner: dynamics.init(rng), steps: 0, looks: [] }),

      advance(state, controls, n, rng, block) {
        const { listening } = block;
        // The block's signals are ours, not those of the dynamics inside.
        block.listening = false;
        let left = n;
        while (left > 0) {
          const next = looks.find((step) => step > state.steps) ?? Infinity;
          const before = block.steps;
          dynamics.advance(state.inner, controls, Math.min(left, next - state.steps), rng, block);
          const made = block.steps - before;
          state.steps += made;
          left -= made;
          if (state.steps === next) state.looks.push(look(state));
        }
        block.listening = listening;
        if (listening && block.wanted[0] === 1) block.signals[0] = calm(state);
      },

      energy: (state) => dynamics.energy(state.inner),
      signalOf: calm,
      result: (state) => ({ end: look(state), looks: state.looks.map((each) => ({ ...each })) }),
      save: ({ inner, steps, looks: seen }) => ({ inner: dynamics.save(inner), steps, looks: seen.map((each) => ({ ...each })) }),
      load(saved) {
        const { inner, ...rest } = saved as NetworkState;
        return { ...rest, inner: dynamics.load(inner) };
      },
    },
  };
}
