import { Option } from 'commander';
import type { Seed } from '../../random/seed.ts';
import { FITS } from './deal-rows.ts';
import { count, number, seed } from '../options/values.ts';

/** What a model is trained on, and which model, as given: the options that all verbs about learning share. What was not given is absent. */
export interface LearningOptions {
  readonly target?: string;
  readonly task?: 'classes' | 'values';
  readonly drop?: string;
  readonly missing?: 'impute' | 'indicator';
  readonly missingTarget?: 'refuse' | 'drop';
  readonly leaks?: 'refuse' | 'drop' | 'keep';
  readonly scale?: 'standard' | 'none';
  readonly validation?: number;
  readonly test?: number;
  readonly splitSeed?: Seed;
  /** The rows that the model is trained on. */
  readonly fit?: (typeof FITS)[number];
  readonly model?: ModelName;
  readonly hidden?: readonly number[];
  readonly activation?: 'relu' | 'leaky' | 'tanh';
  readonly ridge?: number;
  readonly optimizer?: string;
  readonly batch?: number | 'all';
  readonly keep?: 'best' | 'last' | 'average';
}

/** The models there are for tables. */
export const MODEL_NAMES = ['linear', 'logistic', 'softmax', 'mlp'] as const;
export type ModelName = (typeof MODEL_NAMES)[number];

/** The names of these options, as commander keeps them. */
export const LEARNING_NAMES: readonly (keyof LearningOptions)[] = [
  'target',
  'task',
  'drop',
  'missing',
  'missingTarget',
  'leaks',
  'scale',
  'validation',
  'test',
  'splitSeed',
  'fit',
  'model',
  'hidden',
  'activation',
  'ridge',
  'optimizer',
  'batch',
  'keep',
];

/** A group of options for `--help`. */
export interface OptionGroup {
  readonly heading: string;
  readonly options: readonly Option[];
}

/**
 * The options about data, `--target` left out: a verb says itself what else the name may mean there.
 */
export function dataOptions(): OptionGroup {
  return {
    heading: 'Data:',
    options: [
      new Option('--task <KIND>', 'what the target is, where its numbers may be either').choices(['classes', 'values']),
      new Option('--drop <COLUMNS>', 'columns to leave out, with commas between them'),
      new Option('--missing <HOW>', 'missing values: the training rows’ mean, and with indicator a feature that says so').choices([
        'impute',
        'indicator',
      ]),
      new Option('--missing-target <HOW>', 'rows without a target (default: refuse)').choices(['refuse', 'drop']),
      new Option('--leaks <HOW>', 'columns that repeat the target (default: refuse)').choices(['refuse', 'drop', 'keep']),
      new Option('--scale <HOW>', 'number columns to mean 0 and deviation 1, or as they are (default: standard)').choices([
        'standard',
        'none',
      ]),
      new Option('--validation <SHARE>', 'of the rows, to choose by (default: 0.2)').argParser(number('--validation', { least: 0 })),
      new Option('--test <SHARE>', 'of the rows, to judge by and nothing else (default: 0.2)').argParser(number('--test', { least: 0 })),
      new Option('--split-seed <S>', 'deals the rows out: one seed, one split, in every verb (default: 1)').argParser(seed),
      new Option(
        '--fit <ROWS>',
        'rows to train on: training+validation for a last fit, when everything is chosen (default: training)',
      ).choices([...FITS]),
    ],
  };
}

/** The options about the model and how it is trained. */
export function modelOptions(): OptionGroup {
  return {
    heading: 'Model:',
    options: [
      new Option('--model <NAME>', 'default: linear for values, logistic for two classes, softmax for more').choices([...MODEL_NAMES]),
      new Option('--hidden <WIDTHS>', 'units of each hidden layer of mlp, such as 64,32 (default: 32)').argParser(widths),
      new Option('--activation <NAME>', 'of mlp (default: relu)').choices(['relu', 'leaky', 'tanh']),
      new Option('--ridge <V>', 'L2 regularisation of the others (default: 0)').argParser(number('--ridge', { least: 0 })),
      new Option('--optimizer <NAME>', 'sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw, sgld (default: sgd)'),
      new Option('--batch <N>', 'rows in a minibatch, or all (default: 32)').argParser(batch),
      new Option('--keep <WHICH>', 'weights: best on the validation rows, last, or the average (default: best)').choices([
        'best',
        'last',
        'average',
      ]),
    ],
  };
}

function widths(text: string): readonly number[] {
  return text.split(',').map((width) => count('--hidden', 1)(width));
}

/** A count of rows, or `all`. */
export function batch(text: string): number | 'all' {
  return text === 'all' ? 'all' : count('--batch', 1)(text);
}
