import { LehrError, show } from '../../src/error.ts';
import type { Rng } from '../../src/random/rng.ts';
import type { Examples } from './examples.ts';

/** How the inputs of a row are an image: channel by channel, row by row. */
export interface ImageShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** Small patches that name a class to those who can tell z − v, z and z + v apart. */
export interface Patches {
  readonly image: ImageShape;
  /** Pixels of a side. */
  readonly side: number;
  /** The common pattern z: channels × side × side. */
  readonly common: Float64Array;
  /** For each class its small difference v, one after the other. */
  readonly differences: Float64Array;
  readonly classes: number;
}

/** What becomes of each image: 0 left clean, 1 patched in its middle, 2 replaced by its patch on a black ground. */
export type Mix = Uint8Array;

/** The patch experiment's constants, from the code of Li, Wei and Ma (arXiv 1907.04595): deviation of z, range of v, and the scale of v in patches alone. */
const COMMON = 1.25;
const DIFFERENCE = 0.1;
const ALONE = 1.75;
const CHOSEN = 0.8;
const WITH_IMAGE = 0.8;

/**
 * Draws the patches of the experiment of arXiv 1907.04595: z has entries 1.25 · N(0, 1), each class a v with entries uniform on (−0.1, 0.1). A patch
 * z ± v lies in the middle of the image, from ⌊(height − side) / 2⌋ on (theirs: 7 × 7 of 32 × 32, from 12).
 * @throws LehrError `option` for a side that does not fit the image.
 */
export function drawPatches(image: ImageShape, side: number, classes: number, rng: Rng): Patches {
  const { channels, height, width } = image;
  if (!(Number.isInteger(side) && side >= 1 && side <= height && side <= width))
    throw new LehrError('option', `drawPatches: side is ${show(side)}, expected a whole number from 1 to ${Math.min(height, width)}.`);
  if (!(Number.isInteger(classes) && classes >= 1))
    throw new LehrError('option', `drawPatches: classes is ${show(classes)}, expected at least 1.`);
  const pixels = channels * side * side;
  const common = Float64Array.from({ length: pixels }, () => COMMON * rng.normal());
  const differences = Float64Array.from({ length: classes * pixels }, () => DIFFERENCE * (2 * rng.uniform() - 1));
  return { image, side, common, differences, classes };
}

/** Draws once what becomes of each of `rows` images: 0.2 stay clean, 0.64 get a patch, 0.16 are their patch alone. */
export function drawMix(rows: number, rng: Rng): Mix {
  return Uint8Array.from({ length: rows }, () => (rng.uniform() >= CHOSEN ? 0 : rng.uniform() < WITH_IMAGE ? 1 : 2));
}

/**
 * The examples as the mix has them, a copy. The sign of v is drawn for each patch, and for patches alone its scale, 1.75 · U(0, 1): call it again for
 * every epoch.
 * @throws LehrError `option` if images, classes or the mix do not fit the examples.
 */
export function patched(examples: Examples, patches: Patches, mix: Mix, rng: Rng): Examples {
  checkFit(examples, patches);
  if (mix.length !== examples.rows)
    throw new LehrError('option', `patched: the mix has ${mix.length} rows, expected ${examples.rows} as the examples have.`);
  const inputs = examples.inputs.slice();
  for (let row = 0; row < examples.rows; row++) {
    if (mix[row] === 0) continue;
    const image = inputs.subarray(row * examples.features, (row + 1) * examples.features);
    const sign = (rng.uint32() & 1) === 0 ? 1 : -1;
    if (mix[row] === 2) image.fill(0);
    write(image, patches, examples.targets[row], mix[row] === 2 ? sign * ALONE * rng.uniform() : sign);
  }
  return { ...examples, inputs };
}

/** Patches alone, with the full ±v, for the classes of the examples' rows: what tells whether a model reads the patches. */
export function patchesAlone(examples: Examples, patches: Patches, rng: Rng): Examples {
  checkFit(examples, patches);
  const inputs = new Float64Array(examples.inputs.length);
  for (let row = 0; row < examples.rows; row++) {
    const image = inputs.subarray(row * examples.features, (row + 1) * examples.features);
    write(image, patches, examples.targets[row], (rng.uint32() & 1) === 0 ? 1 : -1);
  }
  return { ...examples, inputs };
}

function checkFit({ features, classes }: Examples, { image, classes: known }: Patches): void {
  const pixels = image.channels * image.height * image.width;
  if (features !== pixels)
    throw new LehrError(
      'option',
      `patches are for images of ${image.channels} × ${image.height} × ${image.width} pixels, but the examples have ${features} features, expected ${pixels}.`,
    );
  if (classes < 1 || classes > known)
    throw new LehrError('option', `patches are for ${known} classes, but the examples have ${classes}, expected 1 to ${known}.`);
}

/** Writes z + scale · v of a class into the middle of an image. */
function write(image: Float64Array, { image: shape, side, common, differences }: Patches, label: number, scale: number): void {
  const { channels, height, width } = shape;
  const top = Math.floor((height - side) / 2);
  const left = Math.floor((width - side) / 2);
  let k = 0;
  const own = label * common.length;
  for (let channel = 0; channel < channels; channel++) {
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++, k++) image[(channel * height + top + y) * width + left + x] = common[k] + scale * differences[own + k];
    }
  }
}
