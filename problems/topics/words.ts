import { LehrError, show } from '../../src/error.ts';
import type { SparseRows } from '../table/sparse.ts';

/** A word of a topic. */
export interface TopicWord {
  readonly word: string;
  /** How probable it is in the topic, and how many times more than in the corpus as a whole. */
  readonly probability: number;
  readonly lift: number;
}

/**
 * The words that describe each topic, best first, by their relevance w ln φ + (1 − w) ln lift, with φ a word's probability in the topic and lift φ over its share of the corpus (Sievert and Shirley, "LDAvis: A
 * method for visualizing and interpreting topics", Workshop on Interactive Language Learning, Visualization, and Interfaces, ACL 2014; a w of about 0.6 told their readers most).
 * @param means topics × words, as `describe` gives them. @param corpus what the shares are of. @param weight w, from 0 (by lift) to 1 (by probability, the default).
 */
export function topicWords(means: Float64Array, corpus: SparseRows, count: number, weight = 1): TopicWord[][] {
  if (!(weight >= 0 && weight <= 1)) throw new LehrError('option', `topicWords: weight is ${show(weight)}, expected a number from 0 to 1.`);
  const { names, columns, values } = corpus;
  const words = names.length;
  const shares = new Float64Array(words);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    shares[columns[i]] += values[i];
    total += values[i];
  }
  return Array.from({ length: means.length / words }, (_, k) => {
    const row = means.subarray(k * words, (k + 1) * words);
    // A word that the corpus does not have has no share; at a w of 0 it would be the most relevant of all, and means nothing.
    const score = Float64Array.from(row, (p, w) =>
      weight === 1 ? p : shares[w] === 0 ? -Infinity : Math.log(p) - (1 - weight) * Math.log(shares[w] / total),
    );
    return Array.from({ length: words }, (__, w) => w)
      .sort((a, b) => score[b] - score[a] || a - b)
      .slice(0, count)
      .map((w) => ({ word: names[w], probability: row[w], lift: (row[w] * total) / shares[w] }));
  });
}

/** Topics of one run beside those of another. */
export interface TopicMatch {
  /** The other run's topic for each topic of the first. */
  readonly match: Int32Array;
  /** The probability that the two have in common, Σ_w min(φ_w, φ'_w): 1 for the same topic, 0 for two without a common word. */
  readonly overlap: Float64Array;
}

/**
 * Topics of two runs in pairs: those that have most in common first, then of the rest, and so on. (It is not the pairing with the largest sum, which may break up twins.)
 * @param one topics × words, as `describe` gives them; `other` likewise, with as many topics.
 */
export function matchTopics(one: Float64Array, other: Float64Array, topics: number): TopicMatch {
  const words = one.length / topics;
  const pairs: { a: number; b: number; overlap: number }[] = [];
  for (let a = 0; a < topics; a++)
    for (let b = 0; b < topics; b++) {
      let overlap = 0;
      for (let w = 0; w < words; w++) overlap += Math.min(one[a * words + w], other[b * words + w]);
      pairs.push({ a, b, overlap });
    }
  pairs.sort((p, q) => q.overlap - p.overlap || p.a - q.a || p.b - q.b);
  const match = new Int32Array(topics).fill(-1);
  const overlap = new Float64Array(topics);
  const taken = new Set<number>();
  for (const pair of pairs) {
    if (match[pair.a] >= 0 || taken.has(pair.b)) continue;
    match[pair.a] = pair.b;
    overlap[pair.a] = pair.overlap;
    taken.add(pair.b);
  }
  return { match, overlap };
}
