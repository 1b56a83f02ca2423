import { LehrError, show } from '../../src/error.ts';
import type { Rng } from '../../src/random/rng.ts';

/** Ratings of items by users, numbered from 0: plain data that crosses threads. */
export interface Ratings {
  readonly users: number;
  readonly items: number;
  /** Who rated, what, and how: one entry a rating. */
  readonly user: Int32Array;
  readonly item: Int32Array;
  readonly rating: Float64Array;
}

/** How ratings are generated. */
export interface GenerateRatingsOptions {
  readonly users: number;
  readonly items: number;
  /** How many ratings, of different pairs of user and item. */
  readonly ratings: number;
  /** Factors behind them (3). */
  readonly rank?: number;
  /** Standard deviation of the noise on each rating (0.3). */
  readonly noise?: number;
  /** Standard deviation of p · q over pairs (1), of users' and of items' own levels (0.5). */
  readonly spread?: number;
  readonly levels?: number;
  /** The mean rating (3). */
  readonly mean?: number;
}

/** Generated ratings and the truth behind them: what a perfect model would say of each pair. */
export interface GeneratedRatings {
  readonly ratings: Ratings;
  truth(user: number, item: number): number;
}

/**
 * Ratings with a known low-rank truth: mean + level of the user + level of the item + p · q, all of them normal; pairs are drawn without repetition. No method can have a held-out mean squared error below noise², but by luck.
 */
export function generateRatings(rng: Rng, options: GenerateRatingsOptions): GeneratedRatings {
  const { users, items, ratings, rank = 3, noise = 0.3, spread = 1, levels = 0.5, mean = 3 } = options;
  for (const [name, value] of Object.entries({ users, items, rank, ratings }))
    if (!Number.isSafeInteger(value) || value < 1)
      throw new LehrError('option', `generateRatings: ${name} is ${show(value)}, expected a whole number of at least 1.`);
  if (ratings > users * items)
    throw new LehrError('option', `generateRatings: ratings is ${ratings}, expected at most users × items = ${users * items}.`);
  // The product of two normal factors of standard deviation s has s²; rank of them add up to spread².
  const scale = Math.sqrt(spread / Math.sqrt(rank));
  const normals = (count: number, by: number): Float64Array => Float64Array.from({ length: count }, () => by * rng.normal());
  const [p, q, a, b] = [normals(users * rank, scale), normals(items * rank, scale), normals(users, levels), normals(items, levels)];
  const truth = (user: number, item: number): number => {
    let sum = mean + a[user] + b[item];
    for (let f = 0; f < rank; f++) sum += p[user * rank + f] * q[item * rank + f];
    return sum;
  };
  const seen = new Set<number>();
  while (seen.size < ratings) seen.add(rng.below(users) * items + rng.below(items));
  const pairs = [...seen];
  const user = Int32Array.from(pairs, (pair) => Math.floor(pair / items));
  const item = Int32Array.from(pairs, (pair) => pair % items);
  const rating = Float64Array.from(pairs, (_, i) => truth(user[i], item[i]) + noise * rng.normal());
  return { ratings: { users, items, user, item, rating }, truth };
}

/** The ratings at the given places, as a copy. */
export function selectRatings({ users, items, user, item, rating }: Ratings, places: ArrayLike<number>): Ratings {
  const taken = Array.from(places);
  return {
    users,
    items,
    user: Int32Array.from(taken, (i) => user[i]),
    item: Int32Array.from(taken, (i) => item[i]),
    rating: Float64Array.from(taken, (i) => rating[i]),
  };
}
