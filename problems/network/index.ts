export { mlp, type Mlp, type MlpOptions } from './mlp.ts';
export type { NetworkParams } from './recipe.ts';
export type { Activation } from './shape.ts';
