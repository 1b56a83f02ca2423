import { describe, expect, test } from 'vitest';
import {
  bar,
  formatCompact,
  formatCount,
  formatGap,
  formatNumber,
  formatPercent,
  formatRate,
  formatSeconds,
  plotText,
  sparkline,
} from '#src/report/index';

describe('numbers', () => {
  test.each([
    [0, '0'],
    [7, '7'],
    [999, '999'],
    [1000, '1,000'],
    [1234567, '1,234,567'],
    [-1234567, '-1,234,567'],
    [1234.6, '1,235'],
    [-0.2, '0'],
    [1e15, '1,000,000,000,000,000'],
    [NaN, '–'],
    [Infinity, 'Infinity'],
  ])('formatCount(%d) is %s', (value, text) => expect(formatCount(value)).toBe(text));

  test.each<[number, number | undefined, string]>([
    [0, 6, '0'],
    [-0, 6, '0'],
    [2, 6, '2'],
    [0.1 + 0.2, 6, '0.3'],
    [1234567, 15, '1,234,567'],
    [1234567.25, 15, '1,234,567.25'],
    [1234567.25, undefined, '1,234,570'],
    [-12.5, 6, '-12.5'],
    [999999.9, 6, '1,000,000'],
    [0.000123, 6, '0.000123'],
    [0.0000123, 6, '1.23e-5'],
    [-2.5e20, 6, '-2.5e20'],
    [9.99999e-5, 3, '0.0001'],
    [100, 3, '100'],
    [NaN, 6, '–'],
    [-Infinity, 6, '-Infinity'],
  ])('formatNumber(%d, %s) is %s', (value, digits, text) => expect(formatNumber(value, digits)).toBe(text));

  test.each([
    [0, '0'],
    [812, '812'],
    [999.6, '1 k'],
    [1500, '1.5 k'],
    [150e6, '150 M'],
    [-2.5e9, '-2.5 G'],
    [1e18, '1,000 P'],
    [0.5, '0.5'],
  ])('formatCompact(%d) is %s', (value, text) => expect(formatCompact(value)).toBe(text));

  test.each([
    [15_300_000, '15.3 M/s'],
    [812, '812 /s'],
    [999_950, '1 M/s'],
    [2500, '2.5 k/s'],
    [0, '0 /s'],
    [NaN, '– /s'],
  ])('formatRate(%d) is %s', (value, text) => expect(formatRate(value)).toBe(text));

  test.each([
    [0, '0 s'],
    [0.0000123, '0.012 ms'],
    [0.0123, '12.3 ms'],
    [0.25, '250 ms'],
    [0.9996, '1.0 s'],
    [3.21, '3.2 s'],
    [59.94, '59.9 s'],
    [59.96, '1 min 00 s'],
    [125, '2 min 05 s'],
    [3599.4, '59 min 59 s'],
    [3599.6, '1 h 00 min'],
    [11_220, '3 h 07 min'],
    [86_369, '23 h 59 min'],
    [86_371, '1 d 00 h'],
    [187_200, '2 d 04 h'],
    [-3, '-3.0 s'],
    [NaN, '–'],
    [Infinity, 'Infinity'],
  ])('formatSeconds(%d) is %s', (value, text) => expect(formatSeconds(value)).toBe(text));

  test.each([
    [0, '0 %'],
    [1, '100 %'],
    [0.1234, '12.3 %'],
    [0.0035, '0.35 %'],
    [1e-7, '<0.001 %'],
    [NaN, '–'],
  ])('formatPercent(%d) is %s', (value, text) => expect(formatPercent(value)).toBe(text));

  test.each([
    [0, '0 %'],
    [0.3512, '+0.351 %'],
    [-1.25, '-1.25 %'],
    [NaN, '–'],
  ])('formatGap(%d) is %s', (value, text) => expect(formatGap(value)).toBe(text));
});

describe('sparkline', () => {
  test('shows lowest to highest', () => {
    expect(sparkline([1, 2, 3, 4, 5, 6, 7, 8])).toBe('▁▂▃▄▅▆▇█');
    expect(sparkline([5, NaN, 5])).toBe('▄ ▄');
    expect(sparkline([])).toBe('');
    expect(sparkline([NaN, Infinity])).toBe('  ');
  });

  test('averages down to a width', () => {
    expect(sparkline([0, 0, 7, 7, NaN, NaN], 3)).toBe('▁█ ');
    expect(
      sparkline(
        Array.from({ length: 1000 }, (_, i) => i),
        8,
      ),
    ).toBe('▁▂▃▄▅▆▇█');
    expect(sparkline([1, 2], 10)).toBe('▁█');
    expect(sparkline(Array.from({ length: 300_000 }, (_, i) => i)).length).toBe(300_000);
  });
});

test('bar fills its share', () => {
  expect(bar(0.5, 10)).toBe('█████░░░░░');
  expect(bar(0, 4)).toBe('░░░░');
  expect(bar(1, 4)).toBe('████');
  expect(bar(1.2, 4)).toBe('████');
  expect(bar(-1, 4)).toBe('░░░░');
  expect(bar(NaN, 4)).toBe('░░░░');
});

describe('plotText', () => {
  test('draws a line with its labels', () => {
    expect(plotText([3, 2, 1, 0], { width: 4, height: 4, label: 'down' })).toBe(
      ['down', '  3 ┤╮', '  2 ┤╰╮', '  1 ┤ ╰╮', '  0 ┤  ╰'].join('\n'),
    );
  });

  test('fills columns between points that are apart, exact at both ends', () => {
    const steep = plotText(
      [
        [0, 0],
        [1, 8],
      ],
      { width: 9, height: 9 },
    ).split('\n');
    expect(steep.length).toBe(9);
    expect(steep[0]).toMatch(/^ +8 ┤ +╭$/);
    expect(steep[8]).toMatch(/^ +0 ┤╯?/);
  });

  test('stands on a log scale', () => {
    const lines = plotText(
      [
        [0, 100],
        [1, 10],
        [2, 1],
      ],
      { width: 3, height: 3, scale: 'log' },
    ).split('\n');
    expect(lines).toEqual(['100 ┤╮', ' 10 ┤╰╮', '  1 ┤ ╰']);
    expect(() => plotText([1, 0], { scale: 'log', width: 2 })).toThrow(
      'plotText: the value 0 cannot stand on a log scale, expected all values positive',
    );
  });

  test('holds for equal values, tiny ranges on large values and long input', () => {
    expect(plotText([5, 5, 5], { width: 4, height: 3 })).toBe(['    ┤', '  5 ┤───', '    ┤'].join('\n'));
    const labels = plotText([1e9, 1e9 + 1e-6, 1e9 + 2e-6], { width: 10, height: 3 }).split('\n');
    expect(labels.length).toBe(3);
    const long = plotText(
      Array.from({ length: 100_000 }, (_, i) => Math.sin(i / 5000)),
      { width: 60, height: 10 },
    ).split('\n');
    expect(long.length).toBe(10);
    for (const line of long) expect(line.length).toBeLessThanOrEqual(60 + 12);
    expect(plotText([NaN, 1, 2, Infinity], { width: 2, height: 2 })).toBe(plotText([1, 2], { width: 2, height: 2 }));
  });

  test('neighbouring rows have different labels', () => {
    const lines = plotText([100_000, 100_007], { width: 10, height: 8 }).split('\n');
    expect(new Set(lines.map((line) => line.split('┤')[0])).size).toBe(8);
  });

  test('refuses what it cannot draw', () => {
    expect(() => plotText([NaN])).toThrow('plotText: none of the 1 values is finite');
    expect(() => plotText([])).toThrow('plotText: none of the 0 values is finite');
    expect(() => plotText([1], { width: 1 })).toThrow('plotText: width is 1, expected a whole number from 2');
    expect(() => plotText([1], { height: 2.5 })).toThrow('plotText: height is 2.5, expected a whole number from 2');
  });
});
