import gammaln from '@stdlib/math-base-special-gammaln';
import type { NumberFeature } from './data.ts';
import { Sums } from './sums.ts';

/** Up to this count ln Γ(α + x) − ln Γ(α) is a product's logarithm, which is faster. */
const SMALL = 12;

/**
 * Counts, Gamma–Poisson: rates have a gamma law of shape α and rate β (hyperparameters α, β), so that n counts of sum s give shape α + s and rate β + n. A new count x has the
 * negative binomial probability Γ(α' + x) / (Γ(α') x!) · (β' / (β' + 1))^α' · (1 / (β' + 1))^x of the updated α', β'.
 */
export class Poisson extends Sums {
  private shape: Float64Array;
  private fixed: Float64Array;
  private step: Float64Array;

  constructor(feature: number, { values }: NumberFeature, hyper: Float64Array, capacity: number) {
    super(feature, values, hyper, capacity);
    this.shape = new Float64Array(capacity);
    this.fixed = new Float64Array(capacity);
    this.step = new Float64Array(capacity);
  }

  /** ln x!. */
  protected third(x: number): number {
    return gammaln(x + 1);
  }

  protected growDerived(longer: (before: Float64Array) => Float64Array): void {
    this.shape = longer(this.shape);
    this.fixed = longer(this.fixed);
    this.step = longer(this.step);
  }

  refresh(k: number): void {
    const shape = this.hyper[0] + this.sums[k];
    const rate = this.hyper[1] + this.counts[k];
    this.shape[k] = shape;
    this.fixed[k] = -shape * Math.log1p(1 / rate);
    this.step[k] = Math.log(rate + 1);
  }

  addLogs(row: number, top: number, logs: Float64Array): void {
    const x = this.values[row];
    if (x !== x) return;
    const { shape, fixed, step } = this;
    const factorial = this.third(x);
    if (x <= SMALL) {
      for (let k = 0; k < top; k++) {
        let product = 1;
        for (let i = 0; i < x; i++) product *= shape[k] + i;
        logs[k] += Math.log(product) + fixed[k] - x * step[k] - factorial;
      }
    } else for (let k = 0; k < top; k++) logs[k] += gammaln(shape[k] + x) - gammaln(shape[k]) + fixed[k] - x * step[k] - factorial;
  }

  logMarginal(k: number, hyper: Float64Array): number {
    const n = this.counts[k];
    if (n === 0) return 0;
    const [alpha, beta] = hyper;
    const shape = alpha + this.sums[k];
    return gammaln(shape) - gammaln(alpha) + alpha * Math.log(beta) - shape * Math.log(beta + n) - this.thirds[k];
  }
}
