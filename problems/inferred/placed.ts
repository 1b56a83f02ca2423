import { foretell, groupingOf, ownProbabilities, type Grouping } from '../mixture/grouping.ts';
import { selectMixtureRows, type MixtureData } from '../mixture/data.ts';
import type { KindResult } from './found.ts';

/** A kind's groups over all rows of a table, those too that were in none while it ran. */
export interface PlacedKind {
  readonly grouping: Grouping;
  /** Of each row of the table; −1: likeliest in none of the groups, but a new one. */
  readonly group: Int32Array;
  /** How likely it is there: given where all other rows are, or of those that were in no group by prediction. */
  readonly probability: Float64Array;
  /** The group that the run had it in, −1 for none. */
  readonly assignment: Int32Array;
}

/** Rows of a table that were inferred from, and others. */
export interface Dealt {
  readonly rows: number;
  /** The table's rows that chains saw, in their order; their values. */
  readonly seen: Int32Array;
  readonly data: MixtureData;
  /** Those held out, and their values. */
  readonly heldOut: Int32Array;
  readonly others: MixtureData | null;
}

/** Puts all rows of a table into the groups of a kind: those that were in none, by prediction. */
export function placed(kind: KindResult, dealt: Dealt): PlacedKind {
  const { rows, seen, data, heldOut, others } = dealt;
  const grouping = groupingOf(data, kind.features, kind);
  const group = new Int32Array(rows).fill(-1);
  const probability = new Float64Array(rows).fill(NaN);
  const assignment = new Int32Array(rows).fill(-1);
  const own = ownProbabilities(data, kind.features, kind);
  const left: number[] = [];
  for (let i = 0; i < seen.length; i++) {
    if (kind.assignment[i] < 0) left.push(i);
    group[seen[i]] = assignment[seen[i]] = kind.assignment[i];
    probability[seen[i]] = own[i];
  }
  const predict = (values: MixtureData, of: ArrayLike<number>): void => {
    const said = foretell(grouping, values);
    for (let i = 0; i < of.length; i++) {
      group[of[i]] = said.group[i];
      probability[of[i]] = said.probability[i];
    }
  };
  if (left.length > 0)
    predict(
      selectMixtureRows(data, left),
      Int32Array.from(left, (i) => seen[i]),
    );
  if (others !== null) predict(others, heldOut);
  return { grouping, group, probability, assignment };
}

/** The mean over rows of ln of the density of their values, by groups of each kind, or of each of several results of which the mean density is taken. */
export function meanLogDensity(results: readonly (readonly Grouping[])[], others: MixtureData): number {
  const densities = results.map((kinds) => {
    const sum = new Float64Array(others.rows);
    for (const kind of kinds) {
      const { logDensity } = foretell(kind, others);
      for (let row = 0; row < others.rows; row++) sum[row] += logDensity[row];
    }
    return sum;
  });
  let total = 0;
  for (let row = 0; row < others.rows; row++) {
    const most = densities.reduce((m, each) => Math.max(m, each[row]), -Infinity);
    total += most + Math.log(densities.reduce((sum, each) => sum + Math.exp(each[row] - most), 0) / densities.length);
  }
  return total / others.rows;
}

/** All rows in one group, with a kind's hyperparameters: what groups are to be better than. */
export function asOneGroup(kinds: readonly KindResult[], data: MixtureData): Grouping[] {
  return kinds.map((kind) =>
    groupingOf(data, kind.features, { ...kind, assignment: new Int32Array(data.rows), sizes: Int32Array.of(data.rows) }),
  );
}
