import { resolve } from 'node:path';
import { LehrError } from '../error.ts';
import type { Seed } from '../random/seed.ts';
import { LEARNING_NAMES, type LearningOptions } from './learning-options.ts';
import { flag } from './solve-options.ts';
import { STDOUT } from './output.ts';

/** The models that `lehr train` knows. */
export const TRAINED_MODELS = ['linear', 'ridge', 'logistic', 'softmax', 'mlp', 'factorisation', 'rbm'] as const;
export type TrainedModelName = (typeof TRAINED_MODELS)[number];

/** What is learned and how, as given; what was not given is absent. */
export interface LearnerOptions extends Omit<LearningOptions, 'model'> {
  readonly model?: TrainedModelName;
  /** Columns that are categories whatever they look like, and the texts of a missing value. */
  readonly categories?: string;
  readonly na?: string;
  /** Files beside images or a bag of words. */
  readonly labels?: string;
  readonly vocabulary?: string;
  /** How a bag of words becomes columns. */
  readonly frequencies?: 'absolute' | 'relative';
  readonly minDocuments?: number;
  /** Of ratings: the columns that say who and what, and factors of each. */
  readonly user?: string;
  readonly item?: string;
  readonly rank?: number;
  /** Of machines: where a unit is on, kernel steps, and persistent chains. */
  readonly threshold?: number;
  readonly cd?: number;
  readonly persistent?: boolean;
  /** Of a module of the user's own. */
  readonly params?: unknown;
}

/** The names of these options. */
export const LEARNER_NAMES: readonly (keyof LearnerOptions)[] = [
  ...LEARNING_NAMES,
  'categories',
  'na',
  'labels',
  'vocabulary',
  'frequencies',
  'minDocuments',
  'user',
  'item',
  'rank',
  'threshold',
  'cd',
  'persistent',
  'params',
];

/** The options of `lehr train` as given. */
export interface TrainOptions extends LearnerOptions {
  /** Shares of training, validation and test. */
  readonly split?: readonly [training: number, validation: number, test: number];
  readonly rate?: string;
  readonly schedule?: string;
  readonly momentum?: string;
  readonly decay?: string;
  readonly temperature?: string;
  readonly epochs?: number;
  readonly steps?: number;
  readonly seconds?: number;
  readonly stalled?: number;
  readonly block?: number;
  readonly seed?: Seed;
  readonly seeds?: readonly [first: number, last: number];
  readonly chains?: number;
  readonly workers?: number;
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
  /** Options that no table knows: controls of a module's own model, perhaps. By name, without the dashes. */
  readonly others: Readonly<Record<string, string>>;
}

const BUDGET = 'expected one budget';
const SHARES = '--split says all three shares, expected it alone';

/** Pairs of options that cannot be given together, and why. */
const CONFLICTS: readonly (readonly [keyof TrainOptions, keyof TrainOptions, string])[] = [
  ['epochs', 'steps', BUDGET],
  ['epochs', 'seconds', BUDGET],
  ['steps', 'seconds', BUDGET],
  ['split', 'validation', SHARES],
  ['split', 'test', SHARES],
  ['rate', 'schedule', '--schedule is the first control by its other name, expected one of them'],
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
export function checkTrainConflicts(options: TrainOptions): void {
  const given = (name: keyof TrainOptions): boolean => options[name] !== undefined && options[name] !== false;
  for (const [one, other, why] of CONFLICTS)
    if (given(one) && given(other)) throw new LehrError('option', `--${flag(one)} and --${flag(other)} are both given: ${why}.`);
  if (options.output === STDOUT && options.json === true)
    throw new LehrError('option', '--output - and --json both write to standard output, expected one of them. Maybe --output FILE.');
  if (options.checkpointEvery !== undefined && !given('checkpoint') && !given('resume'))
    throw new LehrError('option', '--checkpoint-every is given without --checkpoint DIR or --resume DIR, expected one of them beside it.');
}

/** What is learned and how, of all options; `--split` as the shares it means. */
export function learnerOptionsOf(options: TrainOptions): LearnerOptions {
  const { split } = options;
  const all: LearnerOptions = {
    ...options,
    ...(split === undefined ? {} : { validation: split[1], test: split[2] }),
    // Whoever goes on elsewhere means the same file.
    ...(options.labels === undefined ? {} : { labels: resolve(options.labels) }),
    ...(options.vocabulary === undefined ? {} : { vocabulary: resolve(options.vocabulary) }),
  };
  return Object.fromEntries(LEARNER_NAMES.map((name) => [name, all[name]]).filter(([, value]) => value !== undefined));
}

/** `0.7,0.15,0.15`: shares of training, validation and test, which add up to 1. */
export function shares(text: string): readonly [number, number, number] {
  const parts = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  const [training, validation, test] = parts;
  const right =
    parts.length === 3 &&
    parts.every((part) => part >= 0 && part <= 1) &&
    training > 0 &&
    Math.abs(training + validation + test - 1) < 1e-6;
  if (right) return [training, validation, test];
  throw new LehrError(
    'option',
    `--split is ${JSON.stringify(text)}, expected shares of training, validation and test that add up to 1, such as 0.7,0.15,0.15.`,
  );
}
