import { maybe } from '../../src/closest.ts';
import { LehrError, show } from '../../src/error.ts';
import type { MixtureData } from './data.ts';
import { FEATURE_PRIORS, HYPER_NAMES, pitmanYorGrid, type HyperPrior } from './hyper.ts';

/** A Pitman–Yor process: where its numbers begin, and the pairs they may come to. */
export interface ProcessOptions {
  /** The concentration α (1), above 0. */
  readonly alpha?: number;
  /** The discount d (0), at least 0 and below 1: 0 is the Dirichlet process. */
  readonly discount?: number;
  /** Pairs of these that a grid-Gibbs move chooses from; default: see `pitmanYorGrid`, all of discount 0 if d is 0. */
  readonly grid?: readonly (readonly [alpha: number, discount: number])[];
}

/** Options of a mixture. */
export interface MixtureOptions extends ProcessOptions {
  /** Whether hyperparameters are drawn anew at batch events (`grid`) or stay where they begin (`fixed`). */
  readonly hyper?: 'grid' | 'fixed';
  /** By column: where its hyperparameters begin, and what their grids are; default: see `FEATURE_PRIORS`. */
  readonly priors?: Readonly<Record<string, Partial<HyperPrior>>>;
}

export const MIXTURE_OPTIONS = ['alpha', 'discount', 'grid', 'hyper', 'priors'] as const;

/** A process's start and grid; of one pair where hyperparameters stay. */
export interface Process {
  readonly start: readonly [alpha: number, discount: number];
  readonly grid: readonly (readonly [alpha: number, discount: number])[];
}

export function checkNames(name: string, options: object, allowed: readonly string[]): void {
  for (const key of Object.keys(options))
    if (!allowed.includes(key))
      throw new LehrError('option', `${name}: unknown option ${show(key)}, expected ${allowed.join(', ')}.${maybe(key, allowed)}`);
}

/** @param name what messages call it. */
export function processOf(name: string, options: ProcessOptions, fixed: boolean): Process {
  const { alpha = 1, discount = 0 } = options;
  const check = (a: unknown, d: unknown, where: string): void => {
    if (!(typeof a === 'number' && a > 0 && a < Infinity))
      throw new LehrError('option', `${name}: ${where}alpha is ${show(a)}, expected a finite number above 0.`);
    if (!(typeof d === 'number' && d >= 0 && d < 1))
      throw new LehrError('option', `${name}: ${where}discount is ${show(d)}, expected a number of at least 0 and below 1.`);
  };
  check(alpha, discount, '');
  if (options.grid !== undefined && !(Array.isArray(options.grid) && options.grid.length > 0))
    throw new LehrError('option', `${name}: grid is ${show(options.grid)}, expected a list of at least one pair [alpha, discount].`);
  options.grid?.forEach(([a, d], i) => check(a, d, `grid[${i}]: `));
  return { start: [alpha, discount], grid: fixed ? [[alpha, discount]] : (options.grid ?? pitmanYorGrid(discount > 0)) };
}

/** The prior of each feature's hyperparameters; grids of one value each where they stay. */
export function priorsOf(name: string, data: MixtureData, options: MixtureOptions): readonly HyperPrior[] {
  const { hyper = 'grid', priors = {} } = options;
  if (hyper !== 'grid' && hyper !== 'fixed') throw new LehrError('option', `${name}: hyper is ${show(hyper)}, expected 'grid' or 'fixed'.`);
  const names = data.features.map((feature) => feature.name);
  for (const column of Object.keys(priors))
    if (!names.includes(column))
      throw new LehrError('option', `${name}: priors has ${show(column)}, expected names of columns.${maybe(column, names)}`);
  return data.features.map((feature): HyperPrior => {
    const usual = FEATURE_PRIORS[feature.kind];
    const own = Object.hasOwn(priors, feature.name) ? priors[feature.name] : {};
    const { start = usual.start, grids = usual.grids } = own;
    const wanted = HYPER_NAMES[feature.kind];
    const sound = (list: readonly number[], i: number): boolean =>
      list.length > 0 && list.every((value) => Number.isFinite(value) && (value > 0 || wanted[i] === 'mu'));
    if (
      start.length !== wanted.length ||
      grids.length !== wanted.length ||
      !start.every((value, i) => sound([value], i)) ||
      !grids.every(sound)
    )
      throw new LehrError(
        'option',
        `${name}: priors.${feature.name} begins at ${show(start)} with grids ${show(grids)}, expected one start and one list of values each for ${wanted.join(', ')}${wanted.includes('mu') ? '; all but mu above 0' : ', all above 0'}.`,
      );
    return hyper === 'fixed' ? { start, grids: start.map((value) => [value]) } : { start, grids };
  });
}
