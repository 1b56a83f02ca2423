import { addGumbel } from '../../src/dynamics/gumbel.ts';
import type { VariationalModel, Visit } from '../../src/dynamics/variational-model.ts';
import { LehrError, show } from '../../src/error.ts';
import { gamma } from '../../src/random/distributions.ts';
import type { Rng } from '../../src/random/rng.ts';
import { checkKeys } from '../../src/run/plan.ts';
import { dirichletExpect, dirichletNormaliser, dirichletPerturb, type Spread } from '../conjugate/dirichlet.ts';
import { digestOf } from '../table/digest.ts';
import { checkSequences, type Sequences } from './data.ts';
import { Paths } from './forward-backward.ts';

/** A hidden Markov model and its priors: concentrations of symmetric Dirichlet laws. */
export interface HiddenMarkovOptions {
  /** Hidden states. */
  readonly states: number;
  /** Of the first state (1). */
  readonly initial?: number;
  /** Of each row of transitions (1), and what is added to that of staying (0). */
  readonly transition?: number;
  readonly sticky?: number;
  /** Of each state's symbols (1). */
  readonly emission?: number;
}

/** Posterior means: states; states × states; states × symbols. */
export interface HiddenMarkovLaw {
  readonly initial: Float64Array;
  readonly transitions: Float64Array;
  readonly emissions: Float64Array;
}

/** A hidden Markov model for `svi`; its rows are sequences. */
export interface HiddenMarkov extends VariationalModel {
  readonly states: number;
  describe(lambda: Float64Array): HiddenMarkovLaw;
  /** The most probable state at each place of each sequence, place by place, as the sequences lie. */
  decode(lambda: Float64Array): Int32Array;
}

/**
 * A Bayesian hidden Markov model of discrete symbols: Dirichlet laws over the first state, the transitions from each and the symbols of each (MacKay, "Ensemble learning for hidden Markov models", 1997;
 * Beal 2003, chapter 3). A local step is the forward–backward recursion with e^(E ln θ) for probabilities; under a temperature these are raised to its inverse, and noise goes to the
 * logarithms of the emissions at each place. Natural parameters: the concentrations, first state, transitions and symbols, row by row.
 * @throws LehrError `input` for sequences that are empty or hold what is no symbol; `option` for options that do not fit.
 */
export function hiddenMarkov(data: Sequences, options: HiddenMarkovOptions): HiddenMarkov {
  checkKeys('hiddenMarkov', options, ['states', 'initial', 'transition', 'sticky', 'emission']);
  checkSequences(data);
  const { states, initial = 1, transition = 1, sticky = 0, emission = 1 } = options;
  if (!(Number.isSafeInteger(states) && states >= 1))
    throw new LehrError('option', `hiddenMarkov: states is ${show(states)}, expected a whole number from 1 on.`);
  for (const [name, value] of Object.entries({ initial, transition, emission }))
    if (!(value > 0 && value < Infinity))
      throw new LehrError('option', `hiddenMarkov: ${name} is ${show(value)}, expected a finite concentration above 0.`);
  if (!(sticky >= 0 && sticky < Infinity))
    throw new LehrError('option', `hiddenMarkov: sticky is ${show(sticky)}, expected a finite number of at least 0.`);
  const { symbols, starts, values } = data;
  const rows = starts.length - 1;
  const toTransitions = states;
  const toEmissions = states + states * states;
  const size = toEmissions + states * symbols;
  const prior = new Float64Array(size).fill(initial, 0, states).fill(transition, toTransitions, toEmissions).fill(emission, toEmissions);
  for (let k = 0; k < states; k++) prior[toTransitions + k * states + k] += sticky;
  const laws: Spread[] = [
    { at: 0, count: states, stride: 1 },
    ...Array.from({ length: states }, (_, k) => ({ at: toTransitions + k * states, count: states, stride: 1 })),
    ...Array.from({ length: states }, (_, k) => ({ at: toEmissions + k * symbols, count: symbols, stride: 1 })),
  ];
  let longest = 0;
  for (let s = 0; s < rows; s++) longest = Math.max(longest, starts[s + 1] - starts[s]);
  const paths = new Paths(states);
  paths.reserve(longest);
  const logits = new Float64Array(longest * states);
  const noise = new Float64Array(longest * states);
  const expected = new Float64Array(size);
  const counts = new Float64Array(size);
  const moves = counts.subarray(toTransitions, toEmissions);
  const first = new Float64Array(states);
  const chain = new Float64Array(states * states);

  /** The potentials of each symbol in the states, the largest 1, and the logarithms that were taken out. */
  const table = new Float64Array(symbols * states);
  const tops = new Float64Array(symbols);
  const tabulate = (temperature: number): void => {
    for (let x = 0; x < symbols; x++) {
      let top = -Infinity;
      for (let k = 0; k < states; k++) top = Math.max(top, expected[toEmissions + k * symbols + x] / temperature);
      for (let k = 0; k < states; k++) table[x * states + k] = Math.exp(expected[toEmissions + k * symbols + x] / temperature - top);
      tops[x] = top;
    }
  };

  /** The potentials of a sequence's emissions. @returns the logarithms that were taken out. */
  const emit = (begin: number, length: number, { temperature, noiseScale, noise: rng }: Visit): number => {
    const { emissions } = paths;
    let taken = 0;
    if (noiseScale === 0) {
      for (let t = 0; t < length; t++) {
        const x = values[begin + t];
        for (let k = 0; k < states; k++) emissions[t * states + k] = table[x * states + k];
        taken += tops[x];
      }
      return taken;
    }
    noise.fill(0, 0, length * states);
    addGumbel(noise, 0, length * states, noiseScale, rng);
    for (let t = 0; t < length; t++) {
      let top = -Infinity;
      for (let k = 0; k < states; k++) {
        const i = t * states + k;
        logits[i] = expected[toEmissions + k * symbols + values[begin + t]] / temperature + noise[i];
        if (logits[i] > top) top = logits[i];
      }
      for (let i = t * states; i < (t + 1) * states; i++) emissions[i] = Math.exp(logits[i] - top);
      taken += top;
    }
    return taken;
  };

  /** The potentials of first states and transitions; the largest of each is far from underflow, as that of an expected logarithm is. */
  const link = (temperature: number): void => {
    for (let k = 0; k < states; k++) first[k] = Math.exp(expected[k] / temperature);
    for (let i = 0; i < states * states; i++) chain[i] = Math.exp(expected[toTransitions + i] / temperature);
  };

  const expect = (lambda: Float64Array, into: Float64Array): void => {
    for (const law of laws) dirichletExpect(lambda, law, into);
  };

  return {
    name: 'hidden Markov model',
    rows,
    states,
    prior,
    base: new Float64Array(size).fill(1),
    fingerprint: {
      digest: digestOf({ inputs: Float64Array.from(values), targets: Float64Array.from(starts) }),
      symbols,
      states,
      initial,
      transition,
      sticky,
      emission,
    },
    expect,
    prepare: (lambda) => expect(lambda, expected),

    init(rng) {
      // Each symbol's occurrences are shared out among the states at random, and so are the moves from each state.
      const lambda = prior.slice();
      const occurrences = new Float64Array(symbols);
      for (const value of values) occurrences[value]++;
      for (let x = 0; x < symbols; x++) share(rng, states, occurrences[x], (k, part) => (lambda[toEmissions + k * symbols + x] += part));
      for (let j = 0; j < states; j++)
        share(rng, states, (values.length - rows) / states, (k, part) => (lambda[toTransitions + j * states + k] += part));
      share(rng, states, rows, (k, part) => (lambda[k] += part));
      return lambda;
    },

    local(order, from, to, into, visit) {
      const { temperature, noiseScale } = visit;
      link(temperature);
      if (noiseScale === 0) tabulate(temperature);
      counts.fill(0);
      let value = 0;
      for (let n = from; n < to; n++) {
        const begin = starts[order[n]];
        const length = starts[order[n] + 1] - begin;
        value += emit(begin, length, visit);
        value += paths.run(length, first, chain, moves);
        const { marginals } = paths;
        for (let k = 0; k < states; k++) counts[k] += marginals[k];
        for (let t = 0; t < length; t++)
          for (let k = 0; k < states; k++) counts[toEmissions + k * symbols + values[begin + t]] += marginals[t * states + k];
        if (noiseScale > 0) for (let i = 0; i < length * states; i++) value -= marginals[i] * noise[i];
      }
      // What was summed had the potentials' logarithms divided by the temperature.
      if (temperature !== 1) for (let i = 0; i < size; i++) value += (1 - 1 / temperature) * expected[i] * counts[i];
      for (let i = 0; i < size; i++) into[i] += counts[i];
      return value;
    },

    logNormaliser: (lambda) => laws.reduce((sum, law) => sum + dirichletNormaliser(lambda, law), 0),

    perturb(lambda, scale, rng) {
      for (const law of laws) dirichletPerturb(lambda, law, prior, scale, rng);
    },

    describe(lambda) {
      const means = lambda.slice();
      for (const { at, count } of laws) {
        const total = lambda.subarray(at, at + count).reduce((a, b) => a + b);
        for (let i = at; i < at + count; i++) means[i] /= total;
      }
      return {
        initial: means.slice(0, states),
        transitions: means.slice(toTransitions, toEmissions),
        emissions: means.slice(toEmissions),
      };
    },

    decode(lambda) {
      const found = new Int32Array(values.length);
      const visit = { temperature: 1, noiseScale: 0 } as Visit;
      expect(lambda, expected);
      link(1);
      tabulate(1);
      for (let s = 0; s < rows; s++) {
        const length = starts[s + 1] - starts[s];
        emit(starts[s], length, visit);
        paths.run(length, first, chain, moves);
        for (let t = 0; t < length; t++) {
          let best = 0;
          for (let k = 1; k < states; k++) if (paths.marginals[t * states + k] > paths.marginals[t * states + best]) best = k;
          found[starts[s] + t] = best;
        }
      }
      return found;
    },
  };
}

/** Shares a number out among so many by a uniform law over the shares. */
function share(rng: Rng, among: number, total: number, tell: (k: number, part: number) => void): void {
  const parts = Float64Array.from({ length: among }, () => gamma(rng, 1));
  const sum = parts.reduce((a, b) => a + b);
  for (let k = 0; k < among; k++) tell(k, (total * parts[k]) / sum);
}
