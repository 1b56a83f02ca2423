import { LehrError, show } from '../error.ts';
import { maybe } from '../closest.ts';
import type { Seed } from '../random/seed.ts';
import type { Steps } from '../run/lengths.ts';
import type { Budget } from '../run/plan.ts';
import { STDOUT } from './output.ts';
import type { Strategy } from './strategies.ts';

/** The options of `lehr solve` as given; what was not given is absent. */
export interface SolveOptions {
  readonly problem?: string;
  readonly params?: unknown;
  readonly seconds?: number;
  readonly steps?: number;
  readonly evaluations?: number;
  readonly seed?: Seed;
  readonly seeds?: readonly [first: number, last: number];
  readonly chains?: number;
  readonly workers?: number;
  readonly temperature?: string;
  readonly schedule?: string;
  readonly method?: string;
  readonly strategy?: Strategy;
  readonly runLength?: Steps;
  readonly again?: 'random' | 'incumbent';
  readonly target?: number;
  readonly stalled?: number;
  readonly known?: number;
  readonly start?: string;
  readonly block?: number;
  readonly check?: 'none' | 'block' | 'step';
  readonly output?: string;
  readonly report?: string;
  readonly trace?: string;
  readonly record?: string;
  readonly replay?: string;
  readonly checkpoint?: string;
  readonly checkpointEvery?: number;
  readonly resume?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  /** Options that no table knows: controls of a module's own dynamics, perhaps. By name, without the dashes. */
  readonly others: Readonly<Record<string, string>>;
}

/** Pairs of options that cannot be given together, and why. */
const CONFLICTS: readonly (readonly [keyof SolveOptions, keyof SolveOptions, string])[] = [
  ['seconds', 'steps', 'expected one budget'],
  ['seconds', 'evaluations', 'expected one budget'],
  ['steps', 'evaluations', 'expected one budget'],
  ['temperature', 'schedule', '--schedule is the first control by its other name, expected one of them'],
  ['seed', 'seeds', 'expected one seed or several'],
  ['seeds', 'checkpoint', 'several runs have no one checkpoint'],
  ['seeds', 'resume', 'several runs have no one checkpoint'],
  ['seeds', 'record', 'several runs have no one record'],
  ['seeds', 'replay', 'several runs have no one record'],
  ['resume', 'replay', 'expected one of them'],
  ['checkpoint', 'replay', 'a replay can simply be repeated'],
  ['quiet', 'verbose', 'expected one of them'],
];

/** Throws an `option` error if options contradict each other. */
export function checkConflicts(options: SolveOptions): void {
  for (const [one, other, why] of CONFLICTS) {
    if (given(options, one) && given(options, other))
      throw new LehrError('option', `--${flag(one)} and --${flag(other)} are both given: ${why}.`);
  }
  if (options.output === STDOUT && options.json === true) {
    throw new LehrError('option', '--output - and --json both write to standard output, expected one of them. Maybe --output FILE.');
  }
  if (options.strategy === 'single' && (options.chains ?? 1) !== 1) {
    throw new LehrError('option', `--strategy single runs one chain, but --chains is ${options.chains}. Maybe --strategy multistart.`);
  }
  const { strategy = 'multistart' } = options;
  if (options.again !== undefined && (strategy === 'single' || strategy === 'multistart') && options.resume === undefined) {
    throw new LehrError('option', `--again is for restarts, but --strategy is ${strategy}. Maybe --strategy val.`);
  }
  if (options.checkpointEvery !== undefined && !given(options, 'checkpoint') && !given(options, 'resume')) {
    throw new LehrError('option', '--checkpoint-every is given without --checkpoint DIR or --resume DIR, expected one of them beside it.');
  }
}

/** The budget that was given, or null. */
export function budgetGiven({ seconds, steps, evaluations }: Pick<SolveOptions, 'seconds' | 'steps' | 'evaluations'>): Budget | null {
  if (seconds !== undefined) return { seconds };
  if (steps !== undefined) return { steps };
  return evaluations === undefined ? null : { evaluations };
}

/**
 * The schedules that were given, by the controls of the dynamics.
 * @throws LehrError `option` for an option that is no control either.
 */
export function controlsGiven(options: SolveOptions, controls: readonly string[], flags: readonly string[]): Record<string, string> {
  const texts: Record<string, string> = {};
  const set = (name: string, text: string, option: string): void => {
    if (texts[name] !== undefined)
      throw new LehrError(
        'option',
        `--${name} and --${option} are both given: --schedule is the first control by its other name, expected one of them.`,
      );
    texts[name] = text;
  };
  for (const [name, text] of Object.entries(options.others)) {
    if (!controls.includes(name)) throw unknownOption(name, [...flags, ...controls]);
    set(name, text, name);
  }
  if (options.temperature !== undefined) {
    if (!controls.includes('temperature')) {
      throw new LehrError(
        'option',
        `--temperature is ${show(options.temperature)}, but this dynamics has no temperature, expected ${controls.map((name) => `--${name}`).join(', ') || 'none: it has no controls'}.`,
      );
    }
    set('temperature', options.temperature, 'temperature');
  }
  if (options.schedule !== undefined) {
    if (controls.length === 0) throw new LehrError('option', `--schedule is ${show(options.schedule)}, but this dynamics has no controls.`);
    set(controls[0], options.schedule, 'schedule');
  }
  return texts;
}

/** The error about an option nobody knows. */
export function unknownOption(name: string, flags: readonly string[], verb = 'solve'): LehrError {
  const hint = maybe(name, flags);
  return new LehrError(
    'option',
    `unknown option --${name}.${hint === '' ? ` Maybe lehr ${verb} --help.` : hint.replace('Maybe ', 'Maybe --')}`,
  );
}

/** An option's name on the command line. */
export function flag(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function given(options: SolveOptions, name: keyof SolveOptions): boolean {
  return options[name] !== undefined && options[name] !== false;
}
