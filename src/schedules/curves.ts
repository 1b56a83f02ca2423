import { LehrError, show } from '../error.ts';
import type { Schedule, Spec } from './schedule.ts';

/** A curve with its spec attached. */
function curve(spec: Spec, value: (t: number, step: number) => number): Schedule {
  return Object.assign(value, { spec });
}

/** Throws an `option` error unless a parameter is a finite number within bounds. */
export function number(schedule: string, name: string, value: unknown, low = -Infinity, open = false): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < low || (open && value === low)) {
    const bound = low === -Infinity ? '' : open ? ` above ${low}` : ` of at least ${low}`;
    throw new LehrError('option', `${schedule}: ${name} is ${show(value)}, expected a finite number${bound}.`);
  }
  return value;
}

/** x^p in plain steps: `Math.pow` gives other bits from Node 24 on. x ≥ 0. */
export function power(x: number, p: number): number {
  if (p === 1) return x;
  if (x === 0) return p === 0 ? 1 : 0;
  if (Number.isInteger(p) && p >= 0 && p <= 64) {
    let result = 1;
    for (let i = 0; i < p; i++) result *= x;
    return result;
  }
  return p === 0.5 ? Math.sqrt(x) : Math.exp(p * Math.log(x));
}

/** Always the same value. */
export function constant(value: number): Schedule {
  number('constant', 'value', value);
  return curve({ schedule: 'constant', value }, () => value);
}

/** From `from` to `to` in a straight line over t. */
export function linear(from: number, to: number): Schedule {
  number('linear', 'from', from);
  number('linear', 'to', to);
  return curve({ schedule: 'linear', from, to }, (t) => (t === 1 ? to : from + (to - from) * t));
}

/** from · (to / from)^t: geometric cooling (Kirkpatrick, Gelatt, Vecchi 1983), exact at both ends, which must be above 0. */
export function exponential(from: number, to: number): Schedule {
  number('exponential', 'from', from, 0, true);
  number('exponential', 'to', to, 0, true);
  const rate = Math.log(to / from);
  return curve({ schedule: 'exponential', from, to }, (t) => (t === 0 ? from : t === 1 ? to : from * Math.exp(rate * t)));
}

/** to + (from − to)(1 + cos πt) / 2 (Loshchilov and Hutter 2017, one cycle). */
export function cosine(from: number, to = 0): Schedule {
  number('cosine', 'from', from);
  number('cosine', 'to', to);
  return curve({ schedule: 'cosine', from, to }, (t) => (t === 1 ? to : to + (from - to) * 0.5 * (1 + Math.cos(Math.PI * t))));
}

/** to + (from − to)(1 − t)^power. */
export function polynomial(from: number, to = 0, { power: p = 2 }: { readonly power?: number } = {}): Schedule {
  number('polynomial', 'from', from);
  number('polynomial', 'to', to);
  number('polynomial', 'power', p, 0, true);
  return curve({ schedule: 'polynomial', from, to, power: p }, (t) => to + (from - to) * power(1 - t, p));
}

/** initial / (1 + rate · step): reads the step count. */
export function inverseTime(initial: number, rate: number): Schedule {
  number('inverseTime', 'initial', initial);
  number('inverseTime', 'rate', rate, 0);
  return curve({ schedule: 'inverseTime', initial, rate }, (_, step) => initial / (1 + rate * step));
}

/** initial · √(delay / (delay + step)): reads the step count; `delay` steps halve its square. */
export function inverseSquareRoot(initial: number, delay = 1): Schedule {
  number('inverseSquareRoot', 'initial', initial);
  number('inverseSquareRoot', 'delay', delay, 0, true);
  return curve({ schedule: 'inverseSquareRoot', initial, delay }, (_, step) => initial * Math.sqrt(delay / (delay + step)));
}

/** scale / ln(2 + step): the cooling of the convergence theorem (Hajek 1988 asks scale ≥ the deepest barrier); reads the step count. */
export function logarithmic(scale: number): Schedule {
  number('logarithmic', 'scale', scale);
  return curve({ schedule: 'logarithmic', scale }, (_, step) => scale / Math.log(2 + step));
}

/**
 * initial · (delay / (delay + step))^power: a step size of Robbins and Monro's (1951) kind for power in (½, 1]; begins at `initial`, reads the step
 * count. With initial = delay^−power it is the (delay + step)^−power of stochastic variational inference.
 */
export function robbinsMonro(initial: number, { delay = 1, power: p = 1 }: { readonly delay?: number; readonly power?: number } = {}): Schedule {
  number('robbinsMonro', 'initial', initial);
  number('robbinsMonro', 'delay', delay, 0, true);
  number('robbinsMonro', 'power', p, 0);
  return curve({ schedule: 'robbinsMonro', initial, delay, power: p }, (_, step) => initial * power(delay / (delay + step), p));
}

/** initial · factor^k on the k-th of `drops` + 1 equal parts of the run. */
export function step(initial: number, { factor = 0.1, drops = 2 }: { readonly factor?: number; readonly drops?: number } = {}): Schedule {
  number('step', 'initial', initial);
  number('step', 'factor', factor, 0);
  number('step', 'drops', drops, 0);
  if (!Number.isInteger(drops)) throw new LehrError('option', `step: drops is ${show(drops)}, expected a whole number.`);
  return curve({ schedule: 'step', initial, factor, drops }, (t) => initial * power(factor, Math.min(drops, Math.floor(t * (drops + 1)))));
}

/** Constant pieces: `values[i]` from t = `at[i]` on (the new piece owns its joint); `at` begins with 0 and rises. */
export function piecewise(at: readonly number[], values: readonly number[]): Schedule {
  knots('piecewise', at, values, false);
  return curve({ schedule: 'piecewise', at: [...at], values: [...values] }, (t) => values[pieceOf(at, t)]);
}

/** Straight lines between the points (`at[i]`, `values[i]`), exact at each; `at` rises from 0 to 1. */
export function table(at: readonly number[], values: readonly number[]): Schedule {
  knots('table', at, values, true);
  return curve({ schedule: 'table', at: [...at], values: [...values] }, (t) => {
    const i = pieceOf(at, t);
    if (i === at.length - 1 || t === at[i]) return values[i];
    return values[i] + ((values[i + 1] - values[i]) * (t - at[i])) / (at[i + 1] - at[i]);
  });
}

function knots(schedule: string, at: readonly number[], values: readonly number[], closed: boolean): void {
  if (!Array.isArray(at) || !Array.isArray(values) || at.length === 0 || at.length !== values.length) {
    throw new LehrError('option', `${schedule}: at is ${show(at)} and values ${show(values)}, expected two lists of one length, at least 1.`);
  }
  at.forEach((t, i) => number(schedule, `at[${i}]`, t));
  values.forEach((value, i) => number(schedule, `values[${i}]`, value));
  const rising = at.every((t, i) => i === 0 || t > at[i - 1]);
  if (at[0] !== 0 || !rising || at[at.length - 1] > 1 || (closed && at[at.length - 1] !== 1)) {
    throw new LehrError('option', `${schedule}: at is ${show(at)}, expected shares that rise from 0${closed ? ' to 1' : ', none above 1'}.`);
  }
}

function pieceOf(at: readonly number[], t: number): number {
  let i = at.length - 1;
  while (i > 0 && t < at[i]) i--;
  return i;
}
