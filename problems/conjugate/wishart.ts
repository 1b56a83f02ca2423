import { LehrError } from '../../src/error.ts';
import type { Rng } from '../../src/random/rng.ts';
import { cholesky, invertTriangle } from './cholesky.ts';
import { digamma, lgamma } from './special.ts';

const LN_2 = Math.LN2;
const LN_2PI = Math.log(2 * Math.PI);

/** Whether a precision matrix is any (Normal–Wishart) or diagonal (Normal–gamma on each axis). */
export type Covariance = 'full' | 'diagonal';

/**
 * Normal–Wishart laws of a mean μ and a precision Λ (Bishop 2006, section 10.2 and appendix B; Murphy, "Conjugate Bayesian analysis of the Gaussian distribution", 2007). Natural parameters, in a
 * row: ν, κ, h = κ m (d), S = W⁻¹ + κ m mᵀ (its upper triangle row by row, or its diagonal); the statistics they multiply are ½ ln|Λ|, −½ μᵀΛμ, Λμ, −½ Λ_ii and −Λ_ij. A point x adds 1, 1, x and
 * x_i x_j. The diagonal form has one ν and one κ for all axes: on each, Λ_ii is gamma with shape ν / 2 and rate W⁻¹_ii / 2.
 */
export class NormalWishart {
  readonly d: number;
  readonly covariance: Covariance;
  /** How many natural parameters. */
  readonly size: number;
  /** m, and a matrix: scratch that `read` fills. */
  private readonly mean: Float64Array;
  private readonly matrix: Float64Array;
  private readonly product: Float64Array;

  constructor(d: number, covariance: Covariance) {
    this.d = d;
    this.covariance = covariance;
    this.size = 2 + d + (covariance === 'full' ? (d * (d + 1)) / 2 : d);
    this.mean = new Float64Array(d);
    this.matrix = new Float64Array(covariance === 'full' ? d * d : d);
    this.product = new Float64Array(d);
  }

  /** The natural parameters of m, κ, ν and W⁻¹ (d × d, or its diagonal), written to `into` from `at`. */
  write(into: Float64Array, at: number, mean: ArrayLike<number>, kappa: number, nu: number, scatter: ArrayLike<number>): void {
    const { d } = this;
    const full = this.covariance === 'full';
    into[at] = nu;
    into[at + 1] = kappa;
    for (let i = 0; i < d; i++) into[at + 2 + i] = kappa * mean[i];
    let place = at + 2 + d;
    for (let i = 0; i < d; i++)
      for (let j = i; j < (full ? d : i + 1); j++) into[place++] = (full ? scatter[i * d + j] : scatter[i]) + kappa * mean[i] * mean[j];
  }

  /** Natural parameters of the uniform density over μ and Λ. */
  base(into: Float64Array, at: number): void {
    into.fill(0, at, at + this.size);
    into[at] = this.covariance === 'full' ? this.d : 1;
  }

  /** m, and W⁻¹ (d × d, or its diagonal), of the law at `at`. */
  moments(lambda: Float64Array, at: number): { mean: Float64Array; kappa: number; nu: number; scatter: Float64Array } {
    this.unpack(lambda, at);
    const { d, matrix } = this;
    if (this.covariance === 'full') for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) matrix[j * d + i] = matrix[i * d + j];
    return { mean: this.mean.slice(), kappa: lambda[at + 1], nu: lambda[at], scatter: matrix.slice() };
  }

  /** A = (d/2) ln(2π/κ) + (νd/2) ln 2 − (ν/2) ln|W⁻¹| + ln Γ_d(ν/2); Γ_1 on each axis where the matrix is diagonal. */
  normaliser(lambda: Float64Array, at: number): number {
    const { d } = this;
    const full = this.covariance === 'full';
    const nu = lambda[at];
    const logScatter = this.factor(lambda, at);
    let sum = (d / 2) * (LN_2PI - Math.log(lambda[at + 1])) + ((nu * d) / 2) * LN_2 - (nu / 2) * logScatter;
    if (full) {
      sum += ((d * (d - 1)) / 4) * Math.log(Math.PI);
      for (let i = 0; i < d; i++) sum += lgamma((nu - i) / 2);
    } else sum += d * lgamma(nu / 2);
    return sum;
  }

  /** Expectations of the statistics, into the same places. */
  expect(lambda: Float64Array, at: number, into: Float64Array): void {
    const { d, mean, matrix, product } = this;
    const full = this.covariance === 'full';
    const nu = lambda[at];
    const kappa = lambda[at + 1];
    let half = d * LN_2 - this.factor(lambda, at);
    if (full) for (let i = 0; i < d; i++) half += digamma((nu - i) / 2);
    else half += d * digamma(nu / 2);
    into[at] = half / 2;
    let place = at + 2 + d;
    let quadratic = 0;
    if (full) {
      invertTriangle(matrix, d);
      // W = L⁻ᵀ L⁻¹; Λμ has the expectation ν W m.
      product.fill(0);
      for (let i = 0; i < d; i++) {
        for (let j = i; j < d; j++) {
          let w = 0;
          for (let k = j; k < d; k++) w += matrix[k * d + i] * matrix[k * d + j];
          into[place++] = i === j ? -0.5 * nu * w : -nu * w;
          product[i] += w * mean[j];
          if (i !== j) product[j] += w * mean[i];
        }
      }
    } else {
      for (let i = 0; i < d; i++) {
        into[place++] = (-0.5 * nu) / matrix[i];
        product[i] = mean[i] / matrix[i];
      }
    }
    for (let i = 0; i < d; i++) {
      into[at + 2 + i] = nu * product[i];
      quadratic += mean[i] * product[i];
    }
    into[at + 1] = -0.5 * (d / kappa + nu * quadratic);
  }

  /** Moves m by `scale` standard deviations of μ under the law, W⁻¹, κ and ν staying: (κ E[Λ])^−½ times normal numbers. */
  perturb(lambda: Float64Array, at: number, scale: number, rng: Rng): void {
    const { d, mean, matrix, product } = this;
    const full = this.covariance === 'full';
    const nu = lambda[at];
    const kappa = lambda[at + 1];
    this.factor(lambda, at);
    const size = scale / Math.sqrt(kappa * nu);
    for (let i = 0; i < d; i++) product[i] = rng.normal();
    // The covariance of μ is W⁻¹ / (κν) where E[Λ] stands for Λ; L times normal numbers has it.
    const move = (i: number): number => {
      if (!full) return Math.sqrt(matrix[i]) * product[i];
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += matrix[i * d + j] * product[j];
      return sum;
    };
    let place = at + 2 + d;
    const moved = Float64Array.from({ length: d }, (_, i) => mean[i] + size * move(i));
    for (let i = 0; i < d; i++) {
      lambda[at + 2 + i] = kappa * moved[i];
      for (let j = i; j < (full ? d : i + 1); j++) lambda[place++] += kappa * (moved[i] * moved[j] - mean[i] * mean[j]);
    }
  }

  /** m into `mean`, W⁻¹ into `matrix` (its lower triangle, or its diagonal). */
  private unpack(lambda: Float64Array, at: number): void {
    const { d, mean, matrix } = this;
    const kappa = lambda[at + 1];
    for (let i = 0; i < d; i++) mean[i] = lambda[at + 2 + i] / kappa;
    let place = at + 2 + d;
    if (this.covariance === 'diagonal') for (let i = 0; i < d; i++) matrix[i] = lambda[place++] - lambda[at + 2 + i] * mean[i];
    else for (let i = 0; i < d; i++) for (let j = i; j < d; j++) matrix[j * d + i] = lambda[place++] - lambda[at + 2 + i] * mean[j];
  }

  /** As `unpack`, with the Cholesky factor of W⁻¹ in place of it where it is full. @returns ln|W⁻¹|. */
  private factor(lambda: Float64Array, at: number): number {
    const { d, matrix } = this;
    const full = this.covariance === 'full';
    this.unpack(lambda, at);
    const fits = full ? cholesky(matrix, d) : matrix.every((value) => value > 0);
    if (!fits)
      throw new LehrError(
        'input',
        'a Wishart law has a scatter matrix that is not positive definite. Maybe a component’s points lie within rounding errors of each other; scale the columns, or give scatter larger values.',
      );
    let sum = 0;
    for (let i = 0; i < d; i++) sum += full ? 2 * Math.log(matrix[i * d + i]) : Math.log(matrix[i]);
    return sum;
  }
}
