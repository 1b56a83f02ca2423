import { plainLayers, type Layers } from './layers.ts';
import { RBM_WASM } from './rbm-wasm.ts';

/** Where arrays begin: below lies what a compiler may want. */
const BASE = 1024;
const PAGE = 65536;

type Numbers = (...values: number[]) => void;

/** What the module exports; addresses are in bytes. */
type Exports = Record<'sums' | 'outer' | 'columns' | 'logistic' | 'sample' | 'transpose' | 'narrow' | 'widen', Numbers>;

let compiled: WebAssembly.Module | null | undefined;

/** The module, compiled once; null where there is no WebAssembly, or no SIMD in it. */
function moduleOf(): WebAssembly.Module | null {
  if (compiled !== undefined) return compiled;
  try {
    compiled = new WebAssembly.Module(Uint8Array.from(atob(RBM_WASM), (letter) => letter.charCodeAt(0)));
  } catch {
    compiled = null;
  }
  return compiled;
}

/**
 * The layers with SIMD, or the plain ones where the engine has none: the same bits.
 * @param bytes how many all its arrays may have together; its memory does not grow, so that their views stay.
 */
export function layers(bytes: number): Layers {
  const module = moduleOf();
  if (module === null) return plainLayers();
  // Each array begins at a multiple of 16 bytes; there are some dozens.
  const memory = new WebAssembly.Memory({ initial: Math.ceil((BASE + bytes + 64 * 16) / PAGE) });
  const wasm = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports;
  let free = BASE;
  const take = (length: number): number => {
    const at = free;
    free = Math.ceil((free + length) / 16) * 16;
    return at;
  };
  return {
    name: 'wasm',
    floats: (count) => new Float32Array(memory.buffer, take(4 * count), count),
    doubles: (count) => new Float64Array(memory.buffer, take(8 * count), count),
    ints: (count) => new Int32Array(memory.buffer, take(4 * count), count),
    bytes: (count) => new Uint8Array(memory.buffer, take(count), count),
    sums: (bits, stride, count, units, matrix, bias, padded, out, list) =>
      wasm.sums(bits.byteOffset, stride, count, units, matrix.byteOffset, bias.byteOffset, padded, out.byteOffset, list.byteOffset),
    outer: (bits, stride, count, units, rows, begin, padded, out, counts, list) =>
      wasm.outer(
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
    columns: (rows, count, padded, out) => wasm.columns(rows.byteOffset, count, padded, out.byteOffset),
    logistic: (values, length) => wasm.logistic(values.byteOffset, length),
    sample: (probabilities, count, units, padded, words, bits) =>
      wasm.sample(probabilities.byteOffset, count, units, padded, words.byteOffset, bits.byteOffset),
    transpose: (from, rows, columns, paddedColumns, paddedRows, to) =>
      wasm.transpose(from.byteOffset, rows, columns, paddedColumns, paddedRows, to.byteOffset),
    narrow: (from, rows, columns, paddedColumns, to) => wasm.narrow(from.byteOffset, rows, columns, paddedColumns, to.byteOffset),
    widen: (from, rows, columns, paddedColumns, scale, out) =>
      wasm.widen(from.byteOffset, rows, columns, paddedColumns, scale, out.byteOffset),
  };
}
