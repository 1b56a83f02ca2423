import { scaleOf, type Figure, type FigurePoint, type FigureSeries } from '../report/figures.ts';
import { quartilesOf } from './curves.ts';
import { quantile } from './interval.ts';
import type { Report } from './report.ts';
import { finished } from './row.ts';

/** The figures of a comparison that have something to show. */
export function figuresOf(report: Report): Figure[] {
  return [bestSoFar(report), scores(report), differences(report), reached(report)].filter((figure) => figure !== null);
}

/** The best so far: the median over a cell's runs, in the band between its quartiles. */
function bestSoFar({ data }: Report): Figure | null {
  const { cells, curves, unit, sense, objective, negated = sense === 'max' } = data;
  const series = cells.flatMap((cell, group): FigureSeries[] => {
    const points = quartilesOf(curves.filter((curve) => curve.cell === cell)).map(({ used, low, median, high }): FigurePoint =>
      negated ? [used, -median, -high, -low] : [used, median, low, high],
    );
    return points.length === 0 ? [] : [{ name: cell, group, role: 'band', points }];
  });
  if (series.length === 0) return null;
  return {
    id: 'best-so-far',
    title: 'Best so far',
    x: { label: unit, scale: 'linear' },
    y: { label: negated ? objective : 'energy', scale: scaleOf(series) },
    series,
  };
}

/** Every run's score, over its cell's median and quartiles. */
function scores(report: Report): Figure | null {
  const { cells, objective } = report.data;
  const series = cells.flatMap((cell, group): FigureSeries[] => {
    const values = report.scores(cell);
    if (values.length === 0) return [];
    const sorted = [...values].sort((a, b) => a - b);
    const [low, median, high] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share));
    return [
      { name: `${cell}, runs`, group, role: 'dots', points: values.map((value, i): FigurePoint => [value, group - 0.2 + offset(i)]) },
      { name: `${cell}, median and quartiles`, group, role: 'interval', points: [[median, group + 0.2, low, high]] },
    ];
  });
  if (series.length === 0) return null;
  return {
    id: 'scores',
    title: 'Scores',
    x: { label: objective, scale: 'linear' },
    y: { label: 'cell', scale: 'linear', rows: cells },
    series,
  };
}

/** Puts dots of a row a little apart, always in the same way: multiples of the golden section spread evenly. */
function offset(i: number): number {
  return (((i * 0.6180339887498949) % 1) - 0.5) * 0.3;
}

/** The mean difference of each cell to the baseline, with its interval, beside 0. */
function differences(report: Report): Figure | null {
  const { cells, baseline, objective } = report.data;
  const rows = cells.filter((cell) => cell !== baseline);
  const series = rows.flatMap((cell, row): FigureSeries[] => {
    const interval = report.difference(cell);
    if (interval === null) return [];
    const { value, low, high } = interval;
    return [{ name: cell, group: cells.indexOf(cell), role: 'interval', points: [[value, row, low, high]] }];
  });
  if (series.length === 0) return null;
  return {
    id: 'differences',
    title: `Difference to ${baseline}`,
    x: { label: `mean difference of ${objective}, 95 % interval`, scale: 'linear' },
    y: { label: 'cell', scale: 'linear', rows },
    series: [limit(0, rows.length), ...series],
  };
}

/** A dashed line across rows. */
export function limit(at: number, rows: number): FigureSeries {
  const points: FigurePoint[] = [
    [at, -0.5],
    [at, rows - 0.5],
  ];
  return { name: String(at), group: -1, role: 'limit', points };
}

/** The share of a cell's runs that have reached the target, against what they have spent. */
function reached({ data }: Report): Figure | null {
  const { cells, rows, unit, target } = data;
  if (target === null) return null;
  const series = cells.flatMap((cell, group): FigureSeries[] => {
    const runs = rows.filter((row) => row.cell === cell && finished(row));
    if (runs.length === 0) return [];
    const times = runs.flatMap((row) => (row.stopped === 'target' ? [row[unit]!] : [])).sort((a, b) => a - b);
    const points: FigurePoint[] = [[0, 0]];
    times.forEach((time, i) => points.push([time, i / runs.length], [time, (i + 1) / runs.length]));
    points.push([Math.max(...runs.map((row) => row[unit]!)), times.length / runs.length]);
    return [{ name: cell, group, role: 'value', points }];
  });
  if (series.length === 0) return null;
  return {
    id: 'reached',
    title: 'Target reached',
    x: { label: unit, scale: 'linear' },
    y: { label: 'share of runs', scale: 'linear' },
    series,
  };
}
