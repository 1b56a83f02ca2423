export { Block } from './block.ts';
export type { Dynamics, Energies, Kept } from './dynamics.ts';
export { metropolis, type MetropolisOptions, type Solution } from './metropolis.ts';
export { Chain, type Advice, type Problem } from './problem.ts';
export { contrastive, type ContrastiveModel, type ContrastiveOptions, type ContrastiveState, type Learned } from './contrastive.ts';
export type { Average, Averaging } from './average.ts';
