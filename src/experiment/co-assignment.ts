import { LehrError, show } from '../error.ts';

/** Shares of being together between runs of rows. */
export interface BinnedCoAssignment {
  /** How many runs there are, and rows in each but the last. */
  readonly cells: number;
  readonly per: number;
  /** cells × cells: the mean over pairs of different rows, one of either run, of the share of partitions that have them together; NaN where there is no such pair. */
  readonly values: Float64Array;
}

/**
 * `coAssignment` of very many rows: they are put in the given order and taken in runs of equal length, at most `most` of them. It costs partitions × (rows + cells²), so a million rows are few.
 * With runs of one row it is `coAssignment` of the ordered rows, its diagonal included.
 * @param order rows, each at most once; those that are in no group of a partition (−1) are left out of it. @param weights of the partitions (1 each).
 * @throws LehrError `option` for no partition, partitions of different lengths, or `most` below 1.
 */
export function binnedCoAssignment(
  partitions: readonly ArrayLike<number>[],
  order: ArrayLike<number>,
  most: number,
  weights: readonly number[] = partitions.map(() => 1),
): BinnedCoAssignment {
  if (partitions.length === 0) throw new LehrError('option', 'binnedCoAssignment: there are no partitions, expected at least one.');
  for (const { length } of partitions)
    if (length !== partitions[0].length)
      throw new LehrError(
        'option',
        `binnedCoAssignment: a partition has ${length} rows, the first ${partitions[0].length}, expected the same rows.`,
      );
  if (!(Number.isSafeInteger(most) && most >= 1))
    throw new LehrError('option', `binnedCoAssignment: most is ${show(most)}, expected a whole number of at least 1.`);
  const per = Math.max(1, Math.ceil(order.length / most));
  const cells = Math.ceil(order.length / per);
  const together = new Float64Array(cells * cells);
  const pairs = new Float64Array(cells * cells);
  partitions.forEach((partition, i) => addUp(partition, order, per, weights[i], together, pairs));
  return { cells, per, values: together.map((sum, i) => sum / pairs[i]) };
}

/** Adds a partition's pairs: those of one group, group by group over the runs that have rows of it, and all there are. */
function addUp(
  partition: ArrayLike<number>,
  order: ArrayLike<number>,
  per: number,
  weight: number,
  together: Float64Array,
  pairs: Float64Array,
): void {
  const cells = Math.ceil(order.length / per);
  const rows = new Float64Array(cells);
  const groups = new Map<number, Map<number, number>>();
  for (let i = 0; i < order.length; i++) {
    const group = partition[order[i]];
    if (group < 0) continue;
    const cell = Math.floor(i / per);
    rows[cell]++;
    let runs = groups.get(group);
    if (runs === undefined) groups.set(group, (runs = new Map()));
    runs.set(cell, (runs.get(cell) ?? 0) + 1);
  }
  for (const runs of groups.values()) {
    const [at, count] = [[...runs.keys()], [...runs.values()]];
    for (let a = 0; a < at.length; a++) for (let b = 0; b < at.length; b++) together[at[a] * cells + at[b]] += weight * count[a] * count[b];
  }
  for (let a = 0; a < cells; a++) {
    for (let b = 0; b < cells; b++) pairs[a * cells + b] += weight * rows[a] * rows[b];
    // A row is no pair with itself, except where runs are single rows.
    if (per === 1) continue;
    together[a * cells + a] -= weight * rows[a];
    pairs[a * cells + a] -= weight * rows[a];
  }
}
