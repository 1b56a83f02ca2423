import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import { LehrError, show } from '../../src/error.ts';
import { checkKeys } from '../../src/run/plan.ts';
import { isCommaNumber, isNumber, MISSING, typedColumn } from './cells.ts';
import { columnOf, listed, type Column, type Table } from './table.ts';

/** Separators that are told apart by themselves, in the order that decides a tie. */
const SEPARATORS = [',', ';', '\t'] as const;
/** How many lines the separator is guessed from. */
const HEAD = 50;

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
 * Without `header`, the first record names the columns unless some cell of it is a number, or most of its cells appear again in their columns below. Columns
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
  const { records, lines } = cut(text, separator, options.comments !== false, path);
  if (options.comments === undefined && records.length > 0) checkComments(text, separator, records[0].length, path);
  if (records.length === 0) throw new LehrError('input', `${path}:1: the file has no records, expected rows of values.`);
  const header = options.header ?? isHeader(records);
  if (header && records.length === 1)
    throw new LehrError('input', `${path}:${lines[0]}: there is a header and no row below it, expected at least one row.`);
  const names = header ? namesOf(records[0], `${path}:${lines[0]}`) : records[0].map((_, k) => `x${k + 1}`);
  const first = header ? 1 : 0;
  const decimal = options.decimal ?? decimalOf(records, separator);
  const marks = new Set(missing.map((mark) => mark.toLowerCase()));
  const columns = names.map((name, k): Column => {
    const cells: string[] = [];
    for (let r = first; r < records.length; r++) cells.push(records[r][k]);
    return typedColumn(cells, {
      name,
      declared: Object.hasOwn(types, name) ? types[name] : undefined,
      missing: marks,
      decimal,
      place: (row) => `${path}:${lines[first + row]}`,
    });
  });
  const table = { rows: records.length - first, columns, source: { path, lines: Int32Array.from(lines.slice(first)) } };
  for (const name of Object.keys(types)) columnOf(table, name);
  return table;
}

/** The records of a text, and the line each begins on. */
function cut(text: string, separator: string, comments: boolean, path: string): { records: string[][]; lines: number[] } {
  const lines: number[] = [];
  const quoted = text.includes('"');
  try {
    const records: string[][] = parse(text, {
      bom: true,
      delimiter: separator,
      trim: true,
      skip_empty_lines: true,
      ...(comments ? { comment: '#', comment_no_infix: true } : {}),
      on_record(record: string[], { lines: end }: { lines: number }) {
        // The parser counts to the record's last line; line ends inside quotes lead back to its first.
        lines.push(quoted ? end - record.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0) : end);
        return record;
      },
    });
    return { records, lines };
  } catch (error) {
    if (error instanceof CsvError) throw new LehrError('input', `${path}:${lineOf(error)}: ${complaint(error)}`, { cause: error });
    throw new LehrError('input', `${path}:1: ${error instanceof Error ? error.message : String(error)}, expected separated values.`, {
      cause: error,
    });
  }
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

function lineOf(error: CsvError): number {
  return Math.max(1, Number(error['lines'] ?? 1));
}

function complaint(error: CsvError): string {
  const record: unknown = error['record'];
  switch (error.code) {
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH': {
      const expected = /expect (\d+)/.exec(error.message)?.[1] ?? 'as many as the first row has';
      const cells = Array.isArray(record) ? record.length : 'another number of';
      return `the row has ${cells} cells, expected ${expected}. Maybe a separator within a cell, which then must be quoted.`;
    }
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'the file ends within a quoted cell, expected its closing quote. Maybe the file is cut, or a quote within a cell is not doubled.';
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return `a misplaced quote (${error.message.replace(/ at line \d+/, '')}), expected quotes around whole cells. Maybe a quote within a cell is not doubled.`;
    default:
      return `${error.message}, expected separated values.`;
  }
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

function isHeader(records: readonly string[][]): boolean {
  const [first] = records;
  if (first.some((cell) => isNumber(cell) || isCommaNumber(cell))) return false;
  if (records.length === 1) return true;
  const again = first.filter((cell, k) => cell !== '' && records.some((record, r) => r > 0 && record[k] === cell)).length;
  return again * 2 <= first.length;
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
    `${place}: the header names ${listed([...twice])} more than once, expected different names. Maybe the file has no header (header: false).`,
  );
}

function decimalOf(records: readonly string[][], separator: string): '.' | ',' {
  if (separator === ',') return '.';
  let comma = false;
  for (const record of records) {
    for (const cell of record) {
      if (isCommaNumber(cell)) comma = true;
      else if (cell.includes('.') && isNumber(cell)) return '.';
    }
  }
  return comma ? ',' : '.';
}
