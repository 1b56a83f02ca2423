import { formatNumber, formatPercent } from '../../report/terminal.ts';

/** A share is told of if it is at least this. */
const LEAST = 0.02;

/** The likeliest labels of a law, with their probabilities. */
export function labelsTold(shares: ArrayLike<number>, labels: readonly string[], most: number): string {
  const order = labels.map((_, k) => k).sort((a, b) => shares[b] - shares[a] || a - b);
  return order
    .slice(0, most)
    .filter((k, i) => i === 0 || shares[k] >= LEAST)
    .map((k) => `${labels[k]} ${formatPercent(Number(shares[k].toPrecision(2)))}`)
    .join(', ');
}

/** Mean ± standard deviation of each column of a Gaussian. @param covariances d × d, or d. */
export function gaussianTold(
  means: ArrayLike<number>,
  covariances: ArrayLike<number>,
  columns: readonly string[],
  scales: Float64Array,
  most: number,
): string {
  const d = columns.length;
  const full = covariances.length === d * d && d > 1;
  return columns
    .slice(0, most)
    .map((name, j) => {
      const deviation = Math.sqrt(covariances[full ? j * d + j : j]) * scales[j];
      return `${name} ${formatNumber(means[j] * scales[j], 3)} ± ${formatNumber(deviation, 2)}`;
    })
    .join(', ');
}
