export { argmax, sigmoid, softplus } from './link.ts';
export type { RegressionOptions } from './options.ts';
export { coordinateSample, descentAt, flowAt, lossOf, quadratic, stabilityEdge, type Quadratic } from './quadratic.ts';
export type { RegressionParams } from './recipe.ts';
export { linear, logistic } from './single.ts';
export { softmax } from './softmax.ts';

/** URL of the recipe, for `compare`, `tune` and parallel runs. */
export const recipe: string = new URL('./recipe.js', import.meta.url).href;
