import { LehrError, show } from '../error.ts';

/** At how many places of a leg a curve is looked at beforehand. */
const PLACES = 200;
/** Curves may be off by so much, for rounding. */
const SLACK = 1e-9;

type Curve = number | ((t: number, step: number) => number) | object;

/**
 * Throws an `option` error for a fraction that is no share, goes down, or has not come to 1 when the run ends: rows are only ever added to a window, and those that never come in
 * are never put into a group. Controllers, which listen, are looked at while they run.
 */
export function checkFraction(fraction: Curve, last: boolean, steps: number): void {
  if (typeof fraction === 'object') return;
  const at = (t: number): number => (typeof fraction === 'number' ? fraction : fraction(t, Math.round(t * steps)));
  let before = 0;
  let when = 0;
  for (let k = 0; k <= PLACES; k++) {
    const t = k / PLACES;
    const value = at(t);
    // A curve that reads the step, in a run whose length is not known.
    if (value !== value && steps !== steps) return;
    if (!(value >= 0 && value <= 1 + SLACK)) throw notShare(value, ` at t = ${t}`);
    if (value < before - SLACK)
      throw new LehrError(
        'option',
        `fraction goes down from ${before} at t = ${when} to ${value} at t = ${t}, expected a schedule that never falls: the window only grows. Maybe linear(0, 1).`,
      );
    before = value;
    when = t;
  }
  if (last && before < 1 - SLACK)
    throw new LehrError(
      'option',
      `fraction ends at ${before}, expected 1: the other rows would never be put into a group. Maybe linear(0, 1), or 1 throughout for plain Gibbs sampling.`,
    );
}

/** The rows that a fraction asks to have in the window: at least two, as a group of one row says little. */
export function targetOf(fraction: number, rows: number, window: number): number {
  if (!(fraction >= 0 && fraction <= 1 + SLACK)) throw notShare(fraction, '');
  // 0.3 of 10 rows are 3, however it is rounded.
  const target = Math.min(rows, Math.max(2, Math.ceil(fraction * rows * (1 - 1e-12))));
  if (target < window)
    throw new LehrError(
      'option',
      `fraction is ${fraction} (${target} of ${rows} rows), but ${window} rows are in the window already, expected one that never falls. Maybe a leg begins below the last one's end.`,
    );
  return target;
}

function notShare(value: unknown, where: string): LehrError {
  return new LehrError('option', `fraction is ${show(value)}${where}, expected the share of rows in the window, from 0 to 1.`);
}

/** How `accelerating` goes: loom's own numbers are the defaults. */
export interface AcceleratingOptions {
  /** Extra visits to each row while the window is small (500). */
  readonly extraPasses?: number;
  /** Up to how many rows the window is small (4000), and from how many on rows are visited once (1e9). */
  readonly small?: number;
  readonly big?: number;
  /** Points of the curve (1000). */
  readonly points?: number;
}

/**
 * The accelerating schedule of loom, the program of the authors of arXiv 1402.5473 (it is later than the paper): the fewer rows are in the window, the more often each is visited.
 * Extra passes are x up to `small` rows and 0 from `big` rows on; between them p(n) = (1 + x)^(ln(big / n) / ln(big / small)), of which p − 1 are extra if p > 2, else none.
 * There the passes follow the number of rows; as a curve of t it is Σ (1 + 2 extra(n)) row moves up to n over that up to `rows`, inverted.
 * @returns the curve's values at equal distances, for `table(values)`, and the steps that visit rows that often.
 */
export function accelerating(rows: number, options: AcceleratingOptions = {}): { readonly values: number[]; readonly steps: number } {
  const { extraPasses = 500, small = 4000, big = 1e9, points = 1000 } = options;
  for (const [name, value, least] of [
    ['rows', rows, 1],
    ['points', points, 2],
  ] as const)
    if (!(Number.isSafeInteger(value) && value >= least))
      throw new LehrError('option', `accelerating: ${name} is ${show(value)}, expected a whole number of at least ${least}.`);
  if (!(extraPasses >= 0 && extraPasses < Infinity))
    throw new LehrError('option', `accelerating: extraPasses is ${show(extraPasses)}, expected a finite number of at least 0.`);
  if (!(small >= 1 && big > small && big < Infinity))
    throw new LehrError('option', `accelerating: small is ${show(small)} and big ${show(big)}, expected 1 ≤ small < big.`);
  const whole = Math.log1p(extraPasses);
  const extra = (n: number): number => {
    if (n <= small) return extraPasses;
    if (n >= big) return 0;
    const passes = Math.exp((whole * Math.log(big / n)) / Math.log(big / small));
    return passes > 2 ? passes - 1 : 0;
  };
  // Moves up to each of so many sizes of the window; between them straight.
  const sizes = Math.min(rows, 20_000);
  const moves = new Float64Array(sizes + 1);
  for (let k = 1; k <= sizes; k++) moves[k] = moves[k - 1] + (1 + 2 * extra(((k - 0.5) / sizes) * rows)) * (rows / sizes);
  const values: number[] = [];
  let k = 0;
  for (let i = 0; i < points; i++) {
    const goal = (i / (points - 1)) * moves[sizes];
    while (k < sizes - 1 && moves[k + 1] < goal) k++;
    values.push(Math.min(1, (k + (goal - moves[k]) / (moves[k + 1] - moves[k])) / sizes));
  }
  values[points - 1] = 1;
  return { values, steps: Math.ceil(moves[sizes]) };
}
