import { reproduce } from 'lehr/experiment';
import paper from '#bench/papers/2005.07360/index';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';

const verdicts = async (options: { instances?: string; claims?: readonly string[] }): Promise<string[]> => {
  const { reproduction, failures } = await reproduce(paper, { seed: 1, workers: 2, ...options });
  expect(failures).toEqual([]);
  return reproduction.claims.map(({ id, verdict, control }) => `${id} ${verdict} ${control.verdict}`);
};

test('annealing in a convex problem: the paper’s claims hold, and where its reasoning does not reach they fail', async () => {
  expect(await verdicts({})).toEqual([
    'better-with-probability-3-4 holds fails',
    'twice-the-test-loss holds fails',
    'alike-where-one-direction-is-unseen holds fails',
    'only-because-of-early-stopping holds fails',
    'annealing-hurts-the-other-way-round holds fails',
    'better-in-3-4-of-all-draws holds fails',
    'a-small-rate-is-as-good-as-the-flow holds fails',
    'decays-lie-between holds fails',
    'longer-decays-gain-more fails fails',
    'regression-without-noise holds fails',
    'inputs-of-tables-without-noise holds fails',
    'tables-as-they-are fails fails',
    'tables-with-ridge fails undecided',
    'tables-with-random-features fails fails',
  ]);
});

test.skipIf(!existsSync('../shared/instances'))('the same on real tables', async () => {
  const claims = ['inputs-of-tables-without-noise', 'tables-as-they-are', 'tables-with-ridge', 'tables-with-random-features'];
  expect(await verdicts({ instances: '../shared/instances', claims })).toEqual([
    'inputs-of-tables-without-noise holds fails',
    'tables-as-they-are fails undecided',
    'tables-with-ridge fails undecided',
    'tables-with-random-features fails fails',
  ]);
});
