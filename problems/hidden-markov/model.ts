import { checkKeys } from '../../src/run/plan.ts';
import { digestOf } from '../table/digest.ts';
import {
  CHAIN_OPTIONS,
  checkChain,
  checkConcentration,
  hiddenChain,
  meansOf,
  type ChainLaw,
  type ChainOptions,
  type HiddenChain,
} from './chain.ts';
import { checkSequences, type Sequences } from './data.ts';
import { symbolEmissions } from './symbols.ts';

/** A hidden Markov model of symbols and its priors. */
export interface HiddenMarkovOptions extends ChainOptions {
  /** Concentration of each state's symbols (1). */
  readonly emission?: number;
}

/** Posterior means: states; states × states; states × symbols. */
export interface HiddenMarkovLaw extends ChainLaw {
  readonly emissions: Float64Array;
}

/** A hidden Markov model for `svi`; its rows are sequences. */
export interface HiddenMarkov extends HiddenChain {
  describe(lambda: Float64Array): HiddenMarkovLaw;
}

/**
 * A Bayesian hidden Markov model of discrete symbols: Dirichlet laws over the first state, the transitions from each and the symbols of each; see `hiddenChain`. Natural parameters: the concentrations, first
 * state, transitions and symbols, row by row.
 * @throws LehrError `input` for sequences that are empty or hold what is no symbol; `option` for options that do not fit.
 */
export function hiddenMarkov(data: Sequences, options: HiddenMarkovOptions): HiddenMarkov {
  checkKeys('hiddenMarkov', options, [...CHAIN_OPTIONS, 'emission']);
  checkSequences(data);
  const chain = checkChain('hiddenMarkov', options);
  const { emission = 1 } = options;
  checkConcentration('hiddenMarkov', 'emission', emission);
  const { symbols, starts, values } = data;
  const model = hiddenChain('hidden Markov model', starts, chain, symbolEmissions(data, chain.states, emission), {
    digest: digestOf({ inputs: Float64Array.from(values), targets: Float64Array.from(starts) }),
    symbols,
    ...chain,
    emission,
  });
  return {
    ...model,
    describe: (lambda) => ({ ...model.chain(lambda), emissions: meansOf(model.emissions(lambda), symbols) }),
  };
}
