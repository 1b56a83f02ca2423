import { maybe } from '../closest.ts';
import { LehrError, show } from '../error.ts';
import type { VariationalModel } from './variational-model.ts';

/**
 * What is heated by the control `temperature` T: `local`, the laws of the rows' discrete variables, which become ∝ exp(expected log density / T); or `all` factors, so that a step ascends
 * E[ln p] + T H[q] (deterministic annealing; Katahira, Watanabe and Okada, "Deterministic annealing variant of variational Bayes method", 2008, have it as inverse temperature on all factors).
 */
export type Tempering = 'none' | 'local' | 'all';

/**
 * Where the noise goes whose size is the control `noiseScale` σ:
 * - `local`: Gumbel numbers times σ are added to the logits of each row's discrete variables; with σ = 1 a hard maximum would be a draw from their law;
 * - `statistics`: rows (in at most 256 groups) are weighed anew at each step, as in the Bayesian bootstrap (Rubin 1981): the noise of a minibatch of rows / σ² rows, with mean 0;
 * - `parameters`: σ standard deviations of q are added to the parameters, as far as they stay valid;
 * - `metropolis`: a step that begins σ₀ standard deviations away (`stride`) is taken in place of the plain one by Metropolis' rule on the bound, at temperature σ nats.
 *
 * These are our readings of the abstract of Gultekin, Zhang and Paisley, "Stochastic Annealing for Variational Inference" (arXiv 1505.06723); its own formula could not be had.
 */
export type Noise = 'none' | 'local' | 'statistics' | 'parameters' | 'metropolis';

/** How variational inference goes about it. */
export interface SviOptions {
  /** Rows a step; then there is a control `rate`. Default: all of them, coordinate ascent. */
  readonly batch?: number;
  /** `none` by default; else there is a control `temperature`. */
  readonly temper?: Tempering;
  /** `none` by default; else there is a control `noiseScale`. */
  readonly noise?: Noise;
  /** Standard deviations of q that a Metropolis proposal begins away (1). */
  readonly stride?: number;
  /** Steps between two bounds that are told (1; with minibatches an epoch). */
  readonly tell?: number;
}

const OPTIONS = ['batch', 'temper', 'noise', 'stride', 'tell'];
const TEMPERINGS: readonly unknown[] = ['none', 'local', 'all'];
const NOISES: readonly unknown[] = ['none', 'local', 'statistics', 'parameters', 'metropolis'];

/** The options with their defaults. @throws LehrError `option` for those that do not fit the model. */
export function checkSvi(model: VariationalModel, options: SviOptions): Required<SviOptions> {
  for (const name of Object.keys(options))
    if (!OPTIONS.includes(name))
      throw new LehrError('option', `svi: unknown option ${show(name)}, expected ${OPTIONS.join(', ')}.${maybe(name, OPTIONS)}`);
  const { rows } = model;
  const { batch = rows, temper = 'none', noise = 'none', stride = 1 } = options;
  checkCount('batch', batch, rows);
  const tell = options.tell ?? (batch === rows ? 1 : Math.ceil(rows / batch));
  checkCount('tell', tell, Infinity);
  if (!TEMPERINGS.includes(temper)) throw new LehrError('option', `svi: temper is ${show(temper)}, expected ${TEMPERINGS.join(', ')}.`);
  if (!NOISES.includes(noise)) throw new LehrError('option', `svi: noise is ${show(noise)}, expected ${NOISES.join(', ')}.`);
  if (!(stride >= 0 && stride < Infinity))
    throw new LehrError('option', `svi: stride is ${show(stride)}, expected a finite number of at least 0.`);
  if ((noise === 'parameters' || noise === 'metropolis') && model.perturb === undefined)
    throw new LehrError('option', `svi: noise is ${show(noise)}, but ${model.name} has no perturb. Maybe noise: 'local' or 'statistics'.`);
  if (noise === 'metropolis' && (batch !== rows || temper !== 'none'))
    throw new LehrError(
      'option',
      `svi: noise is 'metropolis' with minibatches or tempering, expected neither: its rule needs the bound itself.`,
    );
  return { batch, temper, noise, stride, tell };
}

/** Throws an `option` error unless the controls of a block are valid. */
export function checkControls({ temper }: Required<SviOptions>, rate: number, temperature: number, noiseScale: number): void {
  const check = (name: string, value: number, fits: boolean, expected: string): void => {
    if (!fits) throw new LehrError('option', `${name} is ${show(value)}, expected ${expected}. Maybe the schedule goes beyond it.`);
  };
  check('rate', rate, rate >= 0 && rate <= 1, 'a number from 0 to 1: larger ones leave the valid parameters');
  check(
    'temperature',
    temperature,
    temperature < Infinity && (temper === 'all' ? temperature >= 1 : temperature > 0),
    temper === 'all' ? 'a finite number of at least 1' : 'a finite number above 0',
  );
  check('noiseScale', noiseScale, noiseScale >= 0 && noiseScale < Infinity, 'a finite number of at least 0');
}

/** At so many places a curve is asked for its value before a run begins. */
const PLACES = 100;

/** The same of a whole leg, as far as its controls are numbers or pure curves. @param steps how many the leg has; NaN if that is not known. */
export function checkCourse(options: Required<SviOptions>, controls: Readonly<Record<string, Curve>>, steps: number): void {
  for (let k = 0; k <= PLACES; k++) {
    const t = k / PLACES;
    const at = (name: string, none: number): number => {
      const curve = controls[name];
      const value = typeof curve === 'function' ? curve(t, Math.round(t * steps)) : typeof curve === 'number' ? curve : none;
      // A curve that reads the step, in a run whose length is not known.
      return value !== value && steps !== steps ? none : value;
    };
    checkControls(options, at('rate', 1), at('temperature', 1), at('noiseScale', 0));
  }
}

type Curve = number | ((t: number, step: number) => number) | object;

function checkCount(name: string, value: unknown, most: number): void {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= most) return;
  throw new LehrError(
    'option',
    `svi: ${name} is ${show(value)}, expected a whole number from 1${most === Infinity ? ' on' : ` to ${most}`}.`,
  );
}
