import { LehrError } from '../../src/error.ts';
import type { SparseRows } from '../table/sparse.ts';
import { topics, type TopicsOptions } from './model.ts';

/**
 * e to the mean negative log probability of a word of the second halves, documents' topics being those of the first (document completion; Wallach, Murray, Salakhutdinov and Mimno, ICML 2009). Probabilities are
 * Σ_k E[θ_k] E[β_kw] under the variational laws. It needs no bound, and so compares programs.
 * @param parameters λ, words × topics.
 * @throws LehrError `option` if the second halves have no words.
 */
export function perplexity(parameters: Float64Array, [seen, unseen]: readonly [SparseRows, SparseRows], options: TopicsOptions): number {
  const model = topics(seen, { iterations: 200, tolerance: 1e-4, ...options });
  const shares = model.shares(parameters);
  const means = model.describe(parameters);
  const words = seen.names.length;
  const count = model.topics;
  let total = 0;
  let logs = 0;
  for (let d = 0; d < unseen.rows; d++)
    for (let i = unseen.starts[d]; i < unseen.starts[d + 1]; i++) {
      let p = 0;
      for (let k = 0; k < count; k++) p += shares[d * count + k] * means[k * words + unseen.columns[i]];
      logs += unseen.values[i] * Math.log(p);
      total += unseen.values[i];
    }
  if (total === 0) throw new LehrError('option', 'perplexity: the second halves of the documents have no words, expected at least one.');
  return Math.exp(-logs / total);
}
