import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { encode } from '../../../problems/table/encode.ts';
import { selectExamples, type Examples } from '../../../problems/table/examples.ts';
import { readTable } from '../../../problems/table/read.ts';
import type { TargetCode } from '../../../problems/table/encoder.ts';
import { selectRows, type Table } from '../../../problems/table/table.ts';
import { LehrError } from '../../../src/error.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { shuffle } from '../../../src/random/distributions.ts';
import type { Rng } from '../../../src/random/rng.ts';
import { fromBasis, spectrumOf } from './spectrum.ts';

/** Rows to train on and rows to judge by; inputs and targets have mean 0 over the training rows. */
export interface Sample {
  readonly training: Examples;
  readonly test: Examples;
}

/** Where samples come from. */
export interface Source {
  readonly name: string;
  /** @param noise false: targets are a linear function of the inputs. */
  draw(rows: number, noise: boolean, rng: Rng): Sample;
}

/** Rows judged by, at most. */
const TEST = 1000;

/** Public tables of regression: their file and target. */
const TABLES = [
  ['boston.csv', 'medv'],
  ['california-housing.csv.gz', 'medianHouseValue'],
] as const;

/** Share of the variance of generated targets that is noise: about what no linear function of Boston's columns explains. */
const NOISE = 0.25;

/** The tables in the user's folder, or a generated stand-in for them. */
export function sources({ instances }: Context): readonly Source[] {
  if (instances === null) return [generated(13, 2)];
  return TABLES.map(([file, target]) => {
    const path = [join(instances, file), join(instances, 'learn', file)].find(existsSync);
    if (path === undefined)
      throw new LehrError('input', `--instances ${instances}: there is no ${file}, expected it there, or in a folder learn.`);
    const bytes = readFileSync(path);
    const table = readTable((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'), { path });
    return fromTable(file.replace(/\..*/, ''), table, target);
  });
}

/**
 * Normal inputs whose covariance has the eigenvalues 4 / k^power, k = 1 … d, and targets that are a linear function with normal weights, a quarter of whose variance
 * is noise where there is any. (4, so that the intercept's curvature, 1, is below the largest.)
 */
export function generated(d: number, power: 1 | 2): Source {
  const scales = Float64Array.from({ length: d }, (_, k) => 2 / (power === 1 ? Math.sqrt(k + 1) : k + 1));
  return {
    name: `generated, d = ${d}`,
    draw(rows, noise, rng) {
      const weights = Float64Array.from({ length: d }, () => rng.normal());
      const signal = weights.reduce((sum, w, k) => sum + w * w * scales[k] * scales[k], 0);
      const spread = noise ? Math.sqrt((NOISE / (1 - NOISE)) * signal) : 0;
      const all = rows + TEST;
      const inputs = new Float64Array(all * d);
      const targets = new Float64Array(all);
      for (let i = 0; i < all; i++) {
        targets[i] = spread * rng.normal();
        for (let k = 0; k < d; k++) {
          inputs[i * d + k] = scales[k] * rng.normal();
          targets[i] += weights[k] * inputs[i * d + k];
        }
      }
      return centred({ rows: all, features: d, inputs, targets, classes: 0 }, rows);
    },
  };
}

/** Rows of a table at random, standardised by those to train on. */
function fromTable(name: string, table: Table, target: string): Source {
  const whole = encode(table, { target, task: 'values' });
  const clean = fitted(whole.examples);
  return {
    name,
    draw(rows, noise, rng) {
      const order = shuffle(
        rng,
        Int32Array.from({ length: table.rows }, (_, i) => i),
      ).subarray(0, rows + TEST);
      const training = Int32Array.from({ length: rows }, (_, i) => i);
      const { examples, encoder } = encode(selectRows(table, order), { target, training, task: 'values', standardiseTarget: true });
      if (noise) return centred(examples, rows);
      const { centre, scale } = encoder.target as Extract<TargetCode, { kind: 'values' }>;
      return centred({ ...examples, targets: Float64Array.from(order, (row) => (clean[row] - centre) / scale) }, rows);
    },
  };
}

/** What the least-squares fit over all rows says, in place of the targets. */
function fitted(examples: Examples): Float64Array {
  const { rows, features, inputs, targets } = examples;
  const mean = targets.reduce((sum, y) => sum + y / rows, 0);
  // Over all rows the inputs have mean 0 already.
  const spectrum = spectrumOf({ ...examples, targets: targets.map((y) => y - mean) });
  const weights = fromBasis(spectrum, spectrum.minimiser);
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = mean;
    for (let j = 0; j < features; j++) sum += weights[j] * inputs[i * features + j];
    return sum;
  });
}

/** The first `rows` to train on, the others to judge by; the means of the first taken off both. */
export function centred(all: Examples, rows: number): Sample {
  const { features } = all;
  const inputs = all.inputs.slice();
  const targets = all.targets.slice();
  for (let j = 0; j < features; j++) {
    let mean = 0;
    for (let i = 0; i < rows; i++) mean += inputs[i * features + j] / rows;
    for (let i = 0; i < all.rows; i++) inputs[i * features + j] -= mean;
  }
  const mean = targets.subarray(0, rows).reduce((sum, y) => sum + y / rows, 0);
  const shifted = { ...all, inputs, targets: targets.map((y) => y - mean) };
  const range = (from: number, to: number): Examples =>
    selectExamples(
      shifted,
      Int32Array.from({ length: to - from }, (_, i) => from + i),
    );
  return { training: range(0, rows), test: range(rows, all.rows) };
}
