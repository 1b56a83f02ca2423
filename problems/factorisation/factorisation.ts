import type { Model } from '../../src/dynamics/model.ts';
import { LehrError, show } from '../../src/error.ts';
import { digestOf } from '../table/digest.ts';
import type { Ratings } from './ratings.ts';

/** What a factorisation is made of. */
export interface FactorisationOptions {
  /** Factors of each user and item. */
  readonly rank: number;
  /** Regularisation λ of everything a rating touches (0.02). */
  readonly ridge?: number;
  /** Standard deviation of the factors at first (0.1). */
  readonly spread?: number;
  /** Ratings that are judged on, never trained on. */
  readonly heldOut?: Ratings;
}

/** A factorisation; `predict` gives the rating it expects. */
export interface Factorisation extends Model<Float64Array> {
  predict(weights: Float64Array, user: number, item: number): number;
}

const NAMES = ['rank', 'ridge', 'spread', 'heldOut'];

/**
 * Matrix factorisation for ratings (Koren, Bell & Volinsky, IEEE Computer 42(8), 2009, equations 4 and 5): r̂ = mean + bᵤ + bᵢ + pᵤ · qᵢ, and per rating
 * ½ (r − r̂)² + ½ λ (|pᵤ|² + |qᵢ|² + bᵤ² + bᵢ²); the mean of the training ratings is fixed. Weights: factors of users (users × rank), of items, then levels of users and of items. Held
 * out: `loss`, the mean of ½ (r − r̂)², and `rmse`.
 */
export function factorisation(ratings: Ratings, options: FactorisationOptions): Factorisation {
  for (const name of Object.keys(options))
    if (!NAMES.includes(name)) throw new LehrError('option', `factorisation: unknown option ${show(name)}, expected ${NAMES.join(', ')}.`);
  const { rank, ridge = 0.02, spread = 0.1, heldOut } = options;
  const { users, items, user, item, rating } = ratings;
  const rows = rating.length;
  if (!Number.isSafeInteger(rank) || rank < 1)
    throw new LehrError('option', `factorisation: rank is ${show(rank)}, expected a whole number of at least 1.`);
  if (!(Number.isFinite(ridge) && ridge >= 0))
    throw new LehrError('option', `factorisation: ridge is ${show(ridge)}, expected a finite number of at least 0.`);
  if (rows === 0) throw new LehrError('input', 'factorisation: there are no ratings, expected at least one.');
  for (const each of heldOut === undefined ? [ratings] : [ratings, heldOut]) {
    const odd = each.user.findIndex((u, i) => !(u >= 0 && u < users && each.item[i] >= 0 && each.item[i] < items));
    if (odd >= 0)
      throw new LehrError(
        'input',
        `factorisation: rating ${odd + 1} is of user ${each.user[odd]} and item ${each.item[odd]}, expected users below ${users} and items below ${items}.`,
      );
  }
  const mean = rating.reduce((a, b) => a + b) / rows;
  const [ofItems, ofUserLevels, ofItemLevels] = [users * rank, (users + items) * rank, (users + items) * rank + users];
  const size = ofItemLevels + items;
  const predict = (weights: Float64Array, u: number, i: number): number => {
    let sum = mean + weights[ofUserLevels + u] + weights[ofItemLevels + i];
    for (let f = 0, p = u * rank, q = ofItems + i * rank; f < rank; f++) sum += weights[p + f] * weights[q + f];
    return sum;
  };
  const model: Factorisation = {
    name: 'factorisation',
    rows,
    size,
    fingerprint: {
      users,
      items,
      rows,
      rank,
      ridge,
      spread,
      data: digestOf({ inputs: rating, targets: Float64Array.from(user, (u, i) => u * items + item[i]) }),
    },
    init: (rng) => Float64Array.from({ length: size }, (_, i) => (i < ofUserLevels ? spread * rng.normal() : 0)),
    predict,
    gradient(weights, list, from, to, into) {
      into.fill(0);
      const share = 1 / (to - from);
      let sum = 0;
      for (let r = from; r < to; r++) {
        const [u, i] = [user[list[r]], item[list[r]]];
        const off = predict(weights, u, i) - rating[list[r]];
        const [a, b] = [ofUserLevels + u, ofItemLevels + i];
        let penalty = weights[a] * weights[a] + weights[b] * weights[b];
        into[a] += share * (off + ridge * weights[a]);
        into[b] += share * (off + ridge * weights[b]);
        for (let f = 0, p = u * rank, q = ofItems + i * rank; f < rank; f++, p++, q++) {
          penalty += weights[p] * weights[p] + weights[q] * weights[q];
          into[p] += share * (off * weights[q] + ridge * weights[p]);
          into[q] += share * (off * weights[p] + ridge * weights[q]);
        }
        sum += 0.5 * (off * off + ridge * penalty);
      }
      return share * sum;
    },
  };
  if (heldOut === undefined) return model;
  return {
    ...model,
    figures: ['rmse'],
    evaluate(weights) {
      let sum = 0;
      for (let r = 0; r < heldOut.rating.length; r++) {
        const off = predict(weights, heldOut.user[r], heldOut.item[r]) - heldOut.rating[r];
        sum += off * off;
      }
      const square = sum / heldOut.rating.length;
      return { loss: 0.5 * square, rmse: Math.sqrt(square) };
    },
  };
}
