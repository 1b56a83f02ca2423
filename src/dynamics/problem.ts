import { LehrError } from '../error.ts';
import type { Rng } from '../random/rng.ts';
import type { Block } from './block.ts';

/**
 * How a problem is best annealed, where measurements say otherwise than the general rule of `suggestTemperatures`: from `from` times the median rise of uphill
 * proposals at a local optimum, down to `to` times the 2 % quantile of those rises, the size of the smallest that matter where most moves go
 * far and are hopeless; with `range`, by at least that factor. With `cycle`, over and over, each time from where the last ended: a number of steps for each variable that makes one
 * such cooling worth while. Many coolings find what a single slow one, bound to the widest valley at middle temperatures, may miss.
 */
export interface Advice {
  readonly from: number;
  readonly to: number;
  readonly range?: number;
  readonly cycle?: number;
}

/**
 * A combinatorial problem: what most users write. The state is mutable plain data (numbers, strings, typed arrays, arrays and objects of
 * these), with all its fields present from `init`, so that it can be copied and saved.
 *
 * The contract, checked by `checkProblem`: after `propose` returns ΔE, exactly one of `accept` and `reject` follows; after `accept` the energy
 * is the old one plus ΔE, after `reject` the state is as before (but for scratch fields that hold the noted move).
 */
export interface Problem<S> {
  readonly name: string;
  /** How many variables it has (cities, spins, jobs): what run lengths and temperatures scale with. */
  readonly size?: number;
  /** True if every energy change is an exact integer (then incremental energies are exact, too). */
  readonly integer?: boolean;
  /** A start state; all randomness from `rng`. */
  init(rng: Rng): S;
  /** The full energy, computed from nothing but the solution: slow, exact, the oracle. Always minimised. */
  energy(state: S): number;
  /** Draws a move, notes it in the state, and returns the energy change it would make; Infinity for an impossible move, always rejected. */
  propose(state: S, rng: Rng): number;
  /** Makes the noted move. */
  accept(state: S): void;
  /** Forgets the noted move; empty in a delta-first problem. */
  reject(state: S): void;
  /** Copies the solution (and its caches) of `from` over `to`, without allocating. */
  copy(from: S, to: S): void;
  /**
   * The problem's own inner loop, in place of the generic one: `n` Metropolis steps of one chain at a fixed temperature, keeping the chain's
   * energy and incumbent and adding to `block.proposed` and `block.accepted`. It must equal the generic kernel draw for draw: the
   * proposal's draws as in `propose`, then one 32-bit draw for the acceptance test, whether it is needed or not.
   */
  sweep?(chain: Chain<S>, temperature: number, n: number, rng: Rng, block: Block): void;
  /** Temperatures that suit it, where the general rule does not. */
  readonly advice?: Advice;
  /** What identifies the instance in a checkpoint, if `name` does not: a digest of its data. */
  readonly fingerprint?: string;
}

/** The `contract` error of a proposal whose energy change is NaN. */
export function nanChange(problem: Problem<any>): LehrError {
  return new LehrError(
    'contract',
    `${problem.name}: propose returned NaN, expected the energy change. Maybe a division by zero or a read past the end of an array.`,
  );
}

/** One Metropolis chain: the current state, and the incumbent as `keep` says. */
export class Chain<S> {
  state: S;
  energy: number;
  /** The state of least energy kept so far; out of date while `atBest` is true, when `state` is the incumbent. */
  best: S;
  bestEnergy: number;
  /** The current state is the incumbent: it is copied into `best` only when the chain is about to leave it. */
  atBest: boolean;
  /**
   * True if a sweep keeps the incumbent itself (`keep: 'best'`): copy `state` to `best` when leaving a state with `atBest` uphill, set `atBest`
   * on reaching an energy below `bestEnergy`. False: a sweep leaves `best`, `bestEnergy` and `atBest` alone.
   */
  readonly keepBest: boolean;

  constructor(state: S, energy: number, best: S, bestEnergy: number, atBest: boolean, keepBest: boolean) {
    this.state = state;
    this.energy = energy;
    this.best = best;
    this.bestEnergy = bestEnergy;
    this.atBest = atBest;
    this.keepBest = keepBest;
  }
}
