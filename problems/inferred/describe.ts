import type { FeatureCode, Grouping } from '../mixture/grouping.ts';

/** What a group, or all rows, have of a column. */
export type ColumnShape =
  /** Shares of labels among the rows that have a value. */
  | { readonly kind: 'shares'; readonly values: number; readonly shares: readonly number[] }
  /** Mean and standard deviation in the column's own unit; of counts the deviation is not known (NaN). */
  | { readonly kind: 'numbers'; readonly values: number; readonly mean: number; readonly deviation: number };

/** A column as groups differ in it. */
export interface DescribedColumn {
  readonly feature: FeatureCode;
  readonly whole: ColumnShape;
  readonly groups: readonly ColumnShape[];
  /** By group: how far its law is from that of all rows, as the Kullback–Leibler divergence in nats of the fitted laws: shares smoothed by the prior, normal laws, Poisson laws. */
  readonly distinction: readonly number[];
}

/** The columns of a kind, those first in which groups differ most for the most rows. */
export function describeKind(grouping: Grouping, features: readonly FeatureCode[]): DescribedColumn[] {
  const { features: own, statistics, hyper, sizes } = grouping;
  const columns = own.map((f, i): DescribedColumn => {
    const feature = features[f];
    const each = statistics[i];
    if ('counts' in each) return ofLabels(feature, each.counts, sizes.length, hyper[i]);
    return ofNumbers(feature as Extract<FeatureCode, { centre: number }>, each.sums);
  });
  const weight = ({ distinction }: DescribedColumn): number => distinction.reduce((sum, value, k) => sum + value * sizes[k], 0);
  return columns
    .map((column, i) => ({ column, i, weight: weight(column) }))
    .sort((a, b) => b.weight - a.weight || a.i - b.i)
    .map(({ column }) => column);
}

function ofLabels(feature: FeatureCode, counts: Int32Array, groups: number, hyper: Readonly<Record<string, number>>): DescribedColumn {
  const { labels } = feature as Extract<FeatureCode, { labels: unknown }>;
  const countsOf = (k: number): number[] => labels.map((_, v) => counts[v * groups + k]);
  const all = labels.map((_, v) => Array.from({ length: groups }, (_, k) => counts[v * groups + k]).reduce((a, b) => a + b, 0));
  const pseudo = labels.map((_, v) => (hyper.beta !== undefined && v === 1 ? hyper.beta : hyper.alpha));
  const smooth = (own: readonly number[]): number[] => sharesOf(own.map((n, v) => n + pseudo[v]));
  const q = smooth(all);
  const shape = (own: readonly number[]): ColumnShape => ({
    kind: 'shares',
    values: own.reduce((a, b) => a + b, 0),
    shares: sharesOf(own),
  });
  return {
    feature,
    whole: shape(all),
    groups: Array.from({ length: groups }, (_, k) => shape(countsOf(k))),
    distinction: Array.from({ length: groups }, (_, k) => {
      const p = smooth(countsOf(k));
      return Math.max(
        0,
        p.reduce((sum, share, v) => sum + share * Math.log(share / q[v]), 0),
      );
    }),
  };
}

function ofNumbers(
  feature: Extract<FeatureCode, { centre: number }>,
  [values, sum, second]: readonly [Float64Array, Float64Array, Float64Array],
): DescribedColumn {
  const total = (list: Float64Array): number => list.reduce((a, b) => a + b, 0);
  const counts = feature.kind === 'poisson';
  const fit = (n: number, s: number, squares: number): { mean: number; variance: number } => {
    const mean = n === 0 ? NaN : s / n;
    return { mean, variance: counts ? NaN : spreadOf(squares / n, mean) };
  };
  const shape = (n: number, s: number, squares: number): ColumnShape => {
    const { mean, variance } = fit(n, s, squares);
    return {
      kind: 'numbers',
      values: n,
      mean: feature.centre + feature.scale * mean,
      deviation: feature.scale * Math.sqrt(variance),
    };
  };
  const all = [total(values), total(sum), total(second)] as const;
  const whole = fit(...all);
  // A group's own variance may be 0: a hundredth of that of all rows keeps what it says finite.
  const floor = whole.variance / 100;
  return {
    feature,
    whole: shape(...all),
    groups: Array.from(values, (n, k) => shape(n, sum[k], second[k])),
    distinction: Array.from(values, (n, k) => {
      if (n === 0) return 0;
      const { mean, variance } = fit(n, sum[k], second[k]);
      if (counts) return Math.max(0, (mean > 0 ? mean * Math.log(mean / whole.mean) : 0) - mean + whole.mean);
      const ratio = Math.max(variance, floor) / whole.variance;
      const off = mean - whole.mean;
      return Math.max(0, 0.5 * (ratio + (off * off) / whole.variance - 1 - Math.log(ratio)));
    }),
  };
}

/** The variance; rounding may leave a little where all values are the same. */
function spreadOf(meanSquare: number, mean: number): number {
  const variance = meanSquare - mean * mean;
  return variance > 1e-12 * meanSquare ? variance : 0;
}

function sharesOf(counts: readonly number[]): number[] {
  const sum = counts.reduce((a, b) => a + b, 0);
  return counts.map((n) => (sum === 0 ? 0 : n / sum));
}
