import { sample } from '../../src/random/distributions.ts';
import { widthOf, type NormalPrior } from '../conjugate/normal-prior.ts';
import { begin as beginAround } from '../conjugate/start.ts';
import { NormalWishart } from '../conjugate/wishart.ts';
import type { Emissions } from './emissions.ts';

const LN_2PI = Math.log(2 * Math.PI);

/** Points with a Normal–Wishart law in each state. Natural parameters: those of `NormalWishart`, state by state. */
export function gaussianEmissions(data: NormalPrior, states: number): Emissions {
  const { rows, d, values, covariance } = data;
  const full = covariance === 'full';
  const wishart = new NormalWishart(d, covariance);
  const { size } = wishart;
  const prior = new Float64Array(states * size);
  const base = new Float64Array(states * size);
  for (let k = 0; k < states; k++) {
    wishart.write(prior, k * size, data.mean, data.meanPrecision, data.degrees, data.scatter);
    wishart.base(base, k * size);
  }
  /** Monomials 1, x_i, x_i x_j of a point, and what multiplies them in each state. */
  const width = size - 1;
  const monomials = new Float64Array(width);
  const matrix = new Float64Array(states * width);
  const expand = (place: number): void => {
    const row = place * d;
    monomials[0] = 1;
    for (let i = 0; i < d; i++) monomials[1 + i] = values[row + i];
    let at = 1 + d;
    for (let i = 0; i < d; i++) for (let j = i; j < (full ? d : i + 1); j++) monomials[at++] = values[row + i] * values[row + j];
  };
  /** Adds a point that was expanded, `weight` times, to a state's statistics. A point counts once in ν and once in κ. */
  const add = (into: Float64Array, k: number, weight: number): void => {
    const at = k * size;
    into[at] += weight;
    for (let f = 0; f < width; f++) into[at + 1 + f] += weight * monomials[f];
  };

  return {
    prior,
    base,
    constant: (-d * LN_2PI) / 2,
    logNormaliser(lambda) {
      let sum = 0;
      for (let k = 0; k < states; k++) sum += wishart.normaliser(lambda, k * size);
      return sum;
    },
    expect(lambda, into) {
      for (let k = 0; k < states; k++) wishart.expect(lambda, k * size, into);
    },
    perturb(lambda, scale, rng) {
      for (let k = 0; k < states; k++) wishart.perturb(lambda, k * size, scale, rng);
    },

    init(rng) {
      // Each point belongs mostly to the nearest of as many random points.
      const lambda = prior.slice();
      const centres = sample(rng, rows, Math.min(states, rows));
      beginAround({ rows, d, values, width: widthOf(data.variance, d, states) }, centres, (row, shares) => {
        expand(row);
        for (let k = 0; k < shares.length; k++) add(lambda, k, shares[k]);
      });
      return lambda;
    },

    prepare(expected, temperature) {
      for (let k = 0; k < states; k++) {
        const at = k * size;
        matrix[k * width] = (expected[at] + expected[at + 1]) / temperature;
        for (let f = 1; f < width; f++) matrix[k * width + f] = expected[at + 1 + f] / temperature;
      }
    },

    logits(begin, length, into) {
      for (let t = 0; t < length; t++) {
        expand(begin + t);
        for (let k = 0; k < states; k++) {
          let sum = 0;
          for (let f = 0; f < width; f++) sum += matrix[k * width + f] * monomials[f];
          into[t * states + k] = sum;
        }
      }
    },

    collect(begin, length, marginals, into) {
      for (let t = 0; t < length; t++) {
        expand(begin + t);
        for (let k = 0; k < states; k++) add(into, k, marginals[t * states + k]);
      }
    },
  };
}
