import { LehrError, show } from '../../src/error.ts';
import { checkKeys } from '../../src/run/plan.ts';
import { isCommaNumber, isNumber, MISSING, typedColumn } from './cells.ts';
import { parseCells, rowLength } from './parse-cells.ts';
import { scan, type Cells } from './scan.ts';
import { columnOf, listed, type Column, type Table } from './table.ts';

/** Separators that are told apart by themselves, in the order that decides a tie. */
const SEPARATORS = [',', ';', '\t'] as const;
/** How many lines the separator is guessed from. */
const HEAD = 50;
/** In so many rows the names in a header are looked for: whoever has no header repeats a category soon. */
const LOOK = 10_000;
/** Texts longer than this are not given to the parser, which has an array entry for each byte. */
const MOST_PARSED = 50_000_000;

/** How a text of separated values is read. */
export interface CsvOptions {
  /** The path, for messages. */
  readonly path?: string;
  /** Whether the first record names the columns; default: see `readCsv`. */
  readonly header?: boolean;
  /** One character; default: that of comma, semicolon and tab which cuts most of the first lines alike. */
  readonly separator?: string;
  /** The decimal sign; default: a comma if the separator is none, some cell is a number with a comma and none one with a point. */
  readonly decimal?: '.' | ',';
  /** The texts of a missing value (in any case of letters), in place of the empty cell, NA, ? and NaN. */
  readonly missing?: readonly string[];
  /**
   * Whether lines that begin with # are skipped (true) or rows like others (false); default: skipped, but one with as many cells as a row is an error, as it may
   * be either.
   */
  readonly comments?: boolean;
  /** What columns are, where they should not be taken for what they look like: a code of digits is a category. */
  readonly types?: Readonly<Record<string, 'number' | 'category'>>;
}

/**
 * Reads comma-, semicolon- or tab-separated values (RFC 4180 quoting; byte order mark, LF, CRLF or CR; blanks around unquoted cells and
 * empty lines are skipped; for lines that begin with # see `comments`). Columns are typed: see `typedColumn`.
 *
 * Without `header`, the first record names the columns unless some cell of it is a number, or most of its cells appear again in their columns, in the 10 000 rows below. Columns
 * without a name are called x1, x2, … by their place.
 * @throws LehrError `input` that begins `path:line: `: an empty file, no rows below the header, rows of another length, open or misplaced quotes,
 * names that are there twice, text among numbers.
 */
export function readCsv(text: string, options: CsvOptions = {}): Table {
  checkKeys('readCsv', options, ['path', 'header', 'separator', 'decimal', 'missing', 'comments', 'types']);
  const { path = 'table', missing = MISSING, types = {} } = options;
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    const line = text.slice(0, nul).split(/\r\n|\n|\r/).length;
    throw new LehrError(
      'input',
      `${path}:${line}: a NUL character, expected text. Maybe the file is binary, compressed, or saved as UTF-16.`,
    );
  }
  const separator = options.separator ?? separatorOf(text);
  if ([...separator].length !== 1 || /["\r\n]/.test(separator))
    throw new LehrError('option', `readCsv: separator is ${show(separator)}, expected one character that is no quote or line end.`);
  const cells = cellsOf(text, separator, options.comments !== false, path);
  const { rows, columns: width, lines } = cells;
  if (options.comments === undefined && rows > 0) checkComments(text, separator, width, path);
  if (rows === 0) throw new LehrError('input', `${path}:1: the file has no records, expected rows of values.`);
  const top = Array.from({ length: width }, (_, k) => cells.cell(0, k));
  const header = options.header ?? isHeader(top, cells);
  if (header && rows === 1)
    throw new LehrError('input', `${path}:${lines[0]}: there is a header and no row below it, expected at least one row.`);
  const names = header ? namesOf(top, `${path}:${lines[0]}`) : top.map((_, k) => `x${k + 1}`);
  const first = header ? 1 : 0;
  const decimal = options.decimal ?? decimalOf(cells, separator);
  const marks = new Set(missing.map((mark) => mark.toLowerCase()));
  const columns = names.map((name, k): Column =>
    typedColumn(
      Array.from({ length: rows - first }, (_, row) => cells.cell(first + row, k)),
      {
        name,
        declared: Object.hasOwn(types, name) ? types[name] : undefined,
        missing: marks,
        decimal,
        place: (row) => `${path}:${lines[first + row]}`,
      },
    ),
  );
  const table = { rows: rows - first, columns, source: { path, lines: lines.slice(first) } };
  for (const name of Object.keys(types)) columnOf(table, name);
  return table;
}

/** The cells of a text. @throws LehrError `input` for rows of another length than the first, and quotes where none may be. */
function cellsOf(text: string, separator: string, comments: boolean, path: string): Cells {
  const found = separator.length === 1 ? scan(text, separator, comments) : null;
  if (found !== null && 'cell' in found) return found;
  if (found !== null && found.cells !== null)
    throw new LehrError('input', `${path}:${found.line}: ${rowLength(found.cells, found.columns)}`);
  if (text.length > MOST_PARSED)
    throw new LehrError(
      'input',
      `${path}:${found?.line ?? 1}: a misplaced quote, expected quotes around whole cells. Maybe a quote within a cell is not doubled.`,
    );
  return parseCells(text, separator, comments, path);
}

/** Throws an `input` error if a line that was skipped as a comment has as many cells as a row, at least two. */
function checkComments(text: string, separator: string, cells: number, path: string): void {
  if (cells < 2 || !text.includes('#')) return;
  const plain = text.replace(/"[^"]*"/g, (quoted) => quoted.replace(/[^\r\n]/g, ''));
  plain.split(/\r\n|\n|\r/).forEach((line, k) => {
    if (!line.startsWith('#') || line.split(separator).length !== cells) return;
    throw new LehrError(
      'input',
      `${path}:${k + 1}: the line begins with #, ${show(line)}, and has ${cells} cells, expected a comment or a row. Maybe it is a row (comments: false), or a comment all the same (comments: true).`,
    );
  });
}

/**
 * The separator that cuts most of the first lines into as many cells as the first line, at least two; without one, a comma. Quoted parts do not
 * count.
 */
function separatorOf(text: string): string {
  const lines = text
    .slice(0, 100_000)
    .replace(/"[^"]*"/g, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .slice(0, HEAD);
  let best = ',';
  let most = 0;
  for (const separator of SEPARATORS) {
    const cells = lines.map((line) => line.split(separator).length);
    const alike = cells[0] > 1 ? cells.filter((count) => count === cells[0]).length : 0;
    if (alike > most) {
      most = alike;
      best = separator;
    }
  }
  return best;
}

function isHeader(top: readonly string[], { rows, cell }: Cells): boolean {
  if (top.some((text) => isNumber(text) || isCommaNumber(text))) return false;
  const last = Math.min(rows, LOOK);
  const again = top.filter((text, k) => {
    if (text === '') return false;
    for (let row = 1; row < last; row++) if (cell(row, k) === text) return true;
    return false;
  });
  return rows === 1 || again.length * 2 <= top.length;
}

/** The names in a header, each checked to be there once. */
function namesOf(cells: readonly string[], place: string): string[] {
  const names = cells.map((cell, k) => (cell === '' ? `x${k + 1}` : cell));
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const name of names) (seen.has(name) ? twice : seen).add(name);
  if (twice.size === 0) return names;
  throw new LehrError(
    'input',
    `${place}: the header names ${listed([...twice])} more than once, expected different names. Maybe rename one, or the file has no header (header: false).`,
  );
}

function decimalOf({ rows, columns, cell }: Cells, separator: string): '.' | ',' {
  if (separator === ',') return '.';
  let comma = false;
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < columns; k++) {
      const text = cell(row, k);
      if (isCommaNumber(text)) comma = true;
      else if (text.includes('.') && isNumber(text)) return '.';
    }
  }
  return comma ? ',' : '.';
}
