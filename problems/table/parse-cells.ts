import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import { LehrError } from '../../src/error.ts';
import type { Cells } from './scan.ts';

/**
 * The cells of a text by a general parser: it says what is odd about quotes, and is the oracle of `scan`, which needs a tenth of its room.
 * @throws LehrError `input` that begins with `path:line: `.
 */
export function parseCells(text: string, separator: string, comments: boolean, path: string): Cells {
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
    return {
      rows: records.length,
      columns: records[0]?.length ?? 0,
      lines: Int32Array.from(lines),
      cell: (row, column) => records[row][column],
    };
  } catch (error) {
    if (error instanceof CsvError) throw new LehrError('input', `${path}:${lineOf(error)}: ${complaint(error)}`, { cause: error });
    throw new LehrError('input', `${path}:1: ${error instanceof Error ? error.message : String(error)}, expected separated values.`, {
      cause: error,
    });
  }
}

/** What is said of a row of another length. */
export function rowLength(cells: number | string, expected: number | string): string {
  return `the row has ${cells} cells, expected ${expected}. Maybe a separator within a cell, which then must be quoted.`;
}

function lineOf(error: CsvError): number {
  return Math.max(1, Number(error['lines'] ?? 1));
}

function complaint(error: CsvError): string {
  const record: unknown = error['record'];
  switch (error.code) {
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH': {
      const expected = /expect (\d+)/.exec(error.message)?.[1] ?? 'as many as the first row has';
      return rowLength(Array.isArray(record) ? record.length : 'another number of', expected);
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
