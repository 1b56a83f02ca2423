import { show } from '../../src/error.ts';
import type { Scanner } from '../tsp/scan.ts';

/** Reads the whole number that begins here; @throws LehrError `input` that names `what` otherwise. */
export function wholeNumber(scanner: Scanner, what: string, least: number, most: number): number {
  const at = scanner.at;
  const value = scanner.number();
  if (Number.isInteger(value) && value >= least && value <= most) return value + 0;
  scanner.at = at;
  return scanner.fail(at, `${what} is ${show(scanner.word())}, expected a whole number from ${least} to ${most}.`);
}

/** A name for an instance: its file's, without folder and ending. */
export function baseName(path: string): string {
  return path.replace(/^.*[\\/]/s, '').replace(/\.[A-Za-z0-9]+$/, '') || 'unnamed';
}
