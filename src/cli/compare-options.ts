import { maybe } from '../closest.ts';
import { LehrError, show } from '../error.ts';
import type { Seed } from '../random/seed.ts';
import { canonical } from './schedule-text.ts';

/** The options of `lehr compare` as given; what was not given is absent. */
export interface CompareOptions {
  readonly schedules?: string;
  readonly baseline?: string;
  readonly seeds?: number | readonly number[];
  readonly seed?: Seed;
  readonly problem?: string;
  readonly params?: unknown;
  readonly known?: number;
  readonly seconds?: number;
  readonly steps?: number;
  readonly evaluations?: number;
  readonly target?: number;
  readonly block?: number;
  readonly workers?: number;
  readonly rows?: string;
  readonly report?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  /** Controls other than the first, by name, without the dashes. */
  readonly others: Readonly<Record<string, string>>;
}

/**
 * The schedules of `--schedules "a; b; c"` in canonical text, which are the names of the cells, and the one the others are compared with.
 * @throws LehrError `option` for a schedule that is none, that is given twice, or too few of them.
 */
export function schedulesOf({ schedules, baseline }: CompareOptions): { readonly names: readonly string[]; readonly baseline: string } {
  if (schedules === undefined)
    throw new LehrError('option', '--schedules is missing, expected schedules such as "exponential(60, 5); modified-lam".');
  const texts = schedules.split(';').map((text) => text.trim());
  if (texts.length > 1 && texts.at(-1) === '') texts.pop();
  const names = texts.map((text) => {
    if (text === '') throw new LehrError('option', `--schedules is ${show(schedules)}, expected a schedule on each side of a semicolon.`);
    return nameOf(canonical('--schedules', text));
  });
  if (names.length < 2)
    throw new LehrError(
      'option',
      `--schedules is ${show(schedules)}, expected at least two schedules. Maybe put a semicolon between them.`,
    );
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new LehrError('option', `--schedules has ${twice} twice, expected each schedule once.`);
  if (baseline === undefined) return { names, baseline: names[0] };
  const chosen = nameOf(canonical('--baseline', baseline));
  if (names.includes(chosen)) return { names, baseline: chosen };
  throw new LehrError('option', `--baseline is ${chosen}, expected one of the schedules ${names.join('; ')}.${maybe(chosen, names)}`);
}

/** What a schedule is called among others: a bare number would not keep its place in the order of cells. */
function nameOf(text: string): string {
  return /^\d+$/.test(text) ? `constant(${text})` : text;
}

/** Throws an `option` error if options contradict each other. */
export function checkCompareConflicts({ seconds, steps, evaluations, quiet, verbose }: CompareOptions): void {
  const budgets = Object.entries({ seconds, steps, evaluations }).filter(([, value]) => value !== undefined);
  if (budgets.length > 1) throw new LehrError('option', `--${budgets[0][0]} and --${budgets[1][0]} are both given: expected one budget.`);
  if (quiet === true && verbose === true) throw new LehrError('option', '--quiet and --verbose are both given: expected one of them.');
}
