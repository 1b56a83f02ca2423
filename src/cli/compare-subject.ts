import type { Outcome } from '../run/outcome.ts';
import type { PathPart, Seed } from '../random/seed.ts';
import { LehrError, show } from '../error.ts';
import { knownOf } from './known.ts';
import { LEARNING_NAMES, type LearningOptions } from './learning-options.ts';
import { openLearning, type LearningSubject } from './learning-subject.ts';
import { openTable } from './open-table.ts';
import { flag } from './solve-options.ts';
import { openSubject } from './subject.ts';
import { prepareHere } from './temperatures.ts';

/** What schedules are tried on, a problem or a table to learn from, told alike. */
export interface CompareSubject {
  /** As the user wrote it, and absolute. */
  readonly given: string;
  readonly path: string;
  /** The instance's name, and its size: variables of a problem, rows of a table. */
  readonly name: string;
  readonly n: number;
  /** What kind it is: in a word, and in some. */
  readonly kind: string;
  readonly title: string;
  readonly recipe: string;
  readonly params: object;
  /** Parameters that change with the stream. @param seed what the streams are under. */
  readonly perStream: ((seed: Seed, stream: PathPart) => Promise<object>) | null;
  /** What scores are called, and which are better. */
  readonly objective: string;
  readonly sense: 'min' | 'max';
  /** What an outcome is worth; null: what the recipe says. @param stream the one it ran on. */
  readonly score: ((outcome: Outcome, stream: PathPart) => number) | null;
  /** What energies are multiplied by to be shown while runs go on. */
  readonly sign: 1 | -1;
  /** Controls in the dynamics' order, and those that need no schedule. */
  readonly controls: readonly string[];
  readonly set: readonly string[];
  /** The best known objective. */
  readonly known: number | null;
  /** Steps of an epoch; null where there is no such thing. */
  readonly epoch: number | null;
  /** Words of the command that repeats it, beside the file. */
  readonly words: readonly string[];
  /** What a page tells of it, and sentences that a careful person wants to be told. */
  readonly settings: readonly (readonly [label: string, value: string])[];
  readonly notices: readonly string[];
}

/** How a subject is named. */
export interface SubjectOptions extends LearningOptions {
  readonly problem?: string;
  readonly params?: unknown;
  readonly known?: number;
  readonly score?: 'loss' | 'accuracy' | 'r2';
}

/** Opens a problem's file or a module of the user's own. */
export async function openProblem(given: string, options: SubjectOptions): Promise<CompareSubject> {
  const foreign = [...LEARNING_NAMES.filter((name) => name !== 'target'), 'score' as const].find((name) => options[name] !== undefined);
  if (foreign !== undefined)
    throw new LehrError(
      'option',
      `--${flag(foreign)} is ${show(options[foreign])}, which is for a table to learn from. Maybe name the model too: --model linear.`,
    );
  const subject = await openSubject({ given, problem: options.problem, params: options.params });
  const { family, instance, own } = subject;
  const params = instance.params as object;
  const { dynamics, controls = {}, score } = await prepareHere(family.recipe, params);
  const words = options.problem === undefined ? [] : ['--problem', options.problem];
  if (own && Object.keys(params).length > 0) words.push('--params', JSON.stringify(params));
  return {
    given,
    path: subject.path,
    name: instance.name,
    n: instance.n,
    kind: family.name,
    title: family.title,
    recipe: family.recipe,
    params,
    perStream: null,
    objective: own && score !== undefined ? 'score' : family.objective,
    sense: family.sense,
    score: own ? null : (outcome) => family.evaluate(params, family.answer(params, outcome.result), instance.name),
    sign: family.sense === 'max' ? -1 : 1,
    controls: dynamics.controls,
    set: Object.keys(controls),
    known: options.known ?? (own ? null : (knownOf(subject.path)?.value ?? null)),
    epoch: null,
    words,
    settings: [],
    notices: [],
  };
}

/**
 * Opens a table to learn from. Rows are dealt out anew for each stream, so that intervals are over splits too, unless `--split-seed` names one for all. Weights are chosen on
 * validation rows and judged on test rows; without test rows, on validation rows.
 */
export async function openTableSubject(given: string, options: SubjectOptions): Promise<CompareSubject> {
  for (const name of ['problem', 'params', 'known'] as const)
    if (options[name] !== undefined)
      throw new LehrError(
        'option',
        `--${name} is ${show(options[name])}, but ${show(given)} is a table to learn from, expected no such option.`,
      );
  const source = await openTable(given);
  const first = await openLearning(given, options, source);
  const { parts, figure } = first;
  const part = parts.test !== null ? 'test' : 'validation';
  if (parts[part] === null)
    throw new LehrError('option', '--validation and --test leave no rows to judge by, expected a share of them. Maybe --test 0.2.');
  const score = options.score ?? 'loss';
  if (score !== 'loss' && score !== figure)
    throw new LehrError(
      'option',
      `--score is ${score}, but the target has ${figure === 'r2' ? 'values' : 'classes'}, expected loss or ${figure}.`,
    );
  const { dynamics, controls = {} } = await prepareHere(first.recipe, first.params);
  const dealt = new Map<PathPart, LearningSubject>();
  const { training, validation, test } = parts;
  const counts = [training, validation, test].map((each) => each?.rows ?? 0);
  return {
    given,
    path: first.path,
    name: first.name,
    n: counts.reduce((a, b) => a + b),
    kind: first.model,
    title: `${first.model} of ${first.target}`,
    recipe: first.recipe,
    params: first.params,
    perStream:
      options.splitSeed !== undefined
        ? null
        : async (seed, stream) => {
            const own = await openLearning(given, { ...options, splitSeed: `${seed}, stream ${stream}` }, source);
            dealt.set(stream, own);
            return own.params;
          },
    objective: `${part} ${score}`,
    sense: score === 'loss' ? 'min' : 'max',
    score: ({ result }, stream) => (dealt.get(stream) ?? first).judge((result as { weights: Float64Array }).weights, part)[score],
    sign: 1,
    controls: dynamics.controls,
    set: Object.keys(controls),
    known: null,
    epoch: first.epoch,
    words: wordsOf(options),
    settings: [
      ['target', first.target],
      ['model', first.model],
      ['optimizer', options.optimizer ?? 'sgd'],
      ['rows', `${counts[0]} to train on, ${counts[1]} to choose weights by, ${counts[2]} to judge by`],
      ['split', options.splitSeed === undefined ? 'anew for each stream' : `one for all, seed ${options.splitSeed}`],
    ],
    notices: first.notices,
  };
}

/** The options of a table as words of a command. */
function wordsOf(options: SubjectOptions): string[] {
  return [...LEARNING_NAMES, 'score' as const].flatMap((name) => {
    const value = options[name];
    return value === undefined ? [] : [`--${flag(name)}`, Array.isArray(value) ? value.join(',') : String(value)];
  });
}
