import type { Examples } from './examples.ts';

/** 64 bits of all numbers of a data set, as hex: what tells apart the data of two runs in a checkpoint's fingerprint. */
export function digestOf({ inputs, targets }: Pick<Examples, 'inputs' | 'targets'>): string {
  return digestOfArrays([inputs, targets]);
}

/** The same of any arrays. FNV-1a (Fowler, Noll, Vo) over 32-bit words, forwards with one offset and with another; against mistakes, not against forgers. */
export function digestOfArrays(arrays: readonly ArrayBufferView[]): string {
  let [a, b] = [0x811c9dc5, 0x1234567];
  const take = (word: number): void => {
    a = Math.imul(a ^ word, 16777619);
    b = Math.imul(b ^ (word >>> 16) ^ (word << 16), 16777619);
    b ^= b >>> 15;
  };
  for (const { buffer, byteOffset, byteLength } of arrays) {
    const words = new Int32Array(buffer, byteOffset, byteLength >> 2);
    for (let i = 0; i < words.length; i++) take(words[i]);
    const rest = new Uint8Array(buffer, byteOffset + 4 * words.length, byteLength & 3);
    for (let i = 0; i < rest.length; i++) take(rest[i]);
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
