import { stream } from 'lehr';
import { generateWt, generateWtsds, readWt, readWtsds, wtFamily, wtsdsFamily } from 'lehr/problems/scheduling';
import { describe, expect, it } from 'vitest';
import { thrownBy } from '../thrown.ts';

const WTSDS = { tau: '0.6', range: '0.25', eta: '0.75', beta: '0.3' };
const WT = { tardiness: '0.6', range: '0.4', count: '1' };

/** The mean less the expected one, in standard errors; numbers are uniform on `from` … `to`. */
function deviation(values: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  let sound = true;
  for (let k = 0; k < values.length; k++) {
    sound &&= values[k] >= from && values[k] <= to && Number.isInteger(values[k]);
    sum += values[k];
  }
  expect(sound).toBe(true);
  const size = to - from + 1;
  return (sum / values.length - (from + to) / 2) / Math.sqrt((size * size - 1) / 12 / values.length);
}

describe('generateWtsds', () => {
  it('gives the same text for the same n, options and stream, another for another', () => {
    const text = generateWtsds(10, WTSDS, stream(1));
    expect(generateWtsds(10, WTSDS, stream(1))).toBe(text);
    expect(generateWtsds(10, WTSDS, stream(2))).not.toBe(text);
    expect(generateWtsds(10, { ...WTSDS, eta: '0.25' }, stream(1))).not.toBe(text);
  });

  it('has defaults, those the command line shows', () => {
    const shown = Object.fromEntries(wtsdsFamily.generate!.options.map(({ name, default: value }) => [name, value]));
    expect(generateWtsds(5, {}, stream(1))).toBe(generateWtsds(5, shown, stream(1)));
    expect(wtsdsFamily.generate!.make(5, {}, stream(1))).toBe(generateWtsds(5, shown, stream(1)));
    const plain = Object.fromEntries(wtFamily.generate!.options.map(({ name, default: value }) => [name, value]));
    expect(wtFamily.generate!.make(5, {}, stream(1))).toBe(generateWt(5, plain, stream(1)));
  });

  it('says how it was made, β too', () => {
    expect(
      generateWtsds(60, { ...WTSDS, tau: '0.3', eta: '0.25' }, stream('a', 'generate'))
        .split('\n')
        .slice(0, 17),
    ).toEqual([
      'Problem Instance: wtsds-60',
      'Problem Size: 60',
      'Begin Generator Parameters',
      'Tau: 0.3',
      'R: 0.25',
      'Eta: 0.25',
      'P_bar: 100',
      'P_MIN: 50',
      'P_MAX: 150',
      'S_bar: 25',
      'MAX_WEIGHT: 10',
      // As in the files of the benchmark: 60 · (100 + 0.3 · 25), and 0.7 times that.
      'C_max: 6450',
      'D_bar: 4515',
      'Beta: 0.3',
      'Seed: "a", stream generate (lehr generate)',
      'End Generator Parameters',
      'Begin Problem Specification',
    ]);
  });

  // Means of uniform numbers within 4 standard errors: a false alarm in 16,000 for each of the six; the seeds are fixed.
  it.each(['0.25', '0.75'])('eta %s: processing on 50 … 150, weights on 0 … 10, setups on 0 … 200 eta', (eta) => {
    const { n, processing, weights, setups } = readWtsds(generateWtsds(400, { ...WTSDS, eta }, stream(7)), 'x');
    expect(Math.abs(deviation(processing, 50, 150))).toBeLessThan(4);
    expect(Math.abs(deviation(weights, 0, 10))).toBeLessThan(4);
    const off = setups!.filter((_, slot) => slot % n !== Math.floor(slot / n));
    expect(off.length).toBe(n * n);
    expect(Math.abs(deviation(off, 0, 200 * Number(eta)))).toBeLessThan(4);
    for (let j = 0; j < n; j++) expect(setups![j * n + j]).toBe(0);
  });

  it.each([
    ['0.3', '0.25'],
    ['0.9', '0.75'],
  ])('tau %s, range %s: due dates below their mean with probability tau, in the ranges', (tau, range) => {
    const n = 1000;
    const { due } = readWtsds(generateWtsds(n, { ...WTSDS, tau, range }, stream(7)), 'x');
    const end = n * (100 + 0.3 * 75);
    const mean = (1 - Number(tau)) * end;
    const early = due.filter((d) => d < mean);
    for (const d of due) {
      expect(d).toBeGreaterThanOrEqual(Math.floor(mean * (1 - Number(range))));
      expect(d).toBeLessThanOrEqual(mean + Number(range) * (end - mean));
    }
    // A count within 4 standard deviations: a false alarm in 16,000.
    expect(Math.abs(early.length - n * Number(tau))).toBeLessThan(4 * Math.sqrt(n * Number(tau) * (1 - Number(tau))));
    const width = mean * Number(range);
    const average = early.reduce((sum, d) => sum + d, 0) / early.length;
    // Uniform: the mean of the early ones within 4 standard errors of the middle of their range, and half for rounding down.
    expect(Math.abs(average + 0.5 - (mean - width / 2))).toBeLessThan(4 * (width / Math.sqrt(12 * early.length)));
  });

  it.each([
    [0, {}, 'n is 0, expected a whole number of jobs from 1 to 2000.'],
    [2.5, {}, 'n is 2.5, expected a whole number of jobs from 1 to 2000.'],
    [5, { tau: '2' }, '--tau is "2", expected a number from 0 to 1.'],
    [5, { range: 'x' }, '--range is "x", expected a number from 0 to 1.'],
    [5, { eta: '' }, '--eta is "", expected a number from 0 to 1000.'],
    [5, { beta: '-1' }, '--beta is "-1", expected a number from 0 to 1000.'],
  ])('refuses n %s, %j', (n, options, message) => {
    const thrown = thrownBy(() => generateWtsds(n, { ...WTSDS, ...options }, stream(1)));
    expect([thrown.code, thrown.message]).toEqual(['option', message]);
  });

  it.each([1, 2, 3])('makes %i jobs', (n) => {
    expect(readWtsds(generateWtsds(n, WTSDS, stream(1)), 'x').n).toBe(n);
  });
});

describe('generateWt', () => {
  it('gives the same text for the same n, options and stream, another for another', () => {
    const text = generateWt(10, WT, stream(1));
    expect(generateWt(10, WT, stream(1))).toBe(text);
    expect(generateWt(10, WT, stream(2))).not.toBe(text);
    expect(generateWt(10, { ...WT, count: '2' }, stream(1)).startsWith(text)).toBe(true);
  });

  it('processing on 1 … 100, weights on 1 … 10, due dates round P (1 − TF), within 4 standard errors', () => {
    const n = 20_000;
    const [{ processing, weights, due }] = readWt(generateWt(n, WT, stream(7)), 'x');
    const total = processing.reduce((sum, p) => sum + p, 0);
    expect(Math.abs(deviation(processing, 1, 100))).toBeLessThan(4);
    expect(Math.abs(deviation(weights, 1, 10))).toBeLessThan(4);
    expect(Math.abs(deviation(due, Math.round(total * 0.2), Math.round(total * 0.6)))).toBeLessThan(4);
  });

  it('has no negative due dates', () => {
    const [{ due }] = readWt(generateWt(1000, { ...WT, tardiness: '1', range: '0.2' }, stream(7)), 'x');
    expect(due.reduce((least, d) => Math.min(least, d))).toBe(0);
    const zeros = due.filter((d) => d === 0).length;
    // Half of the range lies below 0: 4 standard deviations.
    expect(Math.abs(zeros - 500)).toBeLessThan(4 * Math.sqrt(250));
  });

  it.each([
    [0, {}, 'n is 0, expected a whole number of jobs from 1 to 100000.'],
    [5, { tardiness: '1.5' }, '--tardiness is "1.5", expected a number from 0 to 1.'],
    [5, { range: 'x' }, '--range is "x", expected a number from 0 to 2.'],
    [5, { count: '0' }, '--count is "0", expected a number from 1 to 1000.'],
    [5, { count: '1.5' }, '--count is "1.5", expected a whole number, of at most 100000 jobs in all.'],
    [1000, { count: '1000' }, '--count is "1000", expected a whole number, of at most 100000 jobs in all.'],
  ])('refuses n %s, %j', (n, options, message) => {
    const thrown = thrownBy(() => generateWt(n, { ...WT, ...options }, stream(1)));
    expect([thrown.code, thrown.message]).toEqual(['option', message]);
  });
});
