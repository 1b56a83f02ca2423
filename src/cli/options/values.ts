import { LehrError, show } from '../../error.ts';
import type { Seed } from '../../random/seed.ts';
import type { Steps } from '../../run/lengths.ts';

/** Parses the value of an option; throws an `option` error that names it. */
export type Parse<T> = (text: string) => T;

function fail(option: string, text: string, expected: string): never {
  throw new LehrError('option', `${option} is ${show(text)}, expected ${expected}.`);
}

/** A finite number of at least `least` (or above it). */
export function number(option: string, { least = -Infinity, above = -Infinity } = {}): Parse<number> {
  const bound = above > -Infinity ? ` above ${above}` : least > -Infinity ? ` of at least ${least}` : '';
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value < least || value <= above) fail(option, text, `a finite number${bound}`);
    return value;
  };
}

/** A whole number of at least `least`; `1e6` is one. */
export function count(option: string, least: number, most = Number.MAX_SAFE_INTEGER): Parse<number> {
  const bound = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isSafeInteger(value) || value < least || value > most) fail(option, text, `a whole number ${bound}`);
    return value;
  };
}

/** A number of steps, or `100n`: as many for each variable of the problem. */
export function steps(option: string): Parse<Steps> {
  return (text) => {
    const perVariable = /^(.+)n$/i.exec(text.trim());
    if (perVariable === null) return count(option, 1)(text);
    const value = Number(perVariable[1]);
    if (!Number.isFinite(value) || value <= 0)
      fail(option, text, 'a whole number of steps of at least 1, or such as 100n for 100 per variable');
    return { perVariable: value };
  };
}

/** A seed: digits are a number, anything else a string. */
export function seed(text: string): Seed {
  const value = Number(text);
  return /^-?\d+$/.test(text) && Number.isSafeInteger(value) ? value + 0 : text;
}

/** The most runs that `--seeds` makes. */
const MOST_SEEDS = 10_000;

/** `1..5`: the whole numbers from the first to the last. */
export function seeds(text: string): readonly [first: number, last: number] {
  const match = /^(-?\d+)\.\.(-?\d+)$/.exec(text.trim());
  const first = Number(match?.[1]);
  const last = Number(match?.[2]);
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last) || last < first || last - first >= MOST_SEEDS) {
    fail('--seeds', text, `first..last, such as 1..5, at most ${MOST_SEEDS} of them`);
  }
  return [first, last];
}

/** `10`: so many streams, named 1 to 10; or `1..10`: their names. At least two. */
export function streams(text: string): number | readonly number[] {
  if (!text.includes('..')) return count('--seeds', 2, MOST_SEEDS)(text);
  const [first, last] = seeds(text);
  if (first === last) fail('--seeds', text, 'at least two: one run tells nothing of the spread');
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** Any JSON value. */
export function json(option: string): Parse<unknown> {
  return (text) => {
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new LehrError(
        'option',
        `${option} is ${show(text)}, expected JSON such as '{"n": 100}': ${reason}. Maybe the shell took the quotes away.`,
      );
    }
  };
}
