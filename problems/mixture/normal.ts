import gammaln from '@stdlib/math-base-special-gammaln';
import type { NumberFeature } from './data.ts';
import { Sums } from './sums.ts';

/**
 * Real numbers, Normal–inverse-χ² (hyperparameters μ, κ, σ², ν; Murphy, "Conjugate Bayesian analysis of the Gaussian distribution", 2007, section 5): after n values of mean m
 * and squares S about it, κ' = κ + n, μ' = (κ μ + n m) / κ', ν' = ν + n, ν' σ'² = ν σ² + S + n κ (μ − m)² / κ'. A new value has Student's law of ν' degrees
 * of freedom about μ' with the squared scale (1 + κ') σ'² / κ'. Values are relative to their column (`NumberFeature`); densities are of the values as read.
 */
export class Normal extends Sums {
  private readonly logScale: number;
  private mean: Float64Array;
  private fixed: Float64Array;
  private power: Float64Array;
  private inverse: Float64Array;

  constructor(feature: number, { values, scale }: NumberFeature, hyper: Float64Array, capacity: number) {
    super(feature, values, hyper, capacity);
    this.logScale = Math.log(scale);
    this.mean = new Float64Array(capacity);
    this.fixed = new Float64Array(capacity);
    this.power = new Float64Array(capacity);
    this.inverse = new Float64Array(capacity);
  }

  protected third(x: number): number {
    return x * x;
  }

  protected growDerived(longer: (before: Float64Array) => Float64Array): void {
    this.mean = longer(this.mean);
    this.fixed = longer(this.fixed);
    this.power = longer(this.power);
    this.inverse = longer(this.inverse);
  }

  refresh(k: number): void {
    const { hyper } = this;
    // By index: destructuring goes through an iterator, and this is done twice a move.
    const mu = hyper[0];
    const kappa = hyper[1];
    const variance = hyper[2];
    const nu = hyper[3];
    const n = this.counts[k];
    const kappaN = kappa + n;
    const nuN = nu + n;
    const scaled = this.scaledVariance(k, mu, kappa, nu * variance);
    // ν' times the squared scale of Student's law.
    const spread = (scaled * (1 + kappaN)) / kappaN;
    this.mean[k] = (kappa * mu + this.sums[k]) / kappaN;
    this.inverse[k] = 1 / spread;
    this.power[k] = (nuN + 1) / 2;
    this.fixed[k] = gammaln((nuN + 1) / 2) - gammaln(nuN / 2) - 0.5 * Math.log(Math.PI * spread) - this.logScale;
  }

  addLogs(row: number, top: number, logs: Float64Array): void {
    const x = this.values[row];
    if (x !== x) return;
    const { mean, fixed, power, inverse } = this;
    for (let k = 0; k < top; k++) {
      const off = x - mean[k];
      logs[k] += fixed[k] - power[k] * Math.log(1 + off * off * inverse[k]);
    }
  }

  logMarginal(k: number, hyper: Float64Array): number {
    const n = this.counts[k];
    if (n === 0) return 0;
    const [mu, kappa, variance, nu] = hyper;
    const scaled = this.scaledVariance(k, mu, kappa, nu * variance);
    return (
      gammaln((nu + n) / 2) -
      gammaln(nu / 2) +
      0.5 * Math.log(kappa / (kappa + n)) +
      (nu / 2) * Math.log(nu * variance) -
      ((nu + n) / 2) * Math.log(scaled) -
      (n / 2) * Math.log(Math.PI) -
      n * this.logScale
    );
  }

  /** ν' σ'². */
  private scaledVariance(k: number, mu: number, kappa: number, prior: number): number {
    const n = this.counts[k];
    if (n === 0) return prior;
    const mean = this.sums[k] / n;
    // Sums of squares lose digits where values are near each other and far from 0: never below none.
    const about = Math.max(0, this.thirds[k] - n * mean * mean);
    const off = mu - mean;
    return prior + about + (n * kappa * off * off) / (kappa + n);
  }
}
