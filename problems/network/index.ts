export { mlp, type Mlp, type MlpOptions } from './mlp.ts';
export type { NetworkParams } from './recipe.ts';
export type { Activation } from './shape.ts';
export { patternNet, type PatternControl, type PatternNetOptions } from './pattern-net.ts';
export { drawPatterns, patternTask, type PatternKind, type Patterns, type PatternShares, type PatternTask } from './patterns.ts';

/** The recipe's URL: what `lehr/parallel` and `lehr/experiment` run it by. */
export const networkRecipe: string = new URL('./recipe.js', import.meta.url).href;
/** That of the toy with two patterns. */
export const patternRecipe: string = new URL('./pattern-recipe.js', import.meta.url).href;
