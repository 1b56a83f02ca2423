import type { ColumnShape, DescribedColumn } from '../../../problems/inferred/index.ts';
import type { PlainTable } from '../../report/inference-record.ts';
import { formatCount, formatCounted, formatNumber, formatPercent } from '../../report/terminal.ts';
import type { TableCell, TableRow } from '../../report/page.ts';

/** So many groups are told of one by one on a terminal, and on a page; so many columns of each, and labels of a column. */
const BRIEF_GROUPS = 12;
const PAGE_GROUPS = 10;
const BRIEF_COLUMNS = 3;
const LABELS = 2;
/** A column that tells a group from all rows by less than this, in nats, is not what distinguishes it. */
const LEAST = 0.05;
/** A second label is told where it has this share. */
const SECOND = 0.15;

const number = (text: string): TableCell => ({ text, number: true });

function sum(sizes: readonly number[]): number {
  return sizes.reduce((a, b) => a + b, 0);
}

/** What a column is like in some rows: its commonest labels, or mean ± deviation. */
function shapeText(shape: ColumnShape, labels: readonly string[]): string {
  if (shape.values === 0) return '–';
  if (shape.kind === 'numbers') {
    const mean = formatNumber(shape.mean, 3);
    return Number.isNaN(shape.deviation) ? mean : `${mean} ± ${formatNumber(shape.deviation, 2)}`;
  }
  const order = labels.map((_, v) => v).sort((a, b) => shape.shares[b] - shape.shares[a] || a - b);
  return order
    .slice(0, LABELS)
    .filter((v, i) => i === 0 || shape.shares[v] >= SECOND)
    .map((v) => `${labels[v]} (${formatPercent(Number(shape.shares[v].toPrecision(2)))})`)
    .join(', ');
}

function labelsOf({ feature }: DescribedColumn): readonly string[] {
  return 'labels' in feature ? feature.labels : [];
}

/** What distinguishes a group, in a line. */
function usual(columns: readonly DescribedColumn[], k: number): string {
  const told = columns
    .filter(({ distinction }) => distinction[k] >= LEAST)
    .sort((a, b) => b.distinction[k] - a.distinction[k])
    .slice(0, BRIEF_COLUMNS);
  if (told.length === 0) return 'as all rows are';
  return told.map((column) => `${column.feature.name} ${shapeText(column.groups[k], labelsOf(column))}`).join('; ');
}

/** A kind's groups for a terminal. @param heading of it, where there are several. */
export function briefTable(id: string, heading: string, sizes: readonly number[], columns: readonly DescribedColumn[]): PlainTable {
  const all = sum(sizes);
  const shown = sizes.slice(0, BRIEF_GROUPS);
  const rest = sizes.slice(BRIEF_GROUPS);
  return {
    id,
    heading,
    heads: [{ text: 'group' }, number('rows'), number('share'), { text: 'what distinguishes it' }],
    rows: shown.map((size, k) => ({
      head: String(k + 1),
      cells: [number(formatCount(size)), number(formatPercent(size / all)), { text: usual(columns, k) }],
    })),
    note: rest.length === 0 ? '' : `… and ${formatCounted(rest.length, 'smaller group')} of ${formatCounted(sum(rest), 'row')}`,
  };
}

/** A kind's groups for a page: a row for each column, those first in which groups differ most. */
export function groupsTable(id: string, heading: string, sizes: readonly number[], columns: readonly DescribedColumn[]): PlainTable {
  const shown = sizes.slice(0, PAGE_GROUPS);
  const rows = columns.map((column): TableRow => {
    const labels = labelsOf(column);
    return {
      head: column.feature.name,
      cells: [{ text: shapeText(column.whole, labels) }, ...shown.map((_, k) => ({ text: shapeText(column.groups[k], labels) }))],
    };
  });
  const more =
    sizes.length > shown.length ? ` The ${formatCount(sizes.length - shown.length)} smaller groups are in the result’s file.` : '';
  return {
    id,
    heading,
    heads: [{ text: 'column' }, { text: 'all rows' }, ...shown.map((size, k) => ({ text: `${k + 1} (${formatCount(size)} rows)` }))],
    rows,
    note: `Commonest labels, or mean ± standard deviation. The first columns distinguish the groups best.${more}`,
  };
}

/** How groups and the labels of a column of truth go together: counts of rows. */
export function labelTable(
  id: string,
  heading: string,
  name: string,
  group: Int32Array,
  groups: number,
  truth: { readonly codes: Int32Array; readonly labels: readonly string[] },
): PlainTable {
  const counts = Array.from({ length: groups + 1 }, () => truth.labels.map(() => 0));
  for (let row = 0; row < group.length; row++) if (truth.codes[row] >= 0) counts[group[row] < 0 ? groups : group[row]][truth.codes[row]]++;
  const rows = counts.flatMap((own, k): TableRow[] =>
    k === groups && own.every((n) => n === 0)
      ? []
      : [{ head: k === groups ? 'new' : String(k + 1), cells: own.map((n) => number(n === 0 ? '·' : formatCount(n))) }],
  );
  return {
    id,
    heading,
    heads: [{ text: 'group' }, ...truth.labels.map(number)],
    rows,
    note: `Rows of each ${name}, which the model did not see.`,
  };
}
