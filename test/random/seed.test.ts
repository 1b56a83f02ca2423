import * as fc from 'fast-check';
import seedrandom from 'seedrandom';
import { expect, test } from 'vitest';
import { stream, type PathPart, type Rng, type Seed } from '#src/random/index';

const state = (rng: Rng): string => rng.save().words.join();
const part = fc.oneof(fc.string({ unit: 'binary', maxLength: 6 }), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());

test('a stream is given by its names alone', () => {
  fc.assert(
    fc.property(part, fc.array(part, { maxLength: 4 }), (seed, path) => {
      const rng = stream(seed, ...path);
      for (let i = 0; i < 5; i++) rng.normal();
      stream('another', 1).uint32();
      expect(state(stream(seed, ...path))).toBe(state(stream(seed, ...path)));
      expect(stream(seed, ...path).save()).toMatchObject({ seed, path });
    }),
    { seed: 1, numRuns: 100 },
  );
});

test('child extends the path, whatever was drawn before', () => {
  fc.assert(
    fc.property(part, fc.array(part, { maxLength: 2 }), fc.array(part, { maxLength: 2 }), fc.nat(50), (seed, path, more, drawn) => {
      const rng = stream(seed, ...path);
      for (let i = 0; i < drawn; i++) rng.uint32();
      const before = state(rng);
      expect(rng.child(...more).save()).toEqual(stream(seed, ...path, ...more).save());
      expect(state(rng)).toBe(before);
    }),
    { seed: 2, numRuns: 100 },
  );
});

test('the order of asking is irrelevant', () => {
  const names = Array.from({ length: 20 }, (_, i) => i);
  const forwards = names.map((i) => state(stream('s', 'chain', i)));
  const backwards = names.reverse().map((i) => state(stream('s', 'chain', i)));
  expect(backwards.reverse()).toEqual(forwards);
});

// Each pair is one stream to a careless key: repeated, cut to 8 bits a character, joined, or turned to text.
test.each<[[Seed, ...PathPart[]], [Seed, ...PathPart[]]]>([
  [['a'], ['aa']],
  [['ab'], ['abab']],
  [['11'], ['111']],
  [[''], ['\0']],
  [['é'], ['ǩ']],
  [['é'], ['\\u00e9']],
  [['\ud800'], ['\ud801']],
  [['\ud800'], ['\\ud800']],
  [['"'], ['\\"']],
  [[1], ['1']],
  [[0], ['']],
  [[1], ['1\0']],
  [[1e21], ['1e+21']],
  [
    ['s', 'a', 'b'],
    ['s', 'ab'],
  ],
  [
    ['s', 'a', 'b'],
    ['s', 'a,b'],
  ],
  [
    ['s', 'a', 'b'],
    ['s', 'b', 'a'],
  ],
  [
    ['s', 'a'],
    ['s', 'a', ''],
  ],
  [['s', 'a'], ['sa']],
  [
    ['s', 'a","b'],
    ['s', 'a', 'b'],
  ],
  [
    ['s', 1, 2],
    ['s', 12],
  ],
  [['x'.repeat(200) + 'y'], ['y' + 'x'.repeat(200)]],
])('%j and %j are different streams', (a, b) => {
  expect(state(stream(...a))).not.toBe(state(stream(...b)));
});

test('different names never give the same state', () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), fc.array(part, { minLength: 1, maxLength: 3 }), (a, b) => {
      const same = JSON.stringify(a) === JSON.stringify(b);
      expect(state(stream(a[0], ...a.slice(1))) === state(stream(b[0], ...b.slice(1)))).toBe(same);
    }),
    { seed: 3, numRuns: 300 },
  );
});

test('chains whose names ARC4 takes for one are different streams', () => {
  // Found by search: 6 of 25 000 seeds of 240 characters had such chains 0 and 1.
  const seed = 'experiment 1059 '.padEnd(240, 'annealing a long seed ');
  const raw = (i: number): number => seedrandom(JSON.stringify([seed, 'c', i])).int32();
  expect(raw(0)).toBe(raw(1));
  const a = stream(seed, 'c', 0);
  const b = stream(seed, 'c', 1);
  const equal = Array.from({ length: 1000 }, () => a.uint32() === b.uint32());
  expect(equal).not.toContain(true);
});

test('a seed of up to 256 characters with its path is taken, a longer one is an option error', () => {
  expect(() => stream('x'.repeat(252))).not.toThrow();
  expect(() => stream('é'.repeat(42))).not.toThrow();
  for (const ask of [() => stream('x'.repeat(253)), () => stream('é'.repeat(43)), () => stream('x'.repeat(245)).child('chain', 1)]) {
    expect(ask).toThrow(
      expect.objectContaining({
        code: 'option',
        message: expect.stringMatching(/seed: "[xé]+…?" .* characters, expected at most 256.*Maybe/),
      }),
    );
  }
});

test.each([NaN, Infinity, -Infinity, undefined, null, true, {}, [], [1], 1n, () => 1, Symbol.iterator])(
  '%s is no seed and no path part',
  (value) => {
    const option = expect.objectContaining({ code: 'option', message: expect.stringContaining('expected a string or a finite number') });
    expect(() => stream(value as Seed)).toThrow(option);
    expect(() => stream(1, 'a', value as PathPart)).toThrow(option);
    expect(() => stream(1).child(value as PathPart)).toThrow(option);
  },
);

test('the numbers of a stream never change', () => {
  // Recorded when the scheme was fixed: checkpoints, printed seeds and published results depend on it.
  const rng = stream(1, 'chain', 0);
  expect([rng.uint32(), rng.uint32(), rng.below(1000), rng.uniform()]).toEqual([1845768970, 527524352, 328, 0.49665290401478046]);
});
