import { anneal, checkDynamics, stream } from 'lehr';
import { judge, reproduce, type Context } from 'lehr/experiment';
import paper from '#bench/papers/1907.04595/index';
import recipe, { type NetworkParams } from '#bench/papers/1907.04595/network';
import { at, pairwise, phases, train } from '#bench/papers/1907.04595/runs';
import { comparedSteps, slowSteps } from '#bench/papers/1907.04595/ways';
import patterns from '#problems/network/pattern-recipe';
import { describe, expect, test } from 'vitest';

const PARAMS: NetworkParams = {
  data: 'test',
  d: 20,
  rows: 40,
  shares: { p: 0.1, q: 0.2 },
  scale: 0.1,
  z: 10,
  zeta: 10,
  hidden: 6,
  slope: 0.1,
  fresh: 50,
  calmFrom: 0,
  looks: [3, 7, 12],
};

describe('the network looked at', () => {
  test.each<[string, Partial<NetworkParams>, Record<string, number>]>([
    ['as it is', {}, { rate: 0.25 }],
    [
      'with controls of its own',
      { noises: ['noise', 'secondDecay', 'secondNoise'] },
      { rate: 0.25, noise: 1, secondDecay: 0.01, secondNoise: 0.1 },
    ],
  ])('%s keeps the contract', (_, params, controls) => {
    expect(() => checkDynamics(recipe({ ...PARAMS, ...params }).dynamics, { controls, steps: 5 })).not.toThrow();
  });

  test.each([1, 5, 100])('blocks of %i: looks are what the same run without looks is at those steps', (block) => {
    const plan = { controls: { rate: 0.5 }, block, seed: 4 };
    const { result } = anneal({ dynamics: recipe(PARAMS).dynamics, ...plan, budget: { steps: 20 } });
    const { calmFrom: _, looks, ...inner } = PARAMS;
    expect(result.looks.map(({ step }) => step)).toEqual(looks);
    for (const look of [...result.looks, result.end]) {
      const { dynamics } = patterns({ optimizer: 'sgd', ...inner });
      const literal = anneal({ dynamics, ...plan, budget: { steps: look.step } }).result;
      expect(look).toEqual({ step: look.step, loss: literal.loss, p: literal.figures!.accuracyP, q: literal.figures!.accuracyQ });
    }
  });

  test('the training loss counts only once the first phases are over', () => {
    const until = { signal: { name: 'calm', atMost: 100 } };
    const run = (calmFrom: number) =>
      anneal({
        dynamics: recipe({ ...PARAMS, calmFrom }).dynamics,
        controls: { rate: 0.25 },
        budget: { steps: 40 },
        block: 5,
        until,
        seed: 1,
      });
    expect([run(0).steps, run(20).steps, run(21).steps, run(1000).steps]).toEqual([0, 20, 25, 40]);
    expect(run(20).stopped).toBe('signal');
  });
});

/** What experiments of a test run with. */
const context = (workers: number): Context =>
  ({
    full: false,
    workers,
    signal: new AbortController().signal,
    seedOf: (name: string) => name,
    once: <T>(_name: string, run: () => T | Promise<T>) => Promise.resolve().then(run),
    progress() {},
  }) as unknown as Context;

test('phases last as many steps as they say', () => {
  const { result } = anneal({
    dynamics: recipe({ ...PARAMS, looks: [10] }).dynamics,
    controls: { rate: phases([10, 2], 0) },
    budget: { steps: 30 },
    block: 5,
    seed: 1,
  });
  // At rate 0 nothing moves.
  expect(result.end.loss).toBe(result.looks[0].loss);
  const begin = anneal({ dynamics: recipe(PARAMS).dynamics, controls: { rate: 0 }, budget: { steps: 0 }, seed: 1 });
  expect(begin.result.end.loss).not.toBe(result.end.loss);
});

test('one worker and three: the same; losses are matched; a planted difference of nothing is undecided', { timeout: 30_000 }, async () => {
  const way = { rate: phases([20, 4], 0.25), calmFrom: 20 };
  const large = await train(context(3), 'large', way, 6, 0.2);
  expect(await train(context(1), 'large', way, 3, 0.2)).toEqual(large.slice(0, 3));
  const losses = large.map(({ end }) => end.loss);
  expect(losses.every((loss) => loss <= 0.2)).toBe(true);
  const small = await train(context(2), 'small', { rate: 0.25, calmFrom: 0 }, 6, losses);
  small.forEach(({ end }, i) => expect(Math.abs(end.loss - losses[i])).toBeLessThan(0.002));
  // Two ways that are one: the same bits, and no verdict.
  const same = await train(context(2), 'same', { rate: phases([20, 0.25], 0.25), calmFrom: 0 }, 6, losses);
  const differences = pairwise(same, small, (a, b) => a.end.p - b.end.p);
  expect(differences).toEqual([0, 0, 0, 0, 0, 0]);
  expect(judge({ quantity: 'nothing', above: -0.5 }, { differences }, stream(1)).verdict).toBe('undecided');
  expect(at(large[0], 10).step).toBe(10);
  expect(() => at(large[0], 11)).toThrow('there is no look at step 11');
});

test('a loss that is never reached is an error, not a comparison', { timeout: 30_000 }, async () => {
  const way = { rate: 0.25, calmFrom: 0, steps: 20 };
  await expect(train(context(1), 'short', way, 1, [0.01])).rejects.toThrow(
    /on stream 0 the training loss is 0\.\d+ after 20 steps, expected 0.01/,
  );
});

test('the ablation spends as much rate × steps on both sides', () => {
  for (const full of [false, true]) expect(slowSteps({ full } as Context) * 0.25).toBe(comparedSteps({ full } as Context) * 12);
});

test('its claims have sources, margins and controls, and unlike names', () => {
  // The mitigation is tried with --full alone.
  expect(paper.claims({ full: false } as Context).length).toBe(12);
  const claims = paper.claims({ full: true } as Context);
  expect(claims.length).toBe(13);
  expect(new Set(claims.map(({ id }) => id)).size).toBe(13);
  for (const { id, source, control } of claims)
    expect([/^[a-z0-9-]+$/.test(id), source.length > 10, control.statement.length > 10]).toEqual([true, true, true]);
});

test('an experiment that is cut tells nothing', async () => {
  const { reproduction, interrupted } = await reproduce(paper, { seed: 1, workers: 1, signal: AbortSignal.abort() });
  expect([reproduction.claims, interrupted]).toEqual([[], true]);
});
