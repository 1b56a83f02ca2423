import { LehrError } from '../../src/error.ts';
import type { Examples } from './examples.ts';
import type { Table } from './table.ts';

/** Rows that are mostly zeros, by their other values (compressed sparse rows). Plain data. */
export interface SparseRows {
  readonly rows: number;
  /** Names of the columns. */
  readonly names: readonly string[];
  /** Row r has the entries starts[r] … starts[r + 1] − 1; rows + 1 of them. */
  readonly starts: Int32Array;
  /** The column of each entry, ascending within a row. */
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** More numbers than this are refused in dense form: a gigabyte of them. */
const LARGEST = 134_217_728;

/**
 * All values row by row, zeros included.
 * @throws LehrError `input` if that would take more than a gigabyte.
 */
export function dense(sparse: SparseRows): Float64Array {
  const { rows, names, starts, columns, values } = sparse;
  const width = names.length;
  if (rows * width > LARGEST)
    throw new LehrError('input', `${rows} rows × ${width} columns are ${rows * width} numbers, expected at most ${LARGEST} in dense form.`);
  const all = new Float64Array(rows * width);
  for (let r = 0; r < rows; r++) for (let k = starts[r]; k < starts[r + 1]; k++) all[r * width + columns[k]] = values[k];
  return all;
}

/** As a table of number columns, beside which others may be put: the authors of texts, the labels of rows. */
export function sparseTable(sparse: SparseRows): Table {
  const { rows, names } = sparse;
  const all = dense(sparse);
  const width = names.length;
  return {
    rows,
    columns: names.map((name, k) => ({
      kind: 'number',
      name,
      values: Float64Array.from({ length: rows }, (_, r) => all[r * width + k]),
    })),
  };
}

/** As examples with the given targets: values, or with `classes` above 0 classes. */
export function sparseExamples(sparse: SparseRows, targets: Float64Array, classes: number): Examples {
  if (targets.length !== sparse.rows)
    throw new LehrError('option', `there are ${targets.length} targets, expected one for each of ${sparse.rows} rows.`);
  return { rows: sparse.rows, features: sparse.names.length, inputs: dense(sparse), targets, classes };
}
