import { mix, power, SLACK } from './arithmetic.ts';
import { curve, finite, known, length, positive, type Length } from './check.ts';
import type { Schedule } from './schedule.ts';

/** The same value at all times. */
export function constant(value: number): Schedule {
  const held = finite('constant', 'value', value);
  return curve({ schedule: 'constant', value: held }, () => held);
}

/** From `from` to `to` in a straight line: from + t · (to − from). Reads t; exact at both ends. */
export function linear(from: number, to: number): Schedule {
  const a = finite('linear', 'from', from);
  const b = finite('linear', 'to', to);
  return curve({ schedule: 'linear', from: a, to: b }, (t) => mix(a, b, t));
}

/**
 * From `from` to `to`, both above 0, by equal factors in equal times: from · exp(t · ln(to / from)), the geometric cooling T₀·aᵗ. Reads t;
 * exact at both ends.
 */
export function exponential(from: number, to: number): Schedule {
  const maybe = 'linear, which may end at 0.';
  const a = positive('exponential', 'from', from, maybe);
  const b = positive('exponential', 'to', to, maybe);
  const ratio = b / a;
  const slope = ratio > 0 && Number.isFinite(ratio) ? Math.log(ratio) : Math.log(b) - Math.log(a);
  const low = Math.min(a, b);
  const high = Math.max(a, b);
  return curve({ schedule: 'exponential', from: a, to: b }, (t) => {
    if (t <= 0) return a;
    if (t >= 1) return b;
    return Math.min(Math.max(a * Math.exp(t * slope), low), high);
  });
}

/** Options of `cosine`. */
export interface CosineOptions {
  /** Power of the cosine's factor (1); above 0. Larger ones fall earlier. */
  readonly exponent?: number;
}

/**
 * From `from` to `to` along half a cosine: to + (from − to) · ((1 + cos πt) / 2)^exponent (Loshchilov & Hutter 2017, one cycle; the exponent of optax `cosine_decay_schedule`).
 * Reads t; exact at both ends; does not swing back after them.
 */
export function cosine(from: number, to: number, options: CosineOptions = {}): Schedule {
  known('cosine', options, ['exponent']);
  const a = finite('cosine', 'from', from);
  const b = finite('cosine', 'to', to);
  const p = positive('cosine', 'exponent', options.exponent ?? 1);
  const spec = { schedule: 'cosine', from: a, to: b, exponent: p };
  if (p === 1) {
    return curve(spec, (t) => {
      if (t <= 0) return a;
      if (t >= 1) return b;
      return mix(a, b, (1 - Math.cos(Math.PI * t)) / 2);
    });
  }
  return curve(spec, (t) => {
    if (t <= 0) return a;
    if (t >= 1) return b;
    return mix(b, a, power((1 + Math.cos(Math.PI * t)) / 2, p));
  });
}

/** Options of `polynomial`. */
export interface PolynomialOptions {
  /** Above 0; 1 is linear. */
  readonly power?: number;
  /** The first descent lasts so long, and then it begins again, from lower down (Keras `PolynomialDecay` with `cycle`). Without it one descent takes the whole run. */
  readonly cycle?: Length;
}

/**
 * From `from` to `to` as to + (from − to) · (1 − t)^power (optax `polynomial_schedule`, PyTorch `PolynomialLR`). Reads t; exact at both ends. With a `cycle` of d: at x the
 * descent is one from the start of the run over the least multiple of d that holds x, to + (from − to) · (1 − x / (d · ⌈x / d⌉))^power, with x the step if d is a count, t if it
 * is a share: it reaches `to` at each multiple, and just after the k-th it is at (1 − k / (k + 1))^power of the height.
 */
export function polynomial(from: number, to: number, options: PolynomialOptions = {}): Schedule {
  known('polynomial', options, ['power', 'cycle']);
  const a = finite('polynomial', 'from', from);
  const b = finite('polynomial', 'to', to);
  const p = positive('polynomial', 'power', options.power ?? 2);
  const spec = { schedule: 'polynomial', from: a, to: b, power: p };
  if (options.cycle === undefined) {
    return curve(spec, (t) => {
      if (t <= 0) return a;
      if (t >= 1) return b;
      return mix(b, a, power(1 - t, p));
    });
  }
  const cycle = length('polynomial', 'cycle', options.cycle);
  const inCycles = typeof cycle === 'number' ? (t: number) => t / cycle : (_: number, step: number) => step / cycle.steps;
  return curve({ ...spec, cycle }, (t, step) => {
    let x = inCycles(t, step);
    if (x <= 0) return a;
    // 0.6 / 0.2 rounds to just below 3, where a root would turn the last digit into the eighth.
    if (Math.abs(x - Math.round(x)) <= SLACK) x = Math.round(x);
    return mix(b, a, power(1 - x / Math.max(1, Math.ceil(x)), p));
  });
}
