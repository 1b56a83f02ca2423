export { crossCatModel, type CrossCatOptions, type CrossCatResult } from './model.ts';
export { predict } from './predict.ts';
export type { CrossCatParams } from './recipe.ts';
export { Views } from './views.ts';
