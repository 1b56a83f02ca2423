export { drawRows } from './data.ts';
export { fisher, logPartition, logWeights, meanOf, probabilities, sharesOf } from './exact.ts';
export { configure, finiteFamily, isingFamily, machine2x2, type FiniteFamily } from './family.ts';
export { fit, type Fit } from './fit.ts';
export { kernelOf, type FiniteKernel, type KernelSpec } from './kernels.ts';
export { countsOf, crowdModel, walkerModel, type Crowd, type FiniteModelOptions, type Walkers } from './model.ts';
export type { ExponentialFamilyParams } from './recipe.ts';

/** The recipe's URL: what `lehr/parallel` and `lehr/experiment` run it by. */
export const exponentialFamilyRecipe: string = new URL('./recipe.js', import.meta.url).href;
