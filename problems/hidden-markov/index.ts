export { drawSequences, sequences, type Chain, type Sequences } from './data.ts';
export { hiddenMarkov, type HiddenMarkov, type HiddenMarkovLaw, type HiddenMarkovOptions } from './model.ts';
export type { HiddenMarkovParams } from './recipe.ts';
