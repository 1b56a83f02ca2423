import { checkKeys } from '../../src/run/plan.ts';
import { checkPositive, failing, normalPrior, widthOf, type NormalPrior, type NormalPriorOptions } from '../conjugate/normal-prior.ts';

/** A Gaussian mixture and its priors: the components' are Normal–Wishart laws. */
export interface MixtureOptions extends NormalPriorOptions {
  /** How many components. */
  readonly components: number;
  /** Concentration of the Dirichlet law of the weights, one for all components (1 / components). */
  readonly concentration?: number;
  /** A run begins with responsibilities ∝ e^(−r² / width), r the distance to each of as many random rows (the mean variance · d / components^(2/d)). */
  readonly width?: number;
  /** `plain`: without WebAssembly; the same bits. */
  readonly kernel?: 'fast' | 'plain';
}

/** A mixture's data, less their mean, and its priors in full. */
export interface MixtureData extends NormalPrior {
  readonly components: number;
  readonly concentration: number;
  readonly width: number;
}

const OPTIONS = ['components', 'covariance', 'concentration', 'mean', 'meanPrecision', 'degrees', 'scatter', 'spread', 'width', 'kernel'];

/**
 * The data and options of a mixture, checked, with the defaults filled in.
 * @throws LehrError `input` for values that are no numbers or columns that are constant, by row and column from 0; `option` for options that do not fit.
 */
export function checkMixture(data: ArrayLike<number>, d: number, options: MixtureOptions): MixtureData {
  checkKeys('gaussianMixture', options, OPTIONS);
  const prior = normalPrior('gaussianMixture', data, d, options);
  const { components, concentration = 1 / components } = options;
  if (!(Number.isSafeInteger(components) && components >= 1 && components <= prior.rows))
    failing('gaussianMixture')('components', components, `a whole number from 1 to the ${prior.rows} rows`);
  checkPositive('gaussianMixture', 'concentration', concentration);
  const width = options.width ?? widthOf(prior.variance, d, components);
  checkPositive('gaussianMixture', 'width', width);
  return { ...prior, components, concentration, width };
}
