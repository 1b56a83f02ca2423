/** Points, and how wide the groups are that a start makes of them. */
export interface StartOptions {
  readonly rows: number;
  readonly d: number;
  /** rows × d. */
  readonly values: Float64Array;
  /** Responsibilities are ∝ e^(−r² / width). */
  readonly width: number;
}

/** Tells of each row its responsibilities around the given centres. */
export function begin({ rows, d, values, width }: StartOptions, centres: Int32Array, tell: (row: number, r: Float64Array) => void): void {
  const components = centres.length;
  const r = new Float64Array(components);
  for (let n = 0; n < rows; n++) {
    let least = Infinity;
    for (let k = 0; k < components; k++) {
      r[k] = 0;
      for (let j = 0; j < d; j++) {
        const off = values[n * d + j] - values[centres[k] * d + j];
        r[k] += (off * off) / width;
      }
      least = Math.min(least, r[k]);
    }
    let total = 0;
    for (let k = 0; k < components; k++) {
      r[k] = Math.exp(least - r[k]);
      total += r[k];
    }
    for (let k = 0; k < components; k++) r[k] /= total;
    tell(n, r);
  }
}
