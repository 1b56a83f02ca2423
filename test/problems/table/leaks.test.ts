import { encode, leaksByName, readCsv, type Encoding } from 'lehr/problems/table';
import { describe, expect, test } from 'vitest';
import { refused } from './thrown.ts';

describe('leaks', () => {
  test.each([
    ['target_copy', 'target', true],
    ['price_log', 'price', true],
    ['logPrice', 'price', true],
    ['price2', 'price', true],
    ['Price', 'price', true],
    ['price', 'price_log', true],
    ['is_spam', 'spam', true],
    ['spam.label', 'spam', true],
    ['median_house_value_scaled', 'medianHouseValue', true],
    ['price_of_oil', 'price', false],
    ['medianIncome', 'medianHouseValue', false],
    ['priceless', 'price', false],
    ['x1', 'x', false],
    ['x1', 'x10', false],
    ['x64', 'x65', false],
    ['V1', 'V10', false],
    ['Petal.Width', 'Species', false],
    ['year', 'price', false],
  ])('by name: %s beside %s: %s', (name, target, leaks) => {
    expect(leaksByName(name, target)).toBe(leaks);
  });

  test.each<[string, (i: number) => string, (i: number) => string, boolean]>([
    ['a one-to-one coding', (i) => 'abc'[i % 3], (i) => String((i % 3) * 2), true],
    ['a rising transformation', (i) => String(Math.log(i + 1)), (i) => String(i + 0.5), true],
    ['a falling one', (i) => String(-i), (i) => String(i + 0.5), true],
    ['one that goes up and down', (i) => String((i * 7) % 20), (i) => String(i + 0.5), false],
    ['one exception', (i) => (i === 19 ? 'a' : 'ab'[i % 2]), (i) => 'pq'[i % 2], false],
    ['categories that are different in each row', (i) => `k${i}`, (i) => String(i + 0.5), false],
  ])('by value: %s', (_, feature, target, leaks) => {
    const rows = Array.from({ length: 20 }, (_, i) => `${feature(i)},${(i * i) % 11},${target(i)}`);
    const table = readCsv(`f,other,y\n${rows.join('\n')}\n`);
    const reading = (): Encoding => encode(table, { target: 'y', leaks: 'refuse' });
    const leaking = leaks ? refused(reading) : reading().encoder.dropped.map(({ why }) => why);
    expect(leaking.includes('"f" (by its values')).toBe(leaks);
    expect(encode(table, { target: 'y', leaks: 'keep' }).encoder.dropped.filter(({ why }) => why.includes('repeats'))).toEqual([]);
  });
});
