import { reproduce } from 'lehr/experiment';
import paper from '#bench/papers/1907.04595/index';
import { expect, test } from 'vitest';

test('two patterns: better at equal training loss, but in no such order, and not because of the rate', async () => {
  const { reproduction, failures } = await reproduce(paper, { seed: 1, workers: 2 });
  expect(failures).toEqual([]);
  expect(reproduction.claims.map(({ id, verdict, control }) => `${id} ${verdict} ${control.verdict}`)).toEqual([
    'better-on-the-easy-pattern holds undecided',
    'ahead-in-four-of-five holds fails',
    'large-rates-learn-the-easy-pattern-first fails fails',
    'small-rates-learn-the-hard-pattern-first holds fails',
    'the-larger-the-better undecided fails',
    'larger-is-better-at-equal-rate-times-steps holds undecided',
    'easy-pattern-by-the-switch holds fails',
    'hard-pattern-blocked-on-some holds fails',
    'both-patterns-in-the-end holds fails',
    'large-phase-generalises-better holds undecided',
    'noise-is-not-needed holds fails',
    'a-small-rate-does-as-well holds fails',
  ]);
});
