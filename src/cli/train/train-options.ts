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
import { resolve } from 'node:path';
import { LehrError } from '../../error.ts';
import type { Seed } from '../../random/seed.ts';
import { LEARNING_NAMES, type LearningOptions } from './learning-options.ts';

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

const SHARES = '--split says all three shares, expected it alone';

const CONFLICTS: readonly Conflict<TrainOptions>[] = [
  ...oneBudget<TrainOptions>('epochs', 'steps', 'seconds'),
  ['split', 'validation', SHARES],
  ['split', 'test', SHARES],
  ['rate', 'schedule', FIRST_CONTROL],
  ...SEVERAL_RUNS,
  ...REPLAYED,
  LOUDNESS,
];

/** Throws an `option` error if options contradict each other. */
export function checkTrainConflicts(options: TrainOptions): void {
  refuseConflicts(options, CONFLICTS);
  refuseMixedOutput(options, 'output');
  refuseLoneInterval(options);
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
