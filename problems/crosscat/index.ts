export { crossCatModel, type CrossCatOptions, type CrossCatResult } from './model.ts';
export { predict } from './predict.ts';
export type { CrossCatParams } from './recipe.ts';
export { Views } from './views.ts';

/** Where the recipe is, for `runJobs` and `compare`. */
export const crossCatRecipe = new URL('./recipe.js', import.meta.url).href;
