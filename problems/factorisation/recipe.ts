import { trainingRecipe, type TrainingParams, type TrainingRecipe } from '../../src/dynamics/training-recipe.ts';
import { factorisation, type FactorisationOptions } from './factorisation.ts';
import type { Ratings } from './ratings.ts';

/** Plain parameters of a factorisation's training. */
export interface FactorisationParams extends TrainingParams, FactorisationOptions {
  readonly ratings: Ratings;
}

/** Factorises ratings; the control `rate` must be set. */
export default function recipe({ ratings, rank, ridge, spread, heldOut, ...training }: FactorisationParams): TrainingRecipe<Float64Array> {
  const options = Object.entries({ ridge, spread, heldOut }).filter(([, value]) => value !== undefined);
  return trainingRecipe(factorisation(ratings, { rank, ...Object.fromEntries(options) }), training);
}
