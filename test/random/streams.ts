import { flat, chiSquare } from './statistics.ts';

/** Gives stream i as a function that draws 32-bit numbers. */
export type Family = (i: number) => () => number;

const DRAWS = 8;

/**
 * Uniformity and independence of n streams, as positions in the law of each test (see `chiSquare`): the first draws over all streams, each
 * bit of them, pairs of first draws of neighbours, differences of neighbours (also of the second draw and the neighbour's first, which
 * overlapping streams share), and pairs of consecutive draws within streams. n ≥ 4096.
 */
export function battery(family: Family, n: number): Record<string, number> {
  const out = new Uint32Array(n * DRAWS);
  for (let i = 0; i < n; i++) {
    const draw = family(i);
    for (let k = 0; k < DRAWS; k++) out[i * DRAWS + k] = draw();
  }
  const at = (i: number, k: number): number => out[i * DRAWS + k];
  const high = new Uint32Array(256);
  const low = new Uint32Array(256);
  const ones = new Uint32Array(32);
  const pairs = new Uint32Array(256);
  const xor = new Uint32Array(256);
  const difference = new Uint32Array(256);
  const lowDifference = new Uint32Array(256);
  const shifted = new Uint32Array(256);
  const within = new Uint32Array(256);
  for (let i = 0; i < n; i++) {
    const first = at(i, 0);
    high[first >>> 24]++;
    low[first & 255]++;
    for (let b = 0; b < 32; b++) ones[b] += (first >>> b) & 1;
    for (let k = 0; k < DRAWS; k += 2) within[((at(i, k) >>> 28) << 4) | (at(i, k + 1) >>> 28)]++;
    if (i % 2 === 1) pairs[((at(i - 1, 0) >>> 28) << 4) | (first >>> 28)]++;
    if (i === 0) continue;
    // Differences of independent uniform draws are themselves independent and uniform, so overlapping pairs may be counted.
    xor[(at(i - 1, 0) ^ first) >>> 24]++;
    difference[(first - at(i - 1, 0)) >>> 24]++;
    lowDifference[(first - at(i - 1, 0)) & 255]++;
    shifted[(first - at(i - 1, 1)) >>> 24]++;
  }
  return {
    'first draws, high byte': flat(high),
    'first draws, low byte': flat(low),
    // A count of ones has variance n/4, half its expectation: 32 independent squares, each doubled.
    'first draws, bits': chiSquare(
      Float64Array.from(ones, (c) => n / 2 + (c - n / 2) * Math.SQRT2),
      () => n / 2,
      32,
    ),
    'neighbours, pairs': flat(pairs),
    'neighbours, xor': flat(xor),
    'neighbours, difference': flat(difference),
    'neighbours, low difference': flat(lowDifference),
    'second draw and neighbour': flat(shifted),
    'within, lag 1': flat(within),
  };
}
