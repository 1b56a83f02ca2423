import type { Rng } from '../../src/random/rng.ts';

/**
 * What the states of a chain show at each place: a conjugate law for each state. Arrays are of its own natural parameters, all states', and places are those of all sequences one after the other.
 */
export interface Emissions {
  /** Natural parameters of the prior, and of the uniform density. */
  readonly prior: Float64Array;
  readonly base: Float64Array;
  /** What the expected log density of each place has beside `logits`. */
  readonly constant: number;
  logNormaliser(lambda: Float64Array): number;
  expect(lambda: Float64Array, into: Float64Array): void;
  perturb(lambda: Float64Array, scale: number, rng: Rng): void;
  /** Natural parameters to begin from, a fresh array. */
  init(rng: Rng): Float64Array;
  /** Called before `logits` and `potentials` with the expectations E[t(θ)] and the temperature that theirs are divided by. */
  prepare(expected: Float64Array, temperature: number): void;
  /** The expected log densities, over the temperature, of `length` places from `begin` in each state: length × states. */
  logits(begin: number, length: number, into: Float64Array): void;
  /** Their exponentials, the largest of each place 1, where that is faster than by `logits`. @returns the logarithms that were taken out, added up. */
  potentials?(begin: number, length: number, into: Float64Array): number;
  /** Adds the statistics of these places, weighed by `marginals` (length × states). */
  collect(begin: number, length: number, marginals: Float64Array, into: Float64Array): void;
}
