import type { Context } from '../../../src/experiment/paper.ts';
import { stream } from '../../../src/random/rng.ts';
import type { NumberFeature } from '../../../problems/mixture/data.ts';

const GROUPS = 50;

/** μ, κ, σ² and ν of each axis, as in the authors' own example. */
export const AXIS = { start: [0, 0.1, 0.01, 1] };

/**
 * Points in 50 round groups, centres uniform on a square of side 2, deviation 0.04. As in the authors' own example the model has κ = 0.1, σ² = 0.01, ν = 1 on each axis and d = 0.1; α, there 100
 * for 10 000 points of a picture, is 10.
 */
export function points(
  context: Context,
  name: string,
  rows: number,
  table: number,
): { readonly rows: number; readonly features: readonly NumberFeature[]; readonly codes: Uint8Array } {
  const rng = stream(context.seedOf(name), table);
  const centres = Array.from({ length: 2 * GROUPS }, () => 2 * rng.uniform() - 1);
  const [x, y] = [new Float64Array(rows), new Float64Array(rows)];
  for (let row = 0; row < rows; row++) {
    const k = rng.below(GROUPS);
    x[row] = centres[2 * k] + 0.04 * rng.normal();
    y[row] = centres[2 * k + 1] + 0.04 * rng.normal();
  }
  const axis = (each: string, values: Float64Array): NumberFeature => ({ kind: 'normal', name: each, values, centre: 0, scale: 1 });
  return { rows, features: [axis('x', x), axis('y', y)], codes: new Uint8Array(0) };
}
