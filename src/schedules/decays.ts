import { power } from './arithmetic.ts';
import { curve, finite, known, length, ParameterError, positive, type Length } from './check.ts';
import type { Schedule } from './schedule.ts';

/** Options of `inverseTime`. */
export interface InverseTimeOptions {
  /** How fast it falls; above 0. */
  readonly rate: number;
  /** What one unit of time is: a count of steps (default one step), or a share of the run (1: the whole run, then it reads t). */
  readonly every?: Length;
  /** `staircase`: held between whole units. */
  readonly shape?: 'smooth' | 'staircase';
}

export const DECAY_SHAPES: readonly ('smooth' | 'staircase')[] = ['smooth', 'staircase'];

/**
 * initial / (1 + rate · x), where x is the step count in units of `every`, or its whole part (Keras `InverseTimeDecay` and its `staircase`; the Lundy–Mees
 * cooling). Reads the step if `every` is a count, t if it is a share.
 */
export function inverseTime(initial: number, options: InverseTimeOptions): Schedule {
  known('inverseTime', options, ['rate', 'every', 'shape']);
  const { shape = 'smooth' } = options;
  if (!DECAY_SHAPES.includes(shape)) throw new ParameterError('inverseTime', 'shape', shape, DECAY_SHAPES.join(', '));
  const first = finite('inverseTime', 'initial', initial);
  const rate = positive('inverseTime', 'rate', options.rate);
  const every = length('inverseTime', 'every', options.every ?? { steps: 1 });
  const spec = { schedule: 'inverseTime', initial: first, rate, every, shape };
  const at = shape === 'smooth' ? (x: number) => first / (1 + rate * x) : (x: number) => first / (1 + rate * Math.floor(x));
  return typeof every === 'number' ? curve(spec, (t) => at(t / every)) : curve(spec, (_, step) => at(step / every.steps));
}

/** Options of `inverseSquareRoot`. */
export interface InverseSquareRootOptions {
  /** Steps until it has fallen by √2; above 0. */
  readonly delay?: number;
}

/**
 * initial · √(delay / (delay + step)): the inverse-square-root decay I·√W·s^−½ of AudioCraft and of the Noam schedule, with s = delay + step,
 * so that `warmup({ steps: W }, inverseSquareRoot(I, { delay: W }))` is the whole of it. Reads the step.
 */
export function inverseSquareRoot(initial: number, options: InverseSquareRootOptions = {}): Schedule {
  known('inverseSquareRoot', options, ['delay']);
  const first = finite('inverseSquareRoot', 'initial', initial);
  const delay = positive('inverseSquareRoot', 'delay', options.delay ?? 1);
  return curve({ schedule: 'inverseSquareRoot', initial: first, delay }, (_, step) => first * Math.sqrt(delay / (delay + step)));
}

/**
 * c / ln(2 + step): the logarithmic cooling c / ln(1 + k) of Hajek (1988) with k = step + 1, which reaches the global minimum with probability
 * 1 if c is at least the depth of the deepest other valley. Reads the step; the first value is c / ln 2.
 */
export function logarithmic(c: number): Schedule {
  const depth = positive('logarithmic', 'c', c);
  return curve({ schedule: 'logarithmic', c: depth }, (_, step) => depth / Math.log(2 + step));
}

/** Options of `robbinsMonro`. */
export interface RobbinsMonroOptions {
  /** τ₀, which damps the first steps; above 0. */
  readonly delay?: number;
  /** κ in (0.5, 1]: only there Σ η diverges while Σ η² converges (Robbins & Monro 1951). */
  readonly power?: number;
}

/**
 * initial · (delay + step)^−power, the step sizes of stochastic approximation. Normalised as in scikit-learn's LDA and in stochastic variational
 * inference, whose defaults (delay 10, power 0.7) it takes: the first value is initial · delay^−power, not `initial`. Reads the step.
 */
export function robbinsMonro(initial: number, options: RobbinsMonroOptions = {}): Schedule {
  known('robbinsMonro', options, ['delay', 'power']);
  const factor = finite('robbinsMonro', 'initial', initial);
  const delay = positive('robbinsMonro', 'delay', options.delay ?? 10);
  const exponent = options.power ?? 0.7;
  if (!(exponent > 0.5 && exponent <= 1)) {
    throw new ParameterError(
      'robbinsMonro',
      'power',
      exponent,
      'a number above 0.5 and at most 1 (the Robbins–Monro conditions)',
      exponent === 0.5 ? 'inverseSquareRoot.' : undefined,
    );
  }
  return curve({ schedule: 'robbinsMonro', initial: factor, delay, power: exponent }, (_, step) => factor * power(delay + step, -exponent));
}

/** Options of `exponentialDecay`. */
export interface ExponentialDecayOptions {
  /** What one unit of time multiplies by; above 0. */
  readonly factor: number;
  /** What one unit of time is: a count of steps (default one step), or a share of the run. */
  readonly every?: Length;
  /** The value does not fall below it (a factor below 1), nor rise above it (a factor above 1). */
  readonly end?: number;
}

/**
 * initial · factor^x, where x is the step count in units of `every` (PyTorch `ExponentialLR`, Keras `ExponentialDecay`, optax `exponential_decay` with its `end_value`); held
 * between whole x it is `step`, their staircase. Reads the step if `every` is a count, t if it is a share. `exponential` is the same curve, told by its two ends.
 */
export function exponentialDecay(initial: number, options: ExponentialDecayOptions): Schedule {
  known('exponentialDecay', options, ['factor', 'every', 'end']);
  const first = finite('exponentialDecay', 'initial', initial);
  const factor = positive('exponentialDecay', 'factor', options.factor);
  const every = length('exponentialDecay', 'every', options.every ?? { steps: 1 });
  const end = options.end === undefined ? undefined : finite('exponentialDecay', 'end', options.end);
  const bounded = (value: number): number => (end === undefined ? value : factor < 1 ? Math.max(value, end) : Math.min(value, end));
  const spec = { schedule: 'exponentialDecay', initial: first, factor, every, ...(end === undefined ? {} : { end }) };
  if (typeof every === 'number') return curve(spec, (t) => bounded(first * power(factor, t / every)));
  return curve(spec, (_, step) => bounded(first * power(factor, step / every.steps)));
}
