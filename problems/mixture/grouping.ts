import type { DiscreteFeature, Feature, MixtureData, NumberFeature } from './data.ts';
import { HYPER_NAMES } from './hyper.ts';
import { Partition } from './partition.ts';
import type { Prediction } from './predict.ts';
import type { MixtureResult } from './result.ts';

/** A column without its values: what reads other rows alike. */
export type FeatureCode = Omit<DiscreteFeature, 'gaps'> | Omit<NumberFeature, 'values'>;

/** What a partition's groups have of one column. */
export type FeatureStatistics =
  /** Labels × groups: how many rows have the label. */
  | { readonly counts: Int32Array }
  /** By group: values there are, their sum, and that of their squares (of counts: of ln x!), in the unit of the feature. */
  | { readonly sums: readonly [values: Float64Array, sum: Float64Array, second: Float64Array] };

/** A partition without its rows: all that is needed to say of another row where it belongs. Plain data, as large as groups × labels. */
export interface Grouping {
  /** Places of its columns among the features. */
  readonly features: readonly number[];
  readonly alpha: number;
  readonly discount: number;
  /** Rows in each group. */
  readonly sizes: Int32Array;
  /** Of each of its columns. */
  readonly statistics: readonly FeatureStatistics[];
  /** Of each of its columns, by the names of its kind. */
  readonly hyper: readonly Readonly<Record<string, number>>[];
}

/** The columns of some data without their values. */
export function codesOf({ features }: MixtureData): FeatureCode[] {
  return features.map((feature): FeatureCode => {
    if (!('values' in feature)) {
      const { gaps: _, ...code } = feature;
      return code;
    }
    const { values: _, ...code } = feature;
    return code;
  });
}

/** A partition of rows as a run returned it, by some of the data's features. */
function partitionOf(data: MixtureData, features: readonly number[], result: MixtureResult): Partition {
  const hyper = data.features.map(({ name, kind }, f) =>
    Float64Array.from(HYPER_NAMES[kind], (each) => (features.includes(f) ? result.hyper[name][each] : 0)),
  );
  return new Partition(data, features, hyper, [result.alpha, result.discount], result.assignment.slice());
}

/** The same without the rows. */
export function groupingOf(data: MixtureData, features: readonly number[], result: MixtureResult): Grouping {
  const { discrete, numerics } = partitionOf(data, features, result);
  const groups = result.sizes.length;
  const statistics = features.map((f): FeatureStatistics => {
    const j = discrete.features.indexOf(f);
    if (j >= 0) {
      const counts = new Int32Array(discrete.values[j] * groups);
      for (let v = 0; v < discrete.values[j]; v++)
        for (let k = 0; k < groups; k++) counts[v * groups + k] = discrete.counts[(discrete.starts[j] + v) * discrete.capacity + k];
      return { counts };
    }
    const [values, sum, second] = numerics.find(({ feature }) => feature === f)!.statistics();
    return { sums: [values.slice(0, groups), sum.slice(0, groups), second.slice(0, groups)] };
  });
  const { alpha, discount, sizes } = result;
  return { features, alpha, discount, sizes, statistics, hyper: features.map((f) => result.hyper[data.features[f].name]) };
}

/** What a grouping says of other rows. @param others as `encodeLike` gives them. */
export function foretell(grouping: Grouping, others: MixtureData): Prediction {
  const { features, sizes, alpha, discount } = grouping;
  const behind = sizes.reduce((sum, size) => sum + size, 0);
  const hyper = others.features.map(({ kind }, f) => {
    const at = features.indexOf(f);
    return Float64Array.from(HYPER_NAMES[kind], (name) => (at < 0 ? 0 : grouping.hyper[at][name]));
  });
  // The rows behind the groups have no values here, but how many there are decides how far products may go.
  const data: MixtureData = { ...others, rows: others.rows + behind, features: others.features.map(gappy) };
  const partition = new Partition(data, features, hyper, [alpha, discount]);
  adopt(partition, grouping);
  const scores = new Float64Array(partition.top);
  const logDensity = new Float64Array(others.rows);
  const group = new Int32Array(others.rows);
  const probability = new Float64Array(others.rows);
  for (let row = 0; row < others.rows; row++) {
    const places = partition.score(row, 1, scores);
    let best = 0;
    for (let k = 1; k < places; k++) if (scores[k] > scores[best]) best = k;
    let sum = 0;
    for (let k = 0; k < places; k++) sum += Math.exp(scores[k] - scores[best]);
    logDensity[row] = scores[best] + Math.log(sum) - Math.log(alpha + behind);
    group[row] = best === partition.vacant ? -1 : best;
    probability[row] = 1 / sum;
  }
  return { logDensity, group, probability };
}

/** Gives an empty partition the statistics of groups whose rows are not there. */
function adopt(partition: Partition, { features, sizes, statistics }: Grouping): void {
  while (sizes.length >= partition.capacity) partition.grow();
  partition.sizes.set(sizes);
  partition.rows = sizes.reduce((sum, size) => sum + size, 0);
  const { discrete, numerics } = partition;
  statistics.forEach((own, i) => {
    if ('counts' in own) discrete.adopt(discrete.features.indexOf(features[i]), own.counts, sizes.length);
    else {
      const kept = numerics.find(({ feature }) => feature === features[i])!.statistics();
      own.sums.forEach((sums, s) => kept[s].set(sums));
    }
  });
  partition.countUp();
  partition.refresh();
}

/** How likely each row is in the group that it is in, given where all others are; NaN for rows in none. */
export function ownProbabilities(data: MixtureData, features: readonly number[], result: MixtureResult): Float64Array {
  const partition = partitionOf(data, features, result);
  const probability = new Float64Array(data.rows).fill(NaN);
  let scores = new Float64Array(partition.top + 1);
  for (let row = 0; row < data.rows; row++) {
    const k = partition.assignment[row];
    if (k < 0) continue;
    partition.remove(row);
    if (scores.length < partition.top) scores = new Float64Array(2 * partition.top);
    const places = partition.score(row, 1, scores);
    // A group of this row alone is the one without rows now.
    const own = partition.sizes[k] > 0 ? k : partition.vacant;
    let sum = 0;
    for (let l = 0; l < places; l++) sum += Math.exp(scores[l] - scores[own]);
    probability[row] = 1 / sum;
    partition.add(row, own);
  }
  return probability;
}

function gappy(feature: Feature): Feature {
  return 'values' in feature ? feature : { ...feature, gaps: true };
}
