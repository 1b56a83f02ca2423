import { LehrError, show } from '../../src/error.ts';
import type { Rng } from '../../src/random/rng.ts';

/** What a hidden unit does with its sum: max(0, z), z or slope · z, or tanh z. */
export type Activation = 'relu' | 'leaky' | 'tanh';

/** A network of dense layers: widths from the inputs to the outputs. */
export interface Shape {
  readonly widths: readonly number[];
  readonly activation: Activation;
  /** Slope of `leaky` below 0. */
  readonly slope: number;
}

/** Where a layer's parameters are among the flat weights: `weights` (inputs × outputs, row by row), then `biases`. */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: number;
  readonly biases: number;
}

/** The shape of a network; an `option` error for widths or an activation that make none. */
export function shapeOf(features: number, hidden: readonly number[], outputs: number, activation: Activation, slope: number): Shape {
  if (!Array.isArray(hidden)) throw new LehrError('option', `mlp: hidden is ${show(hidden)}, expected a list of widths, such as [64].`);
  for (const width of hidden)
    if (!Number.isSafeInteger(width) || width < 1)
      throw new LehrError('option', `mlp: a hidden layer has ${show(width)} units, expected a whole number of at least 1.`);
  if (activation !== 'relu' && activation !== 'leaky' && activation !== 'tanh')
    throw new LehrError('option', `mlp: activation is ${show(activation)}, expected 'relu', 'leaky' or 'tanh'.`);
  if (!(Number.isFinite(slope) && slope >= 0 && slope < 1))
    throw new LehrError('option', `mlp: slope is ${show(slope)}, expected a number from 0 to below 1.`);
  return { widths: [features, ...hidden, outputs], activation, slope };
}

/** Its layers, from the inputs on. */
export function layersOf({ widths }: Shape): readonly Layer[] {
  const layers: Layer[] = [];
  let at = 0;
  for (let l = 1; l < widths.length; l++) {
    const [inputs, outputs] = [widths[l - 1], widths[l]];
    layers.push({ inputs, outputs, weights: at, biases: at + inputs * outputs });
    at += (inputs + 1) * outputs;
  }
  return layers;
}

/** How many parameters it has. */
export function sizeOf(shape: Shape): number {
  const { biases, outputs } = layersOf(shape).at(-1)!;
  return biases + outputs;
}

/**
 * Random weights, biases 0. For ReLU N(0, 2 / ((1 + slope²) · inputs)) (He et al., arXiv 1502.01852, equations 10 and 15); for tanh uniform on ±√(6 / (inputs + outputs))
 * (Glorot & Bengio, AISTATS 2010, equation 16), which the last layer has in either case.
 */
export function initialWeights(shape: Shape, rng: Rng): Float32Array {
  const { activation, slope } = shape;
  const layers = layersOf(shape);
  const all = new Float32Array(sizeOf(shape));
  for (const [l, { inputs, outputs, weights, biases }] of layers.entries()) {
    const he = activation !== 'tanh' && l < layers.length - 1;
    const leak = activation === 'leaky' ? slope : 0;
    const spread = he ? Math.sqrt(2 / ((1 + leak * leak) * inputs)) : Math.sqrt(6 / (inputs + outputs));
    for (let i = weights; i < biases; i++) all[i] = spread * (he ? rng.normal() : 2 * rng.uniform() - 1);
  }
  return all;
}
