import seedrandom from 'seedrandom';
import { expect, test } from 'vitest';
import { Rng, stream, type PathPart, type Seed } from '#src/random/index';
import { streamKey } from '#src/random/seed';
import { plausible } from './statistics.ts';
import { battery, type Family } from './streams.ts';

const N = 4096;

/** Paths that differ in one character, of one to six bytes in the key. */
const letter = (i: number): string => String.fromCharCode(0x20 + i);
const families: Record<string, (i: number) => [Seed, ...PathPart[]]> = {
  'chain numbers': (i) => [1, 'chain', i],
  'number seeds': (i) => [i],
  'last character': (i) => ['s', `walk-${letter(i)}`],
  'first character': (i) => ['s', `${letter(i)}-walk`],
  'middle of a long seed': (i) => ['m'.repeat(110) + letter(i) + 'm'.repeat(110), 'chain'],
  'end of a long seed': (i) => ['a long seed, '.repeat(17) + letter(i), 0],
};
const named =
  (name: (i: number) => [Seed, ...PathPart[]]): Family =>
  (i) => {
    const rng = stream(...name(i));
    return () => rng.uint32();
  };

// Nine tests of 1e-6 each: a sound generator fails one of these six with probability below 6e-5 over all seeds.
test.each(Object.entries(families))('4096 streams are uniform and independent: %s', (_, name) => {
  const positions = battery(named(name), N);
  expect(Object.fromEntries(Object.entries(positions).filter(([, p]) => !plausible(p)))).toEqual({});
});

test('no two of all these streams begin alike', () => {
  const seen = new Set<string>();
  for (const name of Object.values(families))
    for (let i = 0; i < N; i++)
      seen.add(
        stream(...name(i))
          .save()
          .words.join(),
      );
  expect(seen.size).toBe(N * Object.keys(families).length);
});

const base = stream(1, 'base');
const sequence = Uint32Array.from({ length: N + 16 }, () => base.uint32());
const lcg = (factor: number, add: number, bits: number, start: number) => {
  let x = start;
  return () => {
    x = (Math.imul(x, factor) + add) >>> 0;
    return (x << bits) >>> 0;
  };
};

// Each planted mistake must fail at least the test that is named.
test.each<[string, Family, string]>([
  ['an LCG seeded by a counter', (i) => lcg(1664525, 1013904223, 0, i), 'neighbours, difference'],
  ['RANDU seeded by a counter', (i) => lcg(65539, 0, 1, 2 * i + 1), 'neighbours, xor'],
  ['an LCG with its low bits', (i) => lcg(1664525, 1013904223, 28, seedrandom(`s${i}.`).int32()), 'within, lag 1'],
  [
    'streams that overlap',
    (i) => {
      let k = i;
      return () => sequence[k++];
    },
    'second draw and neighbour',
  ],
  [
    'streams that share their state in pairs',
    (i) => {
      const rng = stream('s', i >> 1);
      return () => rng.uint32();
    },
    'neighbours, pairs',
  ],
  [
    'sfc32 seeded by a counter, without mixing',
    (i) => {
      const rng = new Rng('s', [], [i, 0, 0, 1]);
      return () => rng.uint32();
    },
    'first draws, high byte',
  ],
  [
    'a seed cut to 8 bits a character',
    (i) => {
      const source = seedrandom(letter(i));
      return () => source.int32() >>> 0;
    },
    'first draws, high byte',
  ],
  [
    "seedrandom's own numbers, at the end of a long seed",
    (i) => {
      const [seed, ...path] = families['end of a long seed'](i);
      const source = seedrandom(streamKey(seed, path));
      return () => source.int32() >>> 0;
    },
    'first draws, high byte',
  ],
  [
    'numbers evener than chance',
    (i) => {
      let x = Math.imul(i, 0x9e3779b9);
      return () => (x += 0x61c88647) >>> 0;
    },
    'first draws, high byte',
  ],
])('the tests catch %s', (_, family, name) => {
  expect(plausible(battery(family, N)[name])).toBe(false);
});
