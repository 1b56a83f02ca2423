import { cholesky, invertTriangle } from './cholesky.ts';
import { lgamma } from './special.ts';
import type { NormalWishart } from './wishart.ts';

/** ln of a density at the point values[at], …, values[at + d − 1]. */
export type LogDensity = (values: ArrayLike<number>, at: number) => number;

/**
 * The posterior predictive density of a point under the Normal–Wishart law at `at`, its mean and precision integrated out: Student's t with ν + 1 − d degrees of freedom, location m and scale matrix
 * W⁻¹ (κ + 1) / (κ (ν + 1 − d)) (Bishop 2006, equations 10.81 and 10.82); where precisions are diagonal, on each axis t with ν degrees of freedom and squared scale W⁻¹_ii (κ + 1) / (κ ν).
 */
export function predictiveNormal(wishart: NormalWishart, lambda: Float64Array, at: number): LogDensity {
  const { d } = wishart;
  const { mean, kappa, nu, scatter } = wishart.moments(lambda, at);
  const widening = (kappa + 1) / kappa;
  if (wishart.covariance === 'diagonal') {
    const squared = scatter.map((value) => (value * widening) / nu);
    const constant = studentConstant(nu, 1) * d - 0.5 * squared.reduce((sum, value) => sum + Math.log(value), 0);
    return (values, from) => {
      let sum = constant;
      for (let i = 0; i < d; i++) {
        const off = values[from + i] - mean[i];
        sum -= ((nu + 1) / 2) * Math.log1p((off * off) / (squared[i] * nu));
      }
      return sum;
    };
  }
  const freedom = nu + 1 - d;
  const factor = scatter.map((value) => (value * widening) / freedom);
  cholesky(factor, d);
  let constant = studentConstant(freedom, d);
  for (let i = 0; i < d; i++) constant -= Math.log(factor[i * d + i]);
  invertTriangle(factor, d);
  return (values, from) => {
    let squares = 0;
    for (let i = 0; i < d; i++) {
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += factor[i * d + j] * (values[from + j] - mean[j]);
      squares += sum * sum;
    }
    return constant - ((freedom + d) / 2) * Math.log1p(squares / freedom);
  };
}

/** ln Γ((f + d) / 2) − ln Γ(f / 2) − (d / 2) ln(f π): what normalises a t density of d dimensions and scale 1. */
function studentConstant(freedom: number, d: number): number {
  return lgamma((freedom + d) / 2) - lgamma(freedom / 2) - (d / 2) * Math.log(freedom * Math.PI);
}
