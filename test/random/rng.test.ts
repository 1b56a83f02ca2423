import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Rng, stream, type RngState } from '#src/random/index';
import { flat, plausible } from './statistics.ts';

const word = fc.integer({ min: -2147483648, max: 2147483647 });
const words = fc.tuple(word, word, word, word);

/** sfc32 as published (PractRand, sfc.cpp: raw32 with BARREL_SHIFT 21, RSHIFT 9, LSHIFT 3), in unbounded integers. */
function reference(state: readonly number[]): () => number {
  const M = 1n << 32n;
  let [a, b, c, counter] = state.map((w) => BigInt.asUintN(32, BigInt(w)));
  return () => {
    const out = (a + b + counter) % M;
    counter = (counter + 1n) % M;
    a = b ^ (b >> 9n);
    b = (c + c * 8n) % M;
    c = ((((c << 21n) % M) | (c >> 11n)) + out) % M;
    return Number(out);
  };
}

/** A generator that gives the draws of a state, with the BigInt ones to compare. */
const pair = (state: [number, number, number, number]) => ({ rng: new Rng('test', [], state), draw: reference(state) });

test('uint32 is sfc32 as published, for any state', () => {
  fc.assert(
    fc.property(words, (state) => {
      const { rng, draw } = pair(state);
      for (let i = 0; i < 100; i++) expect(rng.uint32()).toBe(draw());
    }),
    { seed: 1, numRuns: 200, examples: [[[0, 0, 0, 0]], [[0, 0, 0, 1]], [[-1, -1, -1, -1]], [[1, 2, 3, -1]]] },
  );
});

test('uint32 of one state, worked out by hand from the definition', () => {
  // From a, b, c, counter = 1, 2, 3, 4 the first draw is 1 + 2 + 4 = 7 and the state 2 ^ 0, 9 · 3, 3 · 2²¹ + 7, 5; the second is
  // 2 + 27 + 5 = 34 and the state begins 27 ^ 0, 9 · 6291463; the third is 27 + 56623167 + 6.
  const rng = new Rng('test', [], [1, 2, 3, 4]);
  expect([rng.uint32(), rng.uint32(), rng.uint32()]).toEqual([7, 34, 56623200]);
});

test('uniform takes two draws, high bits first, and lies in [0, 1) on the multiples of 2⁻⁵³', () => {
  fc.assert(
    fc.property(words, (state) => {
      const { rng, draw } = pair(state);
      const u = rng.uniform();
      expect(u).toBe(Number((BigInt(draw() >>> 5) << 26n) + BigInt(draw() >>> 6)) / 2 ** 53);
      expect(u >= 0 && u < 1).toBe(true);
    }),
    { seed: 2, numRuns: 500 },
  );
});

test('below is the literal multiply-and-reject, draw for draw, rejections included', () => {
  let rejected = 0;
  let wrong = 0;
  for (const n of [1, 2, 3, 7, 10, 1000, 65536, 1398102, 2097151, 2097152]) {
    const { rng, draw } = pair([n, 5, 6, 7]);
    for (let i = 0; i < 30_000; i++) {
      let product = BigInt(draw()) * BigInt(n);
      while (product % 4294967296n < 4294967296n % BigInt(n)) {
        rejected++;
        product = BigInt(draw()) * BigInt(n);
      }
      if (rng.below(n) !== Number(product >> 32n)) wrong++;
    }
  }
  expect(wrong).toBe(0);
  expect(rejected).toBeGreaterThan(5);
});

test('below stays below n for every n', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4294967296 }), word, (n, w) => {
      const x = new Rng('test', [], [w, 1, 2, 3]).below(n);
      expect(Number.isInteger(x) && x >= 0 && x < n).toBe(true);
    }),
    {
      seed: 3,
      numRuns: 2000,
      examples: [
        [1, 0],
        [4294967296, -1],
        [2097153, 5],
      ],
    },
  );
});

// 1e-6 each; cells of nearly equal size, with their exact probabilities.
test.each([3, 7, 2 ** 21, 2 ** 21 + 1, 3 * 2 ** 30, 2 ** 32])('below(%d) is uniform', (n) => {
  const rng = stream(1, 'below', n);
  expect(plausible(spread(n, () => rng.below(n)))).toBe(true);
});

test('the test of below catches a modulus', () => {
  const rng = stream(1, 'modulus');
  expect(plausible(spread(3 * 2 ** 30, () => rng.uint32() % (3 * 2 ** 30)))).toBe(false);
});

test.each([0, -1, 0.5, 2.5, 2097152.5, NaN, Infinity, 4294967297])('below(%d) is an option error', (n) => {
  expect(() => stream(1).below(n)).toThrow(expect.objectContaining({ code: 'option', message: expect.stringContaining(`n is ${n}`) }));
});

test('a saved state goes on exactly, through JSON, at any point', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.integer()),
      fc.array(fc.oneof(fc.string({ maxLength: 8 }), fc.integer()), { maxLength: 3 }),
      fc.array(fc.constantFrom('uint32', 'uniform', 'normal', 'exponential', 'gumbel'), { maxLength: 20 }),
      (seed, path, calls) => {
        const rng = stream(seed, ...path);
        for (const call of calls as 'normal'[]) rng[call]();
        const state = rng.save();
        const frozen = JSON.stringify(state);
        const loaded = Rng.load(JSON.parse(frozen) as RngState);
        for (const call of ['normal', 'exponential', 'gumbel', 'uint32', 'normal'] as const) expect(loaded[call]()).toBe(rng[call]());
        expect(loaded.below(77)).toBe(rng.below(77));
        expect(loaded.save()).toEqual(rng.save());
        expect(loaded.child('x').save()).toEqual(rng.child('x').save());
        expect(JSON.stringify(state)).toBe(frozen);
      },
    ),
    { seed: 4, numRuns: 200 },
  );
});

test('load refuses what save did not give', () => {
  const good = stream(1, 'a').save();
  const bad: unknown[] = [
    null,
    undefined,
    7,
    {},
    { ...good, words: [1, 2, 3] },
    { ...good, words: [1, 2, 3, 4, 5] },
    { ...good, words: [1, 2, 3, 0.5] },
    { ...good, words: [1, 2, 3, 2 ** 31] },
    { ...good, words: [1, 2, 3, null] },
    { ...good, words: ['1', 2, 3, 4] },
    { ...good, words: '1234' },
    { ...good, seed: undefined },
    { ...good, seed: NaN },
    { ...good, path: undefined },
    { ...good, path: 'a' },
    { ...good, path: [{}] },
  ];
  for (const state of bad) {
    expect(() => Rng.load(state as RngState)).toThrow(
      expect.objectContaining({ code: 'checkpoint', message: expect.stringContaining('Maybe') }),
    );
  }
});

/** Where 60 000 draws of 0 … n − 1 fall in the chi-square law, over at most 64 cells. */
function spread(n: number, draw: () => number): number {
  const cells = Math.min(n, 64);
  const size = new Float64Array(cells);
  // Cell of x: ⌊x · cells / n⌋; its first member is ⌈cell · n / cells⌉.
  for (let k = 0; k < cells; k++) size[k] = Math.ceil(((k + 1) * n) / cells) - Math.ceil((k * n) / cells);
  const counts = new Float64Array(cells);
  for (let i = 0; i < 60_000; i++) counts[Math.floor((draw() * cells) / n)]++;
  // Scaled to equal cells; the sizes differ by a millionth at most, or not at all.
  return flat(counts.map((c, k) => (c * n) / (cells * size[k])));
}
