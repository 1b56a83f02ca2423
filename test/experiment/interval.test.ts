import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stream, type Rng } from 'lehr';
import { bootstrap, meanInterval, medianInterval, quantile, ratioInterval, winsOf } from 'lehr/experiment';
import { normalCdf, normalQuantile, student975 } from '#src/experiment/laws';

const rng = (): Rng => stream(1, 'test');
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** BCa as Efron wrote it down, resample by resample, and the stretch: slow and literal. */
function literal(
  values: readonly number[],
  statistic: (sample: readonly number[]) => number,
  source: Rng,
  smooth = true,
): [number, number] {
  const n = values.length;
  const estimate = statistic(values);
  const replicates = Array.from({ length: 9999 }, () => statistic(Array.from({ length: n }, () => values[source.below(n)])));
  const less = replicates.filter((r) => r < estimate - 1e-12 * Math.abs(estimate)).length;
  const equal = replicates.filter((r) => Math.abs(r - estimate) <= 1e-12 * Math.abs(estimate)).length;
  const z0 = normalQuantile((less + equal / 2) / 9999);
  const left = values.map((_, i) => statistic(values.filter((__, j) => j !== i)));
  const centre = mean(left);
  const cubes = left.reduce((sum, l) => sum + (centre - l) ** 3, 0);
  const squares = left.reduce((sum, l) => sum + (centre - l) ** 2, 0);
  const a = smooth ? cubes / (6 * squares ** 1.5) : 0;
  replicates.sort((x, y) => x - y);
  const stretch = (Math.sqrt(n / (n - 1)) * student975(n - 1)) / 1.959963984540054;
  return [-1.959963984540054, 1.959963984540054].map((z) => {
    const share = normalCdf(z0 + (z0 + z) / (1 - a * (z0 + z)));
    const at = share * 10_000 - 1;
    const k = Math.floor(at);
    return estimate + (replicates[k] + (at - k) * (replicates[k + 1] - replicates[k]) - estimate) * stretch;
  }) as [number, number];
}

const skewed = [0.1, 0.3, 0.2, 2.5, 0.9, 0.4, 5.1, 0.05, 1.1, 0.6];

describe('the bootstrap interval', () => {
  test('of a mean and of a median is the literal BCa interval, stretched', () => {
    const [low, high] = literal(skewed, mean, rng());
    const interval = meanInterval(skewed, rng());
    expect(interval).toMatchObject({ value: mean(skewed), n: 10 });
    expect(interval.low).toBeCloseTo(low, 9);
    expect(interval.high).toBeCloseTo(high, 9);
    const median = (sample: readonly number[]): number => {
      const sorted = [...sample].sort((x, y) => x - y);
      return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
    };
    const [below, above] = literal(skewed, median, rng(), false);
    const middle = medianInterval(skewed, rng());
    expect(middle.value).toBe(median(skewed));
    expect(middle.low).toBeCloseTo(below, 9);
    expect(middle.high).toBeCloseTo(above, 9);
  });

  test('leans to the side of the long tail', () => {
    const { value, low, high } = meanInterval(skewed, rng());
    expect(high - value).toBeGreaterThan(1.5 * (value - low));
  });

  test('of many normal values is nearly Student’s', () => {
    const source = stream(2, 'normal');
    const values = Array.from({ length: 400 }, () => source.normal());
    const centre = mean(values);
    const error = Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / 399 / 400);
    const { low, high } = meanInterval(values, rng());
    expect((high - low) / (2 * student975(399) * error)).toBeGreaterThan(0.94);
    expect((high - low) / (2 * student975(399) * error)).toBeLessThan(1.06);
  });

  test('moves and scales with the values, and mirrors with them', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 9 }), fc.integer({ min: -50, max: 50 }), (list, scale, shift) => {
        const plain = meanInterval(list, rng());
        const moved = meanInterval(
          list.map((value) => scale * value + shift),
          rng(),
        );
        expect(moved.low).toBeCloseTo(scale * plain.low + shift, 5);
        expect(moved.high).toBeCloseTo(scale * plain.high + shift, 5);
        const mirrored = meanInterval(
          list.map((value) => -value),
          rng(),
        );
        expect(mirrored.low).toBeCloseTo(-plain.high, 5);
        expect(mirrored.high).toBeCloseTo(-plain.low, 5);
        for (const { value, low, high } of [plain, moved, mirrored]) {
          expect(low).toBeLessThanOrEqual(value);
          expect(high).toBeGreaterThanOrEqual(value);
        }
      }),
      { seed: 20260104, numRuns: 15 },
    );
  });

  test('of equal values has no length; all zeros are zero', () => {
    expect(meanInterval([0, 0, 0, 0], rng())).toEqual({ value: 0, low: 0, high: 0, n: 4 });
    expect(meanInterval([0.1, 0.1, 0.1], rng())).toMatchObject({ low: meanInterval([0.1, 0.1, 0.1], rng()).value });
    expect(medianInterval([7, 7], rng())).toEqual({ value: 7, low: 7, high: 7, n: 2 });
  });

  test('of two values is wide, as Student’s is', () => {
    const { value, low, high } = meanInterval([1, 3], rng());
    expect(value).toBe(2);
    expect(low).toBeLessThan(2 - 8);
    expect(high).toBeGreaterThan(2 + 8);
    expect(Number.isFinite(high - low)).toBe(true);
  });

  test('has the same bits from the same stream', () => {
    expect(meanInterval(skewed, rng())).toEqual(meanInterval(skewed, rng()));
    expect(meanInterval(skewed, rng())).not.toEqual(meanInterval(skewed, stream(2, 'test')));
  });

  test('refuses too few values, and what is no number', () => {
    expect(() => meanInterval([1], rng())).toThrow('an interval from 1 values, expected at least 2 (pairs of) values.');
    expect(() => meanInterval([], rng())).toThrow('an interval from 0 values');
    expect(() => meanInterval([1, NaN, 2], rng())).toThrow('an interval of values of which one is NaN');
    expect(() => medianInterval([1, Infinity, 2], rng())).toThrow('an interval of values of which one is Infinity');
  });

  test('is none where an end is not finite', () => {
    const share = (picked: Int32Array): number => 1 / picked.reduce((sum, i) => sum + (i === 0 ? 1 : 0), 0);
    expect(bootstrap(4, share, rng())).toBeNull();
  });
});

describe('the ratio', () => {
  const a = [2, 4, 6, 9, 3, 5];
  const b = [1, 2, 2, 4, 2, 3];

  test('is of means, and inverts with its sides', () => {
    const ratio = ratioInterval(a, b, rng());
    expect(ratio.value).toBeCloseTo(29 / 14, 12);
    const inverse = ratioInterval(b, a, rng());
    expect(inverse.low * ratio.high).toBeCloseTo(1, 6);
    expect(inverse.high * ratio.low).toBeCloseTo(1, 6);
  });

  test('of proportional pairs is exact', () => {
    const { value, low, high } = ratioInterval(
      b.map((value) => 2 * value),
      b,
      rng(),
    );
    expect([value, low, high].map((end) => Number(end.toFixed(9)))).toEqual([2, 2, 2]);
  });

  test('refuses what has no ratio', () => {
    expect(() => ratioInterval([1, 2], [1], rng())).toThrow('a ratio of 2 numerators and 1 denominators, expected pairs.');
    expect(() => ratioInterval([1, 2], [1, 0], rng())).toThrow('a ratio has the value 0, expected positive numbers.');
    expect(() => ratioInterval([1, -2], [1, 1], rng())).toThrow('a ratio has the value -2');
  });
});

describe('wins', () => {
  test('are counted with Wilson’s interval', () => {
    const eight = winsOf([-1, -1, -1, -1, -1, -1, -1, -1, 1, 1]);
    expect(eight).toMatchObject({ probability: 0.8, n: 10 });
    expect(eight.low).toBeCloseTo(0.4901625, 6);
    expect(eight.high).toBeCloseTo(0.9433178, 6);
    const none = winsOf(Array.from({ length: 10 }, () => 1));
    expect(none.low).toBe(0);
    expect(none.high).toBeCloseTo(0.2775328, 6);
  });

  test('a tie is half a win', () => {
    expect(winsOf([0, 0]).probability).toBe(0.5);
    expect(winsOf([-1, 0, 1, 1]).probability).toBe(0.375);
    expect(() => winsOf([])).toThrow('wins of 0 differences');
  });
});

test('a quantile is an order statistic, and linear between two', () => {
  const values = [10, 20, 30, 40];
  expect([0.2, 0.4, 0.5, 0.6, 0.8].map((share) => quantile(values, share))).toEqual([10, 20, 25, 30, 40]);
  expect([0, 0.1, 0.9, 1].map((share) => quantile(values, share))).toEqual([10, 10, 40, 40]);
  expect(quantile([5], 0.5)).toBe(5);
});
