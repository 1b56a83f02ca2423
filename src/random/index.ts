export { gamma, permutation, shuffle, weighted } from './distributions.ts';
export { Rng, stream, type RngState } from './rng.ts';
export type { PathPart, Seed } from './seed.ts';
