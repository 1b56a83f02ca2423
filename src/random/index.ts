export { Rng, stream, type RngState } from './rng.ts';
export type { PathPart, Seed } from './seed.ts';
export { binomial, multinomialInto } from './binomial.ts';
export { gamma, permutation, pick, sample, shuffle } from './distributions.ts';
export { pickWeighted, weighted, type Weighted } from './weighted.ts';
