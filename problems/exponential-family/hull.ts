import type { FiniteFamily } from './family.ts';

/** Rounding: pivots, reduced costs and weights below this, of statistics scaled to 1, count as 0. */
const TINY = 1e-11;

/**
 * A direction along which no state goes farther than `mean` does and some do not go as far, or null if there is none: then the mean lies in the relative
 * interior of the convex hull of the statistics. By a linear program: the mean as Σ λ_x φ(x), Σ λ_x = 1, with the least λ as large as can be; if that is 0,
 * the dual solution is the direction. Primal simplex on a tableau, Bland's rule (1977), so that it ends.
 */
export function outward({ states, size, statistics }: FiniteFamily, mean: Float64Array): Float64Array | null {
  const rows = size + 1;
  // Columns: λ_x less the least of them, the least of them, an artificial variable a row, the right side.
  const t = states;
  const artificial = states + 1;
  const right = artificial + rows;
  const width = right + 1;
  const table = new Float64Array((rows + 1) * width);
  const signs = new Int8Array(rows);
  const basis = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    let scale = i < size ? Math.abs(mean[i]) : 1;
    if (i < size) for (let x = 0; x < states; x++) scale = Math.max(scale, Math.abs(statistics[x * size + i]));
    const goal = i < size ? mean[i] : 1;
    signs[i] = goal < 0 ? -1 : 1;
    const factor = signs[i] / (scale || 1);
    let sum = 0;
    for (let x = 0; x < states; x++) {
      const value = factor * (i < size ? statistics[x * size + i] : 1);
      table[i * width + x] = value;
      sum += value;
    }
    table[i * width + t] = sum;
    table[i * width + artificial + i] = 1;
    table[i * width + right] = factor * goal;
    basis[i] = artificial + i;
  }
  const costs = rows * width;
  for (let i = 0; i < rows; i++) {
    // First the artificial variables are driven out: the reduced costs are the negative sums of the rows.
    for (let j = 0; j < artificial; j++) table[costs + j] -= table[i * width + j];
    table[costs + right] -= table[i * width + right];
  }
  minimise(table, basis, rows, width, artificial);
  const direction = (): Float64Array => {
    const found = new Float64Array(size);
    let largest = 0;
    for (let i = 0; i < size; i++) {
      let scale = Math.abs(mean[i]);
      for (let x = 0; x < states; x++) scale = Math.max(scale, Math.abs(statistics[x * size + i]));
      found[i] = (-table[costs + artificial + i] * signs[i]) / (scale || 1);
      largest = Math.max(largest, Math.abs(found[i]));
    }
    return found.map((value) => (Math.abs(value) < 1e-9 * largest ? 0 : value / largest));
  };
  if (-table[costs + right] > 1e3 * TINY) {
    // Outside: the dual of the first phase, whose costs of the artificial variables are 1.
    for (let i = 0; i < rows; i++) table[costs + artificial + i] -= 1;
    return direction();
  }
  for (let j = 0; j < width; j++) table[costs + j] = 0;
  table[costs + t] = -1;
  for (let i = 0; i < rows; i++) {
    if (basis[i] === t) for (let j = 0; j < width; j++) table[costs + j] += table[i * width + j];
    else if (basis[i] >= artificial) expel(table, basis, i, rows, width, artificial);
  }
  minimise(table, basis, rows, width, artificial);
  return table[costs + right] > TINY ? null : direction();
}

/** Pivots until no column before `limit` has a negative reduced cost. */
function minimise(table: Float64Array, basis: Int32Array, rows: number, width: number, limit: number): void {
  const right = width - 1;
  const costs = rows * width;
  for (;;) {
    let enter = 0;
    while (enter < limit && table[costs + enter] >= -TINY) enter++;
    if (enter === limit) return;
    let leave = -1;
    let least = Infinity;
    for (let i = 0; i < rows; i++) {
      const pivot = table[i * width + enter];
      if (pivot <= TINY) continue;
      const ratio = Math.max(0, table[i * width + right]) / pivot;
      if (ratio < least || (ratio === least && leave >= 0 && basis[i] < basis[leave])) {
        least = ratio;
        leave = i;
      }
    }
    if (leave < 0) return; // cannot be: the weights are bounded
    pivotOn(table, basis, leave, enter, rows, width);
  }
}

/** An artificial variable that stayed in the basis at 0 gives way to any other; if none can, its row says nothing new. */
function expel(table: Float64Array, basis: Int32Array, row: number, rows: number, width: number, limit: number): void {
  for (let j = 0; j < limit; j++) {
    if (Math.abs(table[row * width + j]) <= 1e-7) continue;
    pivotOn(table, basis, row, j, rows, width);
    return;
  }
}

function pivotOn(table: Float64Array, basis: Int32Array, row: number, column: number, rows: number, width: number): void {
  const pivot = table[row * width + column];
  for (let j = 0; j < width; j++) table[row * width + j] /= pivot;
  for (let i = 0; i <= rows; i++) {
    const factor = table[i * width + column];
    if (i === row || factor === 0) continue;
    for (let j = 0; j < width; j++) table[i * width + j] -= factor * table[row * width + j];
    table[i * width + column] = 0;
  }
  basis[row] = column;
}
