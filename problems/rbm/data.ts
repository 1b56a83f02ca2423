import { LehrError, show } from '../../src/error.ts';

/**
 * Numbers as binary units: 1 where a number is at least the threshold.
 * @throws LehrError `option` for a threshold that is not a number.
 */
export function binarise(inputs: ArrayLike<number>, threshold: number): Uint8Array {
  if (!(threshold === threshold && typeof threshold === 'number'))
    throw new LehrError('option', `binarise: threshold is ${show(threshold)}, expected a number.`);
  return Uint8Array.from(inputs, (value) => (value >= threshold ? 1 : 0));
}

/**
 * Bars and stripes (MacKay 2003, chapter 43): all pictures of side × side pixels whose rows, or whose columns, are each all on or all off: 2^(side + 1) − 2 of them.
 * @throws LehrError `option` for a side that is no whole number from 1 to 8.
 */
export function barsAndStripes(side: number): Uint8Array {
  if (!(Number.isInteger(side) && side >= 1 && side <= 8))
    throw new LehrError('option', `barsAndStripes: side is ${show(side)}, expected a whole number from 1 to 8.`);
  const pictures: number[][] = [];
  for (let mask = 0; mask < 1 << side; mask++) {
    const on = (k: number): number => (mask >>> k) & 1;
    pictures.push(Array.from({ length: side * side }, (_, i) => on(Math.floor(i / side))));
    // All off and all on are both bars and stripes.
    if (mask > 0 && mask < (1 << side) - 1) pictures.push(Array.from({ length: side * side }, (_, i) => on(i % side)));
  }
  return Uint8Array.from(pictures.flat());
}
