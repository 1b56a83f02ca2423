import type { Examples } from '../table/examples.ts';

/** Inputs in f32, as a network reads them: dense, or their non-zeros where at least half are zeros. Both give the same bits. */
export interface Inputs {
  readonly rows: number;
  readonly features: number;
  /** Row by row; null if sparse. */
  readonly dense: Float32Array | null;
  /** Row r's non-zeros are starts[r] … starts[r + 1] − 1 of `index` (the feature) and `value`; null if dense. */
  readonly sparse: { readonly starts: Int32Array; readonly index: Int32Array; readonly value: Float32Array } | null;
}

/** From this share of zeros on, products that leave them out are faster. */
const SPARSE = 0.5;

/** @param share of zeros from which inputs are stored as sparse. */
export function inputsOf({ rows, features, inputs }: Pick<Examples, 'rows' | 'features' | 'inputs'>, share = SPARSE): Inputs {
  let count = 0;
  // What rounds to 0 in f32 counts as 0.
  for (let i = 0; i < inputs.length; i++) if (Math.fround(inputs[i]) !== 0) count++;
  if (count > (1 - share) * inputs.length) return { rows, features, dense: Float32Array.from(inputs), sparse: null };
  const starts = new Int32Array(rows + 1);
  const index = new Int32Array(count);
  const value = new Float32Array(count);
  let at = 0;
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < features; j++) {
      const x = Math.fround(inputs[r * features + j]);
      if (x === 0) continue;
      index[at] = j;
      value[at++] = x;
    }
    starts[r + 1] = at;
  }
  return { rows, features, dense: null, sparse: { starts, index, value } };
}
