import type { Rng } from '../random/rng.ts';
import type { Block } from './block.ts';

/** What is known of the energies a dynamics reports: the objective itself, a noisy estimate, or an objective that a control changes. */
export type Energies = 'exact' | 'estimate' | 'moving';

/** Which state `result` returns: the best visited, the best at block ends, the last, or an average. It changes the law of the result. */
export type Kept = 'best' | 'swept' | 'last' | 'average';

/**
 * What moves a state under named controls. The engine calls `init` once, then `advance` block by block with the controls held constant.
 * @typeParam S the state. @typeParam C the names of the controls. @typeParam R the result, plain data.
 */
export interface Dynamics<S, C extends string = string, R = unknown> {
  readonly name: string;
  /** The controls, in the order they are set before each block. */
  readonly controls: readonly C[];
  /** The largest block, in steps, it tolerates between two changes of its controls. */
  readonly maxBlock?: number;
  readonly energies: Energies;
  readonly kept: Kept;
  /** Evaluations per step, if fixed; without it `advance` counts them itself and stops at `block.allowance`. */
  readonly cost?: number;
  /** Results one state carries (1). */
  readonly lanes?: number;
  /** True if blocks report `proposed` and `accepted`; schedules that listen to the acceptance rate need it. */
  readonly proposes?: boolean;
  /**
   * Names of what it tells of a block beyond the fixed fields, in the order of `block.signals`. `advance` computes those that are `block.wanted`;
   * `block.listening` says whether any is.
   */
  readonly signals?: readonly string[];
  /**
   * The value of its signal of that index, for those that tell of the state as it is rather than of a block; NaN for the others. Stop rules ask before a leg's first
   * block, so that a leg whose bound is already reached makes no step.
   */
  signalOf?(state: S, signal: number): number;
  /** Plain data that identifies it and its problem in a checkpoint's fingerprint. */
  readonly fingerprint?: unknown;
  /** How many variables the state has, where that is known. */
  readonly size?: number;

  /**
   * Looks at a leg's controls before a run begins and throws an `option` error for those it could not follow to the end. Numbers and pure curves can be asked for their
   * values; what listens (an object) cannot.
   * @param last whether the run ends with this leg. @param steps how long it is; NaN if its budget counts something else.
   */
  checkControls?(
    controls: Readonly<Record<C, number | ((t: number, step: number) => number) | object>>,
    last: boolean,
    steps: number,
  ): void;

  init(rng: Rng): S;
  /** Up to `n` steps in place at constant controls; fills `block` (steps, evaluations, counts, energy, best, the wanted signals). */
  advance(state: S, controls: Readonly<Record<C, number>>, n: number, rng: Rng, block: Block): void;
  /** The energy of what is kept; cheap, and known before the first block. */
  energy(state: S, lane?: number): number;
  /** Up to a constant, the logarithm of the density that `advance` leaves invariant. */
  logDensity?(state: S, controls: Readonly<Record<C, number>>): number;
  /** A plain copy of the kept solution. Its stream is its own, so that asking changes nothing. */
  result(state: S, lane: number, rng: Rng): R;
  /** Makes the kept solution the current one, for a restart from the incumbent. */
  rewind?(state: S): void;
  /** Recomputes what the state keeps up by differences, and throws a `contract` error where it has drifted away. */
  verify?(state: S): void;
  /** The state as detached plain data. */
  save(state: S): unknown;
  /** Adopts what `save` gave: `load(save(state))` is an independent copy. */
  load(saved: unknown): S;
}
