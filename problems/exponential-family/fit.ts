import { LehrError } from '../../src/error.ts';
import { fisher, logPartition, meanOf, probabilities } from './exact.ts';
import type { FiniteFamily } from './family.ts';
import { outward } from './hull.ts';

/**
 * The maximum-likelihood estimate of a mean of statistics, or why there is none. It exists if and only if the mean lies in the relative interior of the
 * convex hull of the statistics (Barndorff-Nielsen 1978); else along `direction` the likelihood rises for ever.
 */
export type Fit =
  | { readonly exists: true; readonly parameters: Float64Array; readonly logLikelihood: number }
  | { readonly exists: false; readonly direction: Float64Array };

/** Newton steps; a dozen do where the estimate exists and is not extreme. */
const STEPS = 200;
/** How near the mean must come, beside the statistics' largest size. */
const NEAR = 1e-11;

/**
 * The maximum-likelihood estimate by Newton's method with step halving, once a linear program has told that there is one (`outward`).
 * @throws LehrError `contract` if Newton's method does not get there: a mean that is all but on the boundary.
 */
export function fit(family: FiniteFamily, mean: Float64Array): Fit {
  const { size } = family;
  const scale = family.statistics.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const direction = outward(family, mean);
  if (direction !== null) return { exists: false, direction };
  const parameters = new Float64Array(size);
  let value = objective(family, mean, parameters);
  for (let k = 0; k < STEPS; k++) {
    const model = meanOf(family, probabilities(family, parameters));
    const gradient = mean.map((target, i) => target - model[i]);
    const off = gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 0);
    if (off <= NEAR * scale) return { exists: true, parameters, logLikelihood: value };
    const step = solve(fisher(family, parameters), gradient);
    const slope = step.reduce((sum, s, i) => sum + s * gradient[i], 0);
    let length = 1;
    for (; length > 1e-10; length /= 2) {
      const trial = parameters.map((p, i) => p + length * step[i]);
      const tried = objective(family, mean, trial);
      // So near the top that the likelihood cannot tell any more, Newton's own step is right.
      if (slope < 1e-10 || tried >= value + 1e-4 * length * slope) {
        parameters.set(trial);
        value = tried;
        break;
      }
    }
    if (length <= 1e-10) break;
  }
  const model = meanOf(family, probabilities(family, parameters));
  if (mean.every((target, i) => Math.abs(target - model[i]) <= 10 * NEAR * scale))
    return { exists: true, parameters, logLikelihood: value };
  throw new LehrError(
    'contract',
    `${family.name}: Newton's method does not reach the mean ${mean.join(', ')}. Maybe it is all but on the boundary of what the family can have.`,
  );
}

/** θ·mean − Λ(θ), the mean log-likelihood. */
function objective(family: FiniteFamily, mean: Float64Array, parameters: Float64Array): number {
  let product = 0;
  for (let k = 0; k < mean.length; k++) product += parameters[k] * mean[k];
  return product - logPartition(family, parameters);
}

/**
 * Solves A x = b for a symmetric positive semidefinite A by Cholesky's factorisation. A pivot that is 0 but for rounding (statistics that depend on each
 * other) is left out: that component of x is 0.
 */
export function solve(matrix: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const lower = matrix.slice();
  let trace = 0;
  for (let i = 0; i < n; i++) trace = Math.max(trace, matrix[i * n + i]);
  const floor = 1e-13 * trace;
  const x = right.slice();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = lower[i * n + j];
      for (let k = 0; k < j; k++) sum -= lower[i * n + k] * lower[j * n + k];
      if (i === j) lower[i * n + i] = sum > floor ? Math.sqrt(sum) : 0;
      else lower[i * n + j] = lower[j * n + j] > 0 ? sum / lower[j * n + j] : 0;
    }
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= lower[i * n + k] * x[k];
    x[i] = lower[i * n + i] > 0 ? x[i] / lower[i * n + i] : 0;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= lower[k * n + i] * x[k];
    x[i] = lower[i * n + i] > 0 ? x[i] / lower[i * n + i] : 0;
  }
  return x;
}
