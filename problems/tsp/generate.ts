import { maybe } from '../../src/closest.ts';
import { LehrError, show } from '../../src/error.ts';
import type { Rng } from '../../src/random/rng.ts';
import { writeInstance } from './format.ts';

export const KINDS: readonly string[] = ['uniform', 'clustered'];

/** The side of the square. */
const SIDE = 1_000_000;
const MOST_CITIES = 10_000_000;

/**
 * A random EUC_2D instance with whole coordinates in a square of side 1,000,000, as a TSPLIB file whose text depends on (n, kind, rng) only; in the spirit
 * of the generators of the 8th DIMACS implementation challenge, but not their numbers. `uniform`: every city uniform in the square. `clustered`:
 * ⌈n / 100⌉ centres uniform in the square; every city chooses a centre and lies round it, roughly normally, with standard deviation
 * 1,000,000 / √n along each axis (it may leave the square).
 * @throws LehrError `option` for an n that is not a whole number from 1 to 10,000,000, or an unknown kind.
 */
export function generateInstance(n: number, kind: string, rng: Rng): string {
  if (!(Number.isInteger(n) && n >= 1 && n <= MOST_CITIES)) {
    throw new LehrError('option', `n is ${show(n)}, expected a whole number of cities from 1 to ${MOST_CITIES}.`);
  }
  if (!KINDS.includes(kind)) throw new LehrError('option', `kind is ${show(kind)}, expected ${KINDS.join(' or ')}.${maybe(kind, KINDS)}`);
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  if (kind === 'uniform') {
    for (let i = 0; i < n; i++) {
      x[i] = rng.below(SIDE);
      y[i] = rng.below(SIDE);
    }
  } else {
    const centres = Math.ceil(n / 100);
    const middle = Float64Array.from({ length: 2 * centres }, () => rng.below(SIDE));
    const deviation = SIDE / Math.sqrt(n);
    for (let i = 0; i < n; i++) {
      const centre = rng.below(centres);
      x[i] = Math.floor(middle[2 * centre] + deviation * bell(rng) + 0.5);
      y[i] = Math.floor(middle[2 * centre + 1] + deviation * bell(rng) + 0.5);
    }
  }
  const path = rng.path.length === 0 ? '' : `, stream ${rng.path.join('/')}`;
  const comment = `${kind === 'uniform' ? 'Uniform' : 'Clustered'} random cities, seed ${JSON.stringify(rng.seed)}${path} (lehr generate)`;
  return writeInstance({ name: `${kind}-${n}`, comment, n, metric: 'EUC_2D', x, y });
}

/**
 * A number of mean 0 and variance 1, nearly normal: the sum of twelve uniforms less six. In additions alone, so that an instance is the same text on
 * every engine, where logarithms and cosines may differ in the last bit.
 */
function bell(rng: Rng): number {
  let sum = -6;
  for (let k = 0; k < 12; k++) sum += rng.uniform();
  return sum;
}
