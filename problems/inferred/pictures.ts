import { binnedCoAssignment } from '../../src/experiment/co-assignment.ts';
import type { Matrix, MatrixBlock } from '../../src/report/matrix.ts';
import type { KindResult } from './found.ts';

/** So many cells on a side at most: a picture on a page has not many more points. */
const CELLS = 200;

/** Columns and the groups of the rows by them. */
type Partitioned = Pick<KindResult, 'features' | 'assignment' | 'sizes'>;

/**
 * In what share of samples rows are together by the columns of a kind, rows in the order of its groups, those first that are surest there. Samples deal columns into kinds of their own: each column of this one
 * counts with the partition that its kind has in the sample.
 * @param kind the answer's, its groups from 0. @param probability of each of its rows.
 */
export function rowMatrix(
  kind: Partitioned,
  samples: readonly (readonly Pick<KindResult, 'features' | 'assignment'>[])[],
  probability: Float64Array,
  { id, title }: Pick<Matrix, 'id' | 'title'>,
): Matrix {
  const partitions: Int32Array[] = [];
  const weights: number[] = [];
  for (const kinds of samples) {
    for (const other of kinds) {
      const shared = other.features.filter((f) => kind.features.includes(f)).length;
      if (shared === 0) continue;
      partitions.push(other.assignment);
      weights.push(shared);
    }
  }
  const rows = Array.from(kind.assignment, (_, row) => row).filter((row) => kind.assignment[row] >= 0);
  rows.sort((a, b) => kind.assignment[a] - kind.assignment[b] || probability[b] - probability[a] || a - b);
  const { cells, per, values } = binnedCoAssignment(partitions, rows, CELLS, weights);
  const blocks = blocksOf(
    Array.from(kind.sizes, (size, k) => [`group ${k + 1}`, size] as const),
    per,
    cells,
  );
  return {
    id,
    title,
    caption: `Dark: two rows are in one group in all of ${samples.length} ${samples.length === 1 ? 'partition' : 'samples of all chains'}; light: in none. Rows are ordered by the answer's groups${per > 1 ? `, ${per} to a cell` : ''}.`,
    rows: cells,
    columns: cells,
    values: rounded(values),
    per,
    down: blocks,
    across: blocks,
  };
}

/** In what share of samples columns are in one kind, in the order of the answer's kinds. */
export function columnMatrix(answer: readonly KindResult[], samples: readonly (readonly KindResult[])[], names: readonly string[]): Matrix {
  const partitions = samples.map((kinds) => {
    const of = new Int32Array(names.length);
    kinds.forEach(({ features }, k) => features.forEach((f) => (of[f] = k)));
    return of;
  });
  const order = answer.flatMap(({ features }) => features);
  const { cells, per, values } = binnedCoAssignment(partitions, order, CELLS);
  return {
    id: 'columns',
    title: 'Columns of one kind',
    caption: `Dark: two columns are of one kind in all of ${samples.length} ${samples.length === 1 ? 'result' : 'samples of all chains'}. In the order of the answer's kinds: ${order.map((f) => names[f]).join(', ')}.`,
    rows: cells,
    columns: cells,
    values: rounded(values),
    per,
    down: blocksOf(
      answer.map(({ features }, k) => [`kind ${k + 1}`, features.length] as const),
      per,
      cells,
    ),
    across: blocksOf(
      order.map((f) => [names[f], 1] as const),
      per,
      cells,
    ),
  };
}

/** A picture has no more digits than this. */
const DIGITS = 4;

function rounded(values: Float64Array): number[] {
  return Array.from(values, (value) => Number(value.toFixed(DIGITS)));
}

/** Lengths in cells: a cell belongs to the block that begins last in it or before. */
function blocksOf(sizes: readonly (readonly [name: string, size: number])[], per: number, cells: number): MatrixBlock[] {
  const blocks: MatrixBlock[] = [];
  let [end, cell] = [0, 0];
  for (const [name, size] of sizes) {
    end += size;
    const to = Math.min(cells, Math.round(end / per));
    if (to > cell) blocks.push({ name, cells: to - cell });
    cell = Math.max(cell, to);
  }
  if (cell < cells && blocks.length > 0) {
    const last = blocks.pop()!;
    blocks.push({ name: last.name, cells: last.cells + cells - cell });
  }
  return blocks;
}
