import type { Split } from '../../../problems/table/index.ts';
import type { LearningOptions } from './learning-options.ts';

type Tables = typeof import('../../../problems/table/index.ts');

/** Rows that a model may be fitted on. */
export const FITS = ['training', 'training+validation'] as const;

/**
 * Deals rows out as options say: by default three fifths to train on, and a fifth each to choose and to judge by. Under `--fit training+validation` the test rows are the same, and there is nothing to
 * choose by.
 * @param classes the class of each row, where parts are to have their shares of each.
 */
export function dealRows(
  { split, withoutValidation }: Tables,
  rows: number,
  { validation = 0.2, test = 0.2, splitSeed = 1, fit = 'training' }: Pick<LearningOptions, 'validation' | 'test' | 'splitSeed' | 'fit'>,
  classes?: ArrayLike<number>,
): Split {
  const dealt = split(rows, { seed: splitSeed, validation, test, ...(classes === undefined ? {} : { classes }) });
  return fit === 'training' ? dealt : withoutValidation(dealt);
}
