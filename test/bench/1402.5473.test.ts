import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { anneal, checkDynamics, stream, subsampleGibbs } from 'lehr';
import { reproduce, type Context } from 'lehr/experiment';
import { Block } from '#src/dynamics/block';
import { escapeTime, flatChain, moved, spectralGap, stationary, totalVariation, urn, wellChain } from '#bench/papers/1402.5473/birth-death';
import { BUDGETS, courses, METHODS, type Split } from '#bench/papers/1402.5473/courses';
import paper from '#bench/papers/1402.5473/index';
import { lawFigure } from '#bench/papers/1402.5473/law-figure';
import { AXIS, points } from '#bench/papers/1402.5473/points';
import { logSlope, slopeOf } from '#bench/papers/1402.5473/slopes';
import { flat, well } from '#bench/papers/1402.5473/two-groups';
import { mixtureModel } from '#problems/mixture/model';
import { predictBy } from '#problems/mixture/predict';
import { describe, expect, test } from 'vitest';
import { chiSquare, flat as even, plausible } from '../random/statistics.ts';

describe('birth and death', () => {
  // The reading's closed form, 2 a / (N (N − 1 + 2 a)), and its numbers for a = 1.
  test.each([
    [10, 1, 55],
    [20, 1, 210],
    [40, 1, 820],
    [80, 1, 3240],
    [160, 1, 12_880],
    [30, 0.3, (30 * 29.6) / 0.6],
  ])('the spectral gap of %i rows, a = %f', (rows, a, relaxation) => {
    expect(1 / spectralGap(flatChain(rows, a)) / relaxation).toBeCloseTo(1, 10);
  });

  test('the gap is that of the powers of the transitions', () => {
    const chain = wellChain(12, 1.5, 0.1);
    const goal = stationary(chain);
    let law = new Float64Array(13);
    law[0] = 1;
    const off = [0, 0];
    for (let k = 0; k < 3000; k++) {
      law = moved(chain, law) as Float64Array<ArrayBuffer>;
      if (k === 1999) off[0] = totalVariation(law, goal);
    }
    off[1] = totalVariation(law, goal);
    expect(1 - spectralGap(chain)).toBeCloseTo((off[1] / off[0]) ** (1 / 1000), 8);
  });

  test('escape times are the reading’s', () => {
    // From the bottom of the wrong well to that of the right one, to the digits it gives.
    for (const [spins, from, to, moves] of [
      [25, 2, 24, 1.2e3],
      [50, 4, 48, 6.8e3],
      [100, 9, 95, 1.03e5],
      [200, 19, 190, 1.3e7],
      [400, 39, 379, 1.2e11],
    ])
      expect(escapeTime(wellChain(spins, 1.5, 0.1), from, to) / moves).toBeCloseTo(1, 1);
  });

  test('they are what runs take', () => {
    const chain = wellChain(14, 1.2, 0.1);
    const rng = stream(1, 'escape');
    const runs = 4000;
    let total = 0;
    for (let run = 0; run < runs; run++) {
      for (let k = 1; k < 12; total++) {
        const u = rng.uniform();
        if (u < chain.up[k]) k++;
        else if (u < chain.up[k] + chain.down[k]) k--;
      }
    }
    // The deviation of a run is about its mean: 5 of 1 / √4000.
    expect(total / runs / escapeTime(chain, 1, 12)).toBeCloseTo(1, 1);
  });

  test('the urn is the posterior', () => expect(totalVariation(urn(50, 0.7), stationary(flatChain(50, 0.7)))).toBeLessThan(1e-13));
});

describe('the two models', () => {
  test.each([
    ['flat', flat(30, 1)],
    ['well', well(30, 1.5, 0.1)],
  ])('%s keeps the contract', (_, model) => {
    expect(() => checkDynamics(subsampleGibbs(model), { controls: { fraction: 0.8 }, steps: 5 })).not.toThrow();
  });

  test('Gibbs moves of the driver lead to the exact laws', () => {
    for (const [model, chain] of [
      [flat(12, 1), flatChain(12, 1)],
      [well(12, 0.8, 0.1), wellChain(12, 0.8, 0.1)],
    ] as const) {
      const dynamics = subsampleGibbs(model, { start: 'prior' });
      const state = dynamics.init(stream(2, model.name));
      const rng = stream(3, model.name);
      const counts = new Float64Array(13);
      const block = new Block(3);
      for (let k = -50; k < 4000; k++) {
        block.clear(Infinity);
        dynamics.advance(state, { fraction: 1 }, 12 * 25, rng, block);
        if (k >= 0) counts[state.groups.up]++;
      }
      const law = stationary(chain);
      const kept = [...law.keys()].filter((k) => law[k] * 4000 >= 8);
      const rest = 4000 - kept.reduce((sum, k) => sum + counts[k], 0);
      expect(rest).toBeLessThan(60);
      const share = kept.reduce((sum, k) => sum + law[k], 0);
      expect(
        chiSquare(
          kept.map((k) => counts[k]),
          (i) => (law[kept[i]] / share) * (4000 - rest),
        ),
      ).toSatisfy(plausible);
    }
  });

  test('rows that are added one by one make every size equally likely (a = 1)', () => {
    const dynamics = subsampleGibbs(flat(9, 1));
    const counts = new Float64Array(10);
    for (let run = 0; run < 4000; run++) {
      const state = dynamics.init(stream(4, run));
      const block = new Block(3);
      block.clear(Infinity);
      dynamics.advance(state, { fraction: 1 }, 9, stream(5, run), block);
      counts[state.groups.up]++;
    }
    expect(even(counts)).toSatisfy(plausible);
  });
});

test('slopes', () => {
  expect(slopeOf([1, 2, 4], [3, 5, 9])).toBeCloseTo(2, 12);
  expect(logSlope([1, 10, 100], [2, 200, 20_000])).toBeCloseTo(2, 12);
});

test('the figure of a law has the fitted slope in its legend', () => {
  const { series, x } = lawFigure('a', 'A law', [10, 100, 1000], 'log', [{ name: 'squares', times: [200, 20_000, 2_000_000] }]);
  expect([x.scale, ...series.map(({ name, role }) => `${name} ${role}`)]).toEqual([
    'log',
    'squares: slope 2 dots',
    'squares, fitted value',
  ]);
  for (const [i, [, y]] of series[1].points.entries()) expect(y / series[0].points[i][1]).toBeCloseTo(1, 10);
  const rate = lawFigure('b', 'Another', [10, 20, 40], 'linear', [{ name: 'e', times: [10, 20, 40].map((n) => 3 * Math.exp(0.1 * n)) }]);
  expect(rate.series[0].name).toBe('e: slope 0.1');
});

describe('courses of methods', () => {
  const context = {
    signal: new AbortController().signal,
    seedOf: (name: string) => name,
    once: <T>(_: string, run: () => T | Promise<T>) => Promise.resolve().then(run),
    progress() {},
  } as unknown as Context;
  const split = (k: number): Split => {
    const { features, ...rest } = points(context, 'test', 60, k);
    const part = (from: number, to: number) => ({
      ...rest,
      rows: to - from,
      features: features.map((feature) => ({ ...feature, values: feature.values.slice(from, to) })),
    });
    return { data: part(0, 40), others: part(40, 60) };
  };
  const options = { alpha: 10, discount: 0.1, hyper: 'fixed', priors: { x: AXIS, y: AXIS } } as const;

  test('are of all budgets, below the best of all runs, and those of the run itself', async () => {
    const found = await courses(context, 'test', 6, split, options);
    for (const method of METHODS) {
      const curve = found.curve(context, 'test', method, 'heldOut', 'visits');
      expect(curve.map(([visits]) => visits)).toEqual([...BUDGETS]);
      for (const [, below] of curve) expect(below).toBeGreaterThanOrEqual(0);
    }
    expect(found.of('annealing', 8, 'heldOut')).not.toEqual(found.of('again', 8, 'heldOut'));
    expect(BUDGETS).toContain(found.asLong('sequential, then Gibbs', 'annealing', 8));
    const { data, others } = split(3);
    const { result, energy } = anneal({
      dynamics: subsampleGibbs(mixtureModel(data, options)),
      controls: { fraction: 1 },
      budget: { steps: 4 * 40 },
      seed: 'test',
      path: [3, 1],
    });
    expect(found.of('sequential, then Gibbs', 4, 'joint')[3]).toBe(-energy / 40);
    const { logDensity } = predictBy(data, [0, 1], result.groups, others);
    expect(found.of('sequential, then Gibbs', 4, 'heldOut')[3]).toBeCloseTo(logDensity.reduce((a, b) => a + b) / 20, 12);
  });
});

describe('public tables', () => {
  const folder = join(import.meta.dirname, '../../../shared/instances');
  test.skipIf(!existsSync(join(folder, 'learn', 'wine.data')))('have claims of their own where a folder is named', () => {
    const ids = paper.claims({ full: false, instances: folder, seedOf: (name: string) => name } as Context).map(({ id }) => id);
    expect(ids.filter((id) => id.startsWith('wine-held-out'))).toEqual([
      'wine-held-out-against-gibbs-from-the-prior',
      'wine-held-out-against-sequential-then-gibbs',
    ]);
  });

  test('are asked for by name', () => {
    expect(() => paper.claims({ full: false, instances: import.meta.dirname } as Context)).toThrow(
      /there is no house-votes-84.data, expected it there, or in a folder learn/,
    );
  });
});

test('its claims have sources, margins and controls, and unlike names', () => {
  const claims = paper.claims({ full: false, instances: null } as Context);
  expect(claims.length).toBe(23);
  expect(new Set(claims.map(({ id }) => id)).size).toBe(23);
  for (const { id, source, control } of claims)
    expect([/^[a-z0-9-]+$/.test(id), source.length > 10, control.statement.length > 10]).toEqual([true, true, true]);
});

test('an experiment that is cut tells nothing', async () => {
  const { reproduction, interrupted } = await reproduce(paper, { seed: 1, workers: 1, signal: AbortSignal.abort() });
  expect([reproduction.claims, interrupted]).toEqual([[], true]);
});
