import { wholePower } from '../../src/dynamics/optimizers/optimizer.ts';
import type { Model } from '../../src/dynamics/model.ts';
import { LehrError, show } from '../../src/error.ts';

/**
 * Least squares without noise in the common eigenbasis of its training and population Hessians: loss Σ λᵢ rᵢ², residuals r = w − optimum, λ from the training sample or
 * the population. There is no ½, as in arXiv 2005.07360: the gradient is 2 λᵢ rᵢ.
 */
export interface Quadratic {
  /** λ of the training sample. */
  readonly train: readonly number[];
  /** λ of the population, whose loss is held-out loss. */
  readonly population: readonly number[];
  /** Residuals to begin from. */
  readonly start: readonly number[];
}

/**
 * The quadratic as a model of one row: weights are residuals, held-out loss is the population's. Where the last weights are wanted, as in the paper, say `keep: 'last'`.
 */
export function quadratic({ train, population, start }: Quadratic): Model<Float64Array> {
  const n = train.length;
  if (n === 0 || population.length !== n || start.length !== n) {
    throw new LehrError(
      'option',
      `quadratic: train, population and start have ${n}, ${population.length} and ${start.length} numbers, expected equally many, at least 1.`,
    );
  }
  for (const value of [...train, ...population])
    if (!(value >= 0 && value < Infinity)) throw new LehrError('option', `quadratic: a curvature is ${show(value)}, expected at least 0.`);
  return {
    name: 'quadratic',
    rows: 1,
    size: n,
    fingerprint: { train: [...train], population: [...population], start: [...start] },
    init: () => Float64Array.from(start),
    gradient(residuals, _rows, _from, _to, into) {
      for (let i = 0; i < n; i++) into[i] = 2 * train[i] * residuals[i];
      return lossOf(train, residuals);
    },
    evaluate: (residuals) => ({ loss: lossOf(population, residuals) }),
  };
}

/**
 * The toy of arXiv 2005.07360: inputs are unit vectors of `counts.length` dimensions, each equally likely, and the sample holds the i-th `counts[i]` times. λ is counts / n on
 * the sample and 1 / dimensions in the population. (The paper's own text was not at hand: this reconstruction has its factor 2 and its probability 3/4.)
 */
export function coordinateSample(counts: readonly number[], start: readonly number[]): Quadratic {
  const n = counts.reduce((a, b) => a + b, 0);
  if (n === 0) throw new LehrError('option', `coordinateSample: counts is ${show(counts)}, expected at least one example.`);
  return { train: counts.map((count) => count / n), population: counts.map(() => 1 / counts.length), start };
}

/** Σ λᵢ rᵢ². */
export function lossOf(curvatures: readonly number[], residuals: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < curvatures.length; i++) sum += curvatures[i] * residuals[i] * residuals[i];
  return sum;
}

/** Residuals after `steps` of gradient descent at a constant rate, in closed form: rᵢ (1 − 2 · rate · λᵢ)^steps. */
export function descentAt({ train, start }: Quadratic, rate: number, steps: number): Float64Array {
  return Float64Array.from(start, (r, i) => r * wholePower(1 - 2 * rate * train[i], steps));
}

/** Residuals after a time of gradient flow, in closed form: rᵢ e^(−2 λᵢ time). */
export function flowAt({ train, start }: Quadratic, time: number): Float64Array {
  return Float64Array.from(start, (r, i) => r * Math.exp(-2 * train[i] * time));
}

/** The rate from which gradient descent no longer converges, 1 / max λ (2 over the largest eigenvalue of the Hessian 2 λ). */
export function stabilityEdge({ train }: Pick<Quadratic, 'train'>): number {
  return 1 / Math.max(...train);
}
