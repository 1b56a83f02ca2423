export { mixtureData, selectMixtureRows, type DataOptions, type Feature, type FeatureKind, type MixtureData } from './data.ts';
export { codesOf, foretell, groupingOf, type FeatureCode, type FeatureStatistics, type Grouping } from './grouping.ts';
export { FEATURE_PRIORS, pitmanYorGrid, type HyperPrior } from './hyper.ts';
export { mixtureModel } from './model.ts';
export type { MixtureOptions, ProcessOptions } from './options.ts';
export { Partition } from './partition.ts';
export { logPartition } from './pitman-yor.ts';
export { predict, type Prediction } from './predict.ts';
export type { MixtureParams } from './recipe.ts';
export type { MixtureResult } from './result.ts';

/** Where the recipe is, for `runJobs` and `compare`. */
export const mixtureRecipe = new URL('./recipe.js', import.meta.url).href;
