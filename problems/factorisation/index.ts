export { factorisation, type Factorisation, type FactorisationOptions } from './factorisation.ts';
export { generateRatings, selectRatings, type GeneratedRatings, type GenerateRatingsOptions, type Ratings } from './ratings.ts';
export type { FactorisationParams } from './recipe.ts';
export { codesOf, expectedRatings, ratingColumns, ratingsOf, sizeOf, valuesOf, type RatingsCode } from './code.ts';

/** The recipe's URL: what `lehr/parallel` and `lehr/experiment` run it by. */
export const factorisationRecipe: string = new URL('./recipe.js', import.meta.url).href;
