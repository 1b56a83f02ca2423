import { LehrError, show } from '../../src/error.ts';
import type { Column } from './table.ts';

/** The texts that stand for a missing value unless a reader is told others: the empty cell, NA, ? and NaN, in any case of letters. */
export const MISSING: readonly string[] = ['', 'NA', '?', 'NaN'];

/** Numbers as files write them: digits with a point, an exponent, a sign. No Infinity, no hexadecimal, no thousands separators. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const COMMA_NUMBER = /^[+-]?(?:\d+,\d*|,\d+)(?:[eE][+-]?\d+)?$/;

/** Whether a text is a number (with a decimal point). */
export function isNumber(text: string): boolean {
  return NUMBER.test(text);
}

/** Whether a text is a number with a decimal comma. */
export function isCommaNumber(text: string): boolean {
  return COMMA_NUMBER.test(text);
}

/** How the cells of a column are read. */
export interface CellOptions {
  readonly name: string;
  /** What the column is declared to be; undefined: what it looks like. */
  readonly declared: 'number' | 'category' | undefined;
  /** The texts of a missing value, in lower case. */
  readonly missing: ReadonlySet<string>;
  readonly decimal: '.' | ',';
  /** Where row `row` is: `path:line`. */
  readonly place: (row: number) => string;
}

/**
 * The typed column of cells. Undeclared, it is numbers if every cell that is not missing is one, and categories if no more cells are numbers than
 * are not: a number column with some text in it is an error, never quietly categories.
 * @throws LehrError `input` that names the row, the column and the value: text among numbers, or a number beyond the range of doubles.
 */
export function typedColumn(cells: readonly string[], options: CellOptions): Column {
  const { name, declared, missing, decimal, place } = options;
  const numeric = (cell: string): boolean => NUMBER.test(cell) || (decimal === ',' && COMMA_NUMBER.test(cell));
  let numbers = 0;
  let texts = 0;
  let odd = -1;
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    if (numeric(cell)) numbers++;
    else if (!missing.has(cell.toLowerCase())) {
      if (texts++ === 0) odd = row;
    }
  }
  const kind = declared ?? (numbers > texts || texts === 0 ? 'number' : 'category');
  if (kind === 'category') return categories(cells, name, missing);
  if (texts > 0) {
    const others = declared === undefined ? ` like ${numbers} other cells of the column` : '';
    const or = declared === undefined ? ', or the column is of categories (types)' : '';
    throw new LehrError(
      'input',
      `${place(odd)}: column ${show(name)} is ${show(cells[odd])}, expected a number${others}. Maybe it means a missing value (missing)${or}.`,
    );
  }
  const values = new Float64Array(cells.length);
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    const value = numeric(cell) ? Number(decimal === ',' ? cell.replace(',', '.') : cell) : NaN;
    if (value === Infinity || value === -Infinity)
      throw new LehrError('input', `${place(row)}: column ${show(name)} is ${show(cell)}, expected a number within the range of doubles.`);
    values[row] = value;
  }
  return { kind: 'number', name, values };
}

function categories(cells: readonly string[], name: string, missing: ReadonlySet<string>): Column {
  const code = new Map<string, number>();
  const codes = new Int32Array(cells.length);
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    let k = code.get(cell);
    if (k === undefined) {
      if (missing.has(cell.toLowerCase())) {
        codes[row] = -1;
        continue;
      }
      k = code.size;
      code.set(cell, k);
    }
    codes[row] = k;
  }
  return { kind: 'category', name, codes, labels: [...code.keys()] };
}
