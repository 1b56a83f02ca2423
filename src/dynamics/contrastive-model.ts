import type { Rng } from '../random/rng.ts';
import type { Evaluation } from './model.ts';

/**
 * What contrastive divergence learns: a model with density e^(θ·φ(x)) / Z(θ) (or one whose gradient is a difference of such statistics: RBM), its data, and a
 * Markov kernel that leaves the density invariant. No normalised density and no table of states is asked for.
 * @typeParam P particles: configurations of the model, plain data.
 */
export interface ContrastiveModel<P = any> {
  readonly name: string;
  /** Plain data that identifies the data and the kernel in a checkpoint's fingerprint. */
  readonly fingerprint?: unknown;
  /** Rows of data. */
  readonly rows: number;
  /** Parameters. */
  readonly size: number;
  /** Whether `energy` is the negative mean log-likelihood itself or an estimate of something that goes with it. */
  readonly energies: 'exact' | 'estimate';
  /** Steps between two energies and two looks at held-out data, if each costs more than a step (1). */
  readonly tell?: number;
  /** Parameters to begin from. */
  init(rng: Rng): Float64Array;
  /** What is to be small, of given parameters; draws nothing. */
  energy(parameters: Float64Array): number;
  /**
   * What held-out data say of parameters, where there are any: a loss, such as their negative mean log-likelihood, and the figures named below; draws nothing. Its documentation tells which
   * loss: of no two kinds are values comparable.
   */
  evaluate?(parameters: Float64Array): Evaluation;
  /** What `evaluate` tells beside the loss: signals of the run. */
  readonly figures?: readonly string[];
  /** Room for so many particles. */
  particles(count: number): P;
  /** Puts the particles 0 … count − 1 on the data rows order[from], order[from + 1], …. */
  place(particles: P, order: Int32Array, from: number, count: number): void;
  /** `m` steps of the kernel for each particle. */
  move(parameters: Float64Array, particles: P, count: number, m: number, rng: Rng): void;
  /** gradient += scale · Σ statistics of the particles (their expectation given the visible part, where a part is hidden). */
  add(parameters: Float64Array, particles: P, count: number, scale: number, gradient: Float64Array): void;
  /**
   * The model's own inner loop, in place of `add`, `move`, `add`: writes the gradient, data less model, of `count` placed particles to `gradient`. `chains`: the
   * persistent chains, or null if the particles themselves move. It must equal the generic form draw for draw.
   */
  contrast?(
    parameters: Float64Array,
    particles: P,
    count: number,
    chains: P | null,
    chainCount: number,
    m: number,
    rng: Rng,
    gradient: Float64Array,
  ): void;
}

/** The generic form of `contrast`: the oracle of every model's own. */
export function contrastOf<P>(
  model: ContrastiveModel<P>,
  parameters: Float64Array,
  particles: P,
  count: number,
  chains: P | null,
  chainCount: number,
  m: number,
  rng: Rng,
  gradient: Float64Array,
): void {
  gradient.fill(0);
  model.add(parameters, particles, count, 1 / count, gradient);
  const moved = chains ?? particles;
  const movedCount = chains === null ? count : chainCount;
  model.move(parameters, moved, movedCount, m, rng);
  model.add(parameters, moved, movedCount, -1 / movedCount, gradient);
}
