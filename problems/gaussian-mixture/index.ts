export { gaussianMixture, type GaussianMixture, type Mixture } from './model.ts';
export type { MixtureOptions } from './options.ts';
export { predictMixture, type MixturePosterior, type MixturePrediction } from './predict.ts';
export type { GaussianMixtureParams } from './recipe.ts';

/** The recipe's URL: what `lehr/parallel` and `lehr/experiment` run it by. */
export const gaussianMixtureRecipe: string = new URL('./recipe.js', import.meta.url).href;
