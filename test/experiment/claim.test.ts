import { describe, expect, test } from 'vitest';
import { stream } from 'lehr';
import { describeMargin, judge, meanInterval, type Evidence, type Margin } from 'lehr/experiment';

const verdict = (margin: Margin, evidence: Evidence) => judge({ quantity: 'a quantity', ...margin }, evidence, stream(1, 'test')).verdict;
const interval = (low: number, high: number): Evidence => ({ interval: { value: (low + high) / 2, low, high } });

describe('a verdict', () => {
  test.each<[Margin, number, number, string]>([
    [{ above: 2 }, 2.1, 3, 'holds'],
    [{ above: 2 }, 2, 3, 'undecided'],
    [{ above: 2 }, 1, 2.5, 'undecided'],
    [{ above: 2 }, 1, 2, 'fails'],
    [{ above: 2 }, 1, 1.9, 'fails'],
    [{ below: 2 }, 1, 1.9, 'holds'],
    [{ below: 2 }, 1, 2, 'undecided'],
    [{ below: 2 }, 2, 3, 'fails'],
    [{ atLeast: 2 }, 2, 3, 'holds'],
    [{ atLeast: 2 }, 1, 2, 'undecided'],
    [{ atLeast: 2 }, 1, 1.9, 'fails'],
    [{ atMost: 2 }, 1, 2, 'holds'],
    [{ atMost: 2 }, 2, 3, 'undecided'],
    [{ atMost: 2 }, 2.1, 3, 'fails'],
    [{ between: [-1, 1] }, -1, 1, 'holds'],
    [{ between: [-1, 1] }, -0.5, 1.1, 'undecided'],
    [{ between: [-1, 1] }, -2, 2, 'undecided'],
    [{ between: [-1, 1] }, 1.1, 2, 'fails'],
    [{ between: [-1, 1] }, -3, -1.1, 'fails'],
  ])('%j of %f to %f: %s', (margin, low, high, expected) => {
    expect(verdict(margin, interval(low, high))).toBe(expected);
  });

  test.each<[Margin, number, string]>([
    [{ above: 2 }, 2, 'fails'],
    [{ above: 2 }, 2.0001, 'holds'],
    [{ atLeast: 2 }, 2, 'holds'],
    [{ atMost: 0 }, 0, 'holds'],
    [{ below: 0 }, 0, 'fails'],
    [{ between: [1, 1] }, 1, 'holds'],
  ])('%j of exactly %f: %s', (margin, exact, expected) => {
    expect(judge({ quantity: 'a quantity', ...margin }, { exact }, stream(1))).toEqual({
      measured: exact,
      low: exact,
      high: exact,
      verdict: expected,
    });
  });

  test('of paired differences is that of their bootstrap interval', () => {
    const differences = [1, 2, 1.5, 3, 2.5, 1, 0.5, 2];
    const { value, low, high } = meanInterval(differences, stream(1, 'test'));
    expect(judge({ quantity: 'd', above: 0 }, { differences }, stream(1, 'test'))).toEqual({
      measured: value,
      low,
      high,
      verdict: 'holds',
    });
    expect(verdict({ above: 3 }, { differences })).toBe('fails');
    expect(verdict({ above: 1.5 }, { differences })).toBe('undecided');
    expect(judge({ quantity: 'd', above: 0 }, { differences, of: 'median' }, stream(1, 'test')).measured).toBe(1.75);
  });

  test('of paired values is that of the ratio of their means', () => {
    const pairs = { numerators: [4, 6, 8, 5, 7, 6], denominators: [2, 3, 4, 2, 4, 3] };
    const judged = judge({ quantity: 'r', between: [1.5, 2.5] }, pairs, stream(1, 'test'));
    expect(judged.measured).toBeCloseTo(2, 12);
    expect(judged.verdict).toBe('holds');
  });

  test('all differences zero: undecided, whatever the margin', () => {
    const differences = [0, 0, 0, 0, 0, 0];
    for (const margin of [{ above: 0 }, { atLeast: 0 }, { below: 1 }, { above: -1 }, { between: [-1, 1] as const }])
      expect(judge({ quantity: 'd', ...margin }, { differences }, stream(1))).toEqual({
        measured: 0,
        low: 0,
        high: 0,
        verdict: 'undecided',
      });
  });

  test('is not made up from too little, or from what is no number', () => {
    expect(() => verdict({ above: 0 }, { differences: [1, 1, 1, 1, 1] })).toThrow(
      'a quantity: 5 pairs, expected at least 6 for a verdict at 95 %.',
    );
    expect(() => verdict({ above: 0 }, { numerators: [1], denominators: [1] })).toThrow('1 pairs');
    expect(() => verdict({ above: 0 }, { exact: NaN })).toThrow('the exact value is NaN, expected a finite number.');
    expect(() => verdict({ above: 0 }, { interval: { value: 1, low: 0, high: Infinity } })).toThrow('expected a finite one around it.');
    expect(() => verdict({ above: 0 }, { interval: { value: 3, low: 0, high: 2 } })).toThrow('the interval is 0 to 2 around 3');
    expect(() => verdict({ above: NaN }, { exact: 1 })).toThrow('expected a margin: above, below, atLeast, atMost or between.');
    expect(() => verdict({} as Margin, { exact: 1 })).toThrow('expected is {"quantity":"a quantity"}, expected a margin');
    expect(() => verdict({ between: [2, 1] }, { exact: 1 })).toThrow('expected a margin');
  });
});

test('margins in words', () => {
  const margins: Margin[] = [{ above: 0 }, { below: 1e-3 }, { atLeast: 0.46875 }, { atMost: 1e-12 }, { between: [-1, 1.875] }];
  expect(margins.map(describeMargin)).toEqual(['above 0', 'below 0.001', 'at least 0.46875', 'at most 1e-12', 'between -1 and 1.875']);
});
