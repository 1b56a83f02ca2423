import type { Weights } from './model.ts';

/**
 * The embedded Runge–Kutta pair of orders 5 and 4 of Dormand & Prince ("A family of embedded Runge-Kutta formulae", J. Comp. Appl. Math. 6, 1980): row s of A gives
 * stage s + 1 from the slopes before it, the last row is the solution of order 5, whose slope is the first of the next step.
 */
const A = [
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
/** Order 5 minus order 4, of the seven slopes. */
const ERROR = [
  35 / 384 - 5179 / 57600,
  0,
  500 / 1113 - 7571 / 16695,
  125 / 192 - 393 / 640,
  -2187 / 6784 + 92097 / 339200,
  11 / 84 - 187 / 2100,
  -1 / 40,
];

/** Gradients that one step takes: the first slope is known. */
export const STAGES = 6;

/**
 * One step of length `h` of dw/ds = −∇L from `from`, whose gradient is `gradients[0]`. The new weights go to `to`, their gradient to `gradients[6]`.
 * @param gradientAt writes the gradient there and returns the loss.
 * @returns the loss at the new weights; NaN as soon as one on the way is not finite.
 */
export function rungeKutta<W extends Weights>(
  gradientAt: (weights: W, into: W) => number,
  from: W,
  gradients: readonly W[],
  to: W,
  h: number,
): number {
  const n = from.length;
  let loss = NaN;
  for (let stage = 0; stage < A.length; stage++) {
    const row = A[stage];
    for (let i = 0; i < n; i++) {
      let slope = 0;
      for (let s = 0; s <= stage; s++) slope += row[s] * gradients[s][i];
      to[i] = from[i] - h * slope;
    }
    loss = gradientAt(to, gradients[stage + 1]);
    if (!Number.isFinite(loss)) return NaN;
  }
  return loss;
}

/** The size of that step's error: the root mean square over coordinates of estimate / (tolerance · (1 + |w|)); at most 1 is a good step. */
export function errorOf<W extends Weights>(from: W, to: W, gradients: readonly W[], h: number, tolerance: number): number {
  const n = from.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let error = 0;
    for (let s = 0; s < ERROR.length; s++) error += ERROR[s] * gradients[s][i];
    const share = (h * error) / (tolerance * (1 + Math.max(Math.abs(from[i]), Math.abs(to[i]))));
    sum += share * share;
  }
  return Math.sqrt(sum / n);
}
