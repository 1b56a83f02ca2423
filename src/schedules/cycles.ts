import { mix, SLACK } from './arithmetic.ts';
import { curve, finite, known, ParameterError, positive } from './check.ts';
import type { Schedule } from './schedule.ts';

/** How `oneCycle` and `swa` go from one value to the next. */
export type AnnealShape = 'cosine' | 'linear';
export const ANNEAL_SHAPES: readonly AnnealShape[] = ['cosine', 'linear'];

/** The value at share f of the way, 0 to 1. */
export function annealed(from: number, to: number, f: number, shape: AnnealShape): number {
  return shape === 'linear' ? mix(from, to, f) : f <= 0 ? from : f >= 1 ? to : mix(from, to, (1 - Math.cos(Math.PI * f)) / 2);
}

/** Options of `oneCycle`, with PyTorch's and optax's defaults. */
export interface OneCycleOptions {
  /** The share of the run that goes up (0.3). */
  readonly rise?: number;
  /** Where it is back at its first value, to fall on to the last from there; without it, it falls to the last at once. */
  readonly back?: number;
  /** The first value is peak / div (25). */
  readonly div?: number;
  /** The last value is the first / finalDiv (10 000). */
  readonly finalDiv?: number;
  readonly shape?: AnnealShape;
}

/**
 * Up to `peak` and down to far below the start (Smith & Topin, arXiv 1708.07120): from peak / div up over `rise`, then down to peak / div / finalDiv, along cosines or
 * lines. As PyTorch's `OneCycleLR` (whose joint lies at step rise · T − 1 of T; `three_phase` is `back: 2 · rise`) and as optax's `linear_onecycle_schedule` (shape linear,
 * `back: 0.85`). Reads t. Its inverse for a momentum, as PyTorch cycles it: `cosine(0.95, 0.85) for 0.3 > cosine(0.85, 0.95)`.
 */
export function oneCycle(peak: number, options: OneCycleOptions = {}): Schedule {
  const name = 'oneCycle';
  known(name, options, ['rise', 'back', 'div', 'finalDiv', 'shape']);
  const high = finite(name, 'peak', peak);
  const { rise = 0.3, back, shape = 'cosine' } = options;
  if (!(rise > 0 && rise < 1)) throw new ParameterError(name, 'rise', rise, 'a share of the run above 0 and below 1');
  if (back !== undefined && !(back > rise && back < 1))
    throw new ParameterError(name, 'back', back, `a share of the run above rise (${rise}) and below 1`);
  if (!ANNEAL_SHAPES.includes(shape)) throw new ParameterError(name, 'shape', shape, ANNEAL_SHAPES.join(', '));
  const div = positive(name, 'div', options.div ?? 25);
  const finalDiv = positive(name, 'finalDiv', options.finalDiv ?? 1e4);
  const first = high / div;
  const last = first / finalDiv;
  const spec = { schedule: name, peak: high, rise, ...(back === undefined ? {} : { back }), div, finalDiv, shape };
  return curve(spec, (t) => {
    if (t < rise) return annealed(first, high, t / rise, shape);
    if (back === undefined) return annealed(high, last, (t - rise) / (1 - rise), shape);
    if (t < back) return annealed(high, first, (t - rise) / (back - rise), shape);
    return annealed(first, last, (t - back) / (1 - back), shape);
  });
}

/** Options of `multiStep`: exactly one of `at` and `milestones`. */
export interface MultiStepOptions {
  /** What each drop multiplies by (0.1); above 0. */
  readonly factor?: number;
  /** Shares of the run at which it drops, increasing, above 0 and below 1. */
  readonly at?: readonly number[];
  /** Steps at which it drops, increasing, at least 1. */
  readonly milestones?: readonly number[];
}

/**
 * initial · factor^(how many moments have passed) (PyTorch `MultiStepLR`, its names and its factor; optax `piecewise_constant_schedule` with one factor). Reads t for `at`,
 * the step for `milestones`; a new value owns its moment.
 */
export function multiStep(initial: number, options: MultiStepOptions): Schedule {
  const name = 'multiStep';
  known(name, options, ['factor', 'at', 'milestones']);
  const first = finite(name, 'initial', initial);
  const factor = positive(name, 'factor', options.factor ?? 0.1);
  const { at, milestones } = options;
  if ((at === undefined) === (milestones === undefined))
    throw new ParameterError(name, 'at', at, 'shares of the run, or milestones in steps: one of the two');
  const list = (at ?? milestones)!;
  const what = at === undefined ? 'milestones' : 'at';
  const inRange = (value: unknown): boolean =>
    at === undefined ? Number.isSafeInteger(value) && (value as number) >= 1 : typeof value === 'number' && value > 0 && value < 1;
  if (!Array.isArray(list) || list.length === 0 || !list.every((value, i) => inRange(value) && (i === 0 || value > list[i - 1]))) {
    const expected = at === undefined ? 'increasing whole numbers of at least 1' : 'increasing shares above 0 and below 1';
    const counts = at !== undefined && Array.isArray(list) && list.some((value) => value >= 1);
    throw new ParameterError(name, what, list, expected, counts ? 'milestones, which are in steps.' : undefined);
  }
  const moments = Object.freeze([...list]);
  const values = [first];
  for (let i = 0; i < moments.length; i++) values.push(values[i] * factor);
  const slack = at === undefined ? 0 : SLACK;
  return curve({ schedule: name, initial: first, factor, [what]: moments }, (t, step) => {
    const x = at === undefined ? step : t;
    let i = 0;
    while (i < moments.length && x >= moments[i] - slack) i++;
    return values[i];
  });
}
