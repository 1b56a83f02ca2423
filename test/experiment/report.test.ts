import { describe, expect, test } from 'vitest';
import { stream } from 'lehr';
import { meanInterval, quartilesOf, tableText } from 'lehr/experiment';
import { failure, reportOf, row } from './rows.ts';

const A = [10, 12, 14, 16, 18, 20, 22];
const B = [9, 12, 11, 17, 13, 15, 16];
const rows = A.flatMap((score, i) => [row('a', i, score), row('b', i, B[i])]);

describe('a report', () => {
  test('pairs runs by their streams, in whatever order they come', () => {
    const shuffled = [...rows].reverse();
    expect(reportOf(rows).differences('b')).toEqual([-1, 0, -3, 1, -5, -5, -6]);
    expect(
      reportOf(shuffled, { cells: ['a', 'b'], baseline: 'a' })
        .differences('b')
        .sort((x, y) => x - y),
    ).toEqual([-6, -5, -5, -3, -1, 0, 1]);
    expect(reportOf(rows).differences('a', 'b')).toEqual([1, 0, 3, -1, 5, 5, 6]);
  });

  test('summarises each cell', () => {
    const [a, b] = reportOf(rows).table();
    expect(a).toMatchObject({
      cell: 'a',
      runs: 7,
      failed: 0,
      interrupted: 0,
      median: 16,
      best: 10,
      worst: 22,
      difference: null,
      wins: null,
      target: null,
    });
    expect(a.mean!.value).toBe(16);
    expect(b).toMatchObject({ median: 13, best: 9, worst: 17 });
    expect(b.wins!.probability).toBeCloseTo(5.5 / 7, 12);
    expect(b.difference).toEqual(meanInterval([-1, 0, -3, 1, -5, -5, -6], stream(1, 'bootstrap', 'mean difference', 1, 0)));
    expect(b.difference!.high).toBeLessThan(0);
  });

  test('more may be better', () => {
    const report = reportOf(rows, { sense: 'max' });
    expect(report.wins('b')!.probability).toBeCloseTo(1.5 / 7, 12);
    expect(report.table()[0]).toMatchObject({ best: 22, worst: 10 });
  });

  test('an interval does not depend on what else was asked', () => {
    const report = reportOf(rows);
    const alone = report.difference('b');
    const again = reportOf(rows);
    again.table();
    again.difference('a', 'b', 'median');
    expect(again.difference('b')).toEqual(alone);
    expect(report.difference('b', 'a', 'median')!.value).toBe(-3);
    expect(report.ratio('b')!.value).toBeCloseTo(93 / 112, 12);
  });

  test('runs that failed or were cut are told of, and leave no pair', () => {
    const report = reportOf([...rows, failure('a', 7), row('b', 7, 1), row('a', 8, 1), row('b', 8, 99, { stopped: 'interrupted' })]);
    expect(report.differences('b').length).toBe(7);
    const [a, b] = report.table();
    expect(a).toMatchObject({ runs: 8, failed: 1, interrupted: 0 });
    expect(b).toMatchObject({ runs: 8, failed: 0, interrupted: 1, worst: 17 });
  });

  test('tells nothing where there is nothing to tell', () => {
    const report = reportOf([row('a', 1, 5), failure('b', 1)]);
    expect(report.table()[0]).toMatchObject({ runs: 1, median: 5, mean: null });
    expect(report.table()[1]).toMatchObject({
      runs: 0,
      failed: 1,
      median: null,
      mean: null,
      best: null,
      worst: null,
      difference: null,
      wins: null,
    });
    expect(report.figures().map(({ id }) => id)).toEqual(['scores']);
    expect(() => report.scores('c')).toThrow('cell is "c", expected a, b.');
  });
});

describe('time to a target', () => {
  const hit = (cell: string, seed: number, steps: number) => row(cell, seed, 1, { steps, stopped: 'target' });
  const miss = (cell: string, seed: number) => row(cell, seed, 2, { steps: 100 });
  const timed = [1, 2, 3, 4, 5, 6].flatMap((seed) => [seed < 5 ? hit('a', seed, 10 * seed) : miss('a', seed), hit('b', seed, 5 * seed)]);

  test('is what one success costs', () => {
    const [a, b] = reportOf(timed, { target: 1 }).table();
    expect(a.target).toEqual({ reached: 4, expected: (10 + 20 + 30 + 40 + 200) / 4, ratio: null });
    expect(b.target).toMatchObject({ reached: 6, expected: 105 / 6 });
    expect(b.target!.ratio!.value).toBeCloseTo(105 / 6 / 75, 12);
    expect(b.target!.ratio!.high).toBeLessThan(1);
  });

  test('is unknown where nobody reaches it', () => {
    const never = [1, 2, 3].flatMap((seed) => [hit('a', seed, 10), miss('b', seed)]);
    expect(reportOf(never, { target: 1 }).table()[1].target).toEqual({ reached: 0, expected: null, ratio: null });
    const once = [1, 2, 3].flatMap((seed) => [hit('a', seed, 10), seed === 1 ? hit('b', seed, 10) : miss('b', seed)]);
    expect(reportOf(once, { target: 1 }).table()[1].target).toEqual({ reached: 1, expected: 210, ratio: null });
  });

  test('is drawn as the share of runs that have got there', () => {
    const figure = reportOf(timed, { target: 1 })
      .figures()
      .find(({ id }) => id === 'reached')!;
    expect(figure.x.label).toBe('steps');
    expect(figure.series[0].points[1]).toEqual([10, 0]);
    expect(figure.series[0].points.at(-1)).toEqual([100, 4 / 6]);
    expect(figure.series[1].points.at(-1)).toEqual([30, 1]);
  });
});

describe('figures as plain data', () => {
  test('scores: a dot per run in its cell’s row, over median and quartiles', () => {
    const figure = reportOf(rows)
      .figures()
      .find(({ id }) => id === 'scores')!;
    expect(figure.y.rows).toEqual(['a', 'b']);
    const [dots, box, others] = figure.series;
    expect(dots.points.map(([x]) => x)).toEqual(A);
    for (const [, y] of dots.points) expect(Math.abs(y + 0.2)).toBeLessThan(0.16);
    for (const [, y] of others.points) expect(Math.abs(y - 0.8)).toBeLessThan(0.16);
    expect(box).toMatchObject({ role: 'interval', group: 0, points: [[16, 0.2, 12, 20]] });
  });

  test('differences: an interval per cell beside 0', () => {
    const report = reportOf(rows);
    const figure = report.figures().find(({ id }) => id === 'differences')!;
    const { value, low, high } = report.difference('b')!;
    expect(figure.y.rows).toEqual(['b']);
    expect(figure.series.map(({ role, group, points }) => ({ role, group, points }))).toEqual([
      {
        role: 'limit',
        group: -1,
        points: [
          [0, -0.5],
          [0, 0.5],
        ],
      },
      { role: 'interval', group: 1, points: [[value, 0, low, high]] },
    ]);
  });

  test('the best so far: median and quartiles where all runs have begun, each keeping its last value', () => {
    const curve = (seed: number, used: number[], best: number[]) => ({ cell: 'a', seed, used, best });
    const curves = [curve(1, [0, 50, 100], [9, 5, 1]), curve(2, [0, 100], [8, 2]), curve(3, [10, 40], [NaN, 3])];
    const quartiles = quartilesOf(curves);
    expect(quartiles[0]).toEqual({ used: 40, low: 3, median: 8, high: 9 });
    expect(quartiles.find(({ used }) => used === 50)).toMatchObject({ low: 3, median: 5, high: 8 });
    expect(quartiles.at(-1)).toEqual({ used: 100, low: 1, median: 2, high: 3 });
    expect(quartilesOf([])).toEqual([]);
    expect(quartilesOf([curve(1, [0], [4])])).toEqual([{ used: 0, low: 4, median: 4, high: 4 }]);
    const figure = reportOf(rows, { curves, sense: 'max', objective: 'value' }).figures()[0];
    expect(figure).toMatchObject({ id: 'best-so-far', y: { label: 'value' } });
    expect(figure.series[0].points[0]).toEqual([40, -8, -9, -3]);
  });
});

test('the table as texts leaves out what is empty for all', () => {
  const { heads, rows: lines } = tableText(reportOf(rows), 10);
  expect(heads).toEqual(['cell', 'runs', 'median', 'gap', 'mean', 'difference', 'wins']);
  expect(lines[0].slice(0, 4)).toEqual(['a (baseline)', '7', '16', '+60 %']);
  expect(lines[0].slice(5)).toEqual(['–', '–']);
  expect(lines[1][5]).toMatch(/^-2\.71429 \(-\d[\d.]* to -\d[\d.]*\)$/);
  const few = tableText(reportOf([row('a', 1, 5), failure('b', 1)]));
  expect(few).toEqual({
    heads: ['cell', 'runs', 'median'],
    rows: [
      ['a (baseline)', '1', '5'],
      ['b', '0, 1 failed', '–'],
    ],
  });
});
