// Everything there is to know of a mixture of few rows, by enumeration and in the plainest way.
import { logGamma } from '../../random/statistics.ts';

/** All partitions of n rows, as restricted growth strings: 203 of 6. */
export function partitionsOf(n: number): number[][] {
  let all: number[][] = [[]];
  for (let i = 0; i < n; i++) all = all.flatMap((each) => Array.from({ length: Math.max(-1, ...each) + 2 }, (_, k) => [...each, k]));
  return all;
}

/** A partition's name: groups numbered in the order of the rows. */
export function nameOf(assignment: ArrayLike<number>): string {
  const numbers = new Map<number, number>();
  return Array.from(assignment, (k) => {
    if (!numbers.has(k)) numbers.set(k, numbers.size);
    return numbers.get(k);
  }).join('');
}

/** ln of the Pitman–Yor probability of a partition, row by row by the predictive weights. */
export function logProcess(partition: number[], alpha: number, discount: number): number {
  const sizes: number[] = [];
  let sum = 0;
  partition.forEach((k, i) => {
    sum += Math.log((k < sizes.length ? sizes[k] - discount : alpha + discount * sizes.length) / (alpha + i));
    sizes[k] = (sizes[k] ?? 0) + 1;
  });
  return sum;
}

export type Column =
  | { kind: 'bernoulli' | 'categorical'; values: (number | null)[]; labels: number; hyper: number[] }
  | { kind: 'poisson' | 'normal'; values: (number | null)[]; hyper: number[] };

/** ln of the predictive probability (density) of x after the values `seen`, from the updated hyperparameters of the textbook. */
function logPredictive(column: Column, seen: number[], x: number): number {
  const { hyper } = column;
  const n = seen.length;
  if (column.kind === 'categorical' || column.kind === 'bernoulli') {
    const pseudo = (v: number): number => (column.kind === 'categorical' ? hyper[0] : hyper[v]);
    let total = n;
    for (let v = 0; v < column.labels; v++) total += pseudo(v);
    return Math.log((seen.filter((v) => v === x).length + pseudo(x)) / total);
  }
  const sum = seen.reduce((a, b) => a + b, 0);
  if (column.kind === 'poisson') {
    const [shape, rate] = [hyper[0] + sum, hyper[1] + n];
    return logGamma(shape + x) - logGamma(shape) - logGamma(x + 1) + shape * Math.log(rate / (rate + 1)) + x * Math.log(1 / (rate + 1));
  }
  const [mu, kappa, variance, nu] = hyper;
  const mean = n === 0 ? 0 : sum / n;
  const squares = seen.reduce((s, value) => s + (value - mean) ** 2, 0);
  const [kappaN, nuN] = [kappa + n, nu + n];
  const muN = (kappa * mu + sum) / kappaN;
  const varianceN = (nu * variance + squares + (n * kappa * (mu - mean) ** 2) / kappaN) / nuN;
  const scale2 = (varianceN * (1 + kappaN)) / kappaN;
  return (
    logGamma((nuN + 1) / 2) -
    logGamma(nuN / 2) -
    0.5 * Math.log(nuN * Math.PI * scale2) -
    ((nuN + 1) / 2) * Math.log(1 + (x - muN) ** 2 / (nuN * scale2))
  );
}

/** ln of the likelihood of a partition: in each group the values one after the other. */
export function logLikelihood(columns: readonly Column[], rows: readonly number[], partition: readonly number[]): number {
  let sum = 0;
  for (const column of columns) {
    const seen: number[][] = [];
    rows.forEach((row, i) => {
      const before = (seen[partition[i]] ??= []);
      const x = column.values[row];
      if (x === null) return;
      sum += logPredictive(column, before, x);
      before.push(x);
    });
  }
  return sum;
}

/** Probabilities from logarithms up to a constant. */
export function normalised(logs: number[]): number[] {
  const most = Math.max(...logs);
  const total = logs.reduce((sum, value) => sum + Math.exp(value - most), 0);
  return logs.map((value) => Math.exp(value - most) / total);
}

/** Counts and expectations of cells, those that expect fewer than 10 thrown together, the rest with the last of the others if it is small itself. */
export function lumped(counts: number[], expected: number[]): { counts: number[]; expected: number[] } {
  const cells = { counts: [] as number[], expected: [] as number[] };
  let [restCount, restExpected] = [0, 0];
  counts.forEach((count, i) => {
    if (expected[i] >= 10) {
      cells.counts.push(count);
      cells.expected.push(expected[i]);
    } else {
      restCount += count;
      restExpected += expected[i];
    }
  });
  if (restExpected >= 10) {
    cells.counts.push(restCount);
    cells.expected.push(restExpected);
  } else {
    cells.counts[cells.counts.length - 1] += restCount;
    cells.expected[cells.expected.length - 1] += restExpected;
  }
  return cells;
}
