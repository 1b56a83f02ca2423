import { LehrError, show } from '../../src/error.ts';
import { maybe } from '../../src/closest.ts';
import { checkKeys } from '../../src/run/plan.ts';
import { readCsv } from '../table/csv.ts';
import { badLine, linesOf } from '../table/lines.ts';
import { asCategories, cellText, columnOf, isMissing, listed, placeOf, type Table } from '../table/table.ts';
import type { Sequences } from './data.ts';
import type { Observations } from './observations.ts';

/** Sequences as read from a file: of symbols, whose labels are kept, or of points, whose columns are. */
export type ReadSequences = {
  /** Of the sequences. */
  readonly names: readonly string[];
  /** The line of each place, and the path. */
  readonly path: string;
  readonly lines: Int32Array;
} & (
  | { readonly labels: readonly string[]; readonly data: Sequences }
  | { readonly columns: readonly string[]; readonly data: Observations }
);

/** How sequences are read. */
export interface SequenceOptions {
  readonly path?: string;
  /**
   * `long`: a table with a row for each place, in order; `lines`: a sequence of symbols in each line, with blanks or commas between them, or semicolons if there are neither. Default: long, if columns are
   * named, or one of the cells of the first line is `symbol`; what looks like a table without such a column is an error.
   */
  readonly form?: 'long' | 'lines';
  /** The column that says whose a row is (`sequence`); a table without a column of that name is one sequence. */
  readonly sequence?: string;
  /** The column of symbols (`symbol`). */
  readonly symbol?: string;
  /** Columns of numbers: then places are points, and there are no symbols. */
  readonly points?: readonly string[];
  /** The symbols there are, in their order: any other is an error. */
  readonly labels?: readonly string[];
}

/**
 * Reads sequences of labelled symbols or of points. Symbols are numbered in the order in which they first appear.
 * @throws LehrError `input` that begins `path:line: `: an empty sequence, a missing value, a symbol that is not among `labels`, columns that are not there, not of numbers, or constant, a table without a column of symbols.
 */
export function readSequences(text: string, options: SequenceOptions = {}): ReadSequences {
  checkKeys('readSequences', options, ['path', 'form', 'sequence', 'symbol', 'points', 'labels']);
  const { path = 'sequences', symbol = 'symbol', points } = options;
  const named = points !== undefined || options.symbol !== undefined || options.sequence !== undefined;
  const form = options.form ?? (named || isLong(text, symbol) ? 'long' : 'lines');
  if (form !== 'long' && form !== 'lines')
    throw new LehrError('option', `readSequences: form is ${show(form)}, expected 'long' or 'lines'.`);
  if (form === 'lines') {
    if (options.form === undefined) refuseTable(text, path);
    return fromLines(text, path, options.labels);
  }
  const table = readCsv(text, { path, types: types(text, path, [symbol, options.sequence ?? 'sequence'], points) });
  return tableSequences(table, options);
}

/** Symbols and names of sequences are labels, though they look like numbers. */
function types(text: string, path: string, names: readonly string[], points: readonly string[] = []): Record<string, 'category'> {
  const [head] = linesOf(text);
  const there = readCsv(`${head}\n${head}`, { path, header: true }).columns.map(({ name }) => name);
  return Object.fromEntries(names.filter((name) => there.includes(name) && !points.includes(name)).map((name) => [name, 'category']));
}

function isLong(text: string, symbol: string): boolean {
  const [head] = linesOf(text.slice(0, 10_000));
  return head
    .split(/[,;\t]/)
    .map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
    .includes(symbol);
}

/** Fewer lines than this may be sequences of symbols of their own. */
const FEW_LINES = 5;

/** A table taken for sequences would give states of nothing: each line as long as the first, whose words are in no other, is a table's head. */
function refuseTable(text: string, path: string): void {
  const [head, ...rest] = linesOf(text).flatMap((line) => (line.trim() === '' ? [] : [line.split(/[,;\t]/).map((cell) => cell.trim())]));
  if (head === undefined || head.length < 2 || rest.length + 1 < FEW_LINES || rest.some(({ length }) => length !== head.length)) return;
  const others = new Set(rest.flat());
  if (new Set(head).size < head.length || head.some((cell) => cell === '' || others.has(cell) || Number.isFinite(Number(cell)))) return;
  throw badLine(
    path,
    1,
    `the line has names of columns, ${listed(head)}, none of them "symbol", expected a column of symbols, or a sequence of symbols in each line without a head. Maybe name the column (symbol), or columns of numbers (points).`,
  );
}

function fromLines(text: string, path: string, known?: readonly string[]): ReadSequences {
  const rows = linesOf(text);
  while (rows.length > 0 && rows[rows.length - 1].trim() === '') rows.pop();
  if (rows.length === 0) throw badLine(path, 1, 'the file is empty, expected a sequence of symbols in each line.');
  // Semicolons part symbols where nothing else does.
  const between = rows.some((line) => /[\s,]/.test(line.trim())) ? /[\s,]+/ : /[\s,;]+/;
  const lists = rows.map((line, k) => {
    const symbols = line.split(between).filter((each) => each !== '');
    if (symbols.length === 0) throw badLine(path, k + 1, 'the sequence is empty, expected at least one symbol in each line.');
    return symbols;
  });
  const coder = new Coder(known);
  const codes = lists.flatMap((list, k) => list.map((label) => coder.code(label, `${path}:${k + 1}`)));
  return {
    names: lists.map((_, k) => `line ${k + 1}`),
    path,
    lines: Int32Array.from(lists.flatMap((list, k) => list.map(() => k + 1))),
    labels: coder.labels,
    data: { symbols: coder.labels.length, starts: startsOf(lists.map(({ length }) => length)), values: Int32Array.from(codes) },
  };
}

/** Sequences from a table in the long form. */
export function tableSequences(table: Table, options: SequenceOptions): ReadSequences {
  const { sequence, symbol = 'symbol', points, labels: known } = options;
  const path = table.source?.path ?? 'table';
  const groups = groupsOf(table, sequence);
  const order = groups.flatMap(([, rows]) => rows);
  const common = {
    names: groups.map(([name]) => name),
    path,
    lines: Int32Array.from(order, (row) => table.source?.lines[row] ?? row + 1),
  };
  const starts = startsOf(groups.map(([, rows]) => rows.length));
  if (points !== undefined) {
    const values = pointsOf(table, points, order);
    return { ...common, columns: points, data: { d: points.length, starts, values } };
  }
  const column = asCategories(columnOf(table, symbol));
  const coder = new Coder(known);
  const values = Int32Array.from(order, (row) => {
    if (isMissing(column, column.codes[row]))
      throw new LehrError('input', `${placeOf(table, row)}: column ${show(symbol)} is empty, expected a symbol.`);
    return coder.code(cellText(column, row), placeOf(table, row));
  });
  return { ...common, labels: coder.labels, data: { symbols: coder.labels.length, starts, values } };
}

/** The rows of each sequence, in the order of the first. */
function groupsOf(table: Table, sequence: string | undefined): [string, number[]][] {
  const name = sequence ?? 'sequence';
  const all = Array.from({ length: table.rows }, (_, row) => row);
  if (sequence === undefined && !table.columns.some((column) => column.name === name)) return [['all', all]];
  const column = columnOf(table, name);
  const groups = new Map<string, number[]>();
  for (const row of all) {
    const key = cellText(column, row);
    if (key === '') throw new LehrError('input', `${placeOf(table, row)}: column ${show(name)} is empty, expected the name of a sequence.`);
    const rows = groups.get(key);
    if (rows === undefined) groups.set(key, [row]);
    else rows.push(row);
  }
  return [...groups];
}

function pointsOf(table: Table, names: readonly string[], order: readonly number[]): Float64Array {
  const values = new Float64Array(order.length * names.length);
  names.forEach((name, j) => {
    const column = columnOf(table, name);
    if (column.kind === 'category')
      throw new LehrError('input', `${placeOf(table, 0)}: column ${show(name)} is of categories, expected numbers for a point.`);
    order.forEach((row, place) => {
      const value = column.values[row];
      if (value !== value)
        throw new LehrError('input', `${placeOf(table, row)}: column ${show(name)} is missing, expected a number in each place.`);
      values[place * names.length + j] = value;
    });
  });
  return values;
}

function startsOf(lengths: readonly number[]): Int32Array {
  const starts = new Int32Array(lengths.length + 1);
  lengths.forEach((length, s) => (starts[s + 1] = starts[s] + length));
  return starts;
}

/** Numbers labels: those that are known, or as they come. */
class Coder {
  readonly labels: string[];
  private readonly codes: Map<string, number>;
  private readonly closed: boolean;

  constructor(known?: readonly string[]) {
    this.labels = [...(known ?? [])];
    this.codes = new Map(this.labels.map((label, k) => [label, k]));
    this.closed = known !== undefined;
  }

  code(label: string, place: string): number {
    let code = this.codes.get(label);
    if (code !== undefined) return code;
    if (this.closed)
      throw new LehrError(
        'input',
        `${place}: the symbol is ${show(label)}, expected one of the ${this.labels.length} that the states were learned from: ${listed(this.labels)}.${maybe(label, this.labels)}`,
      );
    code = this.labels.length;
    this.labels.push(label);
    this.codes.set(label, code);
    return code;
  }
}
