import { basename, resolve } from 'node:path';
import type { Encoder, Examples } from '../../../problems/table/index.ts';
import type { TrainingParams } from '../../dynamics/training-recipe.ts';
import { LehrError, show } from '../../error.ts';
import { dealRows } from './deal-rows.ts';
import type { LearningOptions, ModelName } from './learning-options.ts';
import { openTable, type TableSource } from '../data/open-table.ts';

/** The rows that a model is judged by. */
export type Part = 'training' | 'validation' | 'test';

/** A recipe's parameters: plain data that crosses threads. */
export type LearningParams = TrainingParams & {
  readonly model?: string;
  readonly examples: Examples;
  readonly heldOut?: Examples;
  readonly hidden?: readonly number[];
  readonly activation?: 'relu' | 'leaky' | 'tanh';
  readonly ridge?: number;
};

/** A table, dealt out and encoded, and the model that learns from it. */
export interface LearningSubject {
  /** As the user wrote it, and absolute. */
  readonly given: string;
  readonly path: string;
  readonly sha256: string;
  readonly name: string;
  /** URL of the recipe module, and its parameters: training rows as examples, validation rows as held out. */
  readonly recipe: string;
  readonly params: LearningParams;
  readonly model: ModelName;
  readonly target: string;
  readonly encoder: Encoder;
  /** Whole sentences that a careful person wants to be told. */
  readonly notices: readonly string[];
  /** The examples of each part; null where it has no rows. */
  readonly parts: Readonly<Record<Part, Examples | null>>;
  /** What is told beside the loss: accuracy of classes, r2 of values. */
  readonly figure: 'accuracy' | 'r2';
  /** Steps that an epoch takes. */
  readonly epoch: number;
}

/** Modules of problems are loaded by URL: `src/` never imports one but for its types. */
const PROBLEMS = new URL('../../../problems/', import.meta.url);
type Tables = typeof import('../../../problems/table/index.ts');

const BATCH = 32;
const HIDDEN = [32];
/** So many columns are named where none is. */
const NAMED = 12;

/**
 * Reads a table, deals its rows out, encodes them by what the training rows say, and settles the model.
 * @param source the table, where it is read already. @param asked the model as the user called it.
 * @throws LehrError `input` that names file, column or row, `option` for options that do not go together.
 */
export async function openLearning(
  given: string,
  options: LearningOptions,
  source?: TableSource,
  asked: string | undefined = options.model,
): Promise<LearningSubject> {
  const { target } = options;
  const { table, sha256 } = source ?? (await openTable(given));
  const tables = (await import(new URL('table/index.js', PROBLEMS).href)) as Tables;
  if (target === undefined) {
    const names = table.columns.map(({ name }) => name);
    const more = names.length > NAMED ? ` … (${names.length})` : '';
    throw new LehrError(
      'option',
      `--target is missing, expected the column to predict: ${names.slice(0, NAMED).map(show).join(', ')}${more}.`,
    );
  }
  const column = tables.columnOf(table, target, given);
  const classes =
    options.task !== 'values' && (options.task === 'classes' || column.kind === 'category' || tables.summarise(column).distinct <= 20);
  // Stratified where the target is of classes; rows without a target are a class of their own.
  const split = dealRows(tables, table.rows, options, classes ? tables.asCategories(column).codes : undefined);
  const { task, missing, missingTarget, leaks, drop } = options;
  const encoding = tables.encode(table, {
    target,
    training: split.training,
    standardiseTarget: true,
    standardise: options.scale !== 'none',
    ...present({ task, missing, missingTarget, leaks, drop: drop?.split(',').map((name) => name.trim()) }),
  });
  const { examples, encoder, notices, rows } = encoding;
  const place = new Map(Array.from(rows, (row, i) => [row, i]));
  const part = (of: Int32Array): Examples | null => {
    const own = Array.from(of, (row) => place.get(row)).filter((i): i is number => i !== undefined);
    return own.length === 0 ? null : tables.selectExamples(examples, own);
  };
  const parts = { training: part(split.training), validation: part(split.validation), test: part(split.test) };
  const { training } = parts;
  if (training === null) throw new LehrError('input', `${given}: no training row has a target, expected at least one.`);

  const model = modelOf(options, training.classes, asked);
  const batch = options.batch === 'all' ? training.rows : Math.min(options.batch ?? BATCH, training.rows);
  const params: LearningParams = {
    examples: training,
    ...(model === 'mlp' ? {} : { model }),
    ...present({
      heldOut: parts.validation ?? undefined,
      optimizer: options.optimizer,
      batch,
      keep: options.keep,
      ridge: options.ridge,
      hidden: model === 'mlp' ? (options.hidden ?? HIDDEN) : undefined,
      activation: options.activation,
    }),
  };
  return {
    given,
    path: resolve(given),
    sha256,
    name: basename(given),
    recipe: new URL(model === 'mlp' ? 'network/recipe.js' : 'regression/recipe.js', PROBLEMS).href,
    params,
    model,
    target,
    encoder,
    notices,
    parts,
    figure: training.classes === 0 ? 'r2' : 'accuracy',
    epoch: Math.ceil(training.rows / batch),
  };
}

/** The model that is asked for, or the usual one for the target; an `option` error where the two do not go together. */
function modelOf(options: LearningOptions, classes: number, asked: string | undefined): ModelName {
  const { model = classes === 0 ? 'linear' : classes === 2 ? 'logistic' : 'softmax', hidden, activation, ridge } = options;
  const fits = { linear: classes === 0, logistic: classes === 2, softmax: classes >= 2, mlp: true }[model];
  if (!fits) {
    const are = classes === 0 ? 'values' : `${classes} classes`;
    throw new LehrError(
      'option',
      `--model is ${asked ?? model}, but the target has ${are}, expected ${classes === 0 ? 'linear' : classes === 2 ? 'logistic, softmax' : 'softmax'} or mlp. Maybe --task.`,
    );
  }
  const foreign = model === 'mlp' ? { ridge } : { hidden, activation };
  for (const [name, value] of Object.entries(foreign))
    if (value !== undefined)
      throw new LehrError(
        'option',
        `--${name} is ${show(value)}, but the model is ${model}, expected ${model === 'mlp' ? 'no ridge: take --optimizer adamw and its decay' : 'it with --model mlp'}.`,
      );
  return model;
}

/** The options that were given. */
function present<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}
