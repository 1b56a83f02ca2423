export { crossCatModel, type CrossCatOptions, type CrossCatResult } from './model.ts';
export { predict } from './predict.ts';
export type { CrossCatParams } from './recipe.ts';
export { Views } from './views.ts';

/** The recipe's URL: what `lehr/parallel` and `lehr/experiment` run it by. */
export const crossCatRecipe: string = new URL('./recipe.js', import.meta.url).href;
