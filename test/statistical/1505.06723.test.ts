import { reproduce } from 'lehr/experiment';
import paper from '#bench/papers/1505.06723/index';
import { expect, test } from 'vitest';

// Verdicts that do not hang on the size of the experiment; the others are what the runs say.
const HOLD = [
  'mixtures-stochastic-helps',
  'mixtures-stochastic-over-deterministic',
  'wide-mixtures-stochastic-over-restarts',
  'chains-stochastic-helps',
  'chains-stochastic-over-restarts',
  'topics-deterministic-over-stochastic',
  'topics-deterministic-predicts-better',
  'topics-deterministic-helps',
  'topics-deterministic-over-restarts',
  'noise-over-restarts-2-axes-14-apart-100-components',
  'noise-over-restarts-5-axes-14-apart-100-components',
];
/** Where components are few, restarts of equal cost are no worse. */
const NOT = ['mixtures-stochastic-over-restarts', ...[2, 5].map((axes) => `noise-over-restarts-${axes}-axes-7-apart-12-components`)];

test('stochastic annealing: better than plain ascent, and than restarts where components are many and far apart', async () => {
  const { reproduction, failures } = await reproduce(paper, { seed: 1, workers: 2 });
  expect(failures).toEqual([]);
  const verdicts = new Map(reproduction.claims.map(({ id, verdict }) => [id, verdict]));
  expect(HOLD.map((id) => `${id} ${verdicts.get(id)}`)).toEqual(HOLD.map((id) => `${id} holds`));
  expect(NOT.filter((id) => verdicts.get(id) === 'holds')).toEqual([]);
  expect(reproduction.claims.filter(({ control }) => control.verdict === 'holds').map(({ id }) => id)).toEqual([]);
});
