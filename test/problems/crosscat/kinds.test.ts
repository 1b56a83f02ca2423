import { anneal, stream, subsampleGibbs } from 'lehr';
import { adjustedRand } from 'lehr/experiment';
import { crossCatModel } from 'lehr/problems/crosscat';
import type { MixtureData } from 'lehr/problems/mixture';
import { Partition } from '#problems/mixture/partition';
import { Tally } from '#problems/mixture/tally';
import { expect, test } from 'vitest';
import { COLUMNS, dataOf } from '../mixture/rows.ts';

/** Four views of four columns of numbers, about centres of three groups each that are 3 deviations apart. */
function plantedNumbers(table: number): { data: MixtureData; kindOf: number[] } {
  const rows = 120;
  const rng = stream(22, 'numbers', table);
  const groupOf = Array.from({ length: 4 }, () => Int32Array.from({ length: rows }, () => rng.below(3)));
  const kindOf = Array.from({ length: 16 }, (_, f) => f >> 2);
  const features = kindOf.map((view, f) => {
    const centres = [0, 1, 2].map(() => rng.normal());
    const values = Float64Array.from(groupOf[view], (k) => centres[k] + rng.normal() / 3);
    return { kind: 'normal' as const, name: `f${f}`, values, centre: 0, scale: 1 };
  });
  return { data: { rows, features, codes: new Uint8Array(0) }, kindOf };
}

test('kinds are born of many rows, where few that are drawn from the prior are', () => {
  const agreement = (ownKinds: boolean): number => {
    const tables = [1, 2, 3, 4].map((table) => {
      const { data, kindOf } = plantedNumbers(table);
      const { result } = anneal({
        // All columns begin in one kind, and all rows are in from the start.
        dynamics: subsampleGibbs(crossCatModel(data, { ownKinds }), { start: 'prior' }),
        controls: { fraction: 1 },
        budget: { steps: data.rows * 20 },
        seed: table,
      });
      return adjustedRand(result.groups.kindOf, kindOf);
    });
    return tables.reduce((a, b) => a + b) / 4;
  };
  expect(agreement(false)).toBeLessThan(0.35);
  expect(agreement(true)).toBeGreaterThan(0.55);
});

test('the table of likelihoods is that of partitions, for many columns of all kinds', () => {
  const names = Object.keys(COLUMNS);
  const data = dataOf(Array.from({ length: 60 }, (_, f) => names[f % names.length]));
  const model = crossCatModel(data);
  const groups = model.empty();
  const rng = stream(5, 'rows');
  const window = Int32Array.of(4, 0, 5, 2);
  for (const row of window) model.assignBlindly(groups, row, rng);
  const { assignment } = groups.kinds[0];
  const all = data.features.map((_, f) => f);
  const tally = new Tally(data, all, groups.hyper, assignment, window);
  for (const f of all) {
    const alone = new Partition(data, [f], groups.hyper, [1, 0], assignment);
    expect(tally.logMarginal(f, groups.hyper[f])).toBeCloseTo(alone.logMarginal(f), 10);
  }
});
