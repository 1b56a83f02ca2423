import { dirichletExpect, dirichletNormaliser, dirichletPerturb, type Spread } from '../conjugate/dirichlet.ts';
import { share } from './chain.ts';
import type { Sequences } from './data.ts';
import type { Emissions } from './emissions.ts';

/** Symbols with a symmetric Dirichlet law in each state. Natural parameters: the concentrations, states × symbols. */
export function symbolEmissions({ symbols, values }: Sequences, states: number, concentration: number): Emissions {
  const size = states * symbols;
  const prior = new Float64Array(size).fill(concentration);
  const laws: Spread[] = Array.from({ length: states }, (_, k) => ({ at: k * symbols, count: symbols, stride: 1 }));
  /** Of each symbol in the states: expected logarithms over the temperature, their exponentials with the largest 1, and what was taken out. */
  const logs = new Float64Array(size);
  const table = new Float64Array(size);
  const tops = new Float64Array(symbols);

  return {
    prior,
    base: new Float64Array(size).fill(1),
    constant: 0,
    logNormaliser: (lambda) => laws.reduce((sum, law) => sum + dirichletNormaliser(lambda, law), 0),
    expect(lambda, into) {
      for (const law of laws) dirichletExpect(lambda, law, into);
    },
    perturb(lambda, scale, rng) {
      for (const law of laws) dirichletPerturb(lambda, law, prior, scale, rng);
    },

    init(rng) {
      // Each symbol's occurrences are shared out among the states at random.
      const lambda = prior.slice();
      const occurrences = new Float64Array(symbols);
      for (const value of values) occurrences[value]++;
      for (let x = 0; x < symbols; x++) share(rng, states, occurrences[x], (k, part) => (lambda[k * symbols + x] += part));
      return lambda;
    },

    prepare(expected, temperature) {
      for (let x = 0; x < symbols; x++) {
        let top = -Infinity;
        for (let k = 0; k < states; k++) {
          const log = expected[k * symbols + x] / temperature;
          logs[x * states + k] = log;
          if (log > top) top = log;
        }
        for (let i = x * states; i < (x + 1) * states; i++) table[i] = Math.exp(logs[i] - top);
        tops[x] = top;
      }
    },

    logits(begin, length, into) {
      for (let t = 0; t < length; t++) {
        const x = values[begin + t] * states;
        for (let k = 0; k < states; k++) into[t * states + k] = logs[x + k];
      }
    },

    potentials(begin, length, into) {
      let taken = 0;
      for (let t = 0; t < length; t++) {
        const x = values[begin + t];
        for (let k = 0; k < states; k++) into[t * states + k] = table[x * states + k];
        taken += tops[x];
      }
      return taken;
    },

    collect(begin, length, marginals, into) {
      for (let t = 0; t < length; t++) for (let k = 0; k < states; k++) into[k * symbols + values[begin + t]] += marginals[t * states + k];
    },
  };
}
