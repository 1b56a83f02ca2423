import { show } from '../error.ts';
import { floorOf, mix, power, SLACK } from './arithmetic.ts';
import { curve, finite, known, length, ParameterError, positive, type Length } from './check.ts';
import type { Schedule } from './schedule.ts';

/** Options of `step`. */
export interface StepOptions {
  /** What each drop multiplies by; above 0. */
  readonly factor?: number;
  /** How long each value is held. */
  readonly every: Length;
}

/**
 * initial · factor^⌊x / every⌋ (PyTorch `StepLR`, and its factor 0.1). Reads the step if `every` is a count, t if it is a share; a new value
 * owns its boundary, and the end of the run belongs to the last whole or cut period.
 */
export function step(initial: number, options: StepOptions): Schedule {
  known('step', options, ['factor', 'every']);
  const first = finite('step', 'initial', initial);
  const factor = positive('step', 'factor', options.factor ?? 0.1);
  const every = length('step', 'every', options.every);
  const spec = { schedule: 'step', initial: first, factor, every };
  if (typeof every !== 'number') return curve(spec, (_, count) => first * power(factor, Math.floor(count / every.steps)));
  const last = Math.ceil(1 / every - SLACK) - 1;
  return curve(spec, (t) => first * power(factor, Math.min(floorOf(t / every), last)));
}

/** A piece that lasts a share of the run; the last may be its value alone and lasts the rest. */
export type Piece = readonly [share: number, value: number] | number;

/**
 * Constant pieces: `piecewise([0.5, 1], [0.3, 0.1], 0.01)` holds 1 for half the run, 0.1 for three tenths and 0.01 for the rest. Reads t; a
 * new piece owns its boundary. The shares must sum to 1; the last may be left out. For pieces in steps, use `sequence`.
 */
export function piecewise(...pieces: readonly Piece[]): Schedule {
  if (pieces.length === 0) throw new ParameterError('piecewise', 'pieces', pieces, 'at least one [share, value]');
  const ends: number[] = [];
  const values: number[] = [];
  const canonical: Piece[] = [];
  let sum = 0;
  pieces.forEach((piece, i) => {
    const last = i === pieces.length - 1;
    if (typeof piece === 'number' && last) {
      if (!(sum < 1 - SLACK))
        throw new ParameterError('piecewise', 'pieces', pieces, `shares before the last that sum to less than 1, not ${sum}`);
      sum = 1;
    } else if (Array.isArray(piece) && piece.length === 2) {
      sum += share(piece[0], i);
    } else {
      throw new ParameterError('piecewise', `pieces[${i}]`, piece, last ? '[share, value], or the value alone' : '[share, value]');
    }
    const value = finite('piecewise', `pieces[${i}]`, typeof piece === 'number' ? piece : piece[1]);
    ends.push(sum - SLACK);
    values.push(value);
    canonical.push(last ? value : [(piece as readonly [number, number])[0], value]);
  });
  if (Math.abs(sum - 1) > SLACK) throw new ParameterError('piecewise', 'pieces', pieces, `shares that sum to 1, not ${sum}`);
  ends[ends.length - 1] = Infinity;
  return curve({ schedule: 'piecewise', pieces: canonical }, (t) => {
    let i = 0;
    while (t >= ends[i]) i++;
    return values[i];
  });
}

function share(value: unknown, i: number): number {
  if (typeof value === 'number' && value > 0 && value <= 1) return value;
  const steps = typeof value === 'object' && value !== null;
  throw new ParameterError(
    'piecewise',
    `pieces[${i}]`,
    value,
    'a share above 0 and at most 1',
    steps ? 'sequence, whose phases may be counted in steps.' : undefined,
  );
}

/** Values at equal distances over the run, joined by straight lines: knot i of n lies at t = i / (n − 1), and is exact there. Reads t. */
export function table(values: ArrayLike<number>): Schedule {
  if (typeof values !== 'object' || values === null || !(values.length >= 1)) {
    throw new ParameterError(
      'table',
      'values',
      values,
      'a list of at least one number',
      typeof values === 'number' ? `[${show(values)}].` : undefined,
    );
  }
  const knots = Array.from(values, (value, i) => finite('table', `values[${i}]`, value));
  const last = knots.length - 1;
  return curve({ schedule: 'table', values: Object.freeze(knots) }, (t) => {
    if (t <= 0) return knots[0];
    if (t >= 1) return knots[last];
    const x = t * last;
    const near = Math.round(x);
    // (i / n) · n may round to just below i.
    if (near / last === t) return knots[near];
    const i = Math.floor(x);
    return mix(knots[i], knots[i + 1], x - i);
  });
}

/** How the cycles of `cyclical` change. */
export type CycleShape = 'triangular' | 'triangular2' | 'expRange';
export const CYCLE_SHAPES: readonly CycleShape[] = ['triangular', 'triangular2', 'expRange'];

/** Options of `cyclical`. */
export interface CyclicalOptions {
  /** How long one cycle, up and down, lasts. */
  readonly period: Length;
  /** The share of a cycle that goes up; above 0 and below 1. */
  readonly rise?: number;
  /** All cycles alike, each half as high as the one before, or shrinking by `gamma` each step. */
  readonly shape?: CycleShape;
  /** For `expRange`, in (0, 1]. */
  readonly gamma?: number;
}

/**
 * Up from `low` to `high` and down again, over and over (Smith's cyclical rates as in PyTorch `CyclicLR`): low + (high − low) · s · g with
 * the triangle wave s, and g = 1 (`triangular`), 2^−c in cycle c = 0, 1, … (`triangular2`) or gamma^step (`expRange`). Reads the step if
 * `period` is a count, t if it is a share.
 */
export function cyclical(low: number, high: number, options: CyclicalOptions): Schedule {
  known('cyclical', options, ['period', 'rise', 'shape', 'gamma']);
  const a = finite('cyclical', 'low', low);
  const b = finite('cyclical', 'high', high);
  const period = length('cyclical', 'period', options.period);
  const rise = options.rise ?? 0.5;
  if (!(rise > 0 && rise < 1)) throw new ParameterError('cyclical', 'rise', rise, 'a share of the cycle above 0 and below 1');
  const shape = options.shape ?? 'triangular';
  if (!CYCLE_SHAPES.includes(shape)) throw new ParameterError('cyclical', 'shape', shape, CYCLE_SHAPES.join(', '));
  const gamma = options.gamma ?? 1;
  if (!(gamma > 0 && gamma <= 1)) throw new ParameterError('cyclical', 'gamma', gamma, 'a number above 0 and at most 1');
  const decay = Math.log(gamma);
  return curve({ schedule: 'cyclical', low: a, high: b, period, rise, shape, gamma }, (t, count) => {
    const cycle = typeof period === 'number' ? floorOf(t / period) : Math.floor(count / period.steps);
    const inside = typeof period === 'number' ? Math.max(0, t / period - cycle) : (count % period.steps) / period.steps;
    const wave = inside <= rise ? inside / rise : (1 - inside) / (1 - rise);
    const height = shape === 'triangular' ? 1 : shape === 'triangular2' ? power(0.5, cycle) : Math.exp(count * decay);
    return mix(a, b, wave * height);
  });
}
