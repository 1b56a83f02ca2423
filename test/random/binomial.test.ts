import { binomial, LehrError, multinomialInto, stream } from 'lehr';
import { describe, expect, test } from 'vitest';

/** The exact probabilities, by the recurrence from the mode outwards. */
function law(n: number, p: number): Float64Array {
  const shares = new Float64Array(n + 1);
  const mode = Math.min(n, Math.floor((n + 1) * p));
  shares[mode] = 1;
  for (let k = mode; k < n; k++) shares[k + 1] = (shares[k] * (n - k) * p) / ((k + 1) * (1 - p));
  for (let k = mode; k > 0; k--) shares[k - 1] = (shares[k] * k * (1 - p)) / ((n - k + 1) * p);
  const sum = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => share / sum);
}

/** Chi-square of counts against expectations, bins of less than 8 expected joined, and its normal approximation's z (Wilson–Hilferty). */
function zOf(counts: ArrayLike<number>, expected: ArrayLike<number>): number {
  let chi2 = 0;
  let bins = 0;
  let [c, e] = [0, 0];
  for (let k = 0; k < counts.length; k++) {
    c += counts[k];
    e += expected[k];
    if (e < 8 && k < counts.length - 1) continue;
    chi2 += (c - e) ** 2 / Math.max(e, 1e-9);
    bins++;
    [c, e] = [0, 0];
  }
  const d = bins - 1;
  return (Math.cbrt(chi2 / d) - (1 - 2 / (9 * d))) / Math.sqrt(2 / (9 * d));
}

describe('binomial', () => {
  // 14 chi-square tests, each above 4 with probability 3e-5: a false alarm in 2400 sets of seeds.
  test.each([
    [1, 0.3],
    [5, 0.5],
    [19, 0.5],
    [20, 0.5],
    [30, 0.3],
    [30, 0.7],
    [100, 0.02],
    [100, 0.099],
    [100, 0.11],
    [1000, 0.5],
    [1000, 0.95],
    [10_000, 0.0009],
    [10_000, 0.3],
    [100_000, 0.9999],
  ])('n = %i, p = %d has the exact law', (n, p) => {
    const draws = 40_000;
    const counts = new Float64Array(n + 1);
    const rng = stream('binomial', n, p);
    for (let i = 0; i < draws; i++) counts[binomial(rng, n, p)]++;
    expect(
      zOf(
        counts,
        law(n, p).map((share) => share * draws),
      ),
    ).toBeLessThan(4);
  });

  test('at its ends', () => {
    const rng = stream(1);
    expect([binomial(rng, 0, 0.5), binomial(rng, 9, 0), binomial(rng, 9, 1)]).toEqual([0, 0, 9]);
    for (const n of [1, 50, 1e6, 2 ** 40]) {
      for (const p of [1e-300, 1e-9, 0.5, 1 - 1e-12]) {
        const k = binomial(rng, n, p);
        expect(Number.isInteger(k) && k >= 0 && k <= n).toBe(true);
      }
    }
  });

  test.each([
    [-1, 0.5],
    [1.5, 0.5],
    [3, 1.1],
    [3, NaN],
  ])('(%d, %d) is refused', (n, p) => {
    expect(() => binomial(stream(1), n, p)).toThrow(LehrError);
  });
});

test('a multinomial draw adds up, keeps away from shares of 0, and has the law of its parts', () => {
  const shares = Float64Array.of(9, 0.5, 0, 0.2, 0.3, 0);
  const sums = new Float64Array(5);
  const rng = stream('multinomial');
  const runs = 20_000;
  let cross = 0;
  for (let i = 0; i < runs; i++) {
    const out = new Int32Array(5);
    multinomialInto(rng, 50, shares, 1, 5, out);
    expect(out.reduce((a, b) => a + b, 0)).toBe(50);
    out.forEach((count, k) => (sums[k] += count));
    cross += (out[0] - 25) * (out[3] - 15);
  }
  expect([sums[1], sums[4]]).toEqual([0, 0]);
  [25, 0, 10, 15, 0].forEach((mean, k) => {
    const deviation = Math.sqrt((mean * (1 - mean / 50)) / runs);
    expect(Math.abs(sums[k] / runs - mean)).toBeLessThanOrEqual(4 * deviation);
  });
  // Covariance −50 · 0.5 · 0.3 = −7.5; its estimate has a deviation of about 0.1.
  expect(Math.abs(cross / runs + 7.5)).toBeLessThan(0.4);
});
