import { readCsv, type CsvOptions } from './csv.ts';
import { readLibsvm } from './libsvm.ts';
import { linesOf } from './lines.ts';
import { sparseTable } from './sparse.ts';
import type { Table } from './table.ts';

/** How many lines with something in them are looked at. */
const LOOK = 20;

/** The forms of text that become tables. */
export type TableFormat = 'csv' | 'libsvm';

/** The form of a text: libsvm if its first lines are a number and, most of them, `index:value` words; else separated values. */
export function tableFormat(text: string): TableFormat {
  const lines = linesOf(text.slice(0, 100_000))
    .map((line) => line.replace(/#.*$/, '').trim())
    .filter((line) => line !== '')
    .slice(0, LOOK);
  const sound = lines.every((line) => /^[+-]?[\d.][^\s,;:]*(?:[ \t]+\d+:\S+)*$/.test(line));
  return sound && lines.some((line) => line.includes(':')) ? 'libsvm' : 'csv';
}

/**
 * Reads separated values or libsvm text, whichever it is. A libsvm file's columns are x1, x2, … and `label`; it is no place for `CsvOptions` other than the path.
 * @throws LehrError as `readCsv` and `readLibsvm` do.
 */
export function readTable(text: string, options: CsvOptions = {}): Table {
  if (tableFormat(text) === 'csv') return readCsv(text, options);
  const { inputs, labels } = readLibsvm(text, options.path === undefined ? {} : { path: options.path });
  const table = sparseTable(inputs);
  return { ...table, columns: [...table.columns, { kind: 'number', name: 'label', values: labels }] };
}
