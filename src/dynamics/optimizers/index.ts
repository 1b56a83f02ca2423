export { adagrad, rmsprop, type AdagradOptions, type RmspropOptions } from './adaptive.ts';
export { adam, adamW, type AdamOptions } from './adam.ts';
export { momentum, nesterov, sgd, type MomentumOptions, type SgdOptions } from './descent.ts';
export { sgld, type SgldOptions } from './langevin.ts';
export type { Optimizer, Setting } from './optimizer.ts';
export { optimizerFrom, OPTIMIZER_NAMES, type OptimizerSpec } from './by-name.ts';
