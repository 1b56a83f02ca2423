import type { Column } from '../../../problems/table/index.ts';
import { LehrError } from '../../error.ts';
import { formatCount, formatNumber } from '../../report/terminal.ts';
import { openTable, type TableSource } from './open-table.ts';
import { readBytes } from '../files/read-input.ts';
import { quote } from '../shell.ts';
import { recognised } from '../solve/subject.ts';
import { tabular } from './tabular.ts';

const TABLES = new URL('../../../problems/table/index.js', import.meta.url).href;
type Tables = typeof import('../../../problems/table/index.ts');

/** So many labels are told, and so many columns. */
const LABELS = 6;
const COLUMNS = 40;

/** A file that is no problem of any family, but a table of several columns; null for any other. */
export async function tableIn(given: string): Promise<TableSource | null> {
  let looks = false;
  try {
    const bytes = readBytes(given, 'a table');
    const binary = bytes[0] === 0 && bytes[1] === 0;
    if (!binary) {
      const text = new TextDecoder('utf-8').decode(bytes);
      if (bytes.subarray(0, 65_536).includes(0) || (await recognised(text))) return null;
      looks = tabular(text);
    }
    const source = await openTable(given);
    return source.table.columns.length > 1 ? source : null;
  } catch (error) {
    // What is wrong with one that looks like none is told by those who read it as a problem.
    if (error instanceof LehrError && !looks) return null;
    throw error;
  }
}

/** What a table is, as JSON or for people. */
export async function tableInfo(given: string, { table }: TableSource, json: boolean): Promise<string> {
  const { summarise } = (await import(TABLES)) as Tables;
  const columns = table.columns.map((column) => ({ name: column.name, ...summarise(column) }));
  if (json) return `${JSON.stringify({ file: given, problem: 'table', rows: table.rows, columns }, null, 2)}\n`;
  const shown = columns.slice(0, COLUMNS);
  const width = Math.max(...shown.map(({ name }) => name.length));
  const lines = shown.map(({ name, type, missing, distinct }, k) => {
    const facts = [
      type.padEnd(8),
      `${formatCount(distinct)} different`,
      ...(missing === 0 ? [] : [`${formatCount(missing)} missing`]),
      ...valuesOf(table.columns[k]),
    ];
    return `  ${name.padEnd(width)}  ${facts.join(', ').replace(',', '')}`;
  });
  if (columns.length > shown.length) lines.push(`  … and ${formatCount(columns.length - shown.length)} more`);
  const last = columns.at(-1)!.name;
  return (
    `${given}: a table of ${formatCount(table.rows)} rows and ${formatCount(columns.length)} columns\n${lines.join('\n')}\n` +
    `learn to predict a column: lehr train ${quote(given)} --target ${quote(last)}\nfind groups in the rows: lehr infer ${quote(given)}\n` +
    (columns.some(({ name }) => name === 'symbol') ? `find states of the sequences: lehr infer ${quote(given)} --model hmm\n` : '')
  );
}

/** The range of numbers, or the first labels. */
function valuesOf(column: Column): string[] {
  if (column.kind === 'category') return [column.labels.slice(0, LABELS).join(' | ') + (column.labels.length > LABELS ? ' | …' : '')];
  let [least, most] = [Infinity, -Infinity];
  for (const value of column.values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least <= most ? [`${formatNumber(least)} to ${formatNumber(most)}`] : [];
}
