import type { Rng } from '../../src/random/rng.ts';
import { digamma, lgamma } from './special.ts';

/**
 * Dirichlet laws whose natural parameters λ_k (the usual concentrations) lie `stride` apart in a flat array, the first at `at`. Their statistics are ln θ_k.
 */
export interface Spread {
  readonly at: number;
  readonly count: number;
  readonly stride: number;
}

/** A(λ) = Σ ln Γ(λ_k) − ln Γ(Σ λ_k). */
export function dirichletNormaliser(lambda: Float64Array, { at, count, stride }: Spread): number {
  let sum = 0;
  let logs = 0;
  for (let k = 0, i = at; k < count; k++, i += stride) {
    sum += lambda[i];
    logs += lgamma(lambda[i]);
  }
  return logs - lgamma(sum);
}

/** E[ln θ_k] = ψ(λ_k) − ψ(Σ λ_k), into the same places. */
export function dirichletExpect(lambda: Float64Array, { at, count, stride }: Spread, into: Float64Array): void {
  let sum = 0;
  for (let k = 0, i = at; k < count; k++, i += stride) sum += lambda[i];
  const whole = digamma(sum);
  for (let k = 0, i = at; k < count; k++, i += stride) into[i] = digamma(lambda[i]) - whole;
}

/**
 * Adds to each λ_k a normal number of `scale` · √(λ_k − prior_k), the deviation of a count that is as large as the expected one; what falls below the prior is the prior's, the
 * least that any counts give.
 */
export function dirichletPerturb(lambda: Float64Array, { at, count, stride }: Spread, prior: Float64Array, scale: number, rng: Rng): void {
  for (let k = 0, i = at; k < count; k++, i += stride) {
    const counted = Math.max(0, lambda[i] - prior[i]);
    lambda[i] = prior[i] + Math.max(0, counted + scale * Math.sqrt(counted) * rng.normal());
  }
}
