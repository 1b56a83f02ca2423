import type { SparseRows } from './sparse.ts';

/** How a bag of words becomes columns. */
export interface BagOptions {
  /** The words, as `readVocabulary` gives them; without it they are called w1, w2, …. */
  readonly vocabulary?: readonly string[];
  /** Counts as they are (`absolute`, the default), or of each thousand words of their document (`relative`), so that long documents and short ones compare. */
  readonly frequencies?: 'absolute' | 'relative';
  /** Words of fewer documents are left out (1). */
  readonly least?: number;
}

/** Counts of each thousand words of their row. */
export function relativeFrequencies(bag: SparseRows): SparseRows {
  const { rows, starts } = bag;
  const values = bag.values.slice();
  for (let row = 0; row < rows; row++) {
    const [from, to] = [starts[row], starts[row + 1]];
    let total = 0;
    for (let k = from; k < to; k++) total += values[k];
    for (let k = from; k < to; k++) values[k] *= 1000 / total;
  }
  return { ...bag, values };
}

/** The columns that are not 0 in at least so many rows. */
export function commonColumns(bag: SparseRows, least: number): SparseRows {
  const { rows, names, starts, columns, values } = bag;
  const seen = new Int32Array(names.length);
  for (const column of columns) seen[column]++;
  const place = new Int32Array(names.length).fill(-1);
  let count = 0;
  for (let column = 0; column < names.length; column++) if (seen[column] >= least) place[column] = count++;
  const kept: number[] = [];
  const from = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    for (let k = starts[row]; k < starts[row + 1]; k++) if (place[columns[k]] >= 0) kept.push(k);
    from[row + 1] = kept.length;
  }
  return {
    rows,
    names: names.filter((_, column) => place[column] >= 0),
    starts: from,
    columns: Int32Array.from(kept, (k) => place[columns[k]]),
    values: Float64Array.from(kept, (k) => values[k]),
  };
}
