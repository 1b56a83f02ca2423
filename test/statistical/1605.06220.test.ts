import { reproduce } from 'lehr/experiment';
import paper from '#bench/papers/1605.06220/index';
import { expect, test } from 'vitest';

test('contrastive divergence: every claim holds, every control fails', async () => {
  const { reproduction, failures } = await reproduce(paper, { seed: 1, workers: 2 });
  expect(failures).toEqual([]);
  expect(reproduction.claims.map(({ id, verdict, control }) => `${id} ${verdict} ${control.verdict}`)).toEqual([
    'at-least-the-proven-rate holds fails',
    'the-rate-seen-is-a-half holds fails',
    'm-leaves-the-rate holds fails',
    'm-cuts-the-distance-to-the-estimate-1000 holds fails',
    'm-cuts-the-distance-to-the-estimate-10000 holds fails',
    'a-fixed-rate-keeps-wandering holds fails',
    'annealing-stills-it holds fails',
    'annealed-wanders-less-than-fixed holds fails',
    'summable-rates-freeze holds fails',
    'gamma-1-is-slow holds fails',
  ]);
});
