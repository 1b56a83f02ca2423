import type { Model } from '../../src/dynamics/model.ts';
import { digestOf } from '../table/digest.ts';
import type { Examples } from '../table/examples.ts';
import { sigmoid, softplus } from './link.ts';
import { checkFit, type RegressionOptions } from './options.ts';

/** A loss of one linear score f against a target y, and its slope in f. */
interface Loss {
  of(f: number, y: number): number;
  slope(f: number, y: number): number;
}

const SQUARED: Loss = { of: (f, y) => 0.5 * (f - y) * (f - y), slope: (f, y) => f - y };
const LOGISTIC: Loss = { of: (f, y) => softplus(y === 1 ? -f : f), slope: (f, y) => sigmoid(f) - y };

/**
 * Linear regression, with `ridge` ridge regression (Hoerl & Kennard 1970): the mean of ½ (f − y)², f = Σ wⱼ xⱼ + w_last. Weights: one a feature, then the intercept, all 0 at
 * first. The Hessian is the mean of x xᵀ plus ridge. Held out: `loss` the same mean without ridge, `r2` the share of variance explained.
 */
export function linear(examples: Examples, options: RegressionOptions = {}): Model<Float64Array> {
  checkFit('linear', examples, options, 'none');
  const { heldOut } = options;
  const model = single('linear', examples, options, SQUARED);
  if (heldOut === undefined) return model;
  const mean = heldOut.targets.reduce((a, b) => a + b) / heldOut.rows;
  const variance = heldOut.targets.reduce((sum, y) => sum + (y - mean) * (y - mean), 0) / heldOut.rows;
  return {
    ...model,
    figures: ['r2'],
    evaluate(weights) {
      let loss = 0;
      for (let i = 0; i < heldOut.rows; i++) loss += SQUARED.of(score(weights, heldOut, i), heldOut.targets[i]);
      return { loss: loss / heldOut.rows, r2: 1 - (2 * loss) / heldOut.rows / variance };
    },
  };
}

/**
 * Logistic regression of two classes, 0 and 1: the mean of ln(1 + e^∓f), f = Σ wⱼ xⱼ + w_last the logarithm of the odds of class 1. Weights as in `linear`. Held out: `loss`
 * without ridge, and `accuracy`.
 */
export function logistic(examples: Examples, options: RegressionOptions = {}): Model<Float64Array> {
  checkFit('logistic', examples, options, 'two');
  const { heldOut } = options;
  const model = single('logistic', examples, options, LOGISTIC);
  if (heldOut === undefined) return model;
  return {
    ...model,
    figures: ['accuracy'],
    evaluate(weights) {
      let loss = 0;
      let right = 0;
      for (let i = 0; i < heldOut.rows; i++) {
        const f = score(weights, heldOut, i);
        loss += LOGISTIC.of(f, heldOut.targets[i]);
        if (f > 0 === (heldOut.targets[i] === 1)) right++;
      }
      return { loss: loss / heldOut.rows, accuracy: right / heldOut.rows };
    },
  };
}

/** The linear score of a row. */
function score(weights: Float64Array, { inputs, features }: Examples, row: number): number {
  return linearScore(weights, inputs, features, row);
}

/** The linear score of a row of inputs: Σ wⱼ xⱼ + w_last. */
export function linearScore(weights: ArrayLike<number>, inputs: Float64Array, features: number, row: number): number {
  const base = row * features;
  let f = weights[features];
  for (let j = 0; j < features; j++) f += weights[j] * inputs[base + j];
  return f;
}

function single(name: string, examples: Examples, { ridge = 0 }: RegressionOptions, loss: Loss): Model<Float64Array> {
  const { rows, features, inputs, targets } = examples;
  const penalty = (weights: Float64Array): number => {
    let sum = 0;
    for (let j = 0; j < features; j++) sum += weights[j] * weights[j];
    return 0.5 * ridge * sum;
  };
  return {
    name,
    rows,
    size: features + 1,
    fingerprint: { rows, features, ridge, data: digestOf(examples) },
    init: () => new Float64Array(features + 1),
    gradient(weights, list, from, to, into) {
      into.fill(0);
      const share = 1 / (to - from);
      let sum = 0;
      for (let r = from; r < to; r++) {
        const row = list[r];
        const base = row * features;
        const f = score(weights, examples, row);
        const slope = share * loss.slope(f, targets[row]);
        sum += loss.of(f, targets[row]);
        for (let j = 0; j < features; j++) into[j] += slope * inputs[base + j];
        into[features] += slope;
      }
      if (ridge === 0) return share * sum;
      for (let j = 0; j < features; j++) into[j] += ridge * weights[j];
      return share * sum + penalty(weights);
    },
    loss(weights, list, from, to) {
      let sum = 0;
      for (let r = from; r < to; r++) sum += loss.of(score(weights, examples, list[r]), targets[list[r]]);
      return sum / (to - from) + penalty(weights);
    },
  };
}
