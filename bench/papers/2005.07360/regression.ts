import type { Examples } from '../../../problems/table/examples.ts';
import { linear } from '../../../problems/regression/single.ts';
import { startFrom } from '../../../src/dynamics/model.ts';
import { wholePower } from '../../../src/dynamics/optimizers/optimizer.ts';
import type { Rng } from '../../../src/random/rng.ts';
import { fromBasis, spectrumOf, type Spectrum } from './spectrum.ts';
import { centred, type Sample } from './tables.ts';
import { descend, flowTo } from './two-phase.ts';

/** How a model is trained both ways. */
export interface Training {
  /** Steps at the edge of stability. */
  readonly steps: number;
  /** The share of the training loss, above its minimum, at which both stop. */
  readonly share: number;
  readonly ridge?: number;
}

/** Test losses at equal training loss. */
export interface Pair {
  readonly training: number;
  readonly small: number;
  readonly largeThenSmall: number;
}

/** Error per step of the flow: test losses are compared to three digits, not to ten. */
const TOLERANCE = 1e-7;

/**
 * Least squares with a small rate, and with the largest rate that does not diverge before it, both stopped at the same training loss: the share asked for, or half of
 * what the large rate leaves above the minimum, whichever is lower. So there is always something left for the small rate, and no sample is left out.
 */
export function pairOf({ training, test }: Sample, { steps, share, ridge = 0 }: Training): Pair {
  const { values, least, first } = spectrumOf(training, ridge);
  const model = linear(training, { heldOut: test, ...(ridge === 0 ? {} : { ridge }) });
  const large = descend(model, 2 / values.at(-1)!, steps);
  const target = least + Math.min(share * (first - least), 0.5 * (large.training - least));
  const small = flowTo(model, target, TOLERANCE);
  const then = flowTo(startFrom(model, large.weights), target, TOLERANCE);
  return { training: then.training, small: small.test, largeThenSmall: then.test };
}

/** The same by closed forms in the eigenbasis of the training Hessian: descent multiplies a residual by 1 − rate · λ a step, the flow by e^(−λ time). */
export function pairInBasis({ training, test }: Sample, { steps, share, ridge = 0 }: Training): Pair {
  const spectrum = spectrumOf(training, ridge);
  const { values, minimiser, least, first } = spectrum;
  const start = minimiser.map((each) => -each);
  const edge = 2 / values.at(-1)!;
  const large = start.map((each, k) => each * wholePower(1 - edge * values[k], steps));
  const level = Math.min(share * (first - least), 0.5 * excess(spectrum, large));
  const testLoss = (residuals: Float64Array): number =>
    lossOn(
      test,
      fromBasis(
        spectrum,
        residuals.map((each, k) => each + minimiser[k]),
      ),
    );
  const [small, then] = [start, large].map((residuals) => testLoss(flowed(spectrum, residuals, level)));
  return { training: least + level, small, largeThenSmall: then };
}

/** The training loss above its minimum. */
function excess({ values }: Spectrum, residuals: Float64Array): number {
  return residuals.reduce((sum, each, k) => sum + 0.5 * values[k] * each * each, 0);
}

/** Residuals when the flow has brought that excess down to `level`. */
function flowed(spectrum: Spectrum, residuals: Float64Array, level: number): Float64Array {
  const after = (time: number): Float64Array => residuals.map((each, k) => each * Math.exp(-spectrum.values[k] * time));
  let [early, late] = [0, 1];
  while (excess(spectrum, after(late)) > level) [early, late] = [late, 2 * late];
  for (let k = 0; k < 60; k++) {
    const middle = (early + late) / 2;
    if (excess(spectrum, after(middle)) > level) early = middle;
    else late = middle;
  }
  return after(late);
}

function lossOn({ rows, features, inputs, targets }: Examples, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    let off = -targets[i];
    for (let j = 0; j < features; j++) off += weights[j] * inputs[i * features + j];
    sum += (0.5 * off * off) / rows;
  }
  return sum;
}

/** Random features of the inputs, √(2 / count) cos(⟨ω, x⟩ + b) with ω ~ N(0, I / d), b uniform on the circle (Rahimi & Recht 2007), centred again. */
export function randomFeatures({ training, test }: Sample, count: number, rng: Rng): Sample {
  const d = training.features;
  const omega = Float64Array.from({ length: count * d }, () => rng.normal() / Math.sqrt(d));
  const shift = Float64Array.from({ length: count }, () => 2 * Math.PI * rng.uniform());
  const rows = training.rows + test.rows;
  const inputs = new Float64Array(rows * count);
  for (let i = 0; i < rows; i++) {
    const [from, at] = i < training.rows ? [training, i] : [test, i - training.rows];
    for (let f = 0; f < count; f++) {
      let sum = shift[f];
      for (let j = 0; j < d; j++) sum += omega[f * d + j] * from.inputs[at * d + j];
      inputs[i * count + f] = Math.sqrt(2 / count) * Math.cos(sum);
    }
  }
  const targets = Float64Array.from([...training.targets, ...test.targets]);
  return centred({ rows, features: count, inputs, targets, classes: 0 }, training.rows);
}
