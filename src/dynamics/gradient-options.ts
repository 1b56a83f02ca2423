import { maybe } from '../closest.ts';
import { LehrError, show } from '../error.ts';
import type { Model } from './model.ts';
import type { Optimizer } from './optimizers/optimizer.ts';

/** How `gradient` trains. */
export interface GradientOptions<C extends string = string> {
  readonly optimizer: Optimizer<C>;
  /** Rows in a minibatch; without it all of them, the full batch. */
  readonly batch?: number;
  /**
   * Which weights are the result: `best` (the default where there are held-out data: least held-out loss when it was looked at; without held-out data, on the
   * full batch, least training loss), `last` (the default without), `average`: that of the weights after each step from `averageFrom` on.
   */
  readonly keep?: 'best' | 'last' | 'average';
  /** The first steps that the average leaves out (0). Half of the run is a usual tail. */
  readonly averageFrom?: number;
  /** Which average: `uniform`, the mean (Polyak & Juditsky 1992; the default), or `tail`, the mean of the last half to three quarters of the steps, however many they will be. */
  readonly averaging?: 'uniform' | 'tail';
  /** Steps between two looks at held-out data: an epoch, which on the full batch is a step. */
  readonly evaluateEvery?: number;
}

/** Options with their defaults. */
export interface GradientChoices {
  /** Rows in a minibatch, at most those there are. */
  readonly batch: number;
  readonly keep: 'best' | 'last' | 'average';
  readonly averageFrom: number;
  readonly averaging: 'uniform' | 'tail';
  readonly evaluateEvery: number;
  /** The loss of the weights is known after each step: the full batch, of a model that neither makes noise nor has controls. */
  readonly exact: boolean;
}

const NAMES = ['optimizer', 'batch', 'keep', 'averageFrom', 'averaging', 'evaluateEvery'];

/** The choices; an `option` error for those that make no sense for the model. */
export function choicesOf(model: Model<any, any>, options: GradientOptions): GradientChoices {
  for (const count of ['rows', 'size'] as const)
    if (!Number.isSafeInteger(model?.[count]) || model[count] < 1)
      throw new LehrError('option', `gradient: the model's ${count} is ${show(model?.[count])}, expected a whole number of at least 1.`);
  for (const key of Object.keys(options ?? {})) {
    if (NAMES.includes(key)) continue;
    throw new LehrError('option', `gradient: unknown option ${show(key)}, expected ${NAMES.join(', ')}.${maybe(key, NAMES)}`);
  }
  if (typeof options?.optimizer?.step !== 'function') {
    throw new LehrError('option', `gradient: optimizer is ${show(options?.optimizer)}, expected one such as sgd() or adam().`);
  }
  const { rows } = model;
  whole('gradient: batch', options.batch ?? rows, 1, rows);
  whole('gradient: averageFrom', options.averageFrom ?? 0, 0, Infinity);
  whole('gradient: evaluateEvery', options.evaluateEvery ?? 1, 1, Infinity);
  const { batch = rows, averageFrom = 0, averaging = 'uniform', evaluateEvery = Math.ceil(rows / batch) } = options;
  const { keep = model.evaluate === undefined ? 'last' : 'best' } = options;
  const exact = batch === rows && model.stochastic !== true && (model.controls?.length ?? 0) === 0;
  if (keep !== 'best' && keep !== 'last' && keep !== 'average')
    throw new LehrError('option', `gradient: keep is ${show(keep)}, expected 'best', 'last' or 'average'.`);
  if (keep === 'best' && model.evaluate === undefined && !exact) {
    throw new LehrError(
      'option',
      `gradient: keep is 'best', but ${model.name} has no held-out data and the loss of a minibatch does not tell which weights are best, expected 'last' or 'average'.`,
    );
  }
  if (averaging !== 'uniform' && averaging !== 'tail')
    throw new LehrError('option', `gradient: averaging is ${show(averaging)}, expected 'uniform' or 'tail'.`);
  for (const name of ['averageFrom', 'averaging'] as const)
    if (keep !== 'average' && options[name] !== undefined)
      throw new LehrError('option', `gradient: ${name} is ${show(options[name])}, but keep is '${keep}', expected 'average' with it.`);
  return { batch, keep, averageFrom, averaging, evaluateEvery, exact };
}

function whole(name: string, value: unknown, least: number, most: number): void {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) return;
  const bound = most === Infinity ? `of at least ${least}` : `from ${least} to ${most}, the rows there are`;
  throw new LehrError('option', `${name} is ${show(value)}, expected a whole number ${bound}.`);
}
