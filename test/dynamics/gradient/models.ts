import type { Model } from 'lehr';

/** A straight line through points, as a user would write it: mean of ½ (w₀ + w₁ x − y)². */
export function line(x: readonly number[], y: readonly number[]): Model<Float64Array> {
  return {
    name: 'line',
    rows: x.length,
    size: 2,
    init: () => new Float64Array(2),
    gradient(w, rows, from, to, into) {
      into.fill(0);
      let loss = 0;
      for (let r = from; r < to; r++) {
        const i = rows[r];
        const off = w[0] + w[1] * x[i] - y[i];
        loss += (0.5 * off * off) / (to - from);
        into[0] += off / (to - from);
        into[1] += (off * x[i]) / (to - from);
      }
      return loss;
    },
  };
}

/** Twelve points near y = 2 x − 1. */
export const points = line(
  Array.from({ length: 12 }, (_, i) => i / 4 - 1),
  Array.from({ length: 12 }, (_, i) => 2 * (i / 4 - 1) - 1 + 0.1 * (((i * 7) % 5) - 2)),
);

/** f(w) = Σ wᵢ², gradient 2 w, from (1, 2, 3): optax's documentation uses it. One row. */
export const bowl: Model<Float64Array> = {
  name: 'bowl',
  rows: 1,
  size: 3,
  init: () => Float64Array.of(1, 2, 3),
  gradient(w, _rows, _from, _to, into) {
    let loss = 0;
    for (let i = 0; i < w.length; i++) {
      into[i] = 2 * w[i];
      loss += w[i] * w[i];
    }
    return loss;
  },
};
