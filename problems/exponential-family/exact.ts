import type { FiniteFamily } from './family.ts';

/** Writes θ·φ(x) of every state to `out`. */
export function logWeights({ states, size, statistics }: FiniteFamily, parameters: Float64Array, out: Float64Array): void {
  for (let x = 0, i = 0; x < states; x++) {
    let sum = 0;
    for (let k = 0; k < size; k++, i++) sum += parameters[k] * statistics[i];
    out[x] = sum;
  }
}

/** Λ(θ) = ln Σ e^(θ·φ(x)), by the largest exponent first. */
export function logPartition(family: FiniteFamily, parameters: Float64Array): number {
  const weights = new Float64Array(family.states);
  logWeights(family, parameters, weights);
  return normalise(weights);
}

/** p(x) of every state. */
export function probabilities(family: FiniteFamily, parameters: Float64Array): Float64Array {
  const weights = new Float64Array(family.states);
  logWeights(family, parameters, weights);
  normalise(weights);
  return weights;
}

/** Turns log weights into probabilities, in place, and returns the logarithm of their sum. */
export function normalise(weights: Float64Array): number {
  let most = -Infinity;
  for (let x = 0; x < weights.length; x++) if (weights[x] > most) most = weights[x];
  let sum = 0;
  for (let x = 0; x < weights.length; x++) {
    weights[x] = Math.exp(weights[x] - most);
    sum += weights[x];
  }
  for (let x = 0; x < weights.length; x++) weights[x] /= sum;
  return most + Math.log(sum);
}

/** The mean of the statistics under probabilities (or shares of a sample) of the states. */
export function meanOf({ states, size, statistics }: FiniteFamily, shares: ArrayLike<number>): Float64Array {
  const mean = new Float64Array(size);
  for (let x = 0; x < states; x++) {
    if (shares[x] === 0) continue;
    for (let k = 0; k < size; k++) mean[k] += shares[x] * statistics[x * size + k];
  }
  return mean;
}

/** The Fisher information at θ, which is the covariance of the statistics: size × size. */
export function fisher(family: FiniteFamily, parameters: Float64Array): Float64Array {
  const { states, size, statistics } = family;
  const shares = probabilities(family, parameters);
  const mean = meanOf(family, shares);
  const covariance = new Float64Array(size * size);
  for (let x = 0; x < states; x++) {
    for (let i = 0; i < size; i++) {
      const off = shares[x] * (statistics[x * size + i] - mean[i]);
      for (let j = 0; j <= i; j++) covariance[i * size + j] += off * (statistics[x * size + j] - mean[j]);
    }
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) covariance[j * size + i] = covariance[i * size + j];
  return covariance;
}

/** The shares of the states in a sample. */
export function sharesOf(counts: ArrayLike<number>): Float64Array {
  let total = 0;
  for (let x = 0; x < counts.length; x++) total += counts[x];
  return Float64Array.from(counts, (count) => count / total);
}
