import type { FeatureKind } from './data.ts';

/** Where hyperparameters begin, and the values a grid-Gibbs move chooses from: one list for each, in the order of the hyperparameters. */
export interface HyperPrior {
  readonly start: readonly number[];
  readonly grids: readonly (readonly number[])[];
}

/** Equal factors from 10^from to 10^to. */
function logspace(from: number, to: number, points: number): number[] {
  return Array.from({ length: points }, (_, i) => Math.exp(Math.LN10 * (from + ((to - from) * i) / (points - 1))));
}

const ALPHA = logspace(-1, 2, 12);

/**
 * The grids of loom, the program of the authors of arXiv 1402.5473: Beta and Dirichlet logspace(−1, 2, 12); Gamma–Poisson α logspace(−1, 5, 100), β logspace(−5, 1, 100);
 * Normal–inverse-χ² κ logspace(−2, 2, 30), ν logspace(0, 2, 30). Its μ and σ² span 16 decades because its numbers are as they come; ours are relative to their column, so
 * that we take μ = −3, −2.75, … 3 and σ² logspace(−4, 1, 30). Where they begin is ours: uniform, unit and weak priors.
 */
export const FEATURE_PRIORS: Readonly<Record<FeatureKind, HyperPrior>> = {
  bernoulli: { start: [1, 1], grids: [ALPHA, ALPHA] },
  categorical: { start: [1], grids: [ALPHA] },
  poisson: { start: [1, 1], grids: [logspace(-1, 5, 100), logspace(-5, 1, 100)] },
  normal: {
    start: [0, 0.1, 0.5, 2],
    grids: [Array.from({ length: 25 }, (_, i) => (i - 12) / 4), logspace(-2, 2, 30), logspace(-4, 1, 30), logspace(0, 2, 30)],
  },
};

/** What the hyperparameters of each kind are called. */
export const HYPER_NAMES: Readonly<Record<FeatureKind, readonly string[]>> = {
  bernoulli: ['alpha', 'beta'],
  categorical: ['alpha'],
  poisson: ['alpha', 'beta'],
  normal: ['mu', 'kappa', 'variance', 'nu'],
};

/**
 * Concentrations and discounts of the Pitman–Yor process: as in loom 20 values of α from 0.1 to 100 and 10 of d from 0 to 0.5, squared so that they are
 * denser near 0, and only pairs below the diagonal. Loom spaces its α by an arcsine; here they are at equal factors.
 */
export function pitmanYorGrid(discounts: boolean): readonly (readonly [alpha: number, discount: number])[] {
  const alphas = logspace(-1, 2, 20);
  if (!discounts) return alphas.map((alpha) => [alpha, 0]);
  return alphas.flatMap((alpha, i) =>
    Array.from({ length: 10 }, (_, j) => [j / 10, (0.5 * j * j) / 100] as const)
      .filter(([y]) => i / 20 + y < 1)
      .map(([, discount]) => [alpha, discount] as const),
  );
}
