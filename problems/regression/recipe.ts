import type { Model } from '../../src/dynamics/model.ts';
import { trainingRecipe, type TrainingParams, type TrainingRecipe } from '../../src/dynamics/training-recipe.ts';
import { LehrError, show } from '../../src/error.ts';
import type { Examples } from '../table/examples.ts';
import type { RegressionOptions } from './options.ts';
import { quadratic, type Quadratic } from './quadratic.ts';
import { linear, logistic } from './single.ts';
import { softmax } from './softmax.ts';

/** Plain parameters of a regression's training: examples, or for `quadratic` the problem itself. Ridge regression is `linear` with a `ridge`. */
export type RegressionParams = TrainingParams &
  (
    | ({ readonly model: 'linear' | 'logistic' | 'softmax'; readonly examples: Examples } & RegressionOptions)
    | { readonly model: 'quadratic'; readonly quadratic: Quadratic }
  );

const MODELS = { linear, logistic, softmax };

/** Trains a regression; the control `rate` must be set. */
export default function recipe(params: RegressionParams): TrainingRecipe<Float64Array> {
  return trainingRecipe(modelOf(params), params);
}

function modelOf(params: RegressionParams): Model<Float64Array> {
  if (params.model === 'quadratic') return quadratic(params.quadratic);
  const make = Object.hasOwn(MODELS, params.model) ? MODELS[params.model] : undefined;
  if (make === undefined)
    throw new LehrError('option', `regression: model is ${show(params.model)}, expected ${Object.keys(MODELS).join(', ')} or quadratic.`);
  const { examples, heldOut, ridge } = params;
  return make(examples, { ...(heldOut === undefined ? {} : { heldOut }), ...(ridge === undefined ? {} : { ridge }) });
}
