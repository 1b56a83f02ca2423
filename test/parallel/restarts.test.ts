import { expect, test } from 'vitest';
import { anneal, fixedLength, luby, variableLength, type Restarts } from 'lehr';
import { exponential } from 'lehr/schedules';
import { multistart } from 'lehr/parallel';
import { fixture, timeless } from './runs.ts';
// @ts-expect-error a module of plain JavaScript
import recipe from './fixtures/spins.mjs';

const options = {
  module: fixture('spins.mjs'),
  params: { n: 64 },
  seed: 'val',
  budget: { steps: 40_000 },
  controls: { temperature: { schedule: 'exponential', from: 2, to: 0.05 } },
};

test('P-VAL: the same for inline and 1, 2, 3 or 7 workers; chain i is the run of its dealt lengths in its own stream', async () => {
  const chains = 6;
  const restarts: Restarts = { lengths: variableLength({ chains, first: 500 }) };
  const inline = await multistart({ ...options, chains, restarts, executor: 'inline' });
  for (const workers of [1, 2, 3, 7])
    expect(timeless(await multistart({ ...options, chains, restarts, workers }))).toEqual(timeless(inline));
  const { dynamics, measures } = recipe({ n: 64 });
  inline.chains.forEach((result, chain) => {
    const alone = anneal({
      dynamics,
      measures,
      controls: { temperature: exponential(2, 0.05) },
      budget: options.budget,
      seed: 'val',
      path: ['chain', chain],
      restarts: { lengths: variableLength({ chains, first: 500, chain }) },
    });
    expect(timeless(result.status === 'done' && result.outcome)).toEqual(timeless(alone));
  });
  const runs = inline.chains.map((result) => (result.status === 'done' ? result.outcome.runs : 0));
  // 500 + 8000 + 128 000 …, 1000 + 16 000 + …, 2000 + 32 000 + …, 4000 + 64 000, and again from the fifth on.
  expect(runs).toEqual([3, 3, 3, 2, 3, 3]);
});

test('any lengths: Luby’s, fixed ones, a list; dealt to another number of chains they are refused', async () => {
  for (const lengths of [luby(300), fixedLength({ perVariable: 50 }), [1000, 39_000]]) {
    const size = 64;
    const module = fixture('spins.mjs');
    const search = await multistart({ ...options, module, params: { n: size, size }, chains: 2, restarts: { lengths }, workers: 2 });
    expect([search.steps, search.outcome.stopped]).toEqual([80_000, 'budget']);
  }
  await expect(multistart({ ...options, chains: 2, restarts: { lengths: variableLength({ chains: 3 }) } })).rejects.toThrow(
    'dealt to 3 chains, but there are 2',
  );
});

test('a target over chains with restarts: the chain that needs fewest of its own steps, whatever the workers', async () => {
  const restarts: Restarts = { lengths: variableLength({ chains: 4, first: 200 }) };
  const best = (await multistart({ ...options, chains: 4, restarts, executor: 'inline' })).outcome.energy;
  const target = best + 1;
  const winners = [];
  for (const workers of [1, 2, 3]) {
    const { best: winner, outcome, steps } = await multistart({ ...options, chains: 4, restarts, workers, target });
    winners.push([winner, outcome.stopped, outcome.steps, steps]);
  }
  expect(winners[0][1]).toBe('target');
  expect(winners[1]).toEqual(winners[0]);
  expect(winners[2]).toEqual(winners[0]);
});

test('a seconds budget over restarts keeps every chain at work to its end, and its records repeat it', async () => {
  const restarts: Restarts = { lengths: variableLength({ first: 1000 }) };
  const first = await multistart({ ...options, budget: { seconds: 0.4 }, chains: 2, restarts, workers: 2 });
  const records = first.chains.map((result) => (result.status === 'done' ? result.outcome.record : null));
  for (const result of first.chains) expect(result.status === 'done' && result.outcome.seconds).toBeGreaterThan(0.39);
  const again = await multistart({
    ...options,
    budget: first.budget,
    chains: 2,
    restarts,
    replay: JSON.parse(JSON.stringify(records)),
    executor: 'inline',
  });
  expect([again.outcome.energy, again.outcome.result, again.steps, again.best]).toEqual([
    first.outcome.energy,
    first.outcome.result,
    first.steps,
    first.best,
  ]);
});
