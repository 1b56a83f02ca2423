import { formatCompact, formatGap, formatNumber, formatPercent, formatSeconds } from '../report/numbers.ts';
import type { Interval } from './interval.ts';
import type { CellSummary, Report } from './report.ts';

/** A table of texts; all columns but the first are of numbers. */
export interface TextTable {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const NONE = '–';

/** The summary of a comparison as texts: a column that would be empty for every cell is left out. @param known the best known score, for gaps. */
export function tableText(report: Report, known: number | null = null): TextTable {
  const { baseline, target, unit } = report.data;
  const table = report.table();
  const columns: (readonly [head: string, of: (row: CellSummary) => string])[] = [
    ['cell', ({ cell }) => (cell === baseline ? `${cell} (baseline)` : cell)],
    ['runs', ({ runs, failed }) => (failed === 0 ? String(runs) : `${runs}, ${failed} failed`)],
    ['median', ({ median }) => textOf(median)],
    ['gap', ({ median }) => (known === null || known === 0 || median === null ? NONE : formatGap(gapOf(median, known, report.data.sense)))],
    ['mean', ({ mean }) => within(mean)],
    ['difference', ({ difference }) => within(difference, true)],
    [
      'wins',
      ({ wins }) =>
        wins === null ? NONE : `${formatPercent(wins.probability)} (${formatPercent(wins.low)} to ${formatPercent(wins.high)})`,
    ],
  ];
  if (target !== null) {
    const cost = (value: number): string => (unit === 'seconds' ? formatSeconds(value) : formatCompact(value));
    columns.push(
      ['reached', ({ runs, target: time }) => `${time!.reached} of ${runs}`],
      [`${unit} to target`, ({ target: time }) => (time!.expected === null ? NONE : cost(time!.expected))],
      ['times baseline', ({ target: time }) => within(time!.ratio)],
    );
  }
  const cells = columns.map(([head, of]) => [head, ...table.map(of)]);
  const kept = cells.filter(([, ...texts]) => texts.some((text) => text !== NONE));
  return { heads: kept.map(([head]) => head), rows: table.map((_, row) => kept.map((column) => column[row + 1])) };
}

function textOf(value: number | null, signed = false): string {
  if (value === null) return NONE;
  return `${signed && value > 0 ? '+' : ''}${formatNumber(value)}`;
}

function within(interval: Interval | null, signed = false): string {
  if (interval === null) return NONE;
  const { value, low, high } = interval;
  return `${textOf(value, signed)} (${textOf(low, signed)} to ${textOf(high, signed)})`;
}

function gapOf(value: number, known: number, sense: 'min' | 'max'): number {
  return (100 * (sense === 'min' ? value - known : known - value)) / Math.abs(known) + 0;
}
