import { allRows, type Here, type Model } from '../../src/dynamics/model.ts';
import { LehrError, show } from '../../src/error.ts';
import type { Rng } from '../../src/random/rng.ts';
import { sigmoid, softplus } from '../regression/link.ts';
import { digestOf } from '../table/digest.ts';
import { products } from './dense-kernel.ts';
import type { Products } from './dense.ts';
import type { Patterns } from './patterns.ts';

/** Controls that the toy network may have; a run sets those that its `controls` name. */
export type PatternControl = 'noise' | 'secondDecay' | 'secondNoise';

/** What the toy network is made of. */
export interface PatternNetOptions<K extends PatternControl = PatternControl> {
  /** Hidden units on x₁, and as many on x₂. */
  readonly hidden: number;
  /** Slope below 0 (0: ReLU). With ReLU a large rate can leave all units of a side dead. */
  readonly slope?: number;
  /** Standard deviation of the first weights (0.05). */
  readonly spread?: number;
  /**
   * - `noise`: fresh normal noise on each pre-activation, so many times the root mean square of those of its side (the noise before activations that the paper offers instead of a large rate);
   * - `secondDecay`: after each step, weights on x₂ lose rate · secondDecay of themselves;
   * - `secondNoise`: after that, normal noise of this standard deviation is added to them.
   */
  readonly controls?: readonly K[];
  /** Fresh rows, by kind, that accuracies are told of. */
  readonly heldOut?: { readonly both: Patterns; readonly p: Patterns; readonly q: Patterns };
}

const NAMES = ['hidden', 'slope', 'spread', 'controls', 'heldOut'];
const CONTROLS: readonly PatternControl[] = ['noise', 'secondDecay', 'secondNoise'];
/** Rows at a time. */
const CHUNK = 256;

/** One half of the network: units that see x₁, or those that see x₂. */
interface Side {
  readonly inputs: number;
  /** Where its weights begin, inputs × hidden. */
  readonly at: number;
  readonly w: Float32Array;
  readonly dw: Float32Array;
  readonly x: Float32Array;
  readonly out: Float32Array;
  readonly delta: Float32Array;
}

/**
 * The two-layer network of arXiv 1907.04595: `hidden` units on x₁ and as many on x₂, the second layer fixed at ±1 / √(2 · hidden) with alternating signs, no biases; the
 * mean of ln(1 + e^(−y N(x))). Weights, in f32: those on x₁, d × hidden row by row, then those on x₂, 2 × hidden. Held out: `loss` on rows with both patterns, `accuracyBoth`,
 * `accuracyP`, `accuracyQ`, and `dead`, the share of units that no training row brings above 0.
 */
export function patternNet<K extends PatternControl = never>(data: Patterns, options: PatternNetOptions<K>): Model<Float32Array, K> {
  for (const name of Object.keys(options))
    if (!NAMES.includes(name)) throw new LehrError('option', `patternNet: unknown option ${show(name)}, expected ${NAMES.join(', ')}.`);
  const { hidden, slope = 0, spread = 0.05, heldOut } = options;
  const controls: readonly K[] = options.controls ?? [];
  const has = (name: PatternControl): boolean => (controls as readonly PatternControl[]).includes(name);
  if (!Number.isSafeInteger(hidden) || hidden < 1)
    throw new LehrError('option', `patternNet: hidden is ${show(hidden)}, expected a whole number of at least 1.`);
  for (const name of controls)
    if (!CONTROLS.includes(name))
      throw new LehrError('option', `patternNet: unknown control ${show(name)}, expected ${CONTROLS.join(', ')}.`);
  const { d, rows, labels } = data;
  const size = (d + 2) * hidden;
  const kernel: Products = products(2 * size + CHUNK * (d + 2 + 4 * hidden) + hidden, Math.max(CHUNK, d));
  const weights = kernel.floats(size);
  const gradient = kernel.floats(size);
  const biases = kernel.floats(hidden);
  const sides: readonly Side[] = [d, 2].map((inputs, s) => {
    const [at, to] = s === 0 ? [0, d * hidden] : [d * hidden, size];
    const array = (width: number): Float32Array => kernel.floats(CHUNK * width);
    return {
      inputs,
      at,
      w: weights.subarray(at, to),
      dw: gradient.subarray(at, to),
      x: array(inputs),
      out: array(hidden),
      delta: array(hidden),
    };
  });
  const output = 1 / Math.sqrt(2 * hidden);

  /** Takes rows in, m of them, and passes them to the units. */
  const forward = (from: Patterns, list: Int32Array, at: number, m: number, noise: number, rng: Rng | null): void => {
    for (let s = 0; s < 2; s++) {
      const { inputs, w, x, out } = sides[s];
      const values = s === 0 ? from.first : from.second;
      for (let i = 0; i < m; i++) {
        const row = list[at + i] * inputs;
        for (let j = 0; j < inputs; j++) x[i * inputs + j] = values[row + j];
      }
      kernel.product(x, inputs, 1, w, out, m, hidden, inputs);
      if (noise > 0 && rng !== null) jolt(out, m * hidden, noise, rng);
      kernel.rectify(out, biases, m, hidden, slope);
    }
  };
  /** N(x) of row i of those at hand. */
  const outputOf = (i: number): number => {
    let sum = 0;
    for (let s = 0; s < 2; s++) {
      const { out } = sides[s];
      for (let j = 0, at = i * hidden; j < hidden; j++, at++) sum += j % 2 === 0 ? out[at] : -out[at];
    }
    return output * sum;
  };
  const accuracy = (of: Patterns): { loss: number; accuracy: number } => {
    const list = allRows(of.rows);
    let [loss, right] = [0, 0];
    for (let at = 0; at < of.rows; at += CHUNK) {
      const m = Math.min(CHUNK, of.rows - at);
      forward(of, list, at, m, 0, null);
      for (let i = 0; i < m; i++) {
        const margin = of.labels[at + i] * outputOf(i);
        loss += softplus(-margin);
        if (margin > 0) right++;
      }
    }
    return { loss: loss / of.rows, accuracy: right / of.rows };
  };
  /** The share of units that no training row brings above 0. */
  const dead = (): number => {
    const alive = new Uint8Array(2 * hidden);
    const list = allRows(rows);
    for (let at = 0; at < rows; at += CHUNK) {
      const m = Math.min(CHUNK, rows - at);
      forward(data, list, at, m, 0, null);
      sides.forEach(({ out }, s) => {
        for (let k = 0; k < m * hidden; k++) if (out[k] > 0) alive[s * hidden + (k % hidden)] = 1;
      });
    }
    return 1 - alive.reduce((sum, each) => sum + each, 0) / (2 * hidden);
  };

  const model: Model<Float32Array, K> = {
    name: 'patternNet',
    rows,
    size,
    controls,
    stochastic: has('noise'),
    fingerprint: { rows, d, hidden, slope, spread, data: digestOf({ inputs: data.first, targets: labels }) },
    init: (rng) => Float32Array.from({ length: size }, () => spread * rng.normal()),

    gradient(given, list, from, to, into, here) {
      weights.set(given);
      const noise = here === undefined || !has('noise') ? 0 : here.controls.noise;
      const share = 1 / (to - from);
      let sum = 0;
      for (let at = from; at < to; at += CHUNK) {
        const m = Math.min(CHUNK, to - at);
        forward(data, list, at, m, noise, here?.rng ?? null);
        for (let i = 0; i < m; i++) {
          const y = labels[list[at + i]];
          const margin = y * outputOf(i);
          sum += softplus(-margin);
          const pull = -share * y * sigmoid(-margin) * output;
          for (let s = 0; s < 2; s++) {
            const { delta } = sides[s];
            for (let j = 0, k = i * hidden; j < hidden; j++, k++) delta[k] = j % 2 === 0 ? pull : -pull;
          }
        }
        for (let s = 0; s < 2; s++) {
          const { inputs, dw, x, out, delta } = sides[s];
          kernel.unrectify(out, delta, m * hidden, slope);
          kernel.product(x, 1, inputs, delta, dw, inputs, hidden, m);
        }
        if (at === from) into.set(gradient);
        else for (let i = 0; i < size; i++) into[i] += gradient[i];
      }
      return share * sum;
    },
  };
  return {
    ...model,
    ...(has('secondDecay') || has('secondNoise') ? { after: afterStep(d * hidden) } : {}),
    ...(heldOut === undefined
      ? {}
      : {
          figures: ['accuracyBoth', 'accuracyP', 'accuracyQ', 'dead'],
          evaluate(given: Float32Array) {
            weights.set(given);
            const both = accuracy(heldOut.both);
            const [p, q] = [accuracy(heldOut.p), accuracy(heldOut.q)];
            return { loss: both.loss, accuracyBoth: both.accuracy, accuracyP: p.accuracy, accuracyQ: q.accuracy, dead: dead() };
          },
        }),
  };
}

/** Decay and noise of the weights from `from` on. */
function afterStep(from: number): (weights: Float32Array, here: Here) => void {
  return (weights, { rng, controls: { rate, secondDecay = 0, secondNoise = 0 } }) => {
    const keep = 1 - rate * secondDecay;
    for (let i = from; i < weights.length; i++) weights[i] = keep * weights[i] + (secondNoise > 0 ? secondNoise * rng.normal() : 0);
  };
}

/** Adds normal noise of `share` times their root mean square. */
function jolt(values: Float32Array, length: number, share: number, rng: Rng): void {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += values[k] * values[k];
  const spread = share * Math.sqrt(sum / length);
  for (let k = 0; k < length; k++) values[k] += spread * rng.normal();
}
