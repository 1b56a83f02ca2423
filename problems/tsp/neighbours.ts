import KDBush from 'kdbush';
import type { Space } from './space.ts';

/** Up to this many cities every pair is looked at; beyond, only what a spatial index finds near. */
const ALL_PAIRS = 8000;
/** How many near cities the index must find before candidates are chosen among them. */
const POOL = 40;

/**
 * For each city of `members` (all by default) its candidate neighbours, `k` in a row, nearest first: the nearest, and the nearest of each of the four
 * quadrants around it, so that clusters stay linked (with nearest neighbours alone an annealer never joins the clusters of fl1577).
 * Fewer than k other cities: the row repeats them.
 */
export function neighbours(space: Space, k: number, members: Int32Array | null = null): Int32Array {
  const all = members ?? Int32Array.from({ length: space.n }, (_, i) => i);
  const m = all.length;
  const rows = new Int32Array(m * k);
  if (m < 2) return rows;
  const { x, y } = space;
  const pools = x === null || y === null || m <= ALL_PAIRS ? () => all : near(x, y, all);
  const distances = new Float64Array(space.n);
  const row: number[] = [];
  for (let i = 0; i < m; i++) {
    const city = all[i];
    choose(space, city, pools(city), k, distances, row);
    for (let j = 0; j < k; j++) rows[i * k + j] = row[j % row.length];
  }
  return rows;
}

/** Pools of at least POOL near cities, from a kd-tree; the radius follows from city to city, as they are in the order of a curve. */
function near(x: Float64Array, y: Float64Array, all: Int32Array): (city: number) => ArrayLike<number> {
  const index = new KDBush(all.length);
  for (const city of all) index.add(x[city], y[city]);
  index.finish();
  let radius = 0;
  for (let i = 1; i < Math.min(all.length, 50); i++)
    radius = Math.max(radius, Math.abs(x[all[i]] - x[all[0]]) + Math.abs(y[all[i]] - y[all[0]]));
  radius ||= 1;
  return (city) => {
    let found = index.within(x[city], y[city], radius);
    while (found.length > 4 * POOL && radius > 0) {
      radius *= 0.7;
      found = index.within(x[city], y[city], radius);
      // Coinciding cities cannot be thinned out by a smaller radius.
      if (radius < 1e-9) break;
    }
    while (found.length <= POOL && found.length < all.length) {
      radius = radius * 1.3 + 1e-12;
      found = index.within(x[city], y[city], radius);
    }
    return found.map((i) => all[i]);
  };
}

/** The k candidates of a city out of a pool, nearest first (ties: the lower number), into `row`. */
function choose(space: Space, city: number, pool: ArrayLike<number>, k: number, distances: Float64Array, row: number[]): void {
  const { dist, x, y } = space;
  const nearest: number[] = [];
  const quadrant = [-1, -1, -1, -1];
  for (let p = 0; p < pool.length; p++) {
    const other = pool[p];
    if (other === city) continue;
    const d = (distances[other] = dist(city, other));
    if (nearest.length < k || d < distances[nearest[nearest.length - 1]]) {
      let at = nearest.length < k ? nearest.length : k - 1;
      while (at > 0 && (distances[nearest[at - 1]] > d || (distances[nearest[at - 1]] === d && nearest[at - 1] > other))) {
        nearest[at] = nearest[at - 1];
        at--;
      }
      nearest[at] = other;
    }
    if (x !== null && y !== null) {
      const q = (x[other] >= x[city] ? 1 : 0) + (y[other] >= y[city] ? 2 : 0);
      if (quadrant[q] < 0 || d < distances[quadrant[q]]) quadrant[q] = other;
    }
  }
  row.length = 0;
  for (const other of quadrant) if (other >= 0 && row.length < k) row.push(other);
  for (const other of nearest) if (row.length < k && !row.includes(other)) row.push(other);
  row.sort((a, b) => distances[a] - distances[b] || a - b);
}
