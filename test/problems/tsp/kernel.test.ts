import { describe, expect, it } from 'vitest';
import { anneal, checkProblem, metropolis, stream } from 'lehr';
import { exponential } from 'lehr/schedules';
import { neighbours } from '#problems/tsp/neighbours';
import { tsp, type TspInstance } from 'lehr/problems/tsp';

type Metric = TspInstance['metric'];

/** Random cities; GEO within its degrees, EXPLICIT by a matrix of the given kind. */
function random(n: number, metric: Metric, seed: number, fractional = false): TspInstance {
  const rng = stream(seed, 'kernel-test', n, metric);
  if (metric === 'EXPLICIT') {
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < i; j++) matrix[i * n + j] = matrix[j * n + i] = fractional ? 100 * rng.uniform() : rng.below(100);
    return { name: 'random', n, metric, matrix };
  }
  const side = metric === 'GEO' ? 80 : 1000;
  const places = (): Float64Array => Float64Array.from({ length: n }, () => side * rng.uniform());
  return { name: 'random', n, metric, x: places(), y: places() };
}

function bruteForce(instance: TspInstance): number {
  const problem = tsp(instance);
  const state = problem.init(stream(1));
  const cities = Array.from({ length: instance.n - 1 }, (_, i) => i + 1);
  let best = Infinity;
  const visit = (k: number): void => {
    if (k === cities.length) {
      state.tour.set([0, ...cities]);
      best = Math.min(best, problem.energy(state));
      return;
    }
    for (let i = k; i < cities.length; i++) {
      [cities[k], cities[i]] = [cities[i], cities[k]];
      visit(k + 1);
      [cities[k], cities[i]] = [cities[i], cities[k]];
    }
  };
  visit(0);
  return best;
}

describe('the travelling salesman', () => {
  const metrics: Metric[] = ['EUC_2D', 'CEIL_2D', 'MAN_2D', 'MAX_2D', 'GEO', 'ATT', 'EXPLICIT'];
  it.each(metrics)(
    '%s: every change equals the full energy, and the kernel the generic one draw for draw, from 1 to 120 cities',
    (metric) => {
      for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 12, 120])
        expect(() => checkProblem(tsp(random(n, metric, n)), { moves: 300 })).not.toThrow();
    },
  );

  it('the same with fractional distances, all distances 0, cities in one place, and beyond the distance table', () => {
    const flat = { ...random(9, 'EXPLICIT', 1), matrix: new Float64Array(81) };
    const heap = { ...random(30, 'EUC_2D', 1), x: new Float64Array(30).fill(5), y: new Float64Array(30).fill(7) };
    for (const instance of [random(50, 'EXPLICIT', 1, true), flat, heap, random(3500, 'EUC_2D', 1)]) {
      expect(() => checkProblem(tsp(instance), { moves: 100 })).not.toThrow();
    }
  });

  it('finds the optimum that brute force finds, for up to 8 cities', () => {
    for (const n of [2, 3, 4, 5, 6, 7, 8]) {
      for (const metric of ['EUC_2D', 'EXPLICIT'] as const) {
        const instance = random(n, metric, 3);
        const outcome = anneal({
          dynamics: metropolis(tsp(instance)),
          controls: { temperature: exponential(500, 1) },
          budget: { steps: 20_000 },
          seed: 1,
        });
        expect(outcome.energy).toBe(bruteForce(instance));
      }
    }
  });

  it('keeps a permutation, and its positions right, under every move', () => {
    const problem = tsp(random(60, 'EUC_2D', 4));
    const rng = stream(5);
    const state = problem.init(rng);
    for (let k = 0; k < 5000; k++) {
      if (problem.propose(state, rng) === Infinity) continue;
      problem.accept(state);
      expect([...state.tour].sort((a, b) => a - b)[k % 60]).toBe(k % 60);
      expect(state.tour[state.position[k % 60]]).toBe(k % 60);
    }
  });

  it('begins from a given tour, in the instance’s numbers', () => {
    const instance = random(40, 'EUC_2D', 6);
    const start = Int32Array.from({ length: 40 }, (_, i) => (i * 7) % 40);
    const problem = tsp(instance, { start });
    expect([...problem.cities(problem.init(stream(1)))]).toEqual([...start]);
    expect(() => tsp(instance, { start: [1, 2] })).toThrow('cities');
  });

  it('has the nearest city of each quadrant among the candidates, so that far clusters stay linked', () => {
    const n = 200;
    const rng = stream(8);
    // Two far clusters, which nearest neighbours alone would never join.
    const x = Float64Array.from({ length: n }, (_, i) => (i % 2) * 10_000 + 10 * rng.uniform());
    const y = Float64Array.from({ length: n }, () => 10 * rng.uniform());
    const dist = (i: number, j: number): number => Math.hypot(x[i] - x[j], y[i] - y[j]);
    const order = Int32Array.from({ length: n }, (_, i) => i);
    const rows = neighbours({ n, order, dist, x, y, euclidean: true, integer: false }, 10);
    let across = 0;
    for (let i = 0; i < n; i++) {
      const row = [...rows.subarray(10 * i, 10 * i + 10)];
      expect(new Set(row).size).toBe(10);
      expect(row).not.toContain(i);
      const nearest = order.filter((j) => j !== i).sort((a, b) => dist(i, a) - dist(i, b))[0];
      expect(row).toContain(nearest);
      if (row.some((j) => dist(i, j) > 5000)) across++;
    }
    // Cities on a cluster's inner side; nearest neighbours alone would give none.
    expect(across).toBeGreaterThan(5);
  });
});
