import { split, withoutValidation } from 'lehr/problems/table';
import { describe, expect, test } from 'vitest';
import { refused } from '../thrown.ts';

describe('split', () => {
  test('every row is in one part, in the shares asked for, and a seed decides', () => {
    for (const [rows, validation, test] of [
      [10, 0.2, 0.2],
      [101, 0.1, 0.3],
      [7, 0, 0.3],
      [1000, 1 / 3, 0],
    ]) {
      const parts = split(rows, { seed: 'a', validation, test });
      const all = [...parts.training, ...parts.validation, ...parts.test].sort((a, b) => a - b);
      expect(all).toEqual(Array.from({ length: rows }, (_, row) => row));
      expect(Math.abs(parts.validation.length - validation * rows)).toBeLessThan(1);
      expect(Math.abs(parts.test.length - test * rows)).toBeLessThan(1);
      expect(split(rows, { seed: 'a', validation, test })).toEqual(parts);
    }
    expect(split(100, { seed: 1 }).test).not.toEqual(split(100, { seed: 2 }).test);
  });

  test('without validation, the test rows are the same and all others are trained on', () => {
    const parts = split(50, { seed: 1 });
    const merged = withoutValidation(parts);
    expect(merged.test).toEqual(parts.test);
    expect(merged.validation.length).toBe(0);
    expect([...merged.training]).toEqual([...parts.training, ...parts.validation].sort((a, b) => a - b));
  });

  test('stratified, each part has its share of each class', () => {
    const classes = Array.from({ length: 300 }, (_, i) => (i < 240 ? 0 : i < 290 ? 1 : 2));
    const parts = split(300, { seed: 3, classes });
    for (const [part, share] of [
      [parts.training, 0.6],
      [parts.validation, 0.2],
      [parts.test, 0.2],
    ] as const) {
      for (const [label, count] of [
        [0, 240],
        [1, 50],
        [2, 10],
      ]) {
        const there = part.filter((row) => classes[row] === label).length;
        expect(Math.abs(there - share * count)).toBeLessThan(2);
      }
    }
  });

  test('each row is as often in each part: chi-square over 400 seeds; with 19 degrees of freedom above 43.8 once in 1000', () => {
    const classes = Array.from({ length: 20 }, (_, i) => i % 2);
    for (const options of [{}, { classes }]) {
      const counts = new Float64Array(20);
      for (let seed = 0; seed < 400; seed++)
        for (const row of split(20, { seed, test: 0.2, validation: 0.2, ...options }).test) counts[row]++;
      const expected = 80;
      // Drawn without replacement, a count varies 0.8 times as much as a multinomial one.
      const chi2 = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected / 0.8, 0);
      expect(chi2).toBeLessThan(43.8);
    }
  });

  test.each([
    [{ validation: 0.5, test: 0.5 }, 'less than 1 together'],
    [{ test: -0.1 }, 'test is -0.1'],
    [{ test: 1 }, 'test is 1'],
    [{ classes: [0] }, 'expected one for each of 3 rows'],
    [{ validation: 0.05 }, 'validation takes 0.05 of 3 rows, which is none'],
  ])('%o is refused', (options, message) => {
    expect(refused(() => split(3, { seed: 1, test: 0.4, ...options }), 'option')).toContain(message);
  });
});
