import { maybe } from '../../src/closest.ts';
import { LehrError, show } from '../../src/error.ts';

/** A column of numbers; NaN where a value is missing. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly name: string;
  readonly values: Float64Array;
}

/** A column of categories: codes into a list of labels; −1 where a value is missing. */
export interface CategoryColumn {
  readonly kind: 'category';
  readonly name: string;
  readonly codes: Int32Array;
  /** The label of each code, all different, in the order in which they first appear. */
  readonly labels: readonly string[];
}

export type Column = NumberColumn | CategoryColumn;

/** Rows of typed columns, as read from a file: nothing is imputed, encoded or scaled yet. Plain data. */
export interface Table {
  readonly rows: number;
  /** Of different names, all of `rows` values. */
  readonly columns: readonly Column[];
  /** Where it was read from, for messages: the path, and the line of each row. */
  readonly source?: { readonly path: string; readonly lines: Int32Array };
}

/** What a column holds: `constant` has one value throughout (missing ones aside), `missing` none at all. */
export type ColumnType = 'number' | 'category' | 'constant' | 'missing';

/** A column in short: its type, how many values are missing and how many different ones there are. */
export interface ColumnSummary {
  readonly type: ColumnType;
  readonly missing: number;
  readonly distinct: number;
}

/** What a column holds, over all rows or the given ones. */
export function summarise(column: Column, rows?: ArrayLike<number>): ColumnSummary {
  const values = column.kind === 'number' ? column.values : column.codes;
  const seen = new Set<number>();
  let missing = 0;
  const count = rows?.length ?? values.length;
  for (let i = 0; i < count; i++) {
    const value = values[rows === undefined ? i : rows[i]];
    if (isMissing(column, value)) missing++;
    else seen.add(value);
  }
  const type = seen.size === 0 ? 'missing' : seen.size === 1 ? 'constant' : column.kind;
  return { type, missing, distinct: seen.size };
}

/** Whether a stored value (a number, or a code) stands for a missing one. */
export function isMissing(column: Column, value: number): boolean {
  return column.kind === 'number' ? value !== value : value < 0;
}

/** The text of a cell: a number in its shortest form, a label, or nothing if it is missing. */
export function cellText(column: Column, row: number): string {
  if (column.kind === 'category') return column.codes[row] < 0 ? '' : column.labels[column.codes[row]];
  return column.values[row] !== column.values[row] ? '' : String(column.values[row]);
}

/**
 * The column of that name. @param place what messages begin with, where the table does not know where it was read from.
 * @throws LehrError `input` if there is none, with the nearest name there is.
 */
export function columnOf(table: Table, name: string, place: string | undefined = table.source?.path): Column {
  const column = table.columns.find((each) => each.name === name);
  if (column !== undefined) return column;
  const names = table.columns.map((each) => each.name);
  const path = place === undefined ? '' : `${place}: `;
  throw new LehrError('input', `${path}there is no column ${show(name)}, expected one of ${listed(names)}.${maybe(name, names)}`);
}

/** A table of the given rows, in their order, as a copy; its labels stay those of the whole. */
export function selectRows(table: Table, rows: ArrayLike<number>): Table {
  const source = table.source;
  return {
    rows: rows.length,
    columns: table.columns.map((column) =>
      column.kind === 'number'
        ? { ...column, values: Float64Array.from(rows, (row) => column.values[row]) }
        : { ...column, codes: Int32Array.from(rows, (row) => column.codes[row]) },
    ),
    ...(source === undefined ? {} : { source: { path: source.path, lines: Int32Array.from(rows, (row) => source.lines[row]) } }),
  };
}

/** Where a row is, for messages: `path:line`, or `row 3` (from 1) of a table that was not read from a file. */
export function placeOf(table: Table, row: number): string {
  return table.source === undefined ? `row ${row + 1}` : `${table.source.path}:${table.source.lines[row]}`;
}

/** A number column as categories, its numbers' shortest texts as labels in ascending order; a category column as it is. */
export function asCategories(column: Column): CategoryColumn {
  if (column.kind === 'category') return column;
  const { name, values } = column;
  const distinct = [...new Set(values)].filter((value) => value === value).sort((a, b) => a - b);
  const code = new Map(distinct.map((value, k) => [value, k]));
  return { kind: 'category', name, codes: Int32Array.from(values, (value) => code.get(value) ?? -1), labels: distinct.map(String) };
}

/** Names in a message: quoted, the first eight of many. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 8).map(show).join(', ');
  return names.length > 8 ? `${shown} … (${names.length})` : shown;
}
