export { drawSequences, selectSequences, sequences, type Chain, type Sequences } from './data.ts';
export { readSequences, tableSequences, type ReadSequences, type SequenceOptions } from './format.ts';
export type { ChainLaw, ChainOptions, HiddenChain } from './chain.ts';
export {
  gaussianHiddenMarkov,
  type GaussianHiddenMarkov,
  type GaussianHiddenMarkovLaw,
  type GaussianHiddenMarkovOptions,
} from './gaussian-model.ts';
export { observations, type Observations } from './observations.ts';
export { hiddenMarkov, type HiddenMarkov, type HiddenMarkovLaw, type HiddenMarkovOptions } from './model.ts';
export { predictObservations, predictSequences, type GaussianChainPosterior, type SequencePrediction } from './predict.ts';
export { hiddenMarkovOf, type HiddenMarkovParams } from './recipe.ts';

/** The recipe's URL: what `lehr/parallel` and `lehr/experiment` run it by. */
export const hiddenMarkovRecipe: string = new URL('./recipe.js', import.meta.url).href;
