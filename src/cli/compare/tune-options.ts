import { LOUDNESS, oneBudget, refuseConflicts } from '../options/conflicts.ts';
import { maybe } from '../../closest.ts';
import { LehrError, show } from '../../error.ts';
import type { Axis, Point, Space } from '../../experiment/space.ts';
import type { Seed } from '../../random/seed.ts';
import type { FITS } from '../train/deal-rows.ts';
import type { LearnerSubjectOptions } from '../train/learner-subject.ts';
import { canonical } from '../options/schedule-text.ts';

/** The options of `lehr tune` as given; what was not given is absent. */
export interface TuneOptions extends LearnerSubjectOptions {
  readonly schedule?: string;
  readonly grid?: string;
  readonly random?: string;
  readonly trials?: number;
  readonly seeds?: number;
  readonly judges?: number;
  readonly seed?: Seed;
  readonly seconds?: number;
  readonly steps?: number;
  readonly evaluations?: number;
  readonly epochs?: number;
  readonly block?: number;
  readonly workers?: number;
  readonly rows?: string;
  /** The winner's model, and the rows it is fitted on. */
  readonly output?: string;
  readonly refit?: (typeof FITS)[number];
  readonly report?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Parameters begin with a capital letter, so that they are no schedules' names. */
const NAME = /^[A-Z]\w*$/;
const NAMES = /\b[A-Z]\w*\b/g;

const FORM = 'parameters such as "A=0.001,0.01,0.1; B=0.5,0.9"';
const RANGES = 'parameters such as "A=1e-4..1 log; B=0.5..0.99; C=2..10 whole"';
/** Trials of a search at random. */
const TRIALS = 20;

/** What is searched: the space, and how many points of it; null: all. */
export interface Search {
  readonly space: Space;
  readonly trials: number | null;
}

/**
 * The space of `--grid` or `--random`.
 * @throws LehrError `option` for text that is none, or both at once.
 */
export function searchOf({ grid, random, trials }: Pick<TuneOptions, 'grid' | 'random' | 'trials'>): Search {
  if (grid !== undefined && random !== undefined)
    throw new LehrError('option', '--grid and --random are both given, expected one of them.');
  if (grid === undefined && random === undefined)
    throw new LehrError('option', `--grid is missing, expected ${FORM}. Maybe --random ${RANGES.slice(RANGES.indexOf('"'))}.`);
  if (grid !== undefined && trials !== undefined)
    throw new LehrError('option', `--trials is ${trials}, but --grid tries all its points, expected --random with it.`);
  const [option, text] = grid === undefined ? ['--random', random!] : ['--grid', grid];
  const space: Record<string, Axis> = {};
  for (const part of text
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '')) {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(0, equals)).trim();
    if (!NAME.test(name))
      throw new LehrError(
        'option',
        `${option} has ${show(part)}, expected ${grid === undefined ? RANGES : FORM}, whose names begin with a capital letter.`,
      );
    if (space[name] !== undefined) throw new LehrError('option', `${option} has ${name} twice, expected each parameter once.`);
    space[name] = axisOf(option, name, part.slice(equals + 1).trim());
  }
  if (Object.keys(space).length === 0) throw new LehrError('option', `${option} is ${show(text)}, expected ${FORM}.`);
  return { space, trials: grid === undefined ? (trials ?? TRIALS) : null };
}

function axisOf(option: string, name: string, text: string): Axis {
  const fail = (expected: string): never => {
    throw new LehrError('option', `${option}: ${name} is ${show(text)}, expected ${expected}.`);
  };
  const [ends, ...words] = text.split(/\s+/);
  const range = /^(.+?)\.\.(.+)$/.exec(ends);
  if (range === null) {
    const values = text.split(',').map((value) => (value.trim() === '' ? NaN : Number(value)));
    return values.every(Number.isFinite) ? values : fail('numbers with commas between them, or a range such as 1e-4..1');
  }
  if (option === '--grid') fail('a list of values: a range has no end of points. Maybe --random');
  const odd = words.find((word) => word !== 'log' && word !== 'whole');
  if (odd !== undefined) fail(`log, whole or nothing after the range, not ${show(odd)}.${maybe(odd, ['log', 'whole'])}`.replace(/\.$/, ''));
  const [from, to] = [Number(range[1]), Number(range[2])];
  return { from, to, scale: words.includes('log') ? 'log' : 'linear', whole: words.includes('whole') };
}

/** Schedules with parameters, by control. */
export type Templates = Readonly<Record<string, string>>;

/**
 * Throws an `option` error for a parameter that is in no schedule, or a name in a schedule that is no parameter.
 */
export function checkTemplates(templates: Templates, space: Space, option: '--grid' | '--random'): void {
  const names = Object.keys(space);
  const used = new Set<string>();
  for (const [control, text] of Object.entries(templates)) {
    for (const [name] of text.matchAll(NAMES)) {
      if (!names.includes(name))
        throw new LehrError(
          'option',
          `--${control} has ${name}, which is not in ${option}, expected ${names.join(', ')}.${maybe(name, names)}`,
        );
      used.add(name);
    }
  }
  const idle = names.find((name) => !used.has(name));
  if (idle !== undefined) {
    const controls = Object.keys(templates).map((name) => `--${name}`);
    throw new LehrError(
      'option',
      `${option} has ${idle}, which is in no schedule, expected it in ${controls.join(', ') || 'one, such as --rate "cosine(A, 0)"'}.`,
    );
  }
}

/** The schedules at a point, in canonical text. */
export function schedulesAt(templates: Templates, point: Point): Record<string, string> {
  return Object.fromEntries(
    Object.entries(templates).map(([control, text]) => [
      control,
      canonical(
        `--${control}`,
        text.replaceAll(NAMES, (name) => String(point[name] ?? name)),
      ),
    ]),
  );
}

/** The text of `--grid` or `--random` that says a space. */
export function spaceText(space: Space): string {
  return Object.entries(space)
    .map(([name, axis]) => {
      if (Array.isArray(axis)) return `${name}=${axis.join(',')}`;
      const { from, to, scale, whole } = axis as Exclude<Axis, readonly number[]>;
      return `${name}=${from}..${to}${scale === 'log' ? ' log' : ''}${whole === true ? ' whole' : ''}`;
    })
    .join('; ');
}

/** Throws an `option` error if options contradict each other. */
export function checkTuneConflicts(options: TuneOptions): void {
  refuseConflicts(options, [...oneBudget<TuneOptions>('seconds', 'steps', 'evaluations', 'epochs'), LOUDNESS]);
}
