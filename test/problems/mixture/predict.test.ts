import { anneal, subsampleGibbs } from 'lehr';
import { crossCatModel, predict as predictViews } from 'lehr/problems/crosscat';
import { mixtureData, mixtureModel, predict } from 'lehr/problems/mixture';
import { readCsv } from 'lehr/problems/table';
import { linear } from 'lehr/schedules';
import { describe, expect, test } from 'vitest';

const rows = Array.from({ length: 60 }, (_, i) =>
  i % 2 === 0 ? `y,red,${i % 5},${1 + (i % 7) / 10}` : `n,green,${20 + (i % 6)},${5 - (i % 9) / 10}`,
);
const header = 'vote,colour,visits,size';
const read = (lines: string[]): ReturnType<typeof readCsv> =>
  readCsv([header, ...lines].join('\n'), { path: 'new.csv', header: true, types: { vote: 'category', colour: 'category' } });
const data = mixtureData(read([...rows, '?,blue,3,1.2']), { kinds: { visits: 'poisson' } });
const run = (model: any): any =>
  anneal({ dynamics: subsampleGibbs(model), controls: { fraction: linear(0, 1) }, budget: { steps: 61 * 19 }, seed: 1 }).result.groups;

describe('what groups say of other rows', () => {
  const groups = run(mixtureModel(data));

  test('each goes to its like', () => {
    const { group, probability } = predict(data, groups, read(['y,red,2,1.3', 'n,green,22,4.6', '?,?,NA,NA']));
    expect([group[0], group[1]]).toEqual([groups.assignment[0], groups.assignment[1]]);
    expect(Math.min(probability[0], probability[1])).toBeGreaterThan(0.9);
    // Of a row without values the prior alone speaks.
    expect(groups.sizes[group[2]]).toBe(Math.max(...groups.sizes));
  });

  test('densities are differences of the joint law', () => {
    const fresh = read(['y,red,2,1.3']);
    const { logDensity } = predict(data, groups, fresh);
    // Summed over everything that a discrete column can be, they add up.
    const parts = ['y', 'n'].flatMap((vote) => ['red', 'green', 'blue'].map((colour) => `${vote},${colour},2,1.3`));
    const whole = predict(data, groups, read(['?,?,2,1.3'])).logDensity[0];
    const sum = predict(data, groups, read(parts)).logDensity.reduce((total, log) => total + Math.exp(log), 0);
    expect(Math.log(sum)).toBeCloseTo(whole, 10);
    expect(logDensity[0]).toBeLessThan(whole);
    // And the density of size integrates to 1, in the units it was read in.
    const width = 0.02;
    const sizes = Array.from({ length: 6000 }, (_, i) => `?,?,NA,${(-57 + width * (i + 0.5)).toFixed(4)}`);
    const mass = predict(data, groups, read(sizes)).logDensity.reduce((total, log) => total + Math.exp(log) * width, 0);
    expect(mass).toBeGreaterThan(0.99);
    expect(mass).toBeLessThan(1.001);
  });

  test('what was never seen is told by row and column', () => {
    expect(() => predict(data, groups, read(['y,red,2,1.3', 'y,pink,2,1.3']))).toThrow(
      /new\.csv:3: column "colour" is "pink", expected one of the 3 categories of the rows that were grouped/,
    );
    expect(() => predict(data, groups, read(['y,red,-2,1.3']))).toThrow(/new\.csv:2: column "visits" is -2, expected a count/);
    expect(() => predict(data, groups, readCsv('vote,visits,size\ny,1,2\n'))).toThrow(/no column "colour"/);
  });
});

test('kinds say it together', () => {
  const groups = run(crossCatModel(data));
  const { logDensity, kinds } = predictViews(data, groups, read(['y,red,2,1.3', 'n,red,22,4.6']));
  expect(kinds.length).toBe(groups.kinds.length);
  expect(logDensity[0]).toBeCloseTo(
    kinds.reduce((sum, kind) => sum + kind.logDensity[0], 0),
    12,
  );
  expect(logDensity[0]).toBeGreaterThan(logDensity[1]);
});
