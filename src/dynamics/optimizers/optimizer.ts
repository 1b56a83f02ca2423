import { maybe } from '../../closest.ts';
import { LehrError, show } from '../../error.ts';
import type { Rng } from '../../random/rng.ts';
import type { Weights } from '../model.ts';

/** A constant of an optimiser: a number, or `'scheduled'`, which makes it a control of the run. */
export type Setting = number | 'scheduled';

/** The name of a control, if its setting makes it one. */
export type Scheduled<V extends Setting | undefined, Name extends string> = V extends 'scheduled' ? Name : never;

/** A rule that turns gradients into steps. @typeParam C its controls. */
export interface Optimizer<C extends string = string> {
  readonly name: string;
  /** Its controls, in the order they are set; `rate` is the first. */
  readonly controls: readonly C[];
  /** What it remembers: so many arrays of the weights' length. */
  readonly moments: number;
  /** What they are filled with at first (0). */
  readonly start?: number;
  /** Its constants: they belong to a checkpoint's fingerprint. */
  readonly settings: Readonly<Record<string, number | string | boolean>>;
  /** Makes step number `count` (from 1) in place. */
  step(
    weights: Weights,
    gradient: Weights,
    moments: readonly Weights[],
    controls: Readonly<Record<string, number>>,
    count: number,
    rng: Rng,
  ): void;
}

/** Throws an `option` error for names that are none of an optimiser's options, and for values out of range. */
export function checkSettings(
  optimizer: string,
  options: object,
  ranges: Readonly<Record<string, 'share' | 'positive' | 'atLeast0' | 'boolean'>>,
): void {
  const names = Object.keys(ranges);
  for (const [name, value] of Object.entries(options)) {
    const range = ranges[name];
    if (range === undefined)
      throw new LehrError(
        'option',
        `${optimizer}: unknown option ${show(name)}, expected ${names.join(', ') || 'none'}.${maybe(name, names)}`,
      );
    if (value === undefined || (value === 'scheduled' && SCHEDULABLE.includes(name))) continue;
    const expected = { share: 'from 0 to below 1', positive: 'above 0', atLeast0: 'of at least 0', boolean: '' }[range];
    if (range === 'boolean' ? typeof value === 'boolean' : inRange(value, range)) continue;
    const also = SCHEDULABLE.includes(name) ? ", or 'scheduled'" : '';
    throw new LehrError(
      'option',
      `${optimizer}: ${name} is ${show(value)}, expected ${range === 'boolean' ? 'true or false' : `a finite number ${expected}${also}`}.`,
    );
  }
}

/** Constants that may be controls. */
const SCHEDULABLE = ['momentum', 'decay', 'temperature'];

function inRange(value: unknown, range: 'share' | 'positive' | 'atLeast0'): boolean {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return false;
  return range === 'share' ? value < 1 : range === 'atLeast0' || value > 0;
}

/** The settings that are controls, after `rate`, in the order given. */
export function controlsOf(settings: Readonly<Record<string, Setting>>): readonly string[] {
  return ['rate', ...Object.keys(settings).filter((name) => settings[name] === 'scheduled')];
}

/** x^n for a whole n ≥ 0 by repeated squaring: `Math.pow` gives other bits on other Node versions. */
export function wholePower(x: number, n: number): number {
  let product = 1;
  for (let rest = n, square = x; rest > 0; rest = Math.floor(rest / 2), square *= square) if (rest % 2 === 1) product *= square;
  return product;
}
