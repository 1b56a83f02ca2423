import type { Subsampled } from '../../src/dynamics/subsample-state.ts';
import { adjustedRand } from '../../src/experiment/agreement.ts';
import type { CrossCatResult } from '../crosscat/model.ts';
import type { MixtureData } from '../mixture/data.ts';
import type { MixtureResult } from '../mixture/result.ts';

/** Columns that are grouped by together, by their places among the features, and the partition of the rows by them. */
export type KindResult = MixtureResult & { readonly features: readonly number[] };

/** The kinds in a result of either model: a mixture has one. */
export function kindsOf(groups: MixtureResult | CrossCatResult, { features }: Pick<MixtureData, 'features'>): KindResult[] {
  const all = features.map((_, f) => f);
  if (!('kinds' in groups)) return [{ ...groups, features: all }];
  return groups.kinds.map((kind, k) => ({ ...kind, features: all.filter((f) => groups.kindOf[f] === k) }));
}

/** What a chain found, and the partitions of its samples; without any, its last. */
export interface FoundGroups {
  readonly kinds: readonly KindResult[];
  readonly logJoint: number;
  /** Rows in the window: the others are in no group. */
  readonly window: number;
  readonly samples: readonly { readonly step: number; readonly logJoint: number; readonly kinds: readonly KindResult[] }[];
  /** The log joint of more of the samples. */
  readonly draws: readonly number[];
}

/** @param from the step of the first sample that counts. */
export function foundIn(
  result: Subsampled<MixtureResult | CrossCatResult>,
  data: Pick<MixtureData, 'features'>,
  from: number,
): FoundGroups {
  return {
    kinds: kindsOf(result.groups, data),
    logJoint: result.logJoint,
    window: result.window,
    samples: result.samples
      .filter(({ step }) => step >= from)
      .map(({ step, logJoint, groups }) => ({ step, logJoint, kinds: kindsOf(groups, data) })),
    draws: result.logJoints.filter(([step]) => step >= from).map(([, logJoint]) => logJoint),
  };
}

/**
 * How alike the partitions of two results are: the adjusted Rand index of the rows, the mean over columns of that of the partitions by the kinds that have the column. NaN if no row
 * is in groups of both.
 */
export function likeness(one: readonly KindResult[], other: readonly KindResult[]): number {
  let [sum, columns] = [0, 0];
  for (const a of one) {
    for (const b of other) {
      const shared = a.features.filter((f) => b.features.includes(f)).length;
      if (shared === 0) continue;
      sum += shared * indexOf(a.assignment, b.assignment);
      columns += shared;
    }
  }
  return sum / columns;
}

function indexOf(a: Int32Array, b: Int32Array): number {
  for (let row = 0; row < a.length; row++) if (a[row] >= 0 && b[row] >= 0) return adjustedRand(a, b);
  return NaN;
}

/** A kind with its groups numbered anew, the larger ones first; of equal ones that whose row comes first. */
export function bySize(kind: KindResult): KindResult {
  const order = Array.from(kind.sizes, (_, k) => k).sort((a, b) => kind.sizes[b] - kind.sizes[a] || a - b);
  const place = new Int32Array(order.length);
  order.forEach((k, to) => (place[k] = to));
  return {
    ...kind,
    assignment: kind.assignment.map((k) => (k < 0 ? -1 : place[k])),
    sizes: Int32Array.from(order, (k) => kind.sizes[k]),
  };
}
