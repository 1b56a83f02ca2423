import { trainingRecipe, type TrainingParams, type TrainingRecipe } from '../../src/dynamics/training-recipe.ts';
import type { Examples } from '../table/examples.ts';
import { mlp, type MlpOptions } from './mlp.ts';

/** Plain parameters of a perceptron's training. */
export interface NetworkParams extends TrainingParams, MlpOptions {
  readonly examples: Examples;
}

/** Trains a multilayer perceptron; the control `rate` must be set. */
export default function recipe({
  examples,
  hidden,
  activation,
  slope,
  heldOut,
  kernel,
  ...training
}: NetworkParams): TrainingRecipe<Float32Array> {
  const options = Object.entries({ activation, slope, heldOut, kernel }).filter(([, value]) => value !== undefined);
  return trainingRecipe(mlp(examples, { hidden, ...Object.fromEntries(options) }), training);
}
