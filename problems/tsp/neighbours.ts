import { QuadrantIndex } from './quadrants.ts';
import type { Space } from './space.ts';

/** Up to this many cities every pair is looked at; beyond, only what a spatial index finds near. */
const ALL_PAIRS = 5000;
/** How many near places the index must find before candidates are chosen among them, and how many are too many. */
const POOL = 30;
const MOST = 8 * POOL;
/** Cities that follow each other on the curve share one question to the index. */
const TOGETHER = 8;

/**
 * For each city of `members` (all by default; ascending) its candidate neighbours, `k` in a row, nearest first: the nearest of each of the four
 * quadrants around it, and then the nearest, so that clusters stay linked (with nearest neighbours alone an annealer never joins the clusters of
 * fl1577). Fewer than k other cities: the row repeats them.
 */
export function neighbours(space: Space, k: number, members: Int32Array | null = null): Int32Array {
  const all = members ?? Int32Array.from({ length: space.n }, (_, i) => i);
  const m = all.length;
  const rows = new Int32Array(m * k);
  if (m < 2) return rows;
  const chooser = new Chooser(space, k);
  const { x, y } = space;
  if (x === null || y === null || m <= ALL_PAIRS) {
    for (let i = 0; i < m; i++) chooser.choose(all[i], all, m, rows, i * k);
    return rows;
  }
  chooseFromIndex(x, y, all, chooser, rows, k);
  return rows;
}

/**
 * Candidates through a kd-tree of the different places. Cities of one place follow each other on the curve; each has the next ones of its place for
 * neighbours (at distance 0), and then those of the place's first city.
 */
function chooseFromIndex(x: Float64Array, y: Float64Array, all: Int32Array, chooser: Chooser, rows: Int32Array, k: number): void {
  const m = all.length;
  // Where the runs of coinciding cities begin, in `all`.
  const begin: number[] = [];
  for (let i = 0; i < m; i++) if (i === 0 || x[all[i]] !== x[all[i - 1]] || y[all[i]] !== y[all[i - 1]]) begin.push(i);
  const places = begin.length;
  begin.push(m);
  const first = Int32Array.from({ length: places }, (_, p) => all[begin[p]]);
  const index = new QuadrantIndex(x, y, first);
  const enough = Math.min(places, Math.max(POOL, k + 1));
  const pool = new Int32Array(Math.max(MOST, enough) + 4);
  let margin = places > 1 ? Math.abs(x[first[1]] - x[first[0]]) + Math.abs(y[first[1]] - y[first[0]]) : 1;

  const look = (from: number, to: number): void => {
    const box = index.around(from, to);
    let found = index.within(box, margin);
    while (found.length < enough) {
      margin = margin * 1.2 + Number.MIN_VALUE;
      found = index.within(box, margin);
    }
    if (found.length > MOST && to - from > 1) {
      const middle = (from + to) >> 1;
      look(from, middle);
      look(middle, to);
      return;
    }
    if (found.length > MOST) {
      for (; found.length > MOST; found = index.within(box, margin)) margin *= 0.7;
      for (; found.length < enough; found = index.within(box, margin)) margin *= 1.1;
    }
    const reach = margin;
    // The next cities have about as many around them.
    if (found.length > 2 * POOL) margin *= 0.9;
    const size = Math.min(found.length, pool.length - 4);
    for (let i = 0; i < size; i++) pool[i] = first[found[i]];
    for (let p = from; p < to; p++) {
      // A pool that was cut is certain of nothing.
      const extended = index.complete(first[p], box, size < found.length ? -Infinity : reach, pool, size);
      chooser.choose(first[p], pool, extended, rows, begin[p] * k);
      const run = begin[p + 1] - begin[p];
      if (run > 1) spread(all, rows, begin[p], run, k);
    }
  };
  for (let from = 0; from < places; from += TOGETHER) look(from, Math.min(places, from + TOGETHER));
}

/** Gives each of `run` coinciding cities from `first` on its row: the next ones of the run, at most half of the row, and then the first city's. */
function spread(all: Int32Array, rows: Int32Array, first: number, run: number, k: number): void {
  const near = rows.slice(first * k, (first + 1) * k);
  const own = Math.min(run - 1, Math.max(1, k >> 1));
  for (let i = 0; i < run; i++) {
    const row = (first + i) * k;
    for (let j = 0; j < own; j++) rows[row + j] = all[first + ((i + j + 1) % run)];
    for (let j = own; j < k; j++) rows[row + j] = near[j - own];
  }
}

/** Chooses the candidates of one city out of a pool; its scratch arrays are used again and again. */
class Chooser {
  private readonly space: Space;
  private readonly k: number;
  private readonly city: Int32Array;
  private readonly length: Float64Array;
  private readonly row: Int32Array;
  private readonly rowLength: Float64Array;

  constructor(space: Space, k: number) {
    this.space = space;
    this.k = k;
    this.city = new Int32Array(k + 4);
    this.length = new Float64Array(k + 4);
    this.row = new Int32Array(k);
    this.rowLength = new Float64Array(k);
  }

  /** Writes the row of `a` from place `at` on: at most four quadrants' nearest and the nearest, by distance (ties: the lower number). */
  choose(a: number, pool: Int32Array, size: number, rows: Int32Array, at: number): void {
    const { space, k, city, length } = this;
    const { dist, x, y, euclidean } = space;
    let [q0, q1, q2, q3] = [-1, -1, -1, -1];
    let [d0, d1, d2, d3] = [Infinity, Infinity, Infinity, Infinity];
    let count = 0;
    for (let p = 0; p < size; p++) {
      const b = pool[p];
      if (b === a) continue;
      // The square orders pairs as the distance does, and costs a third of it.
      const d = euclidean ? (x![b] - x![a]) * (x![b] - x![a]) + (y![b] - y![a]) * (y![b] - y![a]) : dist(a, b);
      if (count < k || d < length[k - 1] || (d === length[k - 1] && b < city[k - 1])) {
        let i = count < k ? count++ : k - 1;
        while (i > 0 && (length[i - 1] > d || (length[i - 1] === d && city[i - 1] > b))) {
          city[i] = city[i - 1];
          length[i] = length[i - 1];
          i--;
        }
        city[i] = b;
        length[i] = d;
      }
      if (x === null || y === null) continue;
      if (x[b] >= x[a]) {
        if (y[b] >= y[a]) {
          if (d < d0 || (d === d0 && b < q0)) {
            d0 = d;
            q0 = b;
          }
        } else if (d < d1 || (d === d1 && b < q1)) {
          d1 = d;
          q1 = b;
        }
      } else if (y[b] >= y[a]) {
        if (d < d2 || (d === d2 && b < q2)) {
          d2 = d;
          q2 = b;
        }
      } else if (d < d3 || (d === d3 && b < q3)) {
        d3 = d;
        q3 = b;
      }
    }
    let filled = 0;
    if (q0 >= 0) filled = this.put(q0, d0, filled);
    if (q1 >= 0) filled = this.put(q1, d1, filled);
    if (q2 >= 0) filled = this.put(q2, d2, filled);
    if (q3 >= 0) filled = this.put(q3, d3, filled);
    for (let i = 0; i < count && filled < k; i++) filled = this.put(city[i], length[i], filled);
    for (let j = 0; j < k; j++) rows[at + j] = this.row[j % filled];
  }

  /** Puts a city into the sorted row unless it is there or the row is full; returns how many there are. */
  private put(b: number, d: number, filled: number): number {
    const { k, row, rowLength } = this;
    for (let i = 0; i < filled; i++) if (row[i] === b) return filled;
    if (filled === k) return filled;
    let i = filled;
    while (i > 0 && (rowLength[i - 1] > d || (rowLength[i - 1] === d && row[i - 1] > b))) {
      row[i] = row[i - 1];
      rowLength[i] = rowLength[i - 1];
      i--;
    }
    row[i] = b;
    rowLength[i] = d;
    return filled + 1;
  }
}
