import { describe, expect, it } from 'vitest';
import { LehrError, stream } from 'lehr';
import { samples } from '#problems/samples/index';
import { readSequences } from 'lehr/problems/hidden-markov';
import { cutText, wordsOf } from 'lehr/problems/text';
import { columnOf, readCsv, summarise } from '#problems/table/index';

const defaultsOf = (name: string): Record<string, string> =>
  Object.fromEntries(samples.find((sample) => sample.name === name)!.options.map((option) => [option.name, option.default]));
const made = (name: string, n: number, options: Record<string, string> = {}, seed = 1) =>
  readCsv(samples.find((sample) => sample.name === name)!.make(n, { ...defaultsOf(name), ...options }, stream(seed, 'samples')));

describe.each(samples.map((sample) => [sample.name, sample] as const))('%s', (name, sample) => {
  it('has as many rows, the same from the same stream', () => {
    const table = sample.target === null ? null : made(name, 200);
    expect(table?.rows ?? 200).toBe(200);
    expect(table === null ? 0 : summarise(columnOf(table, sample.target!)).missing).toBe(0);
    const text = (seed: number): string => sample.make(50, defaultsOf(name), stream(seed, 'samples'));
    expect(text(1)).toBe(text(1));
    expect(text(1)).not.toBe(text(2));
  });

  it('refuses options out of range', () => {
    for (const { name: option } of sample.options)
      expect(() => sample.make(10, { ...defaultsOf(name), [option]: '-1' }, stream(1))).toThrow(LehrError);
  });
});

it('moons without noise lie on their circles', () => {
  const table = made('moons', 100, { noise: '0' });
  const [x, y, label] = table.columns as readonly any[];
  for (let row = 0; row < 100; row++) {
    const upper = label.labels[label.codes[row]] === 'upper';
    const radius = upper ? Math.hypot(x.values[row], y.values[row]) : Math.hypot(x.values[row] - 1, y.values[row] - 0.5);
    expect(Math.abs(radius - 1)).toBeLessThan(2e-4);
  }
});

it('flats follow their rule', () => {
  const table = made('flats', 300, { noise: '0', missing: '0' });
  const [area, age, heating, price] = table.columns as any[];
  const worth: Record<string, number> = { gas: 10, oil: 0, coal: -15, district: 20 };
  for (let row = 0; row < 300; row++) {
    const expected = 20 + 3 * area.values[row] - 0.5 * age.values[row] + worth[heating.labels[heating.codes[row]]];
    expect(Math.abs(price.values[row] - expected)).toBeLessThan(0.051);
  }
});

it('ratings tell how near a model could come that knew the truth: by their noise', () => {
  const { truth, make } = samples.find(({ name }) => name === 'ratings')!;
  const told = truth!(2000, { ...defaultsOf('ratings'), noise: '0.5' }, stream(1, 'samples'));
  const [, rmse] = /an rmse of (\S+) on these 2000 ratings/.exec(told)!;
  // Its standard deviation is 0.5 / √4000 = 0.008.
  expect(Math.abs(Number(rmse) - 0.5)).toBeLessThan(0.032);
  expect(make(5, defaultsOf('ratings'), stream(1, 'samples')).split('\n')).toHaveLength(7);
});

it('digits without noise are ten pictures, each moved to eight places', () => {
  const table = made('digits', 2000, { noise: '0', flips: '0' });
  const pictures = new Set<string>();
  for (let row = 0; row < table.rows; row++)
    pictures.add(
      table.columns
        .map((column) => ((column as any).values[row] > 0 ? 1 : 0))
        .slice(0, 64)
        .join(''),
    );
  expect(pictures.size).toBe(80);
});

it('a corpus has as many documents of as many words', () => {
  const text = samples
    .find(({ name }) => name === 'corpus')!
    .make(50, { ...defaultsOf('corpus'), length: '30', words: '90000' }, stream(1));
  const { documents } = cutText(text);
  expect(documents.length).toBe(50);
  for (const document of documents) expect(wordsOf(document.text).length).toBe(30);
  expect(new Set(text.match(/[a-z]+/g)!.map((word) => word.length))).toEqual(new Set([6]));
});

it('weather has sequences of the symbols of its states, which stay', () => {
  const text = samples.find(({ name }) => name === 'weather')!.make(8, { ...defaultsOf('weather'), stay: '1' }, stream(1));
  const read = readSequences(text);
  expect([read.names.length, read.data.starts[8]]).toEqual([8, 480]);
  // Each sequence has one state, and snow is of one of the three alone.
  const snow = 'labels' in read ? read.labels.indexOf('snow') : -1;
  const snowy = read.names.filter((_, s) => (read.data.values as Int32Array).subarray(60 * s, 60 * s + 60).includes(snow));
  expect(snowy.length).toBeGreaterThan(0);
  expect(snowy.length).toBeLessThan(8);
});
