import { LehrError, show } from '../../src/error.ts';
import { checkKeys } from '../../src/run/plan.ts';
import type { Covariance } from '../conjugate/wishart.ts';

/** A Gaussian mixture and its priors. A matrix is d × d row by row where covariances are full, and its diagonal where they are diagonal. */
export interface MixtureOptions {
  /** How many components. */
  readonly components: number;
  /** `full` by default. */
  readonly covariance?: Covariance;
  /** Concentration of the Dirichlet law of the weights, one for all components (1 / components). */
  readonly concentration?: number;
  /** m₀, the prior mean of components' means (that of the data). */
  readonly mean?: ArrayLike<number>;
  /** κ₀, how many points the prior mean is worth (1). */
  readonly meanPrecision?: number;
  /** ν₀, the degrees of freedom of the Wishart law, above d − 1, or 0 if diagonal (d, or 1). */
  readonly degrees?: number;
  /** W₀⁻¹; ν₀ times a guess of components' covariance (the covariance of the data). */
  readonly scatter?: ArrayLike<number>;
  /** A run begins with responsibilities ∝ e^(−r² / width), r the distance to each of as many random rows (the mean variance · d / components^(2/d)). */
  readonly width?: number;
  /** `plain`: without WebAssembly; the same bits. */
  readonly kernel?: 'fast' | 'plain';
}

/** A mixture's data, less their mean, and its priors in full. */
export interface MixtureData {
  readonly rows: number;
  readonly d: number;
  /** rows × d, less `centre`. */
  readonly values: Float64Array;
  readonly centre: Float64Array;
  readonly components: number;
  readonly covariance: Covariance;
  readonly concentration: number;
  /** Less `centre`. */
  readonly mean: Float64Array;
  readonly meanPrecision: number;
  readonly degrees: number;
  readonly scatter: Float64Array;
  readonly width: number;
}

const OPTIONS = ['components', 'covariance', 'concentration', 'mean', 'meanPrecision', 'degrees', 'scatter', 'width', 'kernel'];

/**
 * The data and options of a mixture, checked, with the defaults filled in.
 * @throws LehrError `input` for values that are no numbers or columns that are constant, by row and column from 0; `option` for options that do not fit.
 */
export function checkMixture(data: ArrayLike<number>, d: number, options: MixtureOptions): MixtureData {
  checkKeys('gaussianMixture', options, OPTIONS);
  const fail = (name: string, value: unknown, expected: string): never => {
    throw new LehrError('option', `gaussianMixture: ${name} is ${show(value)}, expected ${expected}.`);
  };
  if (!(Number.isSafeInteger(d) && d >= 1)) fail('d', d, 'a whole number from 1 on');
  const rows = data.length / d;
  if (!(Number.isSafeInteger(rows) && rows >= 1)) fail('data', `${data.length} values`, `rows of ${d}, at least one`);
  const { components, covariance = 'full', concentration = 1 / components, meanPrecision = 1 } = options;
  if (!(Number.isSafeInteger(components) && components >= 1 && components <= rows))
    fail('components', components, `a whole number from 1 to the ${rows} rows`);
  if (covariance !== 'full' && covariance !== 'diagonal') fail('covariance', covariance, "'full' or 'diagonal'");
  const full = covariance === 'full';
  const positive = (name: string, value: number, above = 0): void => {
    if (!(value > above && value < Infinity)) fail(name, value, `a finite number above ${above}`);
  };
  positive('concentration', concentration);
  positive('meanPrecision', meanPrecision);
  const degrees = options.degrees ?? (full ? d : 1);
  positive('degrees', degrees, full ? d - 1 : 0);
  const centre = new Float64Array(d);
  for (let n = 0; n < rows; n++)
    for (let j = 0; j < d; j++) {
      const value = data[n * d + j];
      if (!Number.isFinite(value))
        throw new LehrError('input', `row ${n} has ${show(value)} in column ${j}, expected a finite number. Maybe a value is missing.`);
      centre[j] += value / rows;
    }
  const values = Float64Array.from({ length: rows * d }, (_, i) => data[i] - centre[i % d]);
  const spread = scatterOf(values, rows, d, full);
  const diagonal = (j: number): number => spread[full ? j * d + j : j];
  if (options.scatter === undefined)
    for (let j = 0; j < d; j++)
      if (!(diagonal(j) > 0))
        throw new LehrError(
          'input',
          `column ${j} is constant at ${centre[j]}, expected values that differ. Maybe leave it out, or say what scatter its prior has.`,
        );
  const length = full ? d * d : d;
  const given = (name: string, list: ArrayLike<number>, wanted: number): Float64Array => {
    if (list.length !== wanted || !Array.from(list).every(Number.isFinite)) fail(name, Array.from(list), `${wanted} finite numbers`);
    return Float64Array.from(list);
  };
  const mean = options.mean === undefined ? new Float64Array(d) : given('mean', options.mean, d).map((value, j) => value - centre[j]);
  const scatter = options.scatter === undefined ? spread : given('scatter', options.scatter, length);
  let total = 0;
  for (let j = 0; j < d; j++) total += diagonal(j);
  // components^(2/d) without pow: its logarithm is exact enough, and the same everywhere.
  const width = options.width ?? (total > 0 ? total / Math.exp((2 / d) * Math.log(components)) : 1);
  positive('width', width);
  return { rows, d, values, centre, components, covariance, concentration, mean, meanPrecision, degrees, scatter, width };
}

/** Covariances of centred rows (divided by their number), or variances alone. */
function scatterOf(values: Float64Array, rows: number, d: number, full: boolean): Float64Array {
  const scatter = new Float64Array(full ? d * d : d);
  for (let n = 0; n < rows; n++)
    for (let i = 0; i < d; i++) {
      const x = values[n * d + i] / rows;
      if (full) for (let j = 0; j < d; j++) scatter[i * d + j] += x * values[n * d + j];
      else scatter[i] += x * values[n * d + i];
    }
  return scatter;
}
