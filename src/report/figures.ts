import { maybe } from '../closest.ts';
import { LehrError, show } from '../error.ts';
import type { Progress } from '../run/outcome.ts';
import type { Traced } from './record.ts';
import { thin, traceLimit } from './thin.ts';

/** What a figure shows of a trace: `control:temperature` for the control of that name. */
export type TraceField = 'energy' | 'acceptance' | `control:${string}`;

/** A figure as plain data, before any of it is drawn. */
export interface Figure {
  /** Letters, digits and dashes; differs between the figures of one report. */
  readonly id: string;
  readonly title: string;
  readonly x: FigureAxis;
  readonly y: FigureAxis;
  readonly series: readonly FigureSeries[];
}

/** An axis: its label and its scale. With `rows`, of the y axis alone, the values 0, 1, 2, … are rows of these names, from the top. */
export interface FigureAxis {
  readonly label: string;
  readonly scale: 'linear' | 'log';
  readonly rows?: readonly string[];
}

/** A point; of a `band` and an `interval` with the ends between which it lies: of y, or of x where y has rows. */
export type FigurePoint = readonly [x: number, y: number, low?: number, high?: number];

/**
 * What is drawn of some points. A curve: `current` (faint), `best` and `value`; `band`: a curve in the middle of a band; `dots`: points alone; `interval`:
 * a mark on a bar for each; `limit`: a dashed line to compare with. Series of one group (0, 1, …) have one colour, the
 * same in all figures, and one entry in the legend.
 */
export interface FigureSeries {
  readonly name: string;
  readonly group: number;
  readonly role: 'current' | 'best' | 'value' | 'band' | 'dots' | 'interval' | 'limit';
  readonly points: readonly FigurePoint[];
}

/** The fields a report has something to show of: energy, each control in the dynamics' order, and acceptance. */
export function traceFields(report: Traced): TraceField[] {
  const fields: TraceField[] = controlNames(report).map((name) => `control:${name}` as const);
  const has = (of: (progress: Progress) => number): boolean =>
    report.chains.some(({ trace }) => trace.some((progress) => Number.isFinite(of(progress))));
  if (has(({ energy }) => energy)) fields.unshift('energy');
  if (has(({ acceptance }) => acceptance)) fields.push('acceptance');
  return fields;
}

/**
 * The curves of one field, for all chains, against steps or seconds: at most 400 points each, which keep the extremes. Values that are not finite
 * are left out. The scale is logarithmic if all values are positive and the largest is more than 100 times the smallest.
 * @throws LehrError `option` for a control that no chain has.
 */
export function traceFigure(report: Traced, field: TraceField, against: 'steps' | 'seconds' = 'steps'): Figure {
  const limit = traceLimit(report.chains.length);
  const series: FigureSeries[] = [];
  const add = (chain: Traced['chains'][number], name: string, role: FigureSeries['role'], of: (progress: Progress) => number): void => {
    const finite = chain.trace.filter((progress) => Number.isFinite(of(progress)));
    const rows = thin([(row) => of(finite[row])], finite.length, limit);
    const points = rows.map((row) => [finite[row][against], of(finite[row])] as const);
    if (points.length > 0) series.push({ name: `chain ${chain.chain}${name}`, group: chain.chain, role, points });
  };

  let title = field.startsWith('control:') ? field.slice('control:'.length) : field;
  if (field === 'energy') {
    for (const chain of report.chains) add(chain, ', current', 'current', ({ energy }) => energy);
    for (const chain of report.chains) add(chain, ', best so far', 'best', ({ best }) => best);
  } else if (field === 'acceptance') {
    title = 'acceptance';
    for (const chain of report.chains) add(chain, '', 'value', ({ acceptance }) => acceptance);
  } else {
    const names = controlNames(report);
    if (!names.includes(title)) {
      throw new LehrError('option', `no chain has the control ${show(title)}, expected one of: ${names.join(', ')}.${maybe(title, names)}`);
    }
    for (const chain of report.chains) add(chain, '', 'value', ({ controls }) => controls[title] ?? NaN);
  }
  return {
    id: field.replaceAll(/[^A-Za-z0-9]+/g, '-'),
    title: title.charAt(0).toUpperCase() + title.slice(1),
    x: { label: against, scale: 'linear' },
    y: { label: field === 'acceptance' ? 'share of proposals accepted' : title, scale: scaleOf(series) },
    series,
  };
}

function controlNames(report: Traced): string[] {
  return [...new Set(report.chains.flatMap(({ trace }) => trace.flatMap(({ controls }) => Object.keys(controls))))];
}

/** Logarithmic if all values are positive and the largest is more than 100 times the smallest. */
export function scaleOf(series: readonly FigureSeries[]): 'linear' | 'log' {
  let low = Infinity;
  let high = -Infinity;
  for (const { points } of series) {
    for (const [, y] of points) {
      low = Math.min(low, y);
      high = Math.max(high, y);
    }
  }
  return low > 0 && high > 100 * low ? 'log' : 'linear';
}
