import { stream, type Inferred } from 'lehr';
import { runJobs, type JobResult } from 'lehr/parallel';
import { gaussianMixtureRecipe, type Mixture } from 'lehr/problems/gaussian-mixture';
import { drawSequences, hiddenMarkovRecipe, type HiddenMarkovLaw } from 'lehr/problems/hidden-markov';
import { drawCorpus, topicsRecipe } from 'lehr/problems/topics';
import { describe, expect, test } from 'vitest';
import { points } from '../../dynamics/variational-models.ts';

const CHAIN = { initial: [0.5, 0.5], transitions: [0.9, 0.1, 0.1, 0.9], emissions: [0.8, 0.1, 0.1, 0.1, 0.1, 0.8] };
const CASES: readonly (readonly [string, string, object])[] = [
  ['a mixture', gaussianMixtureRecipe, { data: points(60), d: 3, components: 4 }],
  ['hidden Markov', hiddenMarkovRecipe, { data: drawSequences(CHAIN, 6, 30, stream(1)), states: 2 }],
  ['topics', topicsRecipe, { corpus: drawCorpus({ documents: 20, length: 15, words: 10, topics: 3 }, stream(2)), topics: 3 }],
];

describe.each(CASES)('the recipe of %s', (_, module, params) => {
  test('gives chains on worker threads the same bits as in this one, annealed or not', async () => {
    const jobs = [
      { params, seed: 1, path: ['chain', 0], budget: { steps: 20 } },
      { params: { ...params, batch: 5 }, seed: 1, path: ['chain', 1], budget: { steps: 20 } },
      {
        params: { ...params, noise: 'local', temper: 'local' },
        seed: 1,
        path: ['chain', 2],
        budget: { steps: 20 },
        controls: { noiseScale: { schedule: 'linear', from: 2, to: 0 }, temperature: { schedule: 'linear', from: 1.5, to: 1 } },
      },
    ];
    const results = await Promise.all(
      (['inline', 'threads'] as const).map((executor) => runJobs<object, Inferred>(module, jobs, { executor, workers: 2 })),
    );
    const outcomes = results.map((each) => each.map((result) => (result as JobResult<Inferred> & { status: 'done' }).outcome));
    expect(outcomes[0].map(({ result }) => result)).toEqual(outcomes[1].map(({ result }) => result));
    for (const { result, energy } of outcomes[0]) {
      expect(Number.isFinite(energy)).toBe(true);
      expect(result.bound).toBeLessThan(0);
    }
  });
});

test('results say what was learned', async () => {
  const [mixture, chain] = await Promise.all(
    CASES.slice(0, 2).map(async ([, module, params]) => {
      const [result] = await runJobs<object, Inferred>(module, [{ params, seed: 3, budget: { steps: 100 } }], { executor: 'inline' });
      return (result as JobResult<Inferred> & { status: 'done' }).outcome.result;
    }),
  );
  const { weights, means, covariances } = mixture as Inferred & Mixture;
  expect(weights.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  expect([means.length, covariances.length]).toEqual([12, 36]);
  const { transitions } = chain as Inferred & HiddenMarkovLaw;
  expect(transitions[0] + transitions[1]).toBeCloseTo(1, 12);
});
