export { mlp, type Mlp, type MlpOptions } from './mlp.ts';
export type { NetworkParams } from './recipe.ts';
export type { Activation } from './shape.ts';
export { patternNet, type PatternControl, type PatternNetOptions } from './pattern-net.ts';
export { drawPatterns, patternTask, type PatternKind, type Patterns, type PatternShares, type PatternTask } from './patterns.ts';

/** URL of the recipe, for `compare`, `tune` and parallel runs. */
export const recipe: string = new URL('./recipe.js', import.meta.url).href;
