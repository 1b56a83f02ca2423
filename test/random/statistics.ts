// What the statistical tests of random/ share. Every test has the false-alarm rate ALARM: a correct generator with a fresh seed would
// fail it once in a million times; with the fixed seeds here it passes or fails for good.
export const ALARM = 1e-6;

/** ln Γ(x), x > 0: Stirling's series after shifting x above 15. */
export function logGamma(x: number): number {
  let shift = 0;
  while (x < 15) shift -= Math.log(x++);
  const r = 1 / (x * x);
  return shift + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r / 1680))) / x;
}

/** The cdf of the gamma law: x^a e^(−x) / Γ(a + 1) · (1 + x / (a + 1) + x² / ((a + 1)(a + 2)) + …), all terms positive. */
export function gammaCdf(shape: number, x: number): number {
  if (x <= 0) return 0;
  const logFirst = shape * Math.log(x) - x - logGamma(shape + 1);
  if (logFirst < -700) return x < shape ? 0 : 1;
  let sum = 0;
  let term = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    sum += term;
    term *= x / (shape + k);
  }
  return Math.min(1, Math.exp(logFirst) * sum);
}

export const normalCdf = (x: number): number => 0.5 + (x < 0 ? -0.5 : 0.5) * gammaCdf(0.5, (x * x) / 2);

/**
 * Where Pearson's statistic falls in the chi-square law with cells − 1 degrees of freedom (`free` if given): near 1 the counts are too
 * far from what is expected, near 0 too close to it. Cells should expect at least 8.
 */
export function chiSquare(counts: ArrayLike<number>, expected: (cell: number) => number, free = counts.length - 1): number {
  let statistic = 0;
  for (let i = 0; i < counts.length; i++) {
    const e = expected(i);
    if (e < 8) throw new Error(`cell ${i} expects ${e}, too few for the chi-square law`);
    statistic += (counts[i] - e) ** 2 / e;
  }
  return gammaCdf(free / 2, statistic / 2);
}

/** `chiSquare` of equally likely cells. */
export function flat(counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i];
  return chiSquare(counts, () => total / counts.length);
}

/** Whether a position in a law, as `chiSquare` gives, is one that both tails together reach with probability above ALARM. */
export const plausible = (position: number): boolean => position > ALARM / 2 && position < 1 - ALARM / 2;

/** The Kolmogorov–Smirnov distance of a sample from a continuous cdf. */
export function distance(sample: Float64Array, cdf: (x: number) => number): number {
  const sorted = sample.slice().sort();
  const n = sorted.length;
  let most = 0;
  for (let i = 0; i < n; i++) {
    const f = cdf(sorted[i]);
    most = Math.max(most, f - i / n, (i + 1) / n - f);
  }
  return most;
}

/** The distance that n draws exceed with probability at most ALARM: Dvoretzky–Kiefer–Wolfowitz with Massart's constant, for every n. */
export const farthest = (n: number): number => Math.sqrt(Math.log(2 / ALARM) / (2 * n));

/** n draws. */
export function draws(n: number, draw: () => number): Float64Array {
  const sample = new Float64Array(n);
  for (let i = 0; i < n; i++) sample[i] = draw();
  return sample;
}
