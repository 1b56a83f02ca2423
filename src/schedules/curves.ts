import { mix, power } from './arithmetic.ts';
import { curve, finite, known, positive } from './check.ts';
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

/**
 * From `from` to `to` along half a cosine: to + (from − to) · (1 + cos πt) / 2 (Loshchilov & Hutter 2017, one cycle). Reads t; exact at both
 * ends; does not swing back after them.
 */
export function cosine(from: number, to: number): Schedule {
  const a = finite('cosine', 'from', from);
  const b = finite('cosine', 'to', to);
  return curve({ schedule: 'cosine', from: a, to: b }, (t) => {
    if (t <= 0) return a;
    if (t >= 1) return b;
    return mix(a, b, (1 - Math.cos(Math.PI * t)) / 2);
  });
}

/** Options of `polynomial`. */
export interface PolynomialOptions {
  /** Above 0; 1 is linear. */
  readonly power?: number;
}

/** From `from` to `to` as to + (from − to) · (1 − t)^power (optax `polynomial_schedule`, PyTorch `PolynomialLR`). Reads t; exact at both ends. */
export function polynomial(from: number, to: number, options: PolynomialOptions = {}): Schedule {
  known('polynomial', options, ['power']);
  const a = finite('polynomial', 'from', from);
  const b = finite('polynomial', 'to', to);
  const p = positive('polynomial', 'power', options.power ?? 2);
  return curve({ schedule: 'polynomial', from: a, to: b, power: p }, (t) => {
    if (t <= 0) return a;
    if (t >= 1) return b;
    return mix(b, a, power(1 - t, p));
  });
}
