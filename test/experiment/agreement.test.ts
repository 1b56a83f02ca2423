import { stream } from 'lehr';
import { adjustedRand, coAssignment, splitRhat } from 'lehr/experiment';
import { describe, expect, test } from 'vitest';

/** By its definition: over all pairs of rows. */
function literal(a: number[], b: number[]): number {
  let [together, inA, inB, pairs] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      pairs++;
      if (a[i] === a[j]) inA++;
      if (b[i] === b[j]) inB++;
      if (a[i] === a[j] && b[i] === b[j]) together++;
    }
  }
  const chance = (inA * inB) / pairs;
  return (together - chance) / ((inA + inB) / 2 - chance);
}

describe('the adjusted Rand index', () => {
  test('is that of its definition', () => {
    const rng = stream(1, 'rand');
    for (let k = 0; k < 50; k++) {
      const a = Array.from({ length: 30 }, () => rng.below(4));
      const b = a.map((group) => (rng.uniform() < 0.6 ? group : rng.below(5)));
      expect(adjustedRand(a, b)).toBeCloseTo(literal(a, b), 12);
    }
  });

  test('does not mind what groups are called, and sees through chance', () => {
    expect(adjustedRand([0, 0, 1, 1, 2], [7, 7, 3, 3, 9])).toBe(1);
    const rng = stream(2, 'rand');
    const values = Array.from({ length: 200 }, () => {
      const draw = (): number[] => Array.from({ length: 40 }, () => rng.below(3));
      return adjustedRand(draw(), draw());
    });
    // Mean 0 under independence; its deviation over 200 draws is some 0.002.
    expect(Math.abs(values.reduce((a, b) => a + b) / 200)).toBeLessThan(0.012);
  });

  test('leaves out rows that are in no group', () => {
    expect(adjustedRand([0, 0, 1, 1, -1], [1, 1, 0, 0, 0])).toBe(1);
  });

  test('ends', () => {
    expect(adjustedRand([0, 0, 0], [1, 1, 1])).toBe(1);
    expect(adjustedRand([0, 1, 2], [2, 1, 0])).toBe(1);
    expect(adjustedRand([0], [4])).toBe(1);
    expect(() => adjustedRand([0], [0, 1])).toThrow(/of 1 and 2 rows/);
    expect(() => adjustedRand([-1], [0])).toThrow(/no row that both/);
  });
});

test('the co-assignment matrix', () => {
  const matrix = coAssignment([
    [0, 0, 1],
    [0, 1, 1],
    [0, 0, -1],
  ]);
  const third = 2 / 3;
  expect([...matrix]).toEqual([1, third, 0, third, 1, 0.5, 0, 0.5, 1]);
  expect(() => coAssignment([])).toThrow(/no partitions/);
  expect(() => coAssignment([[0], [0, 1]])).toThrow(/has 2 rows, the first 1/);
});

describe('split-R̂', () => {
  test('is near 1 for chains of one law, and finds a chain that is elsewhere and one that drifts', () => {
    const rng = stream(3, 'chains');
    const chain = (at: number, drift = 0): number[] => Array.from({ length: 500 }, (_, i) => at + (drift * i) / 500 + rng.normal());
    const same = splitRhat([chain(0), chain(0), chain(0), chain(0)]);
    expect(same).toBeGreaterThan(0.99);
    expect(same).toBeLessThan(1.02);
    // One of four elsewhere by 3: W = 1, the means of 8 halves vary by 3² · 12 / 56.
    expect(splitRhat([chain(0), chain(0), chain(0), chain(3)])).toBeCloseTo(Math.sqrt(1 + (9 * 12) / 56), 0);
    expect(splitRhat([chain(0, 4)])).toBeGreaterThan(1.5);
  });

  test('by hand', () => {
    // Halves 0 1 | 2 3: variances ½ and ½, means 0.5 and 2.5, B = 2 · 2.
    expect(splitRhat([[0, 1, 2, 3]])).toBeCloseTo(Math.sqrt(0.5 + 4 / (2 * 0.5)), 12);
    expect(splitRhat([[0, 1, 9, 2, 3]])).toBeCloseTo(Math.sqrt(0.5 + 4 / (2 * 0.5)), 12);
    expect(splitRhat([[1, 1, 2, 2]])).toBe(Infinity);
    expect(splitRhat([[1, 1, 1, 1]])).toBeNaN();
  });

  test('what it cannot be told of', () => {
    expect(() => splitRhat([])).toThrow(/no chains/);
    expect(() => splitRhat([[1, 2, 3]])).toThrow(/at least 4/);
    expect(() => splitRhat([[1, 2, 3, NaN]])).toThrow(/value 3 of a chain is NaN/);
  });
});
