import { maybe } from '../../src/closest.ts';
import { expMinus } from '../../src/dynamics/exp.ts';
import { allRows, type Model } from '../../src/dynamics/model.ts';
import { LehrError, show } from '../../src/error.ts';
import { argmax } from '../regression/link.ts';
import { digestOf } from '../table/digest.ts';
import type { Examples } from '../table/examples.ts';
import { inputsOf } from './inputs.ts';
import { initialWeights, shapeOf, sizeOf, type Activation } from './shape.ts';
import { CHUNK, Workspace } from './workspace.ts';

/** What a multilayer perceptron is made of. */
export interface MlpOptions {
  /** Units of each hidden layer, from the inputs on; none makes it a linear model. */
  readonly hidden: readonly number[];
  /** `relu` by default. */
  readonly activation?: Activation;
  /** Slope of `leaky` below 0 (0.01). */
  readonly slope?: number;
  /** Examples that are judged on, never trained on. */
  readonly heldOut?: Examples;
  /** `plain`: without the WebAssembly kernel; the same bits, some 10 to 30 times slower. */
  readonly kernel?: 'plain';
}

/** A perceptron; `predict` gives what its outputs say of examples: rows × classes probabilities, or a value a row. */
export interface Mlp extends Model<Float32Array> {
  predict(weights: Float32Array, examples: Pick<Examples, 'rows' | 'features' | 'inputs'>): Float64Array;
}

const NAMES = ['hidden', 'activation', 'slope', 'heldOut', 'kernel'];

/**
 * A multilayer perceptron in f32: dense layers with the activation between them. Classes: mean softmax cross-entropy; values: one output, mean of ½ (f − y)². Regularisation is the
 * optimiser's (`decay`). Weights: layer by layer, inputs × outputs row by row and then the biases. Inputs should be of size 1 or so: standardise them. Held out: `loss`,
 * and `accuracy` or `r2`.
 */
export function mlp(examples: Examples, options: MlpOptions): Mlp {
  for (const name of Object.keys(options)) {
    if (NAMES.includes(name)) continue;
    throw new LehrError('option', `mlp: unknown option ${show(name)}, expected ${NAMES.join(', ')}.${maybe(name, NAMES)}`);
  }
  const { hidden, activation = 'relu', slope = 0.01, heldOut, kernel } = options;
  if (kernel !== undefined && kernel !== 'plain')
    throw new LehrError('option', `mlp: kernel is ${show(kernel)}, expected 'plain' or nothing.`);
  const { rows, features, classes, targets } = examples;
  if (classes === 1) throw new LehrError('input', 'mlp: there is 1 class, expected two or more. Maybe the target is always the same.');
  if (heldOut !== undefined && (heldOut.features !== features || heldOut.classes !== classes)) {
    throw new LehrError(
      'input',
      `mlp: the held-out examples have ${heldOut.features} features and ${heldOut.classes} classes, expected ${features} and ${classes} as in training.`,
    );
  }
  const outputs = Math.max(1, classes);
  const shape = shapeOf(features, hidden, outputs, activation, slope);
  const size = sizeOf(shape);
  const inputs = inputsOf(examples);
  const work = new Workspace(shape, inputs, kernel === 'plain');
  const last = work.layers.at(-1)!;
  let parts: Float32Array | null = null;

  /** Losses of the m rows at hand, added up; their gradient, times `share`, goes to the last layer's delta. */
  const lossesOf = (y: Float64Array, list: Int32Array, from: number, m: number, share: number): number => {
    const { out, delta } = last;
    let sum = 0;
    for (let i = 0, at = 0; i < m; i++, at += outputs) {
      const target = y[list[from + i]];
      if (classes === 0) {
        const off = out[at] - target;
        sum += 0.5 * off * off;
        delta[at] = share * off;
      } else sum += crossEntropy(out, delta, at, outputs, target, share);
    }
    return sum;
  };

  const model: Mlp = {
    name: 'mlp',
    rows,
    size,
    fingerprint: { ...shape, rows, classes, data: digestOf(examples) },
    init: (rng) => initialWeights(shape, rng),
    desk: (moments) => (moments <= work.desk.moments.length ? work.desk : null),

    gradient(weights, list, from, to, into) {
      work.take(weights);
      const share = 1 / (to - from);
      const { gradient } = work.desk;
      // Several parts are added up elsewhere: each is written to the desk's gradient.
      const total = into === gradient && to - from > CHUNK ? (parts ??= new Float32Array(size)) : into;
      let sum = 0;
      for (let at = from; at < to; at += CHUNK) {
        const m = Math.min(CHUNK, to - at);
        work.load(inputs, list, at, at + m);
        work.forward(m);
        sum += lossesOf(targets, list, at, m, share);
        work.backward(m);
        if (at > from) for (let i = 0; i < size; i++) total[i] += gradient[i];
        else if (total !== gradient) total.set(gradient);
      }
      if (total !== into) into.set(total);
      return share * sum;
    },

    loss(weights, list, from, to) {
      work.take(weights);
      let sum = 0;
      for (let at = from; at < to; at += CHUNK) {
        const m = Math.min(CHUNK, to - at);
        work.load(inputs, list, at, at + m);
        work.forward(m);
        sum += lossesOf(targets, list, at, m, 0);
      }
      return sum / (to - from);
    },

    predict(weights, others) {
      if (others.features !== features)
        throw new LehrError('input', `mlp: the examples have ${others.features} features, expected ${features} as in training.`);
      work.take(weights);
      const data = inputsOf(others);
      const list = allRows(others.rows);
      const said = new Float64Array(others.rows * outputs);
      for (let at = 0; at < others.rows; at += CHUNK) {
        const m = Math.min(CHUNK, others.rows - at);
        work.load(data, list, at, at + m);
        const out = work.forward(m);
        for (let i = 0; i < m; i++) {
          if (classes === 0) said[at + i] = out[i];
          else probabilities(out, i * outputs, outputs, said, (at + i) * outputs);
        }
      }
      return said;
    },
  };
  if (heldOut === undefined) return model;

  const others = inputsOf(heldOut);
  const list = allRows(heldOut.rows);
  const mean = heldOut.targets.reduce((a, b) => a + b) / heldOut.rows;
  const variance = heldOut.targets.reduce((sum, y) => sum + (y - mean) * (y - mean), 0) / heldOut.rows;
  return {
    ...model,
    figures: [classes === 0 ? 'r2' : 'accuracy'],
    evaluate(weights) {
      work.take(weights);
      let sum = 0;
      let right = 0;
      for (let at = 0; at < heldOut.rows; at += CHUNK) {
        const m = Math.min(CHUNK, heldOut.rows - at);
        work.load(others, list, at, at + m);
        const out = work.forward(m);
        for (let i = 0; i < m && classes > 0; i++) if (argmax(out, i * outputs, outputs) === heldOut.targets[at + i]) right++;
        sum += lossesOf(heldOut.targets, list, at, m, 0);
      }
      const loss = sum / heldOut.rows;
      return classes === 0 ? { loss, r2: 1 - (2 * loss) / variance } : { loss, accuracy: right / heldOut.rows };
    },
  };
}

/** −ln of the softmax probability of the target among n scores from `at` on; share · (probability − [is target]) goes to `delta`. */
function crossEntropy(scores: Float32Array, delta: Float32Array, at: number, n: number, target: number, share: number): number {
  let most = scores[at];
  for (let c = 1; c < n; c++) if (scores[at + c] > most) most = scores[at + c];
  let sum = 0;
  for (let c = 0; c < n; c++) {
    const e = expMinus(most - scores[at + c]);
    sum += e;
    delta[at + c] = e;
  }
  const scale = share / sum;
  for (let c = 0; c < n; c++) delta[at + c] = scale * delta[at + c] - (c === target ? share : 0);
  return Math.log(sum) + most - scores[at + target];
}

function probabilities(scores: Float32Array, from: number, n: number, into: Float64Array, at: number): void {
  let most = scores[from];
  for (let c = 1; c < n; c++) if (scores[from + c] > most) most = scores[from + c];
  let sum = 0;
  for (let c = 0; c < n; c++) sum += into[at + c] = expMinus(most - scores[from + c]);
  for (let c = 0; c < n; c++) into[at + c] /= sum;
}
