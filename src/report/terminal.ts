import asciichart from 'asciichart';
import { LehrError, show } from '../error.ts';
import { formatNumber } from './numbers.ts';

export { formatCompact, formatCount, formatCounted, formatGap, formatNumber, formatPercent, formatRate, formatSeconds } from './numbers.ts';

const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** Plain numbers, evenly spaced, or points (x, y) in order of x. */
export type PlotInput = readonly number[] | readonly (readonly [x: number, y: number])[];

/** How `plotText` draws: sizes in characters of the plot itself, without its labels. */
export interface PlotOptions {
  readonly width?: number;
  readonly height?: number;
  /** A line above the plot. */
  readonly label?: string;
  /** `log` needs all values positive. */
  readonly scale?: 'linear' | 'log';
}

/**
 * The values as one line of `▁▂▃▄▅▆▇█`, lowest to highest; what is not finite is a space, and equal values stand in the middle.
 * With `width`, at most that many characters, each the mean of its share.
 */
export function sparkline(values: readonly number[], width = values.length): string {
  const columns = values.length <= width ? values : shares(values, width);
  let low = Infinity;
  let high = -Infinity;
  for (const value of columns) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const range = high - low;
  let line = '';
  for (const value of columns) {
    if (!Number.isFinite(value)) line += ' ';
    else line += LEVELS[range > 0 ? Math.round(((value - low) / range) * (LEVELS.length - 1)) : 3];
  }
  return line;
}

/** A bar of `width` characters filled to a share between 0 and 1 (what lies outside is taken as the nearer end, NaN as 0). */
export function bar(fraction: number, width: number): string {
  const filled = Number.isNaN(fraction) ? 0 : Math.round(Math.min(1, Math.max(0, fraction)) * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}

/**
 * A line plot in text, without colour or trailing spaces. Each column shows the mean of the points that fall into it, or the line
 * between its neighbours; the first and the last column show the first and the last point.
 * @throws LehrError `option` for no finite point, a size below 2, or a value that is not positive on a log scale.
 */
export function plotText(input: PlotInput, options: PlotOptions = {}): string {
  const { width = 60, height = 12, scale = 'linear' } = options;
  for (const [name, size] of [['width', width] as const, ['height', height] as const]) {
    if (!Number.isInteger(size) || size < 2)
      throw new LehrError('option', `plotText: ${name} is ${show(size)}, expected a whole number from 2`);
  }
  const columns = resample(input, width).map((value) => (scale === 'log' ? logOf(value) : value));
  const low = Math.min(...columns);
  const range = Math.max(...columns) - low;
  const rows = height - 1;
  // asciichart scales by value / range, which loses all digits for 1e9 ± 1e-6: it gets rows, and the labels are ours.
  const level = range > 0 ? columns.map((value) => ((value - low) / range) * rows) : columns.map(() => Math.round(rows / 2));
  const labels = Array.from({ length: height }, (_, row) => {
    if (range === 0) return row === level[0] ? labelOf(low, 0, scale) : '';
    return labelOf(low + (range * row) / rows, range / rows, scale);
  });
  const pad = Math.max(3, ...labels.map((label) => label.length));
  const chart = asciichart.plot(level, {
    min: 0,
    max: rows,
    height: rows,
    symbols: ['┤', '┤', '╶', '╴', '─', '╰', '╭', '╮', '╯', '│'],
    format: (row) => labels[Math.round(row)].padStart(pad),
  });
  const lines = chart.split('\n').map((line) => line.trimEnd());
  return (options.label === undefined ? lines : [options.label, ...lines]).join('\n');
}

/** The mean of the finite values in each of `width` equal shares, NaN where there is none. */
function shares(values: readonly number[], width: number): number[] {
  return Array.from({ length: width }, (_, column) => {
    const share = values.slice(Math.floor((column * values.length) / width), Math.floor(((column + 1) * values.length) / width));
    const finite = share.filter((value) => Number.isFinite(value));
    return finite.reduce((sum, value) => sum + value, 0) / finite.length;
  });
}

function logOf(value: number): number {
  if (value > 0) return Math.log10(value);
  throw new LehrError('option', `plotText: the value ${show(value)} cannot stand on a log scale, expected all values positive`);
}

/** Enough digits to tell neighbouring rows apart. */
function labelOf(value: number, step: number, scale: 'linear' | 'log'): string {
  if (scale === 'log') return formatNumber(Math.exp(value * Math.LN10), 3);
  if (step === 0) return formatNumber(value);
  if (Math.abs(value) < step * 1e-9) return '0';
  return formatNumber(value, Math.min(15, Math.max(3, 2 + Math.ceil(Math.log10(Math.abs(value) / step)))));
}

/** One finite value for each of `width` columns. */
function resample(input: PlotInput, width: number): number[] {
  const points: [number, number][] = [];
  input.forEach((item, i) => {
    const [x, y] = typeof item === 'number' ? [i, item] : item;
    if (Number.isFinite(x) && Number.isFinite(y)) points.push([x, y]);
  });
  if (points.length === 0) throw new LehrError('option', `plotText: none of the ${input.length} values is finite, expected at least one`);
  const [from] = points[0];
  const span = points[points.length - 1][0] - from;
  const sums = Array.from({ length: width }, () => 0);
  const counts = Array.from({ length: width }, () => 0);
  for (const [x, y] of points) {
    const column = span > 0 ? Math.min(width - 1, Math.floor(((x - from) / span) * width)) : 0;
    sums[column] += y;
    counts[column]++;
  }
  let next = 0;
  const columns = sums.map((sum, column) => {
    if (counts[column] > 0) return sum / counts[column];
    const x = from + (span * (column + 0.5)) / width;
    while (next < points.length - 1 && points[next][0] < x) next++;
    const [x1, y1] = points[next];
    const [x0, y0] = points[Math.max(0, next - 1)];
    return x1 > x0 && x < x1 ? y0 + ((y1 - y0) * (x - x0)) / (x1 - x0) : y1;
  });
  columns[0] = points[0][1];
  columns[width - 1] = points[points.length - 1][1];
  return columns;
}
