import type { Column, Table } from '../../../problems/table/index.ts';
import { LehrError } from '../../error.ts';
import { decodeUtf8, readBytes, sha256 } from '../files/read-input.ts';
import { here } from '../runs/repeat.ts';
import { flag } from '../options/flag.ts';

/** Modules of problems are loaded by URL: `src/` never imports one but for its types. */
const TABLES = new URL('../../../problems/table/index.js', import.meta.url).href;
type Tables = typeof import('../../../problems/table/index.ts');

/** A table as read from a file. */
export interface TableSource {
  readonly table: Table;
  /** The file's text; null where it is binary. */
  readonly text: string | null;
  /** Of the bytes, unpacked where they were gzipped; with other files beside it, of the digests of all. */
  readonly sha256: string;
}

/** Files beside the table's own. */
export interface Beside {
  /** The labels of images, in MNIST's form, or of documents, one a line. */
  readonly labels?: string | undefined;
  /** The words of documents, one a line. */
  readonly vocabulary?: string | undefined;
}

/** How a bag of words becomes columns; see `BagOptions`. */
export interface Words {
  readonly frequencies?: 'absolute' | 'relative' | undefined;
  readonly minDocuments?: number | undefined;
}

/** How a table is read. */
export interface TableOptions extends Beside, Words {
  /** What columns are, where that is known; see `CsvOptions.types`. */
  readonly types?: Readonly<Record<string, 'number' | 'category'>> | undefined;
  /** Columns that are categories, and texts of a missing value: lists as options have them. */
  readonly categories?: string | undefined;
  readonly na?: string | undefined;
  /** The text where a copy of it was kept. */
  readonly kept?: string | undefined;
}

/**
 * Reads a table of any known form, recognised from its content and gzipped or not: separated values, libsvm, a bag of words, whose columns are its words, or MNIST's images, whose columns are x1, x2, … from 0 to 1.
 * The labels of a bag of words and of images are the column `label`, where a file of them is named.
 * @throws LehrError `input` that begins with the path.
 */
export async function openTable(given: string, options: TableOptions = {}): Promise<TableSource> {
  const { types = {}, categories, na, kept, frequencies, minDocuments } = options;
  const beside = { ...options, labels: shortly(options.labels), vocabulary: shortly(options.vocabulary) };
  const { labels, vocabulary } = beside;
  const tables = (await import(TABLES)) as Tables;
  const bytes = kept === undefined ? readBytes(given, 'a table') : new TextEncoder().encode(kept);
  const digest = digestOf(bytes, options);
  if (bytes[0] === 0 && bytes[1] === 0) return { table: imageTable(tables, given, bytes, beside), text: null, sha256: digest };
  const text = decodeUtf8(bytes, given);
  const declared = Object.fromEntries((categories === undefined ? [] : listOf(categories)).map((name) => [name, 'category'] as const));
  const missing = na === undefined ? {} : { missing: ['', ...listOf(na)] };
  const csv = { path: given, types: { ...types, ...declared }, ...missing };
  if (tables.tableFormat(text) !== 'docword') {
    refuseBeside(given, beside, 'separated values or libsvm', ['labels', 'vocabulary', 'frequencies', 'minDocuments']);
    return { table: tables.readTable(text, csv), text, sha256: digest };
  }
  const words =
    vocabulary === undefined ? undefined : tables.readVocabulary(decodeUtf8(readBytes(vocabulary, 'a vocabulary'), vocabulary), vocabulary);
  const bag = Object.entries({ vocabulary: words, frequencies, least: minDocuments }).filter(([, value]) => value !== undefined);
  const table = tables.readTable(text, csv, Object.fromEntries(bag));
  if (labels === undefined) return { table, text, sha256: digest };
  const column = tables.readLabels(decodeUtf8(readBytes(labels, 'labels'), labels), table.rows, labels, missing.missing);
  return { table: tables.withLabels(table, column, given), text, sha256: digest };
}

/** The SHA-256 of a table's content, without reading what it says. */
export function contentOf(given: string, beside: Beside): string {
  return digestOf(readBytes(given, 'a table'), beside);
}

function digestOf(bytes: Uint8Array, { labels, vocabulary }: Beside): string {
  const others = [vocabulary, labels].filter((path) => path !== undefined).map((path) => sha256(readBytes(path, 'labels or words')));
  return others.length === 0 ? sha256(bytes) : sha256([sha256(bytes), ...others].join(''));
}

function refuseBeside(given: string, beside: Beside & Words, form: string, names: readonly (keyof Beside | keyof Words)[]): void {
  for (const name of names)
    if (beside[name] !== undefined)
      throw new LehrError(
        'option',
        `--${flag(name)} is ${beside[name]}, but ${given} holds ${form}, expected ${name === 'labels' ? "images in MNIST's form or a bag of words" : 'a bag of words'}.`,
      );
}

function imageTable(tables: Tables, given: string, bytes: Uint8Array, beside: TableOptions): Table {
  refuseBeside(given, beside, 'images', ['vocabulary', 'frequencies', 'minDocuments']);
  const { labels } = beside;
  const images = tables.readIdx(bytes, given);
  const [rows] = images.shape;
  const width = images.values.length / rows;
  const columns = Array.from({ length: width }, (_, k) => ({
    kind: 'number' as const,
    name: `x${k + 1}`,
    values: Float64Array.from({ length: rows }, (_, row) => images.values[row * width + k] / 255),
  }));
  const table = { rows, columns };
  return labels === undefined ? table : tables.withLabels(table, imageLabels(tables, labels, rows), given);
}

function imageLabels(tables: Tables, labels: string, rows: number): Column {
  const { shape, values } = tables.readIdx(readBytes(labels, 'labels'), labels);
  if (shape.length !== 1 || shape[0] !== rows)
    throw new LehrError(
      'input',
      `${labels}: it has values of the shape ${shape.join(' × ')}, expected one label for each of ${rows} images.`,
    );
  return { kind: 'number', name: 'label', values: Float64Array.from(values) };
}

/** A path as people say it here. */
function shortly(path: string | undefined): string | undefined {
  return path === undefined ? undefined : here(path, path);
}

/** The items of a list with commas between them. */
function listOf(text: string): string[] {
  return text.split(',').map((item) => item.trim());
}
