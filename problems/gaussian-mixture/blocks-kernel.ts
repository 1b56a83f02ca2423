import { roomFor } from '../conjugate/room.ts';
import { plainBlocks, type Blocks } from './blocks.ts';
import { MIXTURE_WASM } from './mixture-wasm.ts';

/** What the module exports; addresses are in bytes. */
type Exports = Record<'logits' | 'softmax' | 'accumulate', (...values: number[]) => void>;

/**
 * Blocks with SIMD, or the plain ones where the engine has none: the same bits.
 * @param bytes how many all its arrays may have together.
 */
export function blocks(bytes: number): Blocks {
  const room = roomFor<Exports>(MIXTURE_WASM, bytes);
  if (room === null) return plainBlocks();
  const wasm = room.exports;
  return {
    name: 'wasm',
    doubles: room.doubles,
    logits: (features, stride, count, width, matrix, padded, out) =>
      wasm.logits(features.byteOffset, stride, count, width, matrix.byteOffset, padded, out.byteOffset),
    softmax: (values, count, padded, tops, sums) => wasm.softmax(values.byteOffset, count, padded, tops.byteOffset, sums.byteOffset),
    accumulate: (weights, count, padded, features, width, out) =>
      wasm.accumulate(weights.byteOffset, count, padded, features.byteOffset, width, out.byteOffset),
  };
}
