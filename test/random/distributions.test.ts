import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { gamma, permutation, pick, Rng, sample, shuffle, stream } from '#src/random/index';
import { distance, draws, farthest, flat, gammaCdf, normalCdf, plausible } from './statistics.ts';

const N = 100_000;
const M = 1_000_000;

// Kolmogorov–Smirnov against the exact cdf, 1e-6 each.
test.each<[string, (rng: Rng) => number, (x: number) => number]>([
  ['uniform', (rng) => rng.uniform(), (x) => x],
  ['normal', (rng) => rng.normal(), normalCdf],
  ['exponential', (rng) => rng.exponential(), (x) => 1 - Math.exp(-x)],
  ['gumbel', (rng) => rng.gumbel(), (x) => Math.exp(-Math.exp(-x))],
  ['gamma(0.02)', (rng) => gamma(rng, 0.02), (x) => gammaCdf(0.02, x)],
  ['gamma(0.3)', (rng) => gamma(rng, 0.3), (x) => gammaCdf(0.3, x)],
  ['gamma(1)', (rng) => gamma(rng, 1), (x) => gammaCdf(1, x)],
  ['gamma(4.5)', (rng) => gamma(rng, 4.5), (x) => gammaCdf(4.5, x)],
  ['gamma(200)', (rng) => gamma(rng, 200), (x) => gammaCdf(200, x)],
])('%s has its law', (name, draw, cdf) => {
  const rng = stream(1, name);
  expect(
    distance(
      draws(N, () => draw(rng)),
      cdf,
    ),
  ).toBeLessThan(farthest(N));
});

// Mean of a million draws against its normal law, two-sided at 1e-6 (4.89 standard errors); fourth moments for the variance's.
test.each<[string, (rng: Rng) => number, number, number, number]>([
  ['normal', (rng) => rng.normal(), 0, 1, 3],
  ['exponential', (rng) => rng.exponential(), 1, 1, 9],
  ['gumbel', (rng) => rng.gumbel(), 0.5772156649015329, Math.PI ** 2 / 6, 5.4 * (Math.PI ** 2 / 6) ** 2],
  ...[0.3, 1, 4.5].map((a): [string, (rng: Rng) => number, number, number, number] => [
    `gamma(${a})`,
    (rng) => gamma(rng, a),
    a,
    a,
    3 * a * a + 6 * a,
  ]),
])('%s has its mean and variance', (name, draw, mean, variance, fourth) => {
  const rng = stream(2, name);
  const x = draws(M, () => draw(rng));
  const m = x.reduce((sum, v) => sum + v, 0) / M;
  const s = x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / M;
  expect(Math.abs(m - mean)).toBeLessThan(4.89 * Math.sqrt(variance / M));
  expect(Math.abs(s - variance)).toBeLessThan(4.89 * Math.sqrt((fourth - variance ** 2) / M));
});

test('normal: equally likely cells, and no correlation of neighbours', () => {
  const rng = stream(3, 'normal');
  const n = 400_000;
  const x = draws(n, () => rng.normal());
  const cells = new Float64Array(200);
  for (const v of x) cells[Math.floor(normalCdf(v) * 200)]++;
  expect(plausible(flat(cells))).toBe(true);
  let lag = 0;
  for (let i = 1; i < n; i++) lag += x[i] * x[i - 1];
  expect(Math.abs(lag)).toBeLessThan(4.89 * Math.sqrt(n));
});

test('normal: the tails that the ziggurat draws apart', () => {
  // How many of 2·10⁷ lie beyond R = 3.654… (2.58e-4) on either side, by the normal law of the count, and where: 1e-6 each.
  const R = 3.6541528853610088;
  const p = normalCdf(-R);
  const n = 2e7;
  const rng = stream(3, 'tails');
  const beyond: number[] = [];
  for (let i = 0; i < n; i++) {
    const x = rng.normal();
    if (x > R || x < -R) beyond.push(x);
  }
  const above = beyond.filter((x) => x > 0).length;
  for (const count of [above, beyond.length - above]) expect(Math.abs(count - n * p)).toBeLessThan(4.89 * Math.sqrt(n * p));
  expect(distance(Float64Array.from(beyond, Math.abs), (x) => 1 - normalCdf(-x) / p)).toBeLessThan(farthest(beyond.length));
});

/** A generator that gives the draws it is told to, then goes on as any other. */
class Scripted extends Rng {
  queue: number[] = [];
  override uint32(): number {
    return this.queue.shift() ?? super.uint32();
  }
}

test('the ends of uniform give finite numbers', () => {
  const rng = new Scripted(1, [], [1, 2, 3, 4]);
  rng.queue = [0xffffffff, 0xffffffff, 0, 0, 0xffffffff, 0xffffffff, 0, 0, 5, 128];
  expect(rng.exponential()).toBe(-Math.log(2 ** -53));
  expect(Object.is(rng.exponential(), 0)).toBe(true);
  expect(rng.gumbel()).toBeCloseTo(-Math.log(53 * Math.LN2), 12);
  // u = 0 would be Infinity: it is redrawn, here as high 5 >>> 5 = 0 and low 128 >>> 6 = 2.
  expect(rng.gumbel()).toBeCloseTo(52 * Math.LN2, 12);
  expect(rng.queue).toEqual([]);
  for (const queue of [
    [0, 0],
    [0xffffffff, 0xffffffff],
    [0xffffff00, 0xffffffff],
  ]) {
    rng.queue = [...queue, ...queue, ...queue, ...queue];
    expect(Number.isFinite(rng.normal())).toBe(true);
    rng.queue = [];
  }
});

test('layer, sign and place of a normal number come from different bits', () => {
  const word = fc.integer({ min: 0, max: 0xffffffff });
  fc.assert(
    fc.property(word, word, (bits, low) => {
      const x = (flip: number): number => {
        const rng = new Scripted(1, [], [1, 2, 3, 4]);
        rng.queue = [(bits ^ flip) >>> 0, low];
        return rng.normal();
      };
      expect(x(256)).toBe(-x(0)); // bit 8 is the sign and nothing else
      expect(x(512)).toBe(x(0)); // bits 9 and 10 are not used
      expect(x(1024)).toBe(x(0));
      expect(x(2048)).not.toBe(x(0));
    }),
    { seed: 7, numRuns: 300 },
  );
});

test.each([0, -1, NaN, Infinity, '2'])('gamma of shape %s is an option error', (shape) => {
  expect(() => gamma(stream(1), shape as number)).toThrow(
    expect.objectContaining({ code: 'option', message: expect.stringContaining('shape') }),
  );
});

test.each([[[0, 1, 2, 3]], [Uint8Array.of(0, 1, 2, 3)], [Float64Array.of(0, 1, 2, 3)]])(
  'shuffle makes all orders equally likely: %o',
  (items) => {
    const rng = stream(1, 'shuffle', items.constructor.name);
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = shuffle(rng, items.slice()).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(plausible(flat([...counts.values()]))).toBe(true);
  },
);

test('the test of shuffle catches swaps with any place', () => {
  const rng = stream(1, 'naive');
  const counts = new Map<string, number>();
  for (let k = 0; k < 24_000; k++) {
    const items = [0, 1, 2, 3];
    for (let i = 0; i < 4; i++) {
      const j = rng.below(4);
      [items[i], items[j]] = [items[j], items[i]];
    }
    counts.set(items.join(''), (counts.get(items.join('')) ?? 0) + 1);
  }
  expect(plausible(flat([...counts.values()]))).toBe(false);
});

test('shuffle works in place, on what it is given', () => {
  const items = ['a', 'b', 'c', 'd', 'e'];
  const shuffled: string[] = shuffle(stream(1), items);
  expect(shuffled).toBe(items);
  expect(items.slice().sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(shuffle(stream(1), [])).toEqual([]);
  expect(shuffle(stream(1), [7])).toEqual([7]);
  expect(
    shuffle(stream(1), BigInt64Array.of(1n, 2n, 3n))
      .slice()
      .sort(),
  ).toEqual(BigInt64Array.of(1n, 2n, 3n));
});

test('permutation and sample agree, draw for draw, and hold each number once', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(200), fc.nat(200), (seed, n, k) => {
      const count = Math.min(n, k);
      const order = permutation(stream(seed), n);
      expect([...sample(stream(seed), n, count)]).toEqual([...order.subarray(0, count)]);
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      const shuffled = stream(seed);
      shuffle(shuffled, Array.from({ length: n }));
      const whole = stream(seed);
      sample(whole, n, n);
      expect(whole.save()).toEqual(shuffled.save());
    }),
    { seed: 5, numRuns: 300 },
  );
});

test('sample from a great many takes only the space of what it gives', () => {
  const chosen = sample(stream(1, 'sample'), 2 ** 31, 1000);
  expect(new Set(chosen).size).toBe(1000);
  expect(Math.min(...chosen)).toBeGreaterThanOrEqual(0);
});

test.each([-1, 0.5, NaN, Infinity, 2 ** 31 + 1, '3'])('%s is no count', (n) => {
  const option = expect.objectContaining({ code: 'option', message: expect.stringContaining('expected an integer from 0') });
  expect(() => permutation(stream(1), n as number)).toThrow(option);
  expect(() => sample(stream(1), n as number, 0)).toThrow(option);
  expect(() => sample(stream(1), 2 ** 31, n as number)).toThrow(option);
});

test('sample of more than there are is an option error', () => {
  expect(() => sample(stream(1), 3, 4)).toThrow('sample: count is 4, expected an integer from 0 to 3.');
});

test('pick takes each item equally often, and needs one', () => {
  const rng = stream(1, 'pick');
  const counts = { a: 0, b: 0, c: 0 };
  for (let i = 0; i < 30_000; i++) counts[pick(rng, ['a', 'b', 'c'] as const)]++;
  expect(plausible(flat(Object.values(counts)))).toBe(true);
  expect(pick(rng, Float64Array.of(2.5))).toBe(2.5);
  expect(() => pick(rng, [])).toThrow(expect.objectContaining({ code: 'option' }));
});
