import type { RowModel } from '../../../src/dynamics/row-model.ts';
import { upProbability } from './birth-death.ts';

/** Who is up (1), down (0) or outside (−1), and how many are. */
export interface Sides {
  readonly side: Int8Array;
  up: number;
  down: number;
}

/**
 * Rows in one of two groups, whose law depends on nothing but how many others are in each: the two models in which the reading derives the paper's laws.
 * @param joins the probability that a row joins the first group beside `up` and `down` others of the window. @param log ln of the joint law of these numbers, where it has one. @param first the
 * group in which all rows are where a run begins with all rows.
 */
function twoGroups(
  name: string,
  rows: number,
  joins: (up: number, down: number) => number,
  log: (up: number, down: number) => number,
  first: 0 | 1,
): RowModel<Sides, number> {
  const add = (sides: Sides, row: number, side: number): void => {
    sides.side[row] = side;
    if (side === 1) sides.up++;
    else sides.down++;
  };
  return {
    name,
    rows,
    empty: () => ({ side: new Int8Array(rows).fill(-1), up: 0, down: 0 }),
    partitions: () => 1,
    width: () => 2,
    score({ up, down }, _, __, power, into) {
      const p = joins(up, down);
      into[0] = power * Math.log(1 - p);
      into[1] = power * Math.log(p);
      return 2;
    },
    add: (sides, _, row, side) => add(sides, row, side),
    remove(sides, row) {
      if (sides.side[row] === 1) sides.up--;
      else sides.down--;
      sides.side[row] = -1;
    },
    assign(sides, row, rng) {
      add(sides, row, rng.uniform() < joins(sides.up, sides.down) ? 1 : 0);
    },
    assignBlindly: (sides, row) => add(sides, row, first),
    logJoint: ({ up, down }, power) => power * log(up, down),
    count: ({ up, down }) => Math.sign(up) + Math.sign(down),
    result: ({ up }) => up,
    save: ({ side, up, down }) => ({ side: side.slice(), up, down }),
    load: ({ side, up, down }: Sides) => ({ side, up, down }),
  };
}

/** Two groups under a symmetric Dirichlet prior a, of rows whose values say nothing. Of no account but the sizes; starts with all rows in the first group. */
export function flat(rows: number, a: number): RowModel<Sides, number> {
  // ln of B(a + up, a + down) / B(a, a), as a sum over rows, would be asked for only to tell energies, which nobody reads here.
  return twoGroups(
    `flat ${a}`,
    rows,
    (up, down) => (up + a) / (up + down + 2 * a),
    () => 0,
    1,
  );
}

/** The mean-field double well of coupling J and field h > 0, whose right well is up; starts with all rows down, in the wrong one. */
export function well(rows: number, coupling: number, field: number): RowModel<Sides, number> {
  return twoGroups(
    `double well ${coupling} ${field}`,
    rows,
    (up, down) => upProbability(up, down, coupling, field),
    (up, down) => {
      const n = up + down;
      const m = up - down;
      return n === 0 ? 0 : (coupling * m * m) / (2 * n) + field * m;
    },
    0,
  );
}
