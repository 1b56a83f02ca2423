import { addGumbel } from '../../src/dynamics/gumbel.ts';
import type { Visit } from '../../src/dynamics/variational-model.ts';
import { plainBlocks, type Blocks } from './blocks.ts';
import { blocks } from './blocks-kernel.ts';
import type { MixtureData } from './options.ts';

/** Rows that are looked at together: their features and responsibilities stay in the first cache. */
export const BLOCK = 64;

/** The local step of a mixture over rows, block by block. */
export interface Responsibilities {
  /** Monomials of a row. */
  readonly width: number;
  /** A row of components in `block`, and a row of monomials in `sums`: both padded. */
  readonly line: number;
  readonly wide: number;
  /** BLOCK × line: what `assign` found last. */
  readonly block: Float64Array;
  /** line × wide: Σ responsibility · monomials of what was accumulated. */
  readonly sums: Float64Array;
  /** Takes in expectations of a component's statistics, `stride` to each. */
  prepare(expected: Float64Array): void;
  /** Responsibilities of at most BLOCK rows. @returns Σ (expected log density + entropy), without the −(d/2) ln 2π of each row, if told. */
  assign(order: Int32Array, from: number, count: number, visit: Visit): number;
  /** Adds the rows that were assigned last to `sums`. */
  accumulate(count: number): void;
}

/** @param stride natural parameters of a component: its weight's and those of `NormalWishart`. */
export function responsibilitiesOf(mixture: MixtureData, stride: number, kernel: 'fast' | 'plain'): Responsibilities {
  const { d, values, components, covariance } = mixture;
  const full = covariance === 'full';
  const width = 1 + d + (full ? (d * (d + 1)) / 2 : d);
  const wide = padded(width);
  const line = padded(components);
  const numbers = BLOCK * (wide + 2 * line + 2) + (width + wide) * line;
  const room: Blocks = kernel === 'plain' ? plainBlocks() : blocks(8 * numbers);
  const features = room.doubles(BLOCK * wide);
  const matrix = room.doubles(width * line);
  const block = room.doubles(BLOCK * line);
  const sums = room.doubles(line * wide);
  const tops = room.doubles(BLOCK);
  const totals = room.doubles(BLOCK);
  const heated = new Float64Array(BLOCK * line);
  const plainLogits = new Float64Array(BLOCK * line);

  /** The monomials of rows; those of the padding stay 0. */
  const expand = (order: Int32Array, from: number, count: number): void => {
    for (let n = 0; n < count; n++) {
      const row = order[from + n] * d;
      let at = n * wide;
      features[at++] = 1;
      for (let i = 0; i < d; i++) features[at++] = values[row + i];
      for (let i = 0; i < d; i++) {
        const x = values[row + i];
        if (full) for (let j = i; j < d; j++) features[at++] = x * values[row + j];
        else features[at++] = x * x;
      }
    }
  };

  return {
    width,
    line,
    wide,
    block,
    sums,

    prepare(expected) {
      for (let k = 0; k < line; k++) {
        const at = k * stride;
        // The count of a component is the statistic of α, ν and κ at once.
        matrix[k] = k < components ? expected[at] + expected[at + 1] + expected[at + 2] : -Infinity;
        for (let f = 1; f < width; f++) matrix[f * line + k] = k < components ? expected[at + 2 + f] : 0;
      }
    },

    assign(order, from, count, visit) {
      expand(order, from, count);
      room.logits(features, wide, count, width, matrix, line, block);
      const changed = visit.temperature !== 1 || visit.noiseScale > 0;
      if (changed) {
        plainLogits.set(block);
        heat(block, count, components, line, visit);
        heated.set(block);
      }
      room.softmax(block, count, line, tops, totals);
      if (!visit.told) return 0;
      let value = logSum(tops, totals, count);
      if (changed)
        for (let n = 0; n < count; n++)
          for (let k = n * line; k < n * line + components; k++) if (block[k] > 0) value += block[k] * (plainLogits[k] - heated[k]);
      return value;
    },

    accumulate: (count) => room.accumulate(block, count, line, features, wide, sums),
  };
}

/** The least multiple of 4 that is not below. */
function padded(count: number): number {
  return Math.ceil(count / 4) * 4;
}

/** Logits over the temperature, and Gumbel noise on them. */
function heat(logits: Float64Array, count: number, components: number, line: number, { temperature, noiseScale, noise }: Visit): void {
  for (let n = 0; n < count; n++) {
    const at = n * line;
    if (temperature !== 1) for (let k = at; k < at + components; k++) logits[k] /= temperature;
    if (noiseScale > 0) addGumbel(logits, at, at + components, noiseScale, noise);
  }
}

/** Σ (top + ln total): the totals are multiplied up before a logarithm is taken, as far as they stay in range. */
function logSum(tops: Float64Array, totals: Float64Array, count: number): number {
  let sum = 0;
  let product = 1;
  for (let n = 0; n < count; n++) {
    sum += tops[n];
    product *= totals[n];
    if (product > 1e200) {
      sum += Math.log(product);
      product = 1;
    }
  }
  return sum + Math.log(product);
}
