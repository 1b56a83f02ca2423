import { LehrError } from '../../src/error.ts';
import { predictiveNormal } from '../conjugate/predictive.ts';
import { NormalWishart, type Covariance } from '../conjugate/wishart.ts';
import { exponentials, likeliestStates, type ChainLaw } from './chain.ts';
import { checkSequences, type Sequences } from './data.ts';
import { Paths } from './forward-backward.ts';
import type { HiddenMarkovLaw } from './model.ts';
import { checkObservations, type Observations } from './observations.ts';
import { likeliestPath } from './viterbi.ts';

/** A chain of points that was learned, as plain data. */
export interface GaussianChainPosterior extends ChainLaw {
  readonly d: number;
  readonly covariance: Covariance;
  /** The mean of the points it was learned from; the emissions' natural parameters, `model.emissions(parameters)`, are relative to it. */
  readonly centre: ArrayLike<number>;
  readonly emissions: ArrayLike<number>;
}

/** What a chain says of sequences. */
export interface SequencePrediction {
  /** ln of the probability (density) of each sequence, in nats. */
  readonly logLikelihood: Float64Array;
  /** The most probable state at each place, and the most probable path as a whole, as the sequences lie. */
  readonly states: Int32Array;
  readonly paths: Int32Array;
}

/**
 * What a learned chain of symbols says of sequences, those it was learned from or others. It is plugged in by its posterior means: each first state, transition and symbol has its
 * posterior predictive probability, as if the places of one sequence told nothing of each other's parameters.
 * @throws LehrError `input` for sequences that are empty or hold what is no symbol.
 */
export function predictSequences(law: HiddenMarkovLaw, data: Sequences): SequencePrediction {
  checkSequences(data);
  const states = law.initial.length;
  const symbols = law.emissions.length / states;
  if (data.symbols > symbols)
    throw new LehrError('input', `the sequences have ${data.symbols} symbols, expected at most the ${symbols} of the chain.`);
  const logs = law.emissions.map(Math.log);
  return predictChain(law, data.starts, (place, into, at) => {
    for (let k = 0; k < states; k++) into[at + k] = logs[k * symbols + data.values[place]];
  });
}

/** The same of points, whose density in each state is the posterior predictive one (see `predictiveNormal`). */
export function predictObservations(law: GaussianChainPosterior, data: Observations): SequencePrediction {
  checkObservations(data);
  const { d, covariance, centre, emissions, initial } = law;
  if (data.d !== d) throw new LehrError('input', `the points have ${data.d} numbers, expected ${d}, as the chain has.`);
  const wishart = new NormalWishart(d, covariance);
  const lambda = Float64Array.from(emissions);
  const laws = Array.from(initial, (_, k) => predictiveNormal(wishart, lambda, k * wishart.size));
  const point = new Float64Array(d);
  return predictChain(law, data.starts, (place, into, at) => {
    for (let j = 0; j < d; j++) point[j] = data.values[place * d + j] - centre[j];
    for (let k = 0; k < laws.length; k++) into[at + k] = laws[k](point, 0);
  });
}

/** @param tell the logarithms of the emissions' probabilities at a place in each state, into `into` from `at`. */
function predictChain(
  { initial, transitions }: ChainLaw,
  starts: Int32Array,
  tell: (place: number, into: Float64Array, at: number) => void,
): SequencePrediction {
  const states = initial.length;
  const sequences = starts.length - 1;
  const logLikelihood = new Float64Array(sequences);
  const found = new Int32Array(starts[sequences]);
  const whole = new Int32Array(starts[sequences]);
  const paths = new Paths(states);
  const counts = new Float64Array(states * states);
  for (let s = 0; s < sequences; s++) {
    const begin = starts[s];
    const length = starts[s + 1] - begin;
    paths.reserve(length);
    const logs = new Float64Array(length * states);
    for (let t = 0; t < length; t++) tell(begin + t, logs, t * states);
    logLikelihood[s] = exponentials(logs, length, states, paths.emissions) + paths.run(length, initial, transitions, counts);
    likeliestStates(paths.marginals, length, states, found, begin);
    likeliestPath(length, initial, transitions, paths.emissions, whole, begin);
  }
  return { logLikelihood, states: found, paths: whole };
}
