export { argmax, sigmoid, softplus } from './link.ts';
export type { RegressionOptions } from './options.ts';
export { coordinateSample, descentAt, flowAt, lossOf, quadratic, stabilityEdge, type Quadratic } from './quadratic.ts';
export type { RegressionParams } from './recipe.ts';
export { linear, logistic } from './single.ts';
export { softmax } from './softmax.ts';

/** The recipe's URL: what `lehr/parallel` and `lehr/experiment` run it by. */
export const regressionRecipe: string = new URL('./recipe.js', import.meta.url).href;
