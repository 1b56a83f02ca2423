import { LehrError } from '../../src/error.ts';
import { readCsv, type CsvOptions } from './csv.ts';
import { readDocword } from './docword.ts';
import { readLibsvm } from './libsvm.ts';
import { linesOf } from './lines.ts';
import { sparseTable, type SparseRows } from './sparse.ts';
import type { Table } from './table.ts';
import { commonColumns, relativeFrequencies, type BagOptions } from './words.ts';

/** How many lines with something in them are looked at. */
const LOOK = 20;

/** The forms of text that become tables. */
export type TableFormat = 'csv' | 'libsvm' | 'docword';

/**
 * The form of a text: libsvm if its first lines are a number and, most of them, `index:value` words; a bag of words if three lines of one whole number each are followed by lines of three; else
 * separated values.
 */
export function tableFormat(text: string): TableFormat {
  const lines = linesOf(text.slice(0, 100_000))
    .map((line) => line.replace(/#.*$/, '').trim())
    .filter((line) => line !== '')
    .slice(0, LOOK);
  if (lines.length > 3 && lines.every((line, k) => (k < 3 ? /^\d+$/ : /^\d+[ \t]+\d+[ \t]+\d+$/).test(line))) return 'docword';
  const sound = lines.every((line) => /^[+-]?[\d.][^\s,;:]*(?:[ \t]+\d+:\S+)*$/.test(line));
  return sound && lines.some((line) => line.includes(':')) ? 'libsvm' : 'csv';
}

/**
 * Reads separated values, libsvm text or a bag of words, whichever it is. A libsvm file's columns are x1, x2, … and `label`, those of a bag of words its words; neither is a place for `CsvOptions` other than the
 * path.
 * @param bag how a bag of words becomes columns. Relative frequencies are of all words, those left out included.
 * @throws LehrError as `readCsv`, `readLibsvm` and `readDocword` do.
 */
export function readTable(text: string, options: CsvOptions = {}, bag: BagOptions = {}): Table {
  const format = tableFormat(text);
  if (format === 'csv') return readCsv(text, options);
  if (format === 'docword') return bagTable(readDocword(text, bag.vocabulary, options.path), bag, options.path ?? 'docword');
  const { inputs, labels } = readLibsvm(text, options.path === undefined ? {} : { path: options.path });
  const table = sparseTable(inputs);
  return { ...table, columns: [...table.columns, { kind: 'number', name: 'label', values: labels }] };
}

function bagTable(bag: SparseRows, { frequencies = 'absolute', least = 1 }: BagOptions, path: string): Table {
  const common = commonColumns(frequencies === 'relative' ? relativeFrequencies(bag) : bag, least);
  if (common.names.length > 0) return sparseTable(common);
  throw new LehrError('input', `${path}: no word is in ${least} of the ${bag.rows} documents, expected some. Maybe ask for fewer.`);
}
