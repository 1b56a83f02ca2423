import { describe, expect, it } from 'vitest';
import { stream } from 'lehr';
import { prepareTsp, tsp, type TspInstance } from 'lehr/problems/tsp';
import { neighbours } from '#problems/tsp/neighbours';
import { prepare, type Space } from '#problems/tsp/space';

/** Beyond 5,000 cities the candidates come from the spatial index. */
const N = 6000;
const rng = stream(1, 'neighbours-test');

const LAYOUTS: Record<string, (i: number) => readonly [number, number]> = {
  uniform: () => [rng.below(100_000), rng.below(100_000)],
  clustered: (i) => [Math.floor(1e6 * (i % 7)) + rng.below(300), Math.floor(1e6 * ((i * 3) % 5)) + rng.below(300)],
  'a line': (i) => [7 * i, 0],
  'a falling staircase': (i) => [3 * i, -3 * i],
  'a grid': (i) => [10 * (i % 77), 10 * Math.floor(i / 77)],
  'two columns': (i) => [1e6 * (i % 2), i],
  'ever denser': (i) => [Math.exp((i / N) * 20), rng.below(13)],
};

function instanceOf(place: (i: number) => readonly [number, number]): TspInstance {
  const places = Array.from({ length: N }, (_, i) => place(i));
  return { name: 'test', n: N, metric: 'EUC_2D', x: Float64Array.from(places, ([x]) => x), y: Float64Array.from(places, ([, y]) => y) };
}

const square = ({ x, y }: Space, a: number, b: number): number => (x![a] - x![b]) ** 2 + (y![a] - y![b]) ** 2;

describe('candidate neighbours from the spatial index', () => {
  it.each(Object.keys(LAYOUTS))(
    '%s: each has its nearest city and the nearest of each quadrant, as looking at all pairs finds them',
    (layout) => {
      const space = prepare(instanceOf(LAYOUTS[layout]));
      const rows = neighbours(space, 5);
      for (let a = 0; a < N; a += 97) {
        const nearest = [Infinity, Infinity, Infinity, Infinity];
        for (let b = 0; b < N; b++) {
          if (square(space, a, b) === 0) continue;
          const quadrant = (space.x![b] < space.x![a] ? 1 : 0) + (space.y![b] < space.y![a] ? 2 : 0);
          nearest[quadrant] = Math.min(nearest[quadrant], square(space, a, b));
        }
        const row = [...rows.subarray(5 * a, 5 * a + 5)];
        expect(row).not.toContain(a);
        const lengths = row.map((b) => square(space, a, b));
        expect(nearest.filter((length) => length < Infinity && !lengths.includes(length))).toEqual([]);
        expect(lengths.toSorted((p, q) => p - q)).toEqual(lengths);
      }
    },
  );

  it('cities of one place have each other for neighbours, and one of another place', () => {
    const space = prepare(instanceOf((i) => [1000 * Math.floor(i / 40), 0]));
    const rows = neighbours(space, 5);
    for (let a = 0; a < N; a += 97) {
      const lengths = [...rows.subarray(5 * a, 5 * a + 5)].map((b) => square(space, a, b));
      expect(lengths.slice(0, 2)).toEqual([0, 0]);
      expect(lengths.at(-1)).toBeGreaterThan(0);
    }
  });

  it('all cities in one place', () => {
    const rows = neighbours(prepare(instanceOf(() => [5, 5])), 5);
    expect(rows.every((b) => b >= 0 && b < N)).toBe(true);
  });
});

it('what is computed beforehand is what a problem computes for itself', () => {
  const instance = instanceOf(LAYOUTS.uniform);
  const [alone, given] = [tsp(instance), tsp(instance, prepareTsp(instance))].map((problem) => {
    const state = problem.init(stream(1));
    const draws = stream(2);
    return [[...problem.cities(state)], Array.from({ length: 200 }, () => problem.propose(state, draws))];
  });
  expect(given).toEqual(alone);
  expect(() => tsp(instance, { candidates: new Int32Array(7) })).toThrow('7 candidates');
});
