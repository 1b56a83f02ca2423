export { barsAndStripes, binarise } from './data.ts';
export { logLikelihood, logPartition, logWeight, pseudoLogLikelihood, sizeOf, type RbmShape } from './exact.ts';
export { rbmModel, type Fantasies, type RbmOptions } from './model.ts';
export type { RbmParams } from './recipe.ts';
export { binaryRows, unitsOf, type UnitsCode } from './units.ts';
