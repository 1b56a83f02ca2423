import { wasm } from '../../src/dynamics/wasm.ts';
import { plainBlocks, type Blocks } from './blocks.ts';
import { MIXTURE_WASM } from './mixture-wasm.ts';

/** What the module exports; addresses are in bytes. */
type Exports = Record<'logits' | 'softmax' | 'accumulate', (...values: number[]) => void>;

/**
 * Blocks with SIMD, or the plain ones where the engine has none: the same bits.
 * @param bytes how many all its arrays may have together.
 */
export function blocks(bytes: number): Blocks {
  const room = wasm<Exports>(MIXTURE_WASM, bytes);
  if (room === null) return plainBlocks();
  const { exports } = room;
  return {
    name: 'wasm',
    doubles: room.doubles,
    logits: (features, stride, count, width, matrix, padded, out) =>
      exports.logits(features.byteOffset, stride, count, width, matrix.byteOffset, padded, out.byteOffset),
    softmax: (values, count, padded, tops, sums) => exports.softmax(values.byteOffset, count, padded, tops.byteOffset, sums.byteOffset),
    accumulate: (weights, count, padded, features, width, out) =>
      exports.accumulate(weights.byteOffset, count, padded, features.byteOffset, width, out.byteOffset),
  };
}
