import { expect, test } from 'vitest';
import { stream, type Rng } from 'lehr';
import { meanInterval, medianInterval, ratioInterval, winsOf, type Interval } from 'lehr/experiment';
import { NORMAL_975, student975 } from '#src/experiment/laws';

// How often intervals that say 95 % hold the truth. Each law's share was measured in MEASURED samples of other streams; bounds stand five standard
// deviations of the difference of two such shares from it, so that fresh seeds break one of them with probability below 1e-6.
const SAMPLES = 2000;
const MEASURED = 10_000;
const within = (share: number): number => 5 * Math.sqrt(share * (1 - share) * (1 / SAMPLES + 1 / MEASURED));

function coverage(name: string, truth: number, interval: (rng: Rng) => { low: number; high: number }): number {
  const rng = stream(1, 'coverage', name);
  let held = 0;
  for (let k = 0; k < SAMPLES; k++) {
    const { low, high } = interval(rng);
    if (low <= truth && truth <= high) held++;
  }
  return held / SAMPLES;
}

const draws = (n: number, draw: () => number): number[] => Array.from({ length: n }, draw);
const normal = (n: number) => (rng: Rng) =>
  meanInterval(
    draws(n, () => rng.normal()),
    rng,
  );
const exponential = (n: number) => (rng: Rng) =>
  meanInterval(
    draws(n, () => rng.exponential()),
    rng,
  );

test.each<[string, number, number, (rng: Rng) => Interval]>([
  ['mean of 3 normal values', 0.94, 0, normal(3)],
  ['mean of 5 normal values', 0.945, 0, normal(5)],
  ['mean of 10 normal values', 0.944, 0, normal(10)],
  ['mean of 30 normal values', 0.953, 0, normal(30)],
  ['mean of 5 exponential values', 0.899, 1, exponential(5)],
  ['mean of 10 exponential values', 0.926, 1, exponential(10)],
  ['mean of 30 exponential values', 0.939, 1, exponential(30)],
  [
    'mean of 20 of −1, 0 and 1',
    0.964,
    0,
    (rng) =>
      meanInterval(
        draws(20, () => rng.below(3) - 1),
        rng,
      ),
  ],
  [
    'median of 10 normal values',
    0.967,
    0,
    (rng) =>
      medianInterval(
        draws(10, () => rng.normal()),
        rng,
      ),
  ],
  [
    'median of 30 exponential values',
    0.953,
    Math.LN2,
    (rng) =>
      medianInterval(
        draws(30, () => rng.exponential()),
        rng,
      ),
  ],
  ['ratio of 20 pairs', 0.938, 1.7, (rng) => ratioOf(20, rng)],
  // A strategy against itself on other streams: a difference is found in 6 of 100.
  [
    'mean of 12 differences of Gumbel values',
    0.939,
    0,
    (rng) =>
      meanInterval(
        draws(12, () => rng.gumbel() - rng.gumbel()),
        rng,
      ),
  ],
])('%s: the interval covers %f', (name, measured, truth, interval) => {
  expect(Math.abs(coverage(name, truth, interval) - measured)).toBeLessThan(within(measured));
});

test.each([
  [5, 0.845],
  [10, 0.89],
])('without the stretch the mean of %i normal values would be covered %f: the bounds above tell the two apart', (n, share) => {
  const stretch = (Math.sqrt(n / (n - 1)) * student975(n - 1)) / NORMAL_975;
  const plain = coverage(`mean of ${n} normal values`, 0, (rng) => {
    const { value, low, high } = normal(n)(rng);
    return { low: value + (low - value) / stretch, high: value + (high - value) / stretch };
  });
  expect(Math.abs(plain - share)).toBeLessThan(within(share));
  expect(plain).toBeLessThan(0.945 - within(0.945));
});

/** Pairs whose means are as 1.7 to 1, and that vary together. */
function ratioOf(n: number, rng: Rng): Interval {
  const below = draws(n, () => rng.exponential());
  const above = below.map((value) => value + 0.2 * rng.exponential() + 0.5);
  return ratioInterval(above, below, rng);
}

test.each([0.5, 0.8])('wins of 20 with probability %f: Wilson’s interval covers', (probability) => {
  const share = coverage(`wins ${probability}`, probability, (rng) => winsOf(draws(20, () => (rng.uniform() < probability ? -1 : 1))));
  // The exact coverage, by summation over the binomial law; five standard deviations.
  const truth = exact(20, probability);
  expect(Math.abs(share - truth)).toBeLessThan(5 * Math.sqrt((truth * (1 - truth)) / SAMPLES));
});

/** The probability that Wilson's interval of a binomial count holds its truth. */
function exact(n: number, probability: number): number {
  let sum = 0;
  let mass = (1 - probability) ** n;
  for (let wins = 0; wins <= n; wins++) {
    const { low, high } = winsOf(draws(n, () => 1).map((one, i) => (i < wins ? -one : one)));
    if (low <= probability && probability <= high) sum += mass;
    mass *= ((n - wins) / (wins + 1)) * (probability / (1 - probability));
  }
  return sum;
}
