import { pickLog } from '../../src/dynamics/row-model.ts';
import type { Rng } from '../../src/random/rng.ts';
import { logPartition } from './pitman-yor.ts';
import type { Partition } from './partition.ts';

/**
 * Grid Gibbs of a feature's hyperparameters, one after the other: each value of its grid is weighed by the likelihood of what the groups have, to the given power, and one is drawn. All values
 * are equally likely beforehand. The partition must be refreshed then.
 */
export function moveHyper(partition: Partition, f: number, grids: readonly (readonly number[])[], power: number, rng: Rng): void {
  const hyper = partition.hyper[f];
  for (let i = 0; i < grids.length; i++) {
    const grid = grids[i];
    if (grid.length < 2) continue;
    const scores = new Float64Array(grid.length);
    for (let g = 0; g < grid.length; g++) {
      hyper[i] = grid[g];
      scores[g] = power * partition.logMarginal(f, hyper);
    }
    hyper[i] = grid[pickLog(scores, grid.length, rng)];
  }
}

/** Grid Gibbs of a partition's concentration and discount, drawn together. The partition must be refreshed then. */
export function moveProcess(partition: Partition, grid: readonly (readonly [alpha: number, discount: number])[], rng: Rng): void {
  if (grid.length < 2) return;
  [partition.alpha, partition.discount] = grid[pickProcess(partition.sizes, grid, rng)];
}

/** The place in a grid of a process drawn for groups of these sizes. */
export function pickProcess(sizes: ArrayLike<number>, grid: readonly (readonly [alpha: number, discount: number])[], rng: Rng): number {
  const scores = Float64Array.from(grid, ([alpha, discount]) => logPartition(sizes, alpha, discount));
  return pickLog(scores, grid.length, rng);
}
