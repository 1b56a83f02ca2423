import { checkKeys } from '../../src/run/plan.ts';
import { normalPrior, type NormalPriorOptions } from '../conjugate/normal-prior.ts';
import { NormalWishart } from '../conjugate/wishart.ts';
import { digestOfArrays } from '../table/digest.ts';
import { CHAIN_OPTIONS, checkChain, hiddenChain, type ChainLaw, type ChainOptions, type HiddenChain } from './chain.ts';
import { checkObservations, placeIn, type Observations } from './observations.ts';
import { gaussianEmissions } from './gaussian.ts';
import type { GaussianChainPosterior } from './predict.ts';

/** A hidden Markov model of points and its priors: the states' are Normal–Wishart laws, diagonal unless covariances are to be full. */
export interface GaussianHiddenMarkovOptions extends ChainOptions, NormalPriorOptions {}

/** Posterior means of the chain, and each state's Gaussian. */
export interface GaussianHiddenMarkovLaw extends ChainLaw {
  /** states × d: m. */
  readonly means: Float64Array;
  /** The inverse of E[Λ]: states × d × d, or × d where diagonal. */
  readonly covariances: Float64Array;
}

/** A hidden Markov model with Gaussian emissions for `svi`; its rows are sequences. */
export interface GaussianHiddenMarkov extends HiddenChain {
  readonly d: number;
  describe(lambda: Float64Array): GaussianHiddenMarkovLaw;
  /** What `predictObservations` needs to say something of other sequences. */
  posterior(lambda: Float64Array): GaussianChainPosterior;
}

/**
 * A Bayesian hidden Markov model of points: Dirichlet laws over the first state and the transitions from each, a Normal–Wishart law over the mean and precision of each state; see `hiddenChain` and
 * `NormalWishart`.
 * @throws LehrError `input` for sequences that are empty, values that are no numbers, or columns that are constant; `option` for options that do not fit.
 */
export function gaussianHiddenMarkov(data: Observations, options: GaussianHiddenMarkovOptions): GaussianHiddenMarkov {
  const name = 'gaussianHiddenMarkov';
  checkKeys(name, options, [...CHAIN_OPTIONS, 'covariance', 'mean', 'meanPrecision', 'degrees', 'scatter', 'spread']);
  checkObservations(data);
  const chain = checkChain(name, options);
  const { d, starts, values } = data;
  const { states } = chain;
  const prior = normalPrior(name, values, d, { covariance: 'diagonal', ...options }, placeIn(data));
  const { covariance, mean, meanPrecision, degrees, scatter, centre } = prior;
  const model = hiddenChain('hidden Markov model of points', starts, chain, gaussianEmissions(prior, states), {
    digest: digestOfArrays([values, starts, mean, scatter]),
    d,
    ...chain,
    covariance,
    meanPrecision,
    degrees,
  });
  const wishart = new NormalWishart(d, covariance);
  return {
    ...model,
    d,
    posterior: (lambda) => ({ ...model.chain(lambda), d, covariance, centre, emissions: model.emissions(lambda) }),
    describe(lambda) {
      const own = model.emissions(lambda);
      const moments = Array.from({ length: states }, (_, k) => wishart.moments(own, k * wishart.size));
      return {
        ...model.chain(lambda),
        means: Float64Array.from(moments.flatMap((each) => Array.from(each.mean, (value, j) => value + centre[j]))),
        covariances: Float64Array.from(moments.flatMap(({ scatter: sum, nu }) => Array.from(sum, (value) => value / nu))),
      };
    },
  };
}
