import { anneal, stream, svi } from 'lehr';
import { drawCorpus, halves, perplexity, selectDocuments, topics, type TopicsOptions } from 'lehr/problems/topics';
import type { SparseRows } from 'lehr/problems/table';
import { lgamma } from '#problems/conjugate/special';
import { describe, expect, test } from 'vitest';

/** A corpus from lists of words. */
function corpusOf(lists: number[][], words: number): SparseRows {
  const starts = [0];
  const [columns, values]: number[][] = [[], []];
  for (const list of lists) {
    for (let w = 0; w < words; w++) {
      const count = list.filter((word) => word === w).length;
      if (count === 0) continue;
      columns.push(w);
      values.push(count);
    }
    starts.push(columns.length);
  }
  const names = Array.from({ length: words }, (_, w) => `w${w}`);
  return {
    rows: lists.length,
    names,
    starts: Int32Array.from(starts),
    columns: Int32Array.from(columns),
    values: Float64Array.from(values),
  };
}

const LISTS = [
  [0, 0, 1],
  [1, 2, 2],
];
const PRIOR = { alpha: 0.6, eta: 0.4 };

/** ln p(words): Σ over all topics of all words of Dirichlet–multinomial probabilities. */
function evidence(count: number): number {
  const { alpha, eta } = PRIOR;
  const polya = (counts: number[], concentration: number): number => {
    let log = lgamma(counts.length * concentration) - lgamma(counts.length * concentration + counts.reduce((a, b) => a + b));
    for (const each of counts) log += lgamma(concentration + each) - lgamma(concentration);
    return log;
  };
  let total = 0;
  for (let code = 0; code < count ** 6; code++) {
    const words = Array.from({ length: count }, () => [0, 0, 0]);
    const shares = LISTS.map(() => Array<number>(count).fill(0));
    let rest = code;
    LISTS.forEach((list, d) =>
      list.forEach((word) => {
        words[rest % count][word]++;
        shares[d][rest % count]++;
        rest = Math.floor(rest / count);
      }),
    );
    total += Math.exp(words.reduce((sum, each) => sum + polya(each, eta), 0) + shares.reduce((sum, each) => sum + polya(each, alpha), 0));
  }
  return Math.log(total);
}

const small = corpusOf(LISTS, 3);

describe.each<['double' | 'single', number]>([
  ['double', 9],
  ['single', 4],
])('the bound in %s, against the sum over all topics', (precision, digits) => {
  const bounds = (count: number): number[] =>
    [1, 2, 3, 4, 5, 6].map(
      (seed) =>
        anneal({
          dynamics: svi(topics(small, { topics: count, ...PRIOR, precision, remember: true })),
          controls: {},
          budget: { steps: 100 },
          block: 1,
          seed,
        }).result.bound,
    );

  test('of one topic is the evidence itself', () => expect(bounds(1)[0]).toBeCloseTo(evidence(1), digits));

  test('of two topics is below it, by little', () => {
    const truth = evidence(2);
    for (const bound of bounds(2)) expect(bound).toBeLessThan(truth);
    expect(truth - Math.max(...bounds(2))).toBeLessThan(2.5);
  });
});

test('perplexity is that of the words’ true law where documents are long and topics known', () => {
  const corpus = drawCorpus({ documents: 40, length: 4000, words: 12, topics: 1, eta: 1 }, stream(1));
  const counts = new Float64Array(12);
  corpus.columns.forEach((word, i) => (counts[word] += corpus.values[i]));
  const total = counts.reduce((a, b) => a + b);
  const entropy = -counts.reduce((sum, count) => sum + (count / total) * Math.log(count / total), 0);
  const [first, second] = halves(corpus, stream(2));
  first.starts.forEach((_, d) => expect(d === 0 || first.starts[d] > first.starts[d - 1]).toBe(true));
  const sums = (part: SparseRows): number => part.values.reduce((a, b) => a + b);
  expect(sums(first) + sums(second)).toBe(160_000);
  expect(perplexity(counts, [first, second], { topics: 1 })).toBeCloseTo(Math.exp(entropy), 1);
});

test('learning in batches and online lowers the perplexity of documents never seen', () => {
  const corpus = drawCorpus({ documents: 500, length: 100, words: 60, topics: 4, alpha: 0.1, eta: 0.05 }, stream(3));
  const order = Array.from({ length: 500 }, (_, d) => d);
  const training = selectDocuments(corpus, order.slice(0, 400));
  const unseen = halves(selectDocuments(corpus, order.slice(400)), stream(4));
  const options: TopicsOptions = { topics: 4, alpha: 0.1, eta: 0.05, precision: 'single' };
  const model = topics(training, options);
  const tried = (parameters: Float64Array): number => perplexity(parameters, unseen, options);
  const batch = anneal({ dynamics: svi(model), controls: {}, budget: { steps: 100 }, block: 1, seed: 1 }).result;
  const online = anneal({
    dynamics: svi(model, { batch: 50 }),
    controls: { rate: (_, s) => 1 / Math.sqrt(2 + s) },
    budget: { steps: 160 },
    block: 1,
    seed: 1,
  }).result;
  const start = tried(model.init(stream(1)));
  for (const { parameters } of [batch, online]) expect(start).toBeGreaterThan(1.7 * tried(parameters));
  const sums = model.shares(batch.parameters);
  for (let d = 0; d < 400; d++) expect(sums.slice(4 * d, 4 * d + 4).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
  const means = model.describe(batch.parameters);
  expect(means.slice(0, 60).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  const [top] = model.topWords(batch.parameters, 3);
  expect(means[Number(top[0].slice(1)) - 1]).toBe(Math.max(...means.slice(0, 60)));
});

describe('refuses', () => {
  const odd = (change: Partial<SparseRows>): SparseRows => ({ ...small, ...change });
  test.each<[() => unknown, string]>([
    [() => topics(odd({ values: small.values.map((_, i) => (i === 1 ? -1 : 1)) }), { topics: 2 }), 'document 0 has -1 times the word "w1"'],
    [() => topics(odd({ values: small.values.map(() => 0.5) }), { topics: 2 }), 'document 0 has 0.5 times the word "w0"'],
    [() => topics(odd({ values: small.values.map(() => 0) }), { topics: 2 }), 'the corpus has no words in its 2 documents'],
    [() => topics(small, { topics: 4 }), 'topics is 4, expected a whole number from 1 to the 3 words'],
    [() => topics(small, { topics: 2, alpha: 0 }), 'alpha is 0'],
    [() => topics(small, { topics: 2, precision: 'half' as 'double' }), "precision is \"half\", expected 'double' or 'single'"],
  ])('%#', (make, message) => expect(make).toThrow(message));
});
