/**
 * `from` at f ≤ 0, `to` at f ≥ 1, monotone in f because each operation is, and never outside the two: below f = 1 the rounded product is at most
 * the number before the rounded span, which is at most the true span.
 */
export function mix(from: number, to: number, f: number): number {
  if (f <= 0) return from;
  if (f >= 1) return to;
  const span = to - from;
  return Number.isFinite(span) ? from + f * span : (1 - f) * from + f * to;
}

/**
 * x^p for x ≥ 0. Whole powers by repeated squaring, the others as exp(p · ln x): `Math.pow` gives other bits on other Node versions.
 */
export function power(x: number, p: number): number {
  if (!Number.isInteger(p)) return Math.exp(p * Math.log(x));
  let product = 1;
  for (let rest = Math.abs(p), square = x; rest > 0; rest = Math.floor(rest / 2), square *= square) {
    if (rest % 2 === 1) product *= square;
  }
  return p < 0 ? 1 / product : product;
}

/** Slack for sums of shares: 0.1 + 0.2 reaches 0.3. */
export const SLACK = 1e-9;

/** x rounded down, where what is a rounding error below a whole number counts as that number. */
export function floorOf(x: number): number {
  const near = Math.round(x);
  return Math.abs(x - near) <= SLACK ? near : Math.floor(x);
}
