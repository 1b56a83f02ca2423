import type { Table } from '../../problems/table/index.ts';
import { LehrError } from '../error.ts';
import { readBytes, sha256 } from './read-input.ts';

/** Modules of problems are loaded by URL: `src/` never imports one but for its types. */
const TABLES = new URL('../../problems/table/index.js', import.meta.url).href;
type Tables = typeof import('../../problems/table/index.ts');

/** A table as read from a file. */
export interface TableSource {
  readonly table: Table;
  /** The file's text; null where it is binary. */
  readonly text: string | null;
  /** Of the bytes, unpacked where they were gzipped. */
  readonly sha256: string;
}

/** How a table is read. */
export interface TableOptions {
  /** The file of labels beside one of images, both in MNIST's form. */
  readonly labels?: string | undefined;
  /** What columns are, where that is known; see `CsvOptions.types`. */
  readonly types?: Readonly<Record<string, 'number' | 'category'>> | undefined;
  /** Columns that are categories, and texts of a missing value: lists as options have them. */
  readonly categories?: string | undefined;
  readonly na?: string | undefined;
  /** The text where a copy of it was kept. */
  readonly kept?: string | undefined;
}

/**
 * Reads a table of any known form, recognised from its content and gzipped or not: separated values, libsvm, or MNIST's images, whose columns are x1, x2, … from 0 to 1 and,
 * with the file of labels, `label`.
 * @throws LehrError `input` that begins with the path.
 */
export async function openTable(given: string, { labels, types = {}, categories, na, kept }: TableOptions = {}): Promise<TableSource> {
  const tables = (await import(TABLES)) as Tables;
  const bytes = kept === undefined ? readBytes(given, 'a table') : new TextEncoder().encode(kept);
  if (bytes[0] === 0 && bytes[1] === 0) return imageTable(tables, given, bytes, labels);
  if (labels !== undefined)
    throw new LehrError('option', `--labels is ${labels}, but ${given} is a text, expected a file of images in MNIST's form beside it.`);
  const text = new TextDecoder('utf-8').decode(bytes);
  const declared = Object.fromEntries((categories === undefined ? [] : listOf(categories)).map((name) => [name, 'category'] as const));
  const table = tables.readTable(text, {
    path: given,
    types: { ...types, ...declared },
    ...(na === undefined ? {} : { missing: ['', ...listOf(na)] }),
  });
  return { table, text, sha256: sha256(bytes) };
}

function imageTable(tables: Tables, given: string, bytes: Uint8Array, labels: string | undefined): TableSource {
  const images = tables.readIdx(bytes, given);
  const [rows] = images.shape;
  const width = images.values.length / rows;
  const columns = Array.from({ length: width }, (_, k) => ({
    kind: 'number' as const,
    name: `x${k + 1}`,
    values: Float64Array.from({ length: rows }, (_, row) => images.values[row * width + k] / 255),
  }));
  if (labels === undefined) return { table: { rows, columns }, text: null, sha256: sha256(bytes) };
  const others = readBytes(labels, 'labels');
  const { shape, values } = tables.readIdx(others, labels);
  if (shape.length !== 1 || shape[0] !== rows)
    throw new LehrError(
      'input',
      `${labels}: it has values of the shape ${shape.join(' × ')}, expected one label for each of ${rows} images.`,
    );
  const label = { kind: 'number' as const, name: 'label', values: Float64Array.from(values) };
  return { table: { rows, columns: [...columns, label] }, text: null, sha256: sha256(sha256(bytes) + sha256(others)) };
}

/** The items of a list with commas between them. */
export function listOf(text: string): string[] {
  return text.split(',').map((item) => item.trim());
}
