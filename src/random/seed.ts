import seedrandom from 'seedrandom';
import { LehrError, show } from '../error.ts';

/** What names a run's randomness: any string, or a finite number. `1` and `'1'` are different seeds. */
export type Seed = string | number;
/** One step of a stream's path. */
export type PathPart = string | number;

/**
 * Four 32-bit words from a seed and a path, through seedrandom's key schedule. seedrandom repeats short keys cyclically, keeps only 8 bits
 * of a character and folds keys longer than 256 characters onto themselves, so the key is JSON (never a repetition of itself), pure
 * ASCII, and at most 256 characters long.
 */
export function expand(seed: Seed, path: readonly PathPart[]): [number, number, number, number] {
  checkPart('seed', seed);
  for (const part of path) checkPart('stream path', part);
  const key = JSON.stringify([seed, ...path]).replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  if (key.length > 256) {
    throw new LehrError(
      'option',
      `seed: ${show(seed)} with its path takes ${key.length} characters, expected at most 256 (JSON, non-ASCII counted as six each). Maybe use a shorter seed.`,
    );
  }
  const source = seedrandom(key);
  return [source.int32(), source.int32(), source.int32(), source.int32()];
}

function checkPart(name: string, part: unknown): void {
  if (typeof part === 'string' || (typeof part === 'number' && Number.isFinite(part))) return;
  throw new LehrError('option', `${name}: ${show(part)} (${typeof part}), expected a string or a finite number.`);
}
