import { describe, expect, it } from 'vitest';
import { adam, anneal, checkModel, gradient, permutation, stream } from 'lehr';
import { factorisation, generateRatings, selectRatings } from 'lehr/problems/factorisation';

const { ratings, truth } = generateRatings(stream('ratings'), { users: 60, items: 50, ratings: 1800, rank: 2, noise: 0.2 });
const order = permutation(stream('split'), 1800);
const train = selectRatings(ratings, order.subarray(0, 1500));
const heldOut = selectRatings(ratings, order.subarray(1500));

describe('factorisation', () => {
  it('ratings are of different pairs, and their truth with noise of the size asked for', () => {
    expect(new Set(Array.from(ratings.user, (u, i) => u * 50 + ratings.item[i])).size).toBe(1800);
    const square = ratings.rating.reduce((sum, r, i) => sum + (r - truth(ratings.user[i], ratings.item[i])) ** 2, 0) / 1800;
    // Six standard deviations of the mean square: 6 · √(2 / 1800).
    expect(Math.abs(square / 0.04 - 1)).toBeLessThan(0.2);
  });

  it('has the gradient of its loss', () => {
    expect(() => checkModel(factorisation(train, { rank: 3, heldOut }))).not.toThrow();
  });

  it('finds the truth: held-out error near the noise, far below that of levels alone', () => {
    const fit = (rank: number, ridge: number) => {
      const model = factorisation(train, { rank, ridge, heldOut });
      const { result } = anneal({
        dynamics: gradient(model, { optimizer: adam(), batch: 100 }),
        controls: { rate: 0.02 },
        budget: { steps: 3000 },
        seed: 1,
      });
      return { model, result };
    };
    const { model, result } = fit(2, 0.02);
    expect(result.figures!.rmse).toBeLessThan(0.3);
    expect(result.figures!.rmse).toBeGreaterThan(0.18);
    // Levels alone: a rank that is regularised away.
    expect(fit(1, 0.5).result.figures!.rmse).toBeGreaterThan(0.7);
    const off = Array.from(
      { length: 3000 },
      (_, k) => model.predict(result.weights, k % 60, Math.floor(k / 60)) - truth(k % 60, Math.floor(k / 60)),
    );
    expect(Math.sqrt(off.reduce((sum, each) => sum + each * each, 0) / 3000)).toBeLessThan(0.25);
  });

  it('says what is wrong', () => {
    expect(() => generateRatings(stream(1), { users: 2, items: 2, ratings: 5 })).toThrow('expected at most users × items = 4');
    expect(() => factorisation({ ...train, users: 3 }, { rank: 2 })).toThrow('expected users below 3');
    expect(() => factorisation(train, { rank: 0 })).toThrow('factorisation: rank is 0');
  });
});
