import { expMinus } from '../../src/dynamics/exp.ts';

/**
 * What a mixture does with a block of rows, on arrays that live in memory of its own. Rows of components and of features are padded to multiples of 4. Sums go through their terms in
 * order, and nothing but + − × ÷ of f64 is used, so that both implementations give the same bits.
 */
export interface Blocks {
  readonly name: 'wasm' | 'plain';
  doubles(count: number): Float64Array;
  /** out (count × padded) = the first `width` features (count × stride) · matrix (width × padded). */
  logits(
    features: Float64Array,
    stride: number,
    count: number,
    width: number,
    matrix: Float64Array,
    padded: number,
    out: Float64Array,
  ): void;
  /** Rows of logits (count × padded, the padded ones −Infinity) into probabilities, those below e^−708 of the largest 0. `tops`: the largest of each row; `sums`: Σ e^(logit − top). */
  softmax(values: Float64Array, count: number, padded: number, tops: Float64Array, sums: Float64Array): void;
  /** out (padded × width) += Σ over the rows of weights (count × padded) ⊗ features (count × width). */
  accumulate(weights: Float64Array, count: number, padded: number, features: Float64Array, width: number, out: Float64Array): void;
}

/** Blocks in plain TypeScript: the kernel's oracle, and what runs where there is no WebAssembly. */
export function plainBlocks(): Blocks {
  return {
    name: 'plain',
    doubles: (count) => new Float64Array(count),
    logits(features, stride, count, width, matrix, padded, out) {
      for (let n = 0; n < count; n++)
        for (let k = 0; k < padded; k++) {
          let sum = 0;
          for (let f = 0; f < width; f++) sum += features[n * stride + f] * matrix[f * padded + k];
          out[n * padded + k] = sum;
        }
    },
    softmax(values, count, padded, tops, sums) {
      for (let n = 0; n < count; n++) {
        const at = n * padded;
        let top = values[at];
        for (let k = 1; k < padded; k++) if (values[at + k] > top) top = values[at + k];
        let sum = 0;
        for (let k = 0; k < padded; k++) {
          const x = top - values[at + k];
          const e = x <= 708 ? expMinus(x) : 0;
          values[at + k] = e;
          sum += e;
        }
        const inverse = 1 / sum;
        for (let k = 0; k < padded; k++) values[at + k] *= inverse;
        tops[n] = top;
        sums[n] = sum;
      }
    },
    accumulate(weights, count, padded, features, width, out) {
      for (let k = 0; k < padded; k++)
        for (let f = 0; f < width; f++) {
          let sum = out[k * width + f];
          for (let n = 0; n < count; n++) sum += weights[n * padded + k] * features[n * width + f];
          out[k * width + f] = sum;
        }
    },
  };
}
