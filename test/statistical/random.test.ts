import { expect, test } from 'vitest';
import { gamma, sample, stream, weighted, type Rng } from '#src/random/index';
import { chiSquare, distance, draws, farthest, flat, gammaCdf, normalCdf, plausible } from '../random/statistics.ts';
import { battery } from '../random/streams.ts';

// Fixed seeds; a false-alarm rate of 1e-6 for each statistic (see ../random/statistics.ts).

test('100 000 chains are uniform and independent', () => {
  const positions = battery((i) => {
    const rng = stream('slow', 'chain', i);
    return () => rng.uint32();
  }, 100_000);
  expect(Object.fromEntries(Object.entries(positions).filter(([, p]) => !plausible(p)))).toEqual({});
});

test('seeds of 240 characters: 30 000 pairs of chains share no first draw more often than chance', () => {
  // 2 · 30 000 comparisons of 32 bits: one equal pair has probability 1.4e-5, two 1e-10. seedrandom alone gave 6 identical pairs in 25 000.
  let equal = 0;
  for (let i = 0; i < 30_000; i++) {
    const seed = `experiment ${i} `.padEnd(240, 'annealing a long seed ');
    const a = stream(seed, 'c', 0);
    const b = stream(seed, 'c', 1);
    for (let k = 0; k < 2; k++) if (a.uint32() === b.uint32()) equal++;
  }
  expect(equal).toBeLessThan(2);
});

test('10⁷ draws: bytes, triples, and gaps of one bit', () => {
  const rng = stream(1, 'slow');
  const bytes = [0, 8, 16, 24].map(() => new Float64Array(256));
  const triples = new Float64Array(32 ** 3);
  const gaps = new Float64Array(16);
  let gap = 0;
  let before = 0;
  let last = 0;
  for (let i = 0; i < 1e7; i++) {
    const x = rng.uint32();
    for (let b = 0; b < 4; b++) bytes[b][(x >>> (8 * b)) & 255]++;
    if (i % 3 === 2) triples[(before << 10) | (last << 5) | (x >>> 27)]++;
    before = last;
    last = x >>> 27;
    if ((x & 1) === 0) gap++;
    else {
      gaps[Math.min(gap, 15)]++;
      gap = 0;
    }
  }
  for (const counts of bytes) expect(plausible(flat(counts))).toBe(true);
  expect(plausible(flat(triples))).toBe(true);
  const runs = gaps.reduce((s, g) => s + g, 0);
  expect(plausible(chiSquare(gaps, (g) => runs * 2 ** -Math.min(g + 1, 15)))).toBe(true);
});

test('the triples catch RANDU', () => {
  let x = 1;
  const draw = (): number => (x = Math.imul(65539, x) & 0x7fffffff) >>> 26;
  const triples = new Float64Array(32 ** 3);
  for (let i = 0; i < 3e6; i++) triples[(draw() << 10) | (draw() << 5) | draw()]++;
  expect(plausible(flat(triples))).toBe(false);
});

test.each<[string, (rng: Rng) => number, (x: number) => number]>([
  ['uniform', (rng) => rng.uniform(), (x) => x],
  ['normal', (rng) => rng.normal(), normalCdf],
  ['exponential', (rng) => rng.exponential(), (x) => 1 - Math.exp(-x)],
  ['gumbel', (rng) => rng.gumbel(), (x) => Math.exp(-Math.exp(-x))],
  ['gamma(0.3)', (rng) => gamma(rng, 0.3), (x) => gammaCdf(0.3, x)],
  ['gamma(1)', (rng) => gamma(rng, 1), (x) => gammaCdf(1, x)],
  ['gamma(4.5)', (rng) => gamma(rng, 4.5), (x) => gammaCdf(4.5, x)],
])('3 · 10⁶ draws of %s have its law', (name, draw, cdf) => {
  const rng = stream(1, 'slow', name);
  expect(
    distance(
      draws(3e6, () => draw(rng)),
      cdf,
    ),
  ).toBeLessThan(farthest(3e6));
});

test('10⁷ normal draws: cells at the joints of the ziggurat, both tails', () => {
  const rng = stream(1, 'slow ziggurat');
  // Cells of width 1/64 on ±4, and what lies beyond: much finer than the wide layers, so a wedge that is wrong shows.
  const cells = new Float64Array(514);
  const n = 1e7;
  for (let i = 0; i < n; i++) cells[Math.max(0, Math.min(513, Math.floor(rng.normal() * 64) + 257))]++;
  const edge = (k: number): number => (k <= 0 ? 0 : k >= 514 ? 1 : normalCdf((k - 257) / 64));
  expect(plausible(chiSquare(cells, (k) => n * (edge(k + 1) - edge(k))))).toBe(true);
});

test('10⁷ draws of an alias table', () => {
  const rng = stream(1, 'slow alias');
  const weights = Array.from({ length: 1000 }, (_, i) => 1 / (1 + i));
  const table = weighted(weights);
  const counts = new Float64Array(1000);
  for (let i = 0; i < 1e7; i++) counts[table.draw(rng)]++;
  const sum = weights.reduce((s, w) => s + w, 0);
  expect(plausible(chiSquare(counts, (k) => (1e7 * weights[k]) / sum))).toBe(true);
});

test('below near 2³² · 2/3, and ordered samples', () => {
  const rng = stream(1, 'slow below');
  const halves = new Float64Array(3);
  for (let i = 0; i < 3e6; i++) halves[Math.floor(rng.below(3 * 2 ** 30) / 2 ** 30)]++;
  expect(plausible(flat(halves))).toBe(true);
  const chosen = new Float64Array(6 * 6 * 6);
  for (let i = 0; i < 1e6; i++) {
    const [a, b, c] = sample(rng, 6, 3);
    chosen[a * 36 + b * 6 + c]++;
  }
  const possible = chosen.filter((_, k) => new Set([Math.floor(k / 36), Math.floor(k / 6) % 6, k % 6]).size === 3);
  expect(possible.length).toBe(120);
  expect(possible.reduce((s, c) => s + c, 0)).toBe(1e6);
  expect(plausible(flat(possible))).toBe(true);
});
