import type { Rng } from '../../src/random/rng.ts';
import { generateRatings, type GeneratedRatings } from '../factorisation/ratings.ts';
import { csv, numberOf, rounded, type Sample } from './sample.ts';

/** Ratings of items by users with a low-rank truth; see `generateRatings`. */
export const ratings: Sample = {
  name: 'ratings',
  title: 'ratings of items by users, with a truth of low rank',
  target: 'rating',
  options: [
    { name: 'users', description: 'how many users', default: '60' },
    { name: 'items', description: 'how many items', default: '40' },
    { name: 'rank', description: 'factors behind the ratings', default: '3' },
    { name: 'noise', description: 'standard deviation of a rating: no model can be nearer', default: '0.3' },
  ],
  make(n, options, rng) {
    const made = generated(n, options, rng).ratings;
    const rows = Array.from(made.rating, (rating, i) => [`u${made.user[i] + 1}`, `i${made.item[i] + 1}`, rounded(rating, 3)]);
    return csv(['user', 'item', 'rating'], rows);
  },
  truth(n, options, rng) {
    const { ratings: made, truth } = generated(n, options, rng);
    let squares = 0;
    for (let i = 0; i < n; i++) squares += (made.rating[i] - truth(made.user[i], made.item[i])) ** 2;
    return `a model that knew the truth would have an rmse of ${rounded(Math.sqrt(squares / n), 4)} on these ${n} ratings.`;
  },
};

function generated(n: number, options: Readonly<Record<string, string>>, rng: Rng): GeneratedRatings {
  const [users, items, rank] = ['users', 'items', 'rank'].map((name) => numberOf(options, name, 1, 1_000_000, true));
  return generateRatings(rng, { users, items, rank, ratings: n, noise: numberOf(options, 'noise', 0, 1000) });
}
