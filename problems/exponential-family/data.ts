import { stream } from '../../src/random/rng.ts';
import type { Seed } from '../../src/random/seed.ts';
import { weighted } from '../../src/random/weighted.ts';
import { probabilities } from './exact.ts';
import type { FiniteFamily } from './family.ts';

/** Rows drawn independently from a family at given parameters, from the stream (seed, 'exponential-family', 'data'). */
export function drawRows(family: FiniteFamily, parameters: Float64Array, rows: number, seed: Seed): Int32Array {
  const rng = stream(seed, 'exponential-family', 'data');
  const table = weighted(probabilities(family, parameters));
  return Int32Array.from({ length: rows }, () => table.draw(rng));
}
