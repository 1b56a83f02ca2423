import { LehrError, show } from '../../src/error.ts';

/** The lines of a text without its byte order mark; LF, CRLF and CR end one. */
export function linesOf(text: string): string[] {
  return text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
}

/** An `input` error at a line of a file. */
export function badLine(path: string, line: number, message: string): LehrError {
  return new LehrError('input', `${path}:${line}: ${message}`);
}

/**
 * A whole number of decimal digits.
 * @throws LehrError `input` unless it is one from `least` to `most`.
 */
export function wholeNumber(word: string, what: string, least: number, most: number, path: string, line: number): number {
  const value = /^\d+$/.test(word) ? Number(word) : NaN;
  if (value >= least && value <= most) return value;
  throw badLine(path, line, `${what} is ${show(word)}, expected a whole number from ${least} to ${most}.`);
}
