import type { Model } from '../../src/dynamics/model.ts';
import { digestOf } from '../table/digest.ts';
import type { Examples } from '../table/examples.ts';
import { argmax, softmaxOf } from './link.ts';
import { checkFit, type RegressionOptions } from './options.ts';

/**
 * Softmax (multinomial logistic) regression: the mean cross-entropy −ln p(class), p ∝ e^score, score = x W + intercepts. Weights: W, features × classes row by row, then
 * the intercepts; all 0 at first. Held out: `loss` without ridge, and `accuracy`.
 */
export function softmax(examples: Examples, options: RegressionOptions = {}): Model<Float64Array> {
  checkFit('softmax', examples, options, 'some');
  const { ridge = 0, heldOut } = options;
  const { rows, features, classes, inputs, targets } = examples;
  const size = (features + 1) * classes;
  const scores = new Float64Array(classes);
  const model: Model<Float64Array> = {
    name: 'softmax',
    rows,
    size,
    fingerprint: { rows, features, classes, ridge, data: digestOf(examples) },
    init: () => new Float64Array(size),
    gradient(weights, list, from, to, into) {
      into.fill(0);
      const share = 1 / (to - from);
      let sum = 0;
      for (let r = from; r < to; r++) {
        const row = list[r];
        const base = row * features;
        scoresInto(scores, weights, inputs, features, row);
        sum += softmaxOf(scores, targets[row]);
        scores[targets[row]] -= 1;
        for (let c = 0; c < classes; c++) scores[c] *= share;
        for (let j = 0; j <= features; j++) {
          const x = j === features ? 1 : inputs[base + j];
          if (x === 0) continue;
          for (let c = 0; c < classes; c++) into[j * classes + c] += x * scores[c];
        }
      }
      let penalty = 0;
      if (ridge > 0) {
        for (let i = 0; i < features * classes; i++) {
          into[i] += ridge * weights[i];
          penalty += weights[i] * weights[i];
        }
      }
      return share * sum + 0.5 * ridge * penalty;
    },
  };
  if (heldOut === undefined) return model;
  return {
    ...model,
    figures: ['accuracy'],
    evaluate(weights) {
      let loss = 0;
      let right = 0;
      for (let i = 0; i < heldOut.rows; i++) {
        scoresInto(scores, weights, heldOut.inputs, features, i);
        if (argmax(scores) === heldOut.targets[i]) right++;
        loss += softmaxOf(scores, heldOut.targets[i]);
      }
      return { loss: loss / heldOut.rows, accuracy: right / heldOut.rows };
    },
  };
}

/** Writes the scores of a row of inputs, one a class, to `scores`. */
export function scoresInto(scores: Float64Array, weights: ArrayLike<number>, inputs: Float64Array, features: number, row: number): void {
  const base = row * features;
  const classes = scores.length;
  for (let c = 0; c < classes; c++) scores[c] = weights[features * classes + c];
  for (let j = 0; j < features; j++) {
    const x = inputs[base + j];
    if (x === 0) continue;
    for (let c = 0; c < classes; c++) scores[c] += x * weights[j * classes + c];
  }
}
