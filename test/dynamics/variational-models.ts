import { stream, type VariationalModel } from 'lehr';
import { gaussianMixture, type MixtureOptions } from 'lehr/problems/gaussian-mixture';
import { drawSequences, hiddenMarkov } from 'lehr/problems/hidden-markov';
import { drawCorpus, topics } from 'lehr/problems/topics';

/** Points around four corners of a cube's diagonal, in three columns of unlike spread. */
export function points(count: number, seed = 1): Float64Array {
  const rng = stream(seed, 'points');
  return Float64Array.from({ length: 3 * count }, (_, i) => rng.normal() * (1 + (i % 3)) + 5 * (Math.floor(i / 3) % 4));
}

/** A small mixture of each kind. */
export function mixture(
  covariance: 'full' | 'diagonal',
  options: Partial<MixtureOptions> = {},
  seed = 1,
): ReturnType<typeof gaussianMixture> {
  return gaussianMixture(points(70, seed), 3, { components: 4, covariance, ...options });
}

const CHAIN = {
  initial: [1, 0, 0],
  transitions: [0.8, 0.1, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1, 0.8],
  emissions: [0.7, 0.1, 0.1, 0.1, 0.1, 0.7, 0.1, 0.1, 0.1, 0.1, 0.4, 0.4],
};

/** Eight sequences of thirty symbols. */
export function chains(): ReturnType<typeof hiddenMarkov> {
  return hiddenMarkov(drawSequences(CHAIN, 8, 30, stream(1, 'sequences')), { states: 3, sticky: 0.5 });
}

/** Thirty documents of forty words, which remember unless told otherwise. */
export function documents(precision: 'double' | 'single' = 'double', iterations = 100, remember = true): ReturnType<typeof topics> {
  const corpus = drawCorpus({ documents: 30, length: 40, words: 20, topics: 3 }, stream(1, 'corpus'));
  return topics(corpus, { topics: 3, alpha: 0.2, eta: 0.1, precision, iterations, remember });
}

/** All of them. */
export const MODELS: readonly (readonly [name: string, model: VariationalModel])[] = [
  ['a mixture with full covariances', mixture('full')],
  ['a mixture with diagonal covariances', mixture('diagonal')],
  ['hidden Markov', chains()],
  ['topics', documents()],
  ['topics, three rounds a step', documents('double', 3)],
];
