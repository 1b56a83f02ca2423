import type { Examples } from '../../../problems/table/examples.ts';

/** A least-squares problem in the eigenbasis of its training Hessian, where descent and flow have closed forms. */
export interface Spectrum {
  /** Eigenvalues of XᵀX / n + ridge, ascending. */
  readonly values: Float64Array;
  /** Their eigenvectors, one a row. */
  readonly vectors: readonly Float64Array[];
  /** The minimiser of least norm, in that basis. */
  readonly minimiser: Float64Array;
  /** The training loss there, and at the start, 0. */
  readonly least: number;
  readonly first: number;
}

/** Curvatures below this share of the largest are rounding errors: nothing is learned along them. */
const NOTHING = 1e-12;

/** The spectrum of ½ mean (Xw − y)² + ½ ridge |w|², for inputs and targets of mean 0 (an intercept then stays at 0). */
export function spectrumOf({ rows, features: d, inputs, targets }: Examples, ridge = 0): Spectrum {
  const hessian = Array.from({ length: d }, () => new Float64Array(d));
  const slope = new Float64Array(d);
  let first = 0;
  for (let i = 0; i < rows; i++) {
    const x = inputs.subarray(i * d, (i + 1) * d);
    first += (0.5 * targets[i] * targets[i]) / rows;
    for (let j = 0; j < d; j++) {
      slope[j] += (x[j] * targets[i]) / rows;
      for (let k = 0; k < d; k++) hessian[j][k] += (x[j] * x[k]) / rows;
    }
  }
  for (let j = 0; j < d; j++) hessian[j][j] += ridge;
  const { values, vectors } = eigen(hessian);
  const minimiser = new Float64Array(d);
  let least = first;
  for (let k = 0; k < d; k++) {
    if (values[k] <= NOTHING * values[d - 1]) continue;
    const along = vectors[k].reduce((sum, v, j) => sum + v * slope[j], 0);
    minimiser[k] = along / values[k];
    least -= (0.5 * along * along) / values[k];
  }
  return { values, vectors, minimiser, least: Math.max(0, least), first };
}

/** Weights whose coordinates in the eigenbasis are given. */
export function fromBasis({ vectors }: Spectrum, coordinates: ArrayLike<number>): Float64Array {
  const weights = new Float64Array(vectors.length);
  vectors.forEach((vector, k) => {
    for (let j = 0; j < weights.length; j++) weights[j] += coordinates[k] * vector[j];
  });
  return weights;
}

/** Eigenvalues, ascending, and eigenvectors of a symmetric matrix, by Jacobi's rotations; the matrix is spent. */
export function eigen(matrix: readonly Float64Array[]): { values: Float64Array; vectors: readonly Float64Array[] } {
  const n = matrix.length;
  const rotations = matrix.map((_, j) => Float64Array.from({ length: n }, (_each, k) => (j === k ? 1 : 0)));
  for (let sweep = 0; sweep < 100; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += matrix[p][q] * matrix[p][q];
    if (off < 1e-30 * matrix.reduce((sum, row, j) => sum + row[j] * row[j], 0)) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) if (matrix[p][q] !== 0) rotate(matrix, rotations, p, q);
  }
  const order = matrix.map((_, k) => k).sort((a, b) => matrix[a][a] - matrix[b][b]);
  return { values: Float64Array.from(order, (k) => matrix[k][k]), vectors: order.map((k) => rotations[k]) };
}

/** Rotates the plane of coordinates p and q so that their off-diagonal element becomes 0. */
function rotate(matrix: readonly Float64Array[], rotations: readonly Float64Array[], p: number, q: number): void {
  const theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  const n = matrix.length;
  for (let k = 0; k < n; k++) {
    const [a, b] = [matrix[k][p], matrix[k][q]];
    matrix[k][p] = c * a - s * b;
    matrix[k][q] = s * a + c * b;
  }
  for (let k = 0; k < n; k++) {
    const [a, b] = [matrix[p][k], matrix[q][k]];
    matrix[p][k] = c * a - s * b;
    matrix[q][k] = s * a + c * b;
    const [u, v] = [rotations[p][k], rotations[q][k]];
    rotations[p][k] = c * u - s * v;
    rotations[q][k] = s * u + c * v;
  }
}
