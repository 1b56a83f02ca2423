import type { Examples } from './examples.ts';

/**
 * 64 bits of numbers, as hex: what tells apart the data of two runs in a checkpoint's fingerprint. FNV-1a (Fowler, Noll, Vo) over 32-bit words, forwards with
 * one offset and with another; against mistakes, not against forgers.
 */
export function digestOfArrays(...arrays: readonly (Float64Array | Float32Array | Int32Array | Uint8Array)[]): string {
  let [a, b] = [0x811c9dc5, 0x1234567];
  for (const values of arrays) {
    // Bytes are widened: their number need not be that of whole words.
    const words =
      values instanceof Uint8Array ? Int32Array.from(values) : new Int32Array(values.buffer, values.byteOffset, values.byteLength >> 2);
    for (let i = 0; i < words.length; i++) {
      a = Math.imul(a ^ words[i], 16777619);
      b = Math.imul(b ^ (words[i] >>> 16) ^ (words[i] << 16), 16777619);
      b ^= b >>> 15;
    }
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

/** The digest of all numbers of examples. */
export function digestOf({ inputs, targets }: Pick<Examples, 'inputs' | 'targets'>): string {
  return digestOfArrays(inputs, targets);
}
