import { encode, leaksByName, likeness, readCsv, type Encoding } from 'lehr/problems/table';
import { describe, expect, test } from 'vitest';
import { refused } from '../thrown.ts';

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
    ['y_copy', 'y', true],
    ['y', 'log_y', true],
    ['y2_of_oil', 'y', false],
    ['x1', 'x10', false],
    ['x64', 'x65', false],
    ['V1', 'V10', false],
    ['Petal.Width', 'Species', false],
    ['year', 'price', false],
  ])('by name: %s beside %s: %s', (name, target, leaks) => {
    expect(leaksByName(name, target)).toBe(leaks);
  });

  test.each<[string, (i: number) => string, (i: number) => string, 'repeats' | 'monotone' | null]>([
    ['a one-to-one coding', (i) => 'abc'[i % 3], (i) => String((i % 3) * 2), 'repeats'],
    ['a coding of numbers by numbers', (i) => String((i * 7) % 5), (i) => String(i % 5), 'repeats'],
    ['another scale', (i) => String(0.1 * i - 3), (i) => String(i + 0.5), 'repeats'],
    ['a rising transformation', (i) => String(Math.log(i + 1)), (i) => String(i + 0.5), 'monotone'],
    ['a falling one', (i) => String(-i * i), (i) => String(i + 0.5), 'monotone'],
    ['one that goes up and down', (i) => String((i * 7) % 20), (i) => String(i + 0.5), null],
    ['one exception', (i) => (i === 19 ? 'a' : 'ab'[i % 2]), (i) => 'pq'[i % 2], null],
    ['a missing value', (i) => (i === 3 ? '' : 'ab'[i % 2]), (i) => 'pq'[i % 2], null],
    ['categories that are different in each row', (i) => `k${i}`, (i) => String(i + 0.5), null],
  ])('by value: %s', (_, feature, target, expected) => {
    const rows = Array.from({ length: 20 }, (_, i) => `${feature(i)},${(i * i) % 11},${target(i)}`);
    const table = readCsv(`f,other,y\n${rows.join('\n')}\n`);
    const all = Array.from({ length: 20 }, (_, i) => i);
    expect(likeness(table.columns[0], table.columns[2], all)).toBe(expected);
    expect(likeness(table.columns[0], table.columns[2], all.slice(0, 11))).toBe(null);
    const reading = (): Encoding => encode(table, { target: 'y' });
    const said = expected === 'repeats' ? refused(reading) : reading().notices.join();
    expect([said.includes('"f" (by its values'), said.includes('"f" rises or falls')]).toEqual([
      expected === 'repeats',
      expected === 'monotone',
    ]);
    expect(encode(table, { target: 'y', leaks: 'keep' }).encoder.dropped.filter(({ why }) => why.includes('repeats'))).toEqual([]);
    const dropped = encode(table, { target: 'y', leaks: 'drop' }).encoder.dropped.some(
      ({ name, why }) => name === 'f' && why.includes('repeats'),
    );
    expect(dropped).toBe(expected === 'repeats');
  });
});
