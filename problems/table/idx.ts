import { LehrError } from '../../src/error.ts';
import type { Examples } from './examples.ts';

/** An array of unsigned bytes in the idx form of the MNIST files: its shape, and its values row by row. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

/** The idx type of unsigned bytes, the only one that is read: LeCun, "The MNIST database of handwritten digits", on the file format. */
const BYTES = 0x08;

/**
 * Reads an idx file of unsigned bytes (unpacked, if it was gzipped): two zeros, the type 8, the number of dimensions, each size as a big-endian
 * 32-bit number, the values.
 * @throws LehrError `input` for another magic number or type, or if there are fewer or more values than the sizes say.
 */
export function readIdx(bytes: Uint8Array, path = 'data'): IdxArray {
  const fail = (message: string): never => {
    throw new LehrError('input', `${path}: ${message}`);
  };
  if (bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b) fail('the file is gzipped, expected it unpacked.');
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0)
    fail(`the file begins ${hex(bytes.subarray(0, 4))}, expected 00 00, a type and a number of dimensions.`);
  if (bytes[2] !== BYTES) fail(`its type is ${hex(bytes.subarray(2, 3))}, expected 08, unsigned bytes.`);
  const dimensions = bytes[3];
  if (dimensions < 1) fail('it has 0 dimensions, expected at least one.');
  const begin = 4 + 4 * dimensions;
  if (bytes.length < begin) fail(`it ends after ${bytes.length} bytes, expected ${dimensions} sizes.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: dimensions }, (_, k) => view.getUint32(4 + 4 * k));
  const count = shape.reduce((product, size) => product * size, 1);
  if (bytes.length - begin !== count)
    fail(`it has ${bytes.length - begin} values, expected ${shape.join(' × ')} = ${count}. Maybe the file is cut.`);
  if (count === 0) fail(`it has ${shape.join(' × ')} values, expected at least one.`);
  return { shape, values: bytes.slice(begin) };
}

/**
 * Images and their labels as examples: pixels divided by 255, classes 0 … the largest label.
 * @throws LehrError `input` unless there is one label an image.
 */
export function idxExamples(images: IdxArray, labels: IdxArray): Examples {
  const [rows] = images.shape;
  if (labels.shape.length !== 1 || labels.shape[0] !== rows)
    throw new LehrError('input', `there are labels of the shape ${labels.shape.join(' × ')} for ${rows} images, expected one for each.`);
  const inputs = Float64Array.from(images.values, (pixel) => pixel / 255);
  const targets = Float64Array.from(labels.values);
  const classes = targets.reduce((most, label) => Math.max(most, label), 0) + 1;
  return { rows, features: inputs.length / rows, inputs, targets, classes };
}

function hex(bytes: Uint8Array): string {
  return bytes.length === 0 ? 'nowhere' : Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
