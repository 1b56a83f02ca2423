import { stream } from 'lehr';
import { drawCorpus, matchTopics, topics, topicWords } from 'lehr/problems/topics';
import { expect, test } from 'vitest';

const corpus = {
  rows: 2,
  names: ['the', 'law', 'war', 'never'],
  starts: Int32Array.of(0, 2, 4),
  columns: Int32Array.of(0, 1, 0, 2),
  values: Float64Array.of(6, 1, 2, 1),
};
const MEANS = Float64Array.of(0.7, 0.25, 0.04, 0.01, 0.55, 0.05, 0.3, 0.1);

test('words by probability, by relevance and by lift', () => {
  const words = (weight: number) => topicWords(MEANS, corpus, 3, weight).map((list) => list.map(({ word }) => word));
  expect(words(1)).toEqual([
    ['the', 'law', 'war'],
    ['the', 'war', 'never'],
  ]);
  // Shares of the corpus: 0.8, 0.1, 0.1, 0. Relevance of the first topic at ½: √(0.7 · 0.7 / 0.8) = 0.78, √(0.25 · 2.5) = 0.79, √(0.04 · 0.4) = 0.13.
  expect(words(0.5)[0]).toEqual(['law', 'the', 'war']);
  expect(words(0)[1]).toEqual(['war', 'the', 'law']);
  const [[first]] = topicWords(MEANS, corpus, 1, 0);
  expect(first.word).toBe('law');
  expect(first.lift).toBeCloseTo(2.5, 12);
  expect(() => topicWords(MEANS, corpus, 1, 2)).toThrow('weight is 2');
});

test('topics are matched by what they have in common', () => {
  const model = topics(drawCorpus({ documents: 30, length: 50, words: 12, topics: 3 }, stream(1)), { topics: 3 });
  const means = model.describe(model.init(stream(2)));
  const turned = Float64Array.from([...means.subarray(12), ...means.subarray(0, 12)]);
  const { match, overlap } = matchTopics(means, turned, 3);
  expect([...match]).toEqual([2, 0, 1]);
  for (const each of overlap) expect(each).toBeCloseTo(1, 12);
  expect([...matchTopics(Float64Array.of(1, 0, 0, 1), Float64Array.of(0.2, 0.8, 0.4, 0.6), 2).match]).toEqual([1, 0]);
});
