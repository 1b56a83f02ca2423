import { LehrError, show } from '../../src/error.ts';
import type { Covariance } from './wishart.ts';

/** Options of a Normal–Wishart prior. A matrix is d × d row by row where covariances are full, and its diagonal where they are diagonal. */
export interface NormalPriorOptions {
  /** `full` by default. */
  readonly covariance?: Covariance;
  /** m₀, the prior mean of means (that of the data). */
  readonly mean?: ArrayLike<number>;
  /** κ₀, how many points the prior mean is worth (spread², so that means are thought to lie as far apart as the data do). */
  readonly meanPrecision?: number;
  /** ν₀, the degrees of freedom of the Wishart law, above d − 1, or 0 if diagonal (d, or 1). */
  readonly degrees?: number;
  /** W₀⁻¹; ν₀ times a guess of a group's covariance (the covariance of the data). */
  readonly scatter?: ArrayLike<number>;
  /** Without `scatter`: standard deviations of a group as a share of the data's, so that W₀⁻¹ is the covariance of the data times its square (1). */
  readonly spread?: number;
}

/** Points, less their mean, and the prior in full. */
export interface NormalPrior {
  readonly rows: number;
  readonly d: number;
  /** rows × d, less `centre`. */
  readonly values: Float64Array;
  readonly centre: Float64Array;
  readonly covariance: Covariance;
  /** Less `centre`. */
  readonly mean: Float64Array;
  readonly meanPrecision: number;
  readonly degrees: number;
  readonly scatter: Float64Array;
  /** The variances of the columns added up. */
  readonly variance: number;
}

/**
 * Points and the options of their prior, checked, with the defaults filled in.
 * @param model what messages call the model. @param data rows × d. @param place what messages call a row.
 * @throws LehrError `input` for values that are no numbers or columns that are constant, by row and column from 0; `option` for options that do not fit.
 */
export function normalPrior(
  model: string,
  data: ArrayLike<number>,
  d: number,
  options: NormalPriorOptions,
  place: (row: number) => string = (row) => `row ${row}`,
): NormalPrior {
  const fail = failing(model);
  if (!(Number.isSafeInteger(d) && d >= 1)) fail('d', d, 'a whole number from 1 on');
  const rows = data.length / d;
  if (!(Number.isSafeInteger(rows) && rows >= 1)) fail('data', `${data.length} values`, `rows of ${d}, at least one`);
  const { covariance = 'full', spread = 1, meanPrecision = spread * spread } = options;
  if (covariance !== 'full' && covariance !== 'diagonal') fail('covariance', covariance, "'full' or 'diagonal'");
  const full = covariance === 'full';
  checkPositive(model, 'spread', spread);
  checkPositive(model, 'meanPrecision', meanPrecision);
  const degrees = options.degrees ?? (full ? d : 1);
  checkPositive(model, 'degrees', degrees, full ? d - 1 : 0);
  const { centre, values } = centred(data, rows, d, place);
  const own = scatterOf(values, rows, d, full);
  const varianceOf = (j: number): number => own[full ? j * d + j : j];
  let variance = 0;
  for (let j = 0; j < d; j++) {
    if (options.scatter === undefined && !(varianceOf(j) > 0))
      throw new LehrError(
        'input',
        `column ${j} is constant at ${centre[j]}, expected values that differ. Maybe leave it out, or say what scatter its prior has.`,
      );
    variance += varianceOf(j);
  }
  const given = (name: string, list: ArrayLike<number>, wanted: number): Float64Array => {
    if (list.length !== wanted || !Array.from(list).every(Number.isFinite)) fail(name, Array.from(list), `${wanted} finite numbers`);
    return Float64Array.from(list);
  };
  const mean = options.mean === undefined ? new Float64Array(d) : given('mean', options.mean, d).map((value, j) => value - centre[j]);
  const scatter =
    options.scatter === undefined ? own.map((value) => value * spread * spread) : given('scatter', options.scatter, full ? d * d : d);
  return { rows, d, values, centre, covariance, mean, meanPrecision, degrees, scatter, variance };
}

/** How far from a centre a row still mostly belongs to it, squared, among so many of them: the variance · d / count^(2/d). What random starts take. */
export function widthOf(variance: number, d: number, count: number): number {
  // count^(2/d) without pow: its logarithm is exact enough, and the same everywhere.
  return variance > 0 ? variance / Math.exp((2 / d) * Math.log(count)) : 1;
}

/** Throws an `option` error of a model's option. */
export function failing(model: string): (name: string, value: unknown, expected: string) => never {
  return (name, value, expected) => {
    throw new LehrError('option', `${model}: ${name} is ${show(value)}, expected ${expected}.`);
  };
}

/** @throws LehrError `option` unless it is a finite number above that. */
export function checkPositive(model: string, name: string, value: number, above = 0): void {
  if (!(value > above && value < Infinity)) failing(model)(name, value, `a finite number above ${above}`);
}

function centred(
  data: ArrayLike<number>,
  rows: number,
  d: number,
  place: (row: number) => string,
): { centre: Float64Array; values: Float64Array } {
  const centre = new Float64Array(d);
  for (let n = 0; n < rows; n++)
    for (let j = 0; j < d; j++) {
      const value = data[n * d + j];
      if (!Number.isFinite(value))
        throw new LehrError('input', `${place(n)} has ${show(value)} in column ${j}, expected a finite number. Maybe a value is missing.`);
      centre[j] += value / rows;
    }
  return { centre, values: Float64Array.from({ length: rows * d }, (_, i) => data[i] - centre[i % d]) };
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
