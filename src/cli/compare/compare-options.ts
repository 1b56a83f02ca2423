import { LOUDNESS, oneBudget, refuseConflicts, type Conflict } from '../options/conflicts.ts';
import { maybe } from '../../closest.ts';
import { LehrError, show } from '../../error.ts';
import type { Seed } from '../../random/seed.ts';
import { canonical } from '../options/schedule-text.ts';
import type { LearnerSubjectOptions } from '../train/learner-subject.ts';

/** The options of `lehr compare` as given; what was not given is absent. */
export interface CompareOptions extends LearnerSubjectOptions {
  readonly schedules?: string;
  readonly rates?: string;
  readonly baseline?: string;
  readonly seeds?: number | readonly number[];
  readonly seed?: Seed;
  readonly seconds?: number;
  readonly steps?: number;
  readonly evaluations?: number;
  readonly epochs?: number;
  /** An objective at which runs end; the column to predict, of data to learn from. */
  readonly target?: string;
  readonly block?: number;
  readonly workers?: number;
  readonly rows?: string;
  readonly report?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Whether it is data to learn from that schedules are compared on: a model or rates are named. */
export function learns({ rates, model }: Pick<CompareOptions, 'rates' | 'model'>): boolean {
  return rates !== undefined || model !== undefined;
}

/**
 * The schedules of `--schedules "a; b; c"`, or of `--rates`, in canonical text, which are the names of the cells, and the one the others are compared with.
 * @throws LehrError `option` for a schedule that is none, that is given twice, or too few of them.
 */
export function schedulesOf({ schedules: given, rates, baseline }: CompareOptions): {
  readonly names: readonly string[];
  readonly baseline: string;
  /** The option that they are from. */
  readonly option: string;
} {
  const schedules = given ?? rates;
  const option = given === undefined && rates !== undefined ? '--rates' : '--schedules';
  if (schedules === undefined)
    throw new LehrError(
      'option',
      '--schedules is missing, expected schedules such as "exponential(60, 5); modified-lam". Maybe --rates "0.1; cosine(0.1, 0)" for a table.',
    );
  const texts = schedules.split(';').map((text) => text.trim());
  if (texts.length > 1 && texts.at(-1) === '') texts.pop();
  const names = texts.map((text) => {
    if (text === '') throw new LehrError('option', `${option} is ${show(schedules)}, expected a schedule on each side of a semicolon.`);
    return nameOf(canonical(option, text));
  });
  if (names.length < 2)
    throw new LehrError('option', `${option} is ${show(schedules)}, expected at least two schedules. Maybe put a semicolon between them.`);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new LehrError('option', `${option} has ${twice} twice, expected each schedule once.`);
  if (baseline === undefined) return { names, baseline: names[0], option };
  const chosen = nameOf(canonical('--baseline', baseline));
  if (names.includes(chosen)) return { names, baseline: chosen, option };
  throw new LehrError('option', `--baseline is ${chosen}, expected one of the schedules ${names.join('; ')}.${maybe(chosen, names)}`);
}

/** What a schedule is called among others: a bare number would not keep its place in the order of cells. */
function nameOf(text: string): string {
  return /^\d+$/.test(text) ? `constant(${text})` : text;
}

const CONFLICTS: readonly Conflict<CompareOptions>[] = [
  ['schedules', 'rates', '--rates is its name for data to learn from, expected one of them'],
  ...oneBudget<CompareOptions>('seconds', 'steps', 'evaluations', 'epochs'),
  LOUDNESS,
];

/** Throws an `option` error if options contradict each other. */
export function checkCompareConflicts(options: CompareOptions): void {
  refuseConflicts(options, CONFLICTS);
}
