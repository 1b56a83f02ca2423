import { addGumbel } from '../../src/dynamics/gumbel.ts';
import type { Visit } from '../../src/dynamics/variational-model.ts';
import { digamma, lgamma } from '../conjugate/special.ts';
import type { SparseRows } from '../table/sparse.ts';

/** The local iteration of a document: at most so many rounds, until the mean change of γ is below `tolerance`. */
export interface Rounds {
  readonly iterations: number;
  readonly tolerance: number;
}

/** A local step over documents: their statistics added to `into` (words × topics); `gammas`: a row of topics for each, where it begins and which it leaves. */
export interface Documents {
  /** At the topics whose E[ln β] (words × topics, row by row) come from these parameters. */
  prepare(lambda: Float64Array): void;
  visit(list: Int32Array, from: number, to: number, gammas: Float64Array, into: Float64Array, visit: Visit): number;
}

/**
 * The local step in f64 (Blei, Ng and Jordan, JMLR 3, 2003, section 5.2), with temperature and noise: rounds of φ ∝ exp((E[ln θ] + E[ln β]) / T + noise), then γ = α + Σ φ. The noise is drawn once
 * a visit. The bound is that of the last φ and the γ made from it.
 */
export function plainDocuments(corpus: SparseRows, topics: number, alpha: number, rounds: Rounds): Documents {
  const { names, starts, columns, values } = corpus;
  const words = names.length;
  let longest = 0;
  for (let d = 0; d < corpus.rows; d++) longest = Math.max(longest, starts[d + 1] - starts[d]);
  const logBeta = new Float64Array(words * topics);
  const totals = new Float64Array(topics);
  /** Words of a document × topics: E[ln β] / T and the noise; φ. */
  const fixed = new Float64Array(longest * topics);
  const phi = new Float64Array(longest * topics);
  const noise = new Float64Array(longest * topics);
  const logTheta = new Float64Array(topics);
  const share = new Float64Array(topics);
  const lgammaAlpha = lgamma(topics * alpha) - topics * lgamma(alpha);

  return {
    prepare(lambda) {
      totals.fill(0);
      for (let i = 0; i < words * topics; i++) totals[i % topics] += lambda[i];
      for (let k = 0; k < topics; k++) totals[k] = digamma(totals[k]);
      for (let i = 0; i < words * topics; i++) logBeta[i] = digamma(lambda[i]) - totals[i % topics];
    },

    visit(list, from, to, gammas, into, { temperature, all, noiseScale, noise: rng, told }) {
      let value = 0;
      for (let n = from; n < to; n++) {
        const begin = starts[list[n]];
        const length = starts[list[n] + 1] - begin;
        const gamma = gammas.subarray((n - from) * topics, (n - from + 1) * topics);
        noise.fill(0, 0, length * topics);
        if (noiseScale > 0) addGumbel(noise, 0, length * topics, noiseScale, rng);
        for (let w = 0; w < length; w++)
          for (let k = 0; k < topics; k++)
            fixed[w * topics + k] = logBeta[columns[begin + w] * topics + k] / temperature + noise[w * topics + k];
        for (let round = 0; round < rounds.iterations; round++) {
          for (let k = 0; k < topics; k++) logTheta[k] = digamma(gamma[k]) / temperature;
          share.fill(0);
          for (let w = 0; w < length; w++) soften(w * topics, values[begin + w]);
          let change = 0;
          for (let k = 0; k < topics; k++) {
            const best = alpha + share[k];
            const now = all ? 1 + (best - 1) / temperature : best;
            change += Math.abs(now - gamma[k]);
            gamma[k] = now;
          }
          if (change < rounds.tolerance * topics) break;
        }
        for (let w = 0; w < length; w++) {
          const row = columns[begin + w] * topics;
          for (let k = 0; k < topics; k++) into[row + k] += values[begin + w] * phi[w * topics + k];
        }
        if (told) value += bound(begin, length, gamma);
      }
      return value;
    },
  };

  /** φ of the word at a place, and its share in the document's topics. */
  function soften(at: number, count: number): void {
    let top = -Infinity;
    for (let k = 0; k < topics; k++) {
      const logit = logTheta[k] + fixed[at + k];
      phi[at + k] = logit;
      if (logit > top) top = logit;
    }
    let total = 0;
    for (let k = 0; k < topics; k++) {
      const e = Math.exp(phi[at + k] - top);
      phi[at + k] = e;
      total += e;
    }
    const inverse = 1 / total;
    for (let k = 0; k < topics; k++) {
      phi[at + k] *= inverse;
      share[k] += count * phi[at + k];
    }
  }

  /** E[ln p(words, topics of words, θ)] + H under γ and φ, at the true posterior. */
  function bound(begin: number, length: number, gamma: Float64Array): number {
    let sum = 0;
    let logs = 0;
    for (let k = 0; k < topics; k++) {
      sum += gamma[k];
      logs += lgamma(gamma[k]);
    }
    let value = lgammaAlpha + logs - lgamma(sum);
    const whole = digamma(sum);
    for (let k = 0; k < topics; k++) value += (alpha + share[k] - gamma[k]) * (digamma(gamma[k]) - whole);
    for (let w = 0; w < length; w++) {
      let word = 0;
      for (let k = 0; k < topics; k++) {
        const p = phi[w * topics + k];
        if (p > 0) word += p * (logBeta[columns[begin + w] * topics + k] - Math.log(p));
      }
      value += values[begin + w] * word;
    }
    return value;
  }
}
