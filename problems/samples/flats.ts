import { csv, numberOf, rounded, type Sample } from './sample.ts';

const HEATING = ['gas', 'oil', 'coal', 'district'] as const;
/** What each heating adds to the price, in thousands. */
const WORTH = [10, 0, -15, 20] as const;

/**
 * Prices of flats that follow a linear rule: price = 20 + 3 · area − 0.5 · age + what the heating is worth + noise, in thousands. Some ages are missing.
 */
export const flats: Sample = {
  name: 'flats',
  title: 'prices that follow a linear rule: numbers, a category, missing values',
  target: 'price',
  options: [
    { name: 'noise', description: 'standard deviation of the price, in thousands: no model can be nearer', default: '15' },
    { name: 'missing', description: 'share of ages that are missing', default: '0.05' },
  ],
  make(n, options, rng) {
    const noise = numberOf(options, 'noise', 0, 1e6);
    const missing = numberOf(options, 'missing', 0, 1);
    const rows = Array.from({ length: n }, () => {
      const area = rounded(Math.max(15, 75 + 25 * rng.normal()), 1);
      const age = rng.below(100);
      const kind = rng.below(HEATING.length);
      const price = rounded(20 + 3 * area - 0.5 * age + WORTH[kind] + noise * rng.normal(), 1);
      return [area, rng.uniform() < missing ? '' : age, HEATING[kind], price];
    });
    return csv(['area', 'age', 'heating', 'price'], rows);
  },
};
