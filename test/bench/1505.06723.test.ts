import { anneal, checkDynamics, evidenceBound, stream, svi } from 'lehr';
import { reproduce, type Context } from 'lehr/experiment';
import { draw, type Source } from '#bench/papers/1505.06723/drawn';
import paper from '#bench/papers/1505.06723/index';
import recipe, { type InferenceParams, type InferenceResult } from '#bench/papers/1505.06723/inference';
import { describe, expect, test } from 'vitest';

const SOURCES: readonly Source[] = [
  { model: 'mixture', points: 60, components: 4 },
  { model: 'mixture', points: 50, components: 3, axes: 4, half: 2 },
  { model: 'chains', sequences: 3, length: 20, states: 3, symbols: 4 },
  { model: 'topics', documents: 20, length: 15, words: 8, topics: 3, remember: true },
];

describe.each(SOURCES)('%o', (source) => {
  test.each<[string, Partial<InferenceParams>]>([
    ['plain', {}],
    ['restarts', { length: 5 }],
    ['annealed', { temper: 'local', noise: 'statistics', start: 1 }],
  ])('keeps the contract: %s', (_, params) => {
    const { dynamics } = recipe({ source, ...params });
    expect(() => checkDynamics(dynamics, { controls: { temperature: 1.3, noiseScale: 0.5 }, steps: 3, blocks: 6 })).not.toThrow();
  });

  test('runs of one stream have one data set and one start; the best of restarts counts', () => {
    const run = (params: Partial<InferenceParams>, steps: number): InferenceResult =>
      anneal({ dynamics: recipe({ source, ...params }).dynamics, controls: {}, budget: { steps }, block: 1, seed: 5 }).result;
    const bounds = [run({}, 6), run({ length: 6 }, 6), run({ length: 6 }, 12), run({ length: 6 }, 18)].map(({ bound }) => bound);
    expect(bounds[1]).toBe(bounds[0]);
    for (let k = 1; k < bounds.length; k++) expect(bounds[k]).toBeGreaterThanOrEqual(bounds[k - 1]);
    expect(run({ start: 1 }, 6).bound).not.toBe(bounds[0]);
    // The same by hand.
    const rng = stream(5, 'init');
    const { model } = draw(source, rng.child('data'));
    const plain = svi(model);
    const state = plain.init(rng);
    for (let k = 0; k < 6; k++) plain.advance(state, {}, 1, rng, { evaluations: 0, allowance: Infinity } as never);
    expect(-state.energy).toBe(bounds[0]);
    expect(evidenceBound(model, state.lambda)).toBeGreaterThan(bounds[0] - 0.02 * Math.abs(bounds[0]));
  });
});

test('topics tell the perplexity of unseen documents, others none', () => {
  const results = SOURCES.map(
    (source) => anneal({ dynamics: recipe({ source }).dynamics, controls: {}, budget: { steps: 20 }, block: 1, seed: 5 }).result,
  );
  expect(results.slice(0, 3).map(({ perplexity }) => perplexity)).toEqual([null, null, null]);
  expect(results[3].perplexity).toBeGreaterThan(1);
  expect(results[3].perplexity).toBeLessThan(8);
});

test('its claims have sources, margins and controls, and unlike names', () => {
  const claims = paper.claims({ full: false } as Context);
  expect(claims.length).toBe(27);
  expect(new Set(claims.map(({ id }) => id)).size).toBe(27);
  for (const { id, source, control } of claims)
    expect([/^[a-z0-9-]+$/.test(id), source.length > 10, control.statement.length > 10]).toEqual([true, true, true]);
});

test('an experiment that is cut tells nothing', async () => {
  const { reproduction, interrupted } = await reproduce(paper, { seed: 1, workers: 1, signal: AbortSignal.abort() });
  expect([reproduction.claims, interrupted]).toEqual([[], true]);
});
