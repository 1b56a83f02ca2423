import type { Rng } from '../random/rng.ts';

/**
 * What `svi` learns: a Bayesian model with local variables (one set per row: a component, a path of states, the topics of a document) whose complete likelihood and prior are
 * conjugate, as in Hoffman, Blei, Wang and Paisley, "Stochastic variational inference", JMLR 14 (2013), section 2. Its global parameters θ have the density
 * exp(λ · t(θ) − A(λ)) over a base measure; a variational law q(θ) of that form is a flat array λ of natural parameters, the prior one of them. Given expectations under q, each row
 * has a best local law φ and with it expected statistics s(row), and the best q for these has λ = prior + Σ s.
 *
 * `prepare` and `local` may use scratch of the model's own, nothing of which outlives a step: a step calls `prepare` and then `local` for its rows.
 */
export interface VariationalModel {
  readonly name: string;
  /** How many rows (points, sequences, documents) there are, at least 1. */
  readonly rows: number;
  /** Natural parameters of the prior, and so how many there are. */
  readonly prior: Float64Array;
  /** Those of the uniform density: tempering all factors divides by the temperature what is over these. */
  readonly base: Float64Array;
  /** Numbers that each row keeps from one visit to the next, where its local iteration goes on (0). */
  readonly memory?: number;
  /** Natural parameters to begin from, a fresh array; all randomness from `rng`. */
  init(rng: Rng): Float64Array;
  /** Called when λ has changed, before `local`. */
  prepare(lambda: Float64Array): void;
  /**
   * The local step at the λ last prepared for the rows `rows[from]` … `rows[to − 1]`: adds their expected statistics Σ E[t(row)] to `into`.
   * @returns if `visit.told`, the sum over the rows of E_q[ln p(row, local | θ)] + H[local law] in nats, at the λ prepared and the true posterior (temperature 1, no noise); else anything.
   */
  local(rows: Int32Array, from: number, to: number, into: Float64Array, visit: Visit): number;
  /** A(λ), the logarithm of what normalises q. */
  logNormaliser(lambda: Float64Array): number;
  /** E_q[t(θ)] = ∇A(λ) into `into`. */
  expect(lambda: Float64Array, into: Float64Array): void;
  /** λ moved at random within what is valid, by `scale` standard deviations of q; what noise on parameters and Metropolis steps use. */
  perturb?(lambda: Float64Array, scale: number, rng: Rng): void;
  /** What identifies the data and priors in a checkpoint's fingerprint. */
  readonly fingerprint?: unknown;
}

/** How a local step is to be made. One object serves a whole run. */
export interface Visit {
  /** The local law is ∝ exp(expected log density / temperature); 1 is the true posterior's. */
  temperature: number;
  /** Whether local factors that are not the rows' discrete variables (the topic shares of a document) are tempered, too. */
  all: boolean;
  /** Gumbel numbers times this are added to the logits of the discrete local variables, after the division by the temperature. */
  noiseScale: number;
  /** Where they come from. */
  noise: Rng;
  /** Whether the bound is wanted. */
  told: boolean;
  /** `memory` numbers for each row of the model, row by row; null where rows begin anew at each visit. NaN in the first of a row: not yet visited. */
  memory: Float64Array | null;
}
