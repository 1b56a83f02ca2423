export { drawSequences, sequences, type Chain, type Sequences } from './data.ts';
export { hiddenMarkov, type HiddenMarkov, type HiddenMarkovLaw, type HiddenMarkovOptions } from './model.ts';
export type { HiddenMarkovParams } from './recipe.ts';

/** The recipe's URL: what `lehr/parallel` and `lehr/experiment` run it by. */
export const hiddenMarkovRecipe: string = new URL('./recipe.js', import.meta.url).href;
