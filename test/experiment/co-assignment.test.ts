import { stream } from 'lehr';
import { binnedCoAssignment, coAssignment } from 'lehr/experiment';
import { expect, test } from 'vitest';

const rng = stream(1, 'partitions');
const partitions = Array.from({ length: 7 }, () => Int32Array.from({ length: 23 }, () => rng.below(5) - 1));
const order = [5, 3, 22, 0, 1, 2, 4, 7, 6, 9, 8, 21, 20, 10, 11];

test('of runs of one row it is the co-assignment matrix in that order', () => {
  const whole = coAssignment(partitions);
  const { cells, per, values } = binnedCoAssignment(partitions, order, 100);
  expect([cells, per]).toEqual([15, 1]);
  order.forEach((a, i) => order.forEach((b, j) => expect(values[i * 15 + j]).toBeCloseTo(whole[a * 23 + b], 12)));
});

test('of longer runs it is the mean over pairs of different rows, partitions weighed', () => {
  const weights = partitions.map((_, i) => 1 + (i % 3));
  const { cells, per, values } = binnedCoAssignment(partitions, order, 4, weights);
  expect([cells, per]).toEqual([4, 4]);
  for (let a = 0; a < cells; a++) {
    for (let b = 0; b < cells; b++) {
      let [together, pairs] = [0, 0];
      partitions.forEach((partition, p) => {
        for (const row of order.slice(a * per, (a + 1) * per))
          for (const other of order.slice(b * per, (b + 1) * per)) {
            if (row === other || partition[row] < 0 || partition[other] < 0) continue;
            pairs += weights[p];
            if (partition[row] === partition[other]) together += weights[p];
          }
      });
      expect(values[a * cells + b]).toBeCloseTo(together / pairs, 12);
    }
  }
});

test('a hundred thousand rows in no time, in blocks as planted', () => {
  const rows = 100_000;
  const truth = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / 25_000));
  const { cells, values } = binnedCoAssignment(
    [truth, truth],
    truth.map((_, row) => row),
    200,
  );
  expect(cells).toBe(200);
  expect([values[0], values[49], values[50], values[199 * 200 + 199]]).toEqual([1, 1, 0, 1]);
});

test('what is wrong', () => {
  expect(() => binnedCoAssignment([], [], 3)).toThrow(/no partitions/);
  expect(() => binnedCoAssignment([[0], [0, 1]], [0], 3)).toThrow(/has 2 rows, the first 1/);
  expect(() => binnedCoAssignment([[0]], [0], 0)).toThrow(/most is 0/);
});
