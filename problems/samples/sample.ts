import { LehrError, show } from '../../src/error.ts';
import type { GenerateOption } from '../../src/cli/family.ts';
import type { Rng } from '../../src/random/rng.ts';

/** A kind of data to learn from that can be made here. The truth behind it is known, so that what a model learns can be judged. */
export interface Sample {
  readonly name: string;
  /** What it is, in a few words. */
  readonly title: string;
  /** The column that is worth predicting; null where there is none. */
  readonly target: string | null;
  readonly options: readonly GenerateOption[];
  /** A table of `n` rows as comma-separated values with a header; or documents or sequences, `n` of them. */
  make(n: number, options: Readonly<Record<string, string>>, rng: Rng): string;
  /** How good a model could be that knew the truth behind these rows, in a sentence. @param rng as `make` had it, from its beginning. */
  truth?(n: number, options: Readonly<Record<string, string>>, rng: Rng): string;
}

/** An option's value as a number. @throws LehrError `option` unless it is one from `least` to `most`. */
export function numberOf(options: Readonly<Record<string, string>>, name: string, least: number, most: number, whole = false): number {
  const text = options[name];
  const value = text.trim() === '' ? NaN : Number(text);
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  throw new LehrError('option', `--${name} is ${show(text)}, expected a ${whole ? 'whole ' : ''}number from ${least} to ${most}.`);
}

/** A table's text. */
export function csv(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return `${header.join(',')}\n${rows.map((row) => `${row.join(',')}\n`).join('')}`;
}

/** A number with so many digits behind the point, without trailing zeros. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits)) + 0;
}
