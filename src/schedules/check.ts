import { LehrError, show } from '../error.ts';
import { nearest } from '../closest.ts';
import type { Schedule, Spec } from './schedule.ts';

/** How long a phase or a period lasts: a share of the run in (0, 1], or a count of steps. */
export type Length = number | { readonly steps: number };

/** An `option` error about one parameter of a schedule; the text form puts its caret under that argument. */
export class ParameterError extends LehrError {
  readonly parameter: string;

  constructor(schedule: string, parameter: string, value: unknown, expected: string, maybe?: string) {
    super('option', `${schedule}: ${parameter} is ${show(value)}, expected ${expected}.${maybe === undefined ? '' : ` Maybe ${maybe}`}`);
    this.parameter = parameter;
  }
}

/** The value, if it is a finite number; −0 becomes 0, which JSON and the text form cannot tell apart. */
export function finite(schedule: string, parameter: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value + 0;
  const text = typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? `the number ${value}.` : undefined;
  throw new ParameterError(schedule, parameter, value, 'a finite number', text);
}

/** The value, if it is a finite number above 0. */
export function positive(schedule: string, parameter: string, value: unknown, maybe?: string): number {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
  throw new ParameterError(schedule, parameter, value, 'a finite number above 0', maybe);
}

/** The value, if it is a finite number of at least 0. */
export function atLeast0(schedule: string, parameter: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value + 0;
  throw new ParameterError(schedule, parameter, value, 'a finite number of at least 0');
}

/** The value, if it is a number above 0 and below 1. */
export function between0And1(schedule: string, parameter: string, value: unknown): number {
  if (typeof value === 'number' && value > 0 && value < 1) return value;
  throw new ParameterError(schedule, parameter, value, 'a number above 0 and below 1');
}

/** The value, if it is a whole number of at least `least`. */
export function whole(schedule: string, parameter: string, value: unknown, least: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
  throw new ParameterError(schedule, parameter, value, `a whole number of at least ${least}`);
}

/** The value as a length; a detached copy. `below1` excludes the whole run. */
export function length(schedule: string, parameter: string, value: unknown, below1 = false): Length {
  if (typeof value === 'number' && value > 0 && (below1 ? value < 1 : value <= 1)) return value;
  const expected = `a share of the run above 0 and ${below1 ? 'below' : 'at most'} 1, or a count { steps }`;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const key of Object.keys(value)) if (key !== 'steps') throw new ParameterError(schedule, parameter, value, expected);
    return Object.freeze({ steps: whole(schedule, `${parameter}.steps`, (value as { steps?: unknown }).steps, 1) });
  }
  const count = typeof value === 'number' && Number.isInteger(value) && value >= 1;
  throw new ParameterError(schedule, parameter, value, expected, count ? `{ steps: ${value} }, in text ${value} steps.` : undefined);
}

/** Throws if `options` is no object or has a key that is not `allowed`. */
export function known(schedule: string, options: unknown, allowed: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new LehrError('option', `${schedule}: its options are ${show(options)}, expected an object with ${allowed.join(', ')}.`);
  }
  for (const key of Object.keys(options)) {
    if (allowed.includes(key)) continue;
    const maybe = nearest(key, allowed);
    throw new LehrError(
      'option',
      `${schedule}: unknown option ${show(key)}, expected ${allowed.join(', ') || 'none here'}.${maybe === null ? '' : ` Maybe ${maybe}?`}`,
    );
  }
}

/** A pure schedule with its spec. */
export function curve(spec: Spec, value: (t: number, step: number) => number): Schedule {
  return Object.assign(value, { spec: Object.freeze(spec) });
}
