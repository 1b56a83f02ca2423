import { unknownOption } from '../options/flag.ts';
import {
  FIRST_CONTROL,
  LOUDNESS,
  oneBudget,
  refuseConflicts,
  refuseLoneInterval,
  refuseMixedOutput,
  REPLAYED,
  SEVERAL_RUNS,
  type Conflict,
} from '../options/conflicts.ts';
import { LehrError, show } from '../../error.ts';
import type { Seed } from '../../random/seed.ts';
import type { Steps } from '../../run/lengths.ts';
import type { Budget } from '../../run/plan.ts';
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

const CONFLICTS: readonly Conflict<SolveOptions>[] = [
  ...oneBudget<SolveOptions>('seconds', 'steps', 'evaluations'),
  ['temperature', 'schedule', FIRST_CONTROL],
  ...SEVERAL_RUNS,
  ...REPLAYED,
  LOUDNESS,
];

/** Throws an `option` error if options contradict each other. */
export function checkConflicts(options: SolveOptions): void {
  refuseConflicts(options, CONFLICTS);
  refuseMixedOutput(options, 'output');
  if (options.strategy === 'single' && (options.chains ?? 1) !== 1) {
    throw new LehrError('option', `--strategy single runs one chain, but --chains is ${options.chains}. Maybe --strategy multistart.`);
  }
  const { strategy = 'multistart' } = options;
  if (options.again !== undefined && (strategy === 'single' || strategy === 'multistart') && options.resume === undefined) {
    throw new LehrError('option', `--again is for restarts, but --strategy is ${strategy}. Maybe --strategy val.`);
  }
  refuseLoneInterval(options);
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
    if (texts[name] !== undefined) throw new LehrError('option', `--${name} and --${option} are both given: ${FIRST_CONTROL}.`);
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
