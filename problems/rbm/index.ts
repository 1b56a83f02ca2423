export { barsAndStripes, binarise } from './data.ts';
export { literalPseudoLogLikelihood, logLikelihood, logPartition, logWeight, sizeOf, type RbmShape } from './exact.ts';
export { judgedBy, judgeMachine } from './judge.ts';
export { rbmModel, type Fantasies, type RbmOptions } from './model.ts';
export { pseudoLogLikelihood } from './pseudo.ts';
export type { RbmParams } from './recipe.ts';
export { binaryRows, unitsOf, type UnitsCode } from './units.ts';

/** The recipe's URL: what `lehr/parallel` and `lehr/experiment` run it by. */
export const rbmRecipe: string = new URL('./recipe.js', import.meta.url).href;
