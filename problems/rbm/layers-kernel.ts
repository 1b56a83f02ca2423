import { wasm } from '../../src/dynamics/wasm.ts';
import { plainLayers, type Layers } from './layers.ts';
import { RBM_WASM } from './rbm-wasm.ts';

type Numbers = (...values: number[]) => void;

/** What the module exports; addresses are in bytes. */
type Exports = Record<'sums' | 'outer' | 'columns' | 'logistic' | 'sample' | 'transpose' | 'narrow' | 'widen', Numbers>;

/**
 * The layers with SIMD, or the plain ones where the engine has none: the same bits.
 * @param bytes how many all its arrays may have together; its memory does not grow, so that their views stay.
 */
export function layers(bytes: number): Layers {
  const kernel = wasm<Exports>(RBM_WASM, bytes);
  if (kernel === null) return plainLayers();
  const { exports, ...arrays } = kernel;
  return {
    name: 'wasm',
    ...arrays,
    sums: (bits, stride, count, units, matrix, bias, padded, out, list) =>
      exports.sums(bits.byteOffset, stride, count, units, matrix.byteOffset, bias.byteOffset, padded, out.byteOffset, list.byteOffset),
    outer: (bits, stride, count, units, rows, begin, padded, out, counts, list) =>
      exports.outer(
        bits.byteOffset,
        stride,
        count,
        units,
        rows.byteOffset,
        begin.byteOffset,
        padded,
        out.byteOffset,
        counts.byteOffset,
        list.byteOffset,
      ),
    columns: (rows, count, padded, out) => exports.columns(rows.byteOffset, count, padded, out.byteOffset),
    logistic: (values, length) => exports.logistic(values.byteOffset, length),
    sample: (probabilities, count, units, padded, words, bits) =>
      exports.sample(probabilities.byteOffset, count, units, padded, words.byteOffset, bits.byteOffset),
    transpose: (from, rows, columns, paddedColumns, paddedRows, to) =>
      exports.transpose(from.byteOffset, rows, columns, paddedColumns, paddedRows, to.byteOffset),
    narrow: (from, rows, columns, paddedColumns, to) => exports.narrow(from.byteOffset, rows, columns, paddedColumns, to.byteOffset),
    widen: (from, rows, columns, paddedColumns, scale, out) =>
      exports.widen(from.byteOffset, rows, columns, paddedColumns, scale, out.byteOffset),
  };
}
