import seedrandom from 'seedrandom';
import { LehrError, show } from '../error.ts';

/** What names a run's randomness: any string, or a finite number. `1` and `'1'` are different seeds; `0` and `-0` are one. */
export type Seed = string | number;
/** One step of a stream's path. */
export type PathPart = string | number;

/**
 * The name of a stream as one string, different for different (seed, path). seedrandom repeats short keys cyclically ('a' is 'aa'), keeps
 * only 8 bits of a character ('é' is 'ǩ') and folds keys longer than 256 characters onto themselves, so the key is JSON (never a
 * repetition of itself), pure ASCII, and at most 256 characters long.
 * @throws LehrError `option` if a part is neither a string nor a finite number, or if the key is too long.
 */
export function streamKey(seed: Seed, path: readonly PathPart[]): string {
  checkPart('seed', seed);
  for (const part of path) checkPart('stream path', part);
  const key = JSON.stringify([seed, ...path]).replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  if (key.length > 256) {
    throw new LehrError(
      'option',
      `seed: ${show(seed)} with its path takes ${key.length} characters, expected at most 256 (JSON, non-ASCII counted as six each). Maybe use a shorter seed.`,
    );
  }
  return key;
}

/** Four 32-bit words from a key of at most 256 ASCII characters: the first 16 bytes of seedrandom's ARC4, after the 256 it drops. */
export function expand(key: string): [number, number, number, number] {
  const source = seedrandom(key);
  return [source.int32(), source.int32(), source.int32(), source.int32()];
}

/** Refuses anything that is not a seed or a path part: seedrandom would take all objects for one. */
export function checkPart(name: string, part: unknown): void {
  if (typeof part === 'string' || (typeof part === 'number' && Number.isFinite(part))) return;
  throw new LehrError('option', `${name}: ${show(part)} (${typeof part}), expected a string or a finite number.`);
}
