/**
 * L with L Lᵀ = A, in place: the lower triangle of a symmetric d × d matrix, row by row; what is above the diagonal is neither read nor written.
 * @returns false if A is not positive definite in floating point.
 */
export function cholesky(a: Float64Array, d: number): boolean {
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * d + j];
      for (let k = 0; k < j; k++) sum -= a[i * d + k] * a[j * d + k];
      if (i === j) {
        if (!(sum > 0)) return false;
        a[i * d + i] = Math.sqrt(sum);
      } else a[i * d + j] = sum / a[j * d + j];
    }
  }
  return true;
}

/** L⁻¹ in place, for a lower triangle with a positive diagonal. */
export function invertTriangle(l: Float64Array, d: number): void {
  for (let j = 0; j < d; j++) {
    l[j * d + j] = 1 / l[j * d + j];
    for (let i = j + 1; i < d; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum -= l[i * d + k] * l[k * d + j];
      // Row i still has its own diagonal: columns are done from left to right.
      l[i * d + j] = sum / l[i * d + i];
    }
  }
}
