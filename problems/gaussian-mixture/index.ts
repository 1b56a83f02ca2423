export { gaussianMixture, type GaussianMixture, type Mixture } from './model.ts';
export type { MixtureOptions } from './options.ts';
export type { GaussianMixtureParams } from './recipe.ts';
