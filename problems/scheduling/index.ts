export { completionTimes, weightedTardiness, type SchedulingInstance } from './instance.ts';
export { tardiness, type MoveSet, type TardinessOptions, type TardinessProblem } from './problem.ts';
export type { TardinessParams, TardinessResult } from './recipe.ts';
export { checkSequence, readSequence, writeSequence } from './sequence-file.ts';
export { readWt, writeWt } from './wt-format.ts';
export { readWtsds, writeWtsds } from './wtsds-format.ts';
export { drawSequence } from './draw.ts';
export { wtFamily, wtsdsFamily } from './family.ts';
export { generateWt, generateWtsds } from './generate.ts';
