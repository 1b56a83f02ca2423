import { addGumbel } from '../../src/dynamics/gumbel.ts';
import type { VariationalModel, Visit } from '../../src/dynamics/variational-model.ts';
import { gamma } from '../../src/random/distributions.ts';
import type { Rng } from '../../src/random/rng.ts';
import { dirichletExpect, dirichletNormaliser, dirichletPerturb, type Spread } from '../conjugate/dirichlet.ts';
import { failing } from '../conjugate/normal-prior.ts';
import type { Emissions } from './emissions.ts';
import { Paths } from './forward-backward.ts';
import { likeliestPath } from './viterbi.ts';

/** The chain of hidden states and its priors: concentrations of symmetric Dirichlet laws. */
export interface ChainOptions {
  /** Hidden states. */
  readonly states: number;
  /** Of the first state (1). */
  readonly initial?: number;
  /** Of each row of transitions (1), and what is added to that of staying (0). */
  readonly transition?: number;
  readonly sticky?: number;
}

export const CHAIN_OPTIONS: readonly string[] = ['states', 'initial', 'transition', 'sticky'];

/** Posterior means of the chain's probabilities: states; states × states, row by row. */
export interface ChainLaw {
  readonly initial: Float64Array;
  readonly transitions: Float64Array;
}

/** A chain of hidden states for `svi`; its rows are sequences. */
export interface HiddenChain extends VariationalModel {
  readonly states: number;
  chain(lambda: Float64Array): ChainLaw;
  /** The emissions' part of natural parameters, as a copy. */
  emissions(lambda: Float64Array): Float64Array;
  /** The most probable state at each place of each sequence, place by place, as the sequences lie. */
  decode(lambda: Float64Array): Int32Array;
  /** The most probable path of each sequence as a whole (Viterbi 1967) in the variational law, as the sequences lie. */
  paths(lambda: Float64Array): Int32Array;
}

/** The options with their defaults. @throws LehrError `option` for those that do not fit. */
export function checkChain(model: string, { states, initial = 1, transition = 1, sticky = 0 }: ChainOptions): Required<ChainOptions> {
  if (!(Number.isSafeInteger(states) && states >= 1)) failing(model)('states', states, 'a whole number from 1 on');
  for (const [name, value] of Object.entries({ initial, transition })) checkConcentration(model, name, value);
  if (!(sticky >= 0 && sticky < Infinity)) failing(model)('sticky', sticky, 'a finite number of at least 0');
  return { states, initial, transition, sticky };
}

export function checkConcentration(model: string, name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) failing(model)(name, value, 'a finite concentration above 0');
}

/**
 * A Bayesian hidden Markov chain (MacKay, "Ensemble learning for hidden Markov models", 1997; Beal 2003, chapter 3). A local step is the forward–backward recursion with e^(E ln θ) for probabilities; under a
 * temperature these are raised to its inverse, and noise goes to the logarithms of the emissions at each place. Natural parameters: the concentrations of first state and transitions, row by row, then
 * the emissions'.
 * @param starts sequence s has the places starts[s] … starts[s + 1] − 1.
 */
export function hiddenChain(
  name: string,
  starts: Int32Array,
  { states, initial, transition, sticky }: Required<ChainOptions>,
  emissions: Emissions,
  fingerprint: unknown,
): HiddenChain {
  const rows = starts.length - 1;
  const places = starts[rows];
  const toEmissions = states + states * states;
  const size = toEmissions + emissions.prior.length;
  const prior = new Float64Array(size).fill(initial, 0, states).fill(transition, states, toEmissions);
  for (let k = 0; k < states; k++) prior[states + k * states + k] += sticky;
  prior.set(emissions.prior, toEmissions);
  const base = new Float64Array(size).fill(1, 0, toEmissions);
  base.set(emissions.base, toEmissions);
  const laws: Spread[] = Array.from({ length: states + 1 }, (_, k) => ({ at: k * states, count: states, stride: 1 }));
  let longest = 0;
  for (let s = 0; s < rows; s++) longest = Math.max(longest, starts[s + 1] - starts[s]);
  const paths = new Paths(states);
  paths.reserve(longest);
  const logits = new Float64Array(longest * states);
  const noise = new Float64Array(longest * states);
  const expected = new Float64Array(size);
  const shown = expected.subarray(toEmissions);
  const counts = new Float64Array(size);
  const moves = counts.subarray(states, toEmissions);
  const seen = counts.subarray(toEmissions);
  const first = new Float64Array(states);
  const chain = new Float64Array(states * states);

  const expect = (lambda: Float64Array, into: Float64Array): void => {
    for (const law of laws) dirichletExpect(lambda, law, into);
    emissions.expect(lambda.subarray(toEmissions), into.subarray(toEmissions));
  };

  /** The potentials of first states and transitions; the largest of each is far from underflow, as that of an expected logarithm is. */
  const link = (temperature: number): void => {
    for (let k = 0; k < states; k++) first[k] = Math.exp(expected[k] / temperature);
    for (let i = 0; i < states * states; i++) chain[i] = Math.exp(expected[states + i] / temperature);
    emissions.prepare(shown, temperature);
  };

  /** The potentials of a sequence's emissions. @returns the logarithms that were taken out. */
  const emit = (begin: number, length: number, { noiseScale, noise: rng }: Visit): number => {
    if (noiseScale === 0 && emissions.potentials !== undefined) return emissions.potentials(begin, length, paths.emissions);
    emissions.logits(begin, length, logits);
    if (noiseScale > 0) {
      noise.fill(0, 0, length * states);
      addGumbel(noise, 0, length * states, noiseScale, rng);
      for (let i = 0; i < length * states; i++) logits[i] += noise[i];
    }
    return exponentials(logits, length, states, paths.emissions);
  };

  /** Calls `visit` for each sequence at λ, its potentials ready. */
  const each = (lambda: Float64Array, visit: (begin: number, length: number) => void): void => {
    const plain = { temperature: 1, noiseScale: 0 } as Visit;
    expect(lambda, expected);
    link(1);
    for (let s = 0; s < rows; s++) {
      emit(starts[s], starts[s + 1] - starts[s], plain);
      visit(starts[s], starts[s + 1] - starts[s]);
    }
  };

  return {
    name,
    rows,
    states,
    prior,
    base,
    fingerprint,
    expect,
    prepare: (lambda) => expect(lambda, expected),

    init(rng) {
      // The moves from each state are shared out among the states at random, as the emissions are.
      const lambda = prior.slice();
      lambda.set(emissions.init(rng), toEmissions);
      for (let j = 0; j < states; j++) share(rng, states, (places - rows) / states, (k, part) => (lambda[states + j * states + k] += part));
      share(rng, states, rows, (k, part) => (lambda[k] += part));
      return lambda;
    },

    local(order, from, to, into, visit) {
      const { temperature, noiseScale } = visit;
      link(temperature);
      counts.fill(0);
      let value = 0;
      for (let n = from; n < to; n++) {
        const begin = starts[order[n]];
        const length = starts[order[n] + 1] - begin;
        value += emit(begin, length, visit) + length * emissions.constant;
        value += paths.run(length, first, chain, moves);
        const { marginals } = paths;
        for (let k = 0; k < states; k++) counts[k] += marginals[k];
        emissions.collect(begin, length, marginals, seen);
        if (noiseScale > 0) for (let i = 0; i < length * states; i++) value -= marginals[i] * noise[i];
      }
      // What was summed had the potentials' logarithms divided by the temperature.
      if (temperature !== 1) for (let i = 0; i < size; i++) value += (1 - 1 / temperature) * expected[i] * counts[i];
      for (let i = 0; i < size; i++) into[i] += counts[i];
      return value;
    },

    logNormaliser: (lambda) =>
      laws.reduce((sum, law) => sum + dirichletNormaliser(lambda, law), emissions.logNormaliser(lambda.subarray(toEmissions))),

    perturb(lambda, scale, rng) {
      for (const law of laws) dirichletPerturb(lambda, law, prior, scale, rng);
      emissions.perturb(lambda.subarray(toEmissions), scale, rng);
    },

    chain: (lambda) => ({
      initial: meansOf(lambda.subarray(0, states), states),
      transitions: meansOf(lambda.subarray(states, toEmissions), states),
    }),

    emissions: (lambda) => lambda.slice(toEmissions),

    decode(lambda) {
      const found = new Int32Array(places);
      each(lambda, (begin, length) => {
        paths.run(length, first, chain, moves);
        likeliestStates(paths.marginals, length, states, found, begin);
      });
      return found;
    },

    paths(lambda) {
      const found = new Int32Array(places);
      each(lambda, (begin, length) => likeliestPath(length, first, chain, paths.emissions, found, begin));
      return found;
    },
  };
}

/** e^logits into `into`, the largest of each place 1. @returns the logarithms that were taken out, added up. */
export function exponentials(logits: Float64Array, length: number, states: number, into: Float64Array): number {
  let taken = 0;
  for (let t = 0; t < length; t++) {
    let top = -Infinity;
    for (let i = t * states; i < (t + 1) * states; i++) if (logits[i] > top) top = logits[i];
    for (let i = t * states; i < (t + 1) * states; i++) into[i] = Math.exp(logits[i] - top);
    taken += top;
  }
  return taken;
}

/** The state of the largest marginal at each place, into `into` from `at`. */
export function likeliestStates(marginals: Float64Array, length: number, states: number, into: Int32Array, at: number): void {
  for (let t = 0; t < length; t++) {
    let best = 0;
    for (let k = 1; k < states; k++) if (marginals[t * states + k] > marginals[t * states + best]) best = k;
    into[at + t] = best;
  }
}

/** Rows of concentrations as shares. */
export function meansOf(lambda: Float64Array, width: number): Float64Array {
  const means = lambda.slice();
  for (let at = 0; at < means.length; at += width) {
    let total = 0;
    for (let i = at; i < at + width; i++) total += means[i];
    for (let i = at; i < at + width; i++) means[i] /= total;
  }
  return means;
}

/** Shares a number out among so many by a uniform law over the shares. */
export function share(rng: Rng, among: number, total: number, tell: (k: number, part: number) => void): void {
  const parts = Float64Array.from({ length: among }, () => gamma(rng, 1));
  const sum = parts.reduce((a, b) => a + b);
  for (let k = 0; k < among; k++) tell(k, (total * parts[k]) / sum);
}
