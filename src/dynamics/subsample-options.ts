import { LehrError, show } from '../error.ts';

/** How a run begins and what it may do. */
export interface SubsampleOptions {
  /** `empty`: without any row; `prior`: with all rows, in groups drawn from the prior. */
  readonly start?: 'empty' | 'prior';
  /** Whether there is a second control, `temperature`: the likelihood is raised to 1 / temperature, as classical tempering does. */
  readonly tempered?: boolean;
  /** Steps between two looks at the energy (a quarter of the rows). */
  readonly tell?: number;
  /**
   * At most so many samples are kept for the result, equally far apart (0): groups right after batch events, which come once a sweep, as soon as all rows are in and at temperature 1. They are part of
   * the state and of its checkpoints, each as large as a result.
   */
  readonly samples?: number;
  /** Steps before the first of them (0): where all rows are in from the start, nothing else says when the run has forgotten how it began. */
  readonly burnIn?: number;
}

const OPTIONS: readonly string[] = ['start', 'tempered', 'tell', 'samples', 'burnIn'];

/**
 * The options with their defaults.
 * @throws LehrError `option` for those out of range.
 */
export function checkSubsample(rows: number, options: SubsampleOptions): Required<SubsampleOptions> {
  const { start = 'empty', tempered = false, tell = Math.max(1, Math.ceil(rows / 4)), samples = 0, burnIn = 0 } = options;
  for (const name of Object.keys(options))
    if (!OPTIONS.includes(name))
      throw new LehrError('option', `subsampleGibbs: unknown option ${show(name)}, expected ${OPTIONS.join(', ')}.`);
  const check = (name: string, value: unknown, right: boolean, expected: string): void => {
    if (!right) throw new LehrError('option', `subsampleGibbs: ${name} is ${show(value)}, expected ${expected}.`);
  };
  check('start', start, start === 'empty' || start === 'prior', "'empty' or 'prior'");
  check('tempered', tempered, typeof tempered === 'boolean', 'true or false');
  check('tell', tell, Number.isSafeInteger(tell) && tell >= 1, 'a whole number of steps from 1 on');
  check(
    'samples',
    samples,
    samples === 0 || (Number.isSafeInteger(samples) && samples >= 2),
    'a whole number of at least 2, or 0 for none',
  );
  check('burnIn', burnIn, Number.isSafeInteger(burnIn) && burnIn >= 0, 'a whole number of steps from 0 on');
  return { start, tempered, tell, samples, burnIn };
}

/** The options of `subsampleGibbs` among a recipe's parameters, and the model's own; those that are undefined are left out. */
export function subsampleOptionsOf<P extends SubsampleOptions>(params: P): [SubsampleOptions, Omit<P, keyof SubsampleOptions>] {
  const given = Object.entries(params).filter(([, value]) => value !== undefined);
  return [
    Object.fromEntries(given.filter(([name]) => OPTIONS.includes(name))),
    Object.fromEntries(given.filter(([name]) => !OPTIONS.includes(name))) as Omit<P, keyof SubsampleOptions>,
  ];
}
