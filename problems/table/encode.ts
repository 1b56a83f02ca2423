import { LehrError, show } from '../../src/error.ts';
import { checkKeys } from '../../src/run/plan.ts';
import { ASKED, CLASSES, codesOf, momentsOf } from './codes.ts';
import { encodeInputs, encodeTargets, featuresOf, type Encoder, type TargetCode } from './encoder.ts';
import { checkExamples, type Examples } from './examples.ts';
import {
  asCategories,
  columnOf,
  isMissing,
  placeOf,
  selectRows,
  type CategoryColumn,
  type Column,
  type NumberColumn,
  type Table,
} from './table.ts';

/** How a table becomes examples. */
export interface EncodeOptions {
  /** The name of the target's column. */
  readonly target: string;
  /** Columns that are to be no features. */
  readonly drop?: readonly string[];
  /** The rows that means, deviations, labels and modes are learned from; default: all. */
  readonly training?: ArrayLike<number>;
  /** What the target is; default: classes if it is of categories, or has two values, or at most 20 different ones, all whole numbers. */
  readonly task?: 'classes' | 'values';
  /** Number columns to mean 0 and deviation 1 over the training rows (true). One-hot features are left 0 and 1. */
  readonly standardise?: boolean;
  /** A target of values likewise (false); `decodeTarget` leads back. */
  readonly standardiseTarget?: boolean;
  /** Missing values: `impute` the mean or mode of the training rows (default), or do so and have an `indicator` feature that says 1 there. */
  readonly missing?: 'impute' | 'indicator';
  /** Rows whose target is missing: an error (default), or left out. */
  readonly missingTarget?: 'refuse' | 'drop';
  /** Columns that repeat the target (see `leaksByName` and `likeness`): an error (default), left out, or features all the same. */
  readonly leaks?: 'refuse' | 'drop' | 'keep';
}

/** Examples, what was learned from the training rows, and what a careful person would want to be told. */
export interface Encoding {
  readonly examples: Examples;
  readonly encoder: Encoder;
  /** The table's rows that became examples, in order: all, unless some were left out for want of a target. */
  readonly rows: Int32Array;
  /** Whole sentences: columns left out, a target taken for classes, categories that no training row has. */
  readonly notices: readonly string[];
}

const OPTIONS = ['target', 'drop', 'training', 'task', 'standardise', 'standardiseTarget', 'missing', 'missingTarget', 'leaks'];

/**
 * Turns a table into examples: categories one-hot, missing values filled, numbers standardised, all of it learned from the training rows alone
 * and kept in an `Encoder` that encodes other rows alike. Left out, and said in `notices`: columns that are constant or missing
 * over the training rows, columns of row numbers (all different whole numbers or texts under a name like `id` or `rownames`; sorted files leak by them).
 * @throws LehrError `input` that names the column (and the row): no such target, a target that is missing or has one value in the training rows,
 * columns that repeat it, no feature left, text among numbers.
 */
export function encode(table: Table, options: EncodeOptions): Encoding {
  checkKeys('encode', options, OPTIONS);
  const notices: string[] = [];
  const { whole, rows, training } = rowsOf(table, options, notices);
  const target = columnOf(whole, options.target);
  const targetCode = targetOf(whole, target, training, options, notices);
  const { columns, dropped, alike } = codesOf(whole, target, training, options);
  for (const { name, why } of dropped) if (why !== ASKED) notices.push(`column ${show(name)} is left out: ${why}.`);
  for (const name of alike) notices.push(`column ${show(name)} rises or falls throughout with the target: maybe it is made from it.`);
  if (columns.length === 0) {
    const why = dropped.slice(0, 8).map(({ name, why: reason }) => `${show(name)}: ${reason}`);
    const left = why.length === 0 ? '' : ` Left out are ${why.join('; ')}.`;
    throw new LehrError('input', `${pathOf(table)}: no column is left to learn from, expected at least one besides the target.${left}`);
  }
  const encoder: Encoder = { version: 1, target: targetCode, columns, dropped, features: columns.flatMap(featuresOf) };
  const guessed = targetCode.kind === 'classes' && target.kind === 'number' && options.task === undefined;
  const targets = encodeTargets(encoder, whole, guessed ? " Maybe these are no classes (task: 'values')." : '');
  const { inputs, features, unseen } = encodeInputs(encoder, whole);
  for (const [name, count] of Object.entries(unseen))
    notices.push(`column ${show(name)}: ${count} cells have a category that no training row has; all its features are 0 there.`);
  const classes = targetCode.kind === 'classes' ? targetCode.labels.length : 0;
  const examples = { rows: whole.rows, features, inputs, targets, classes };
  checkExamples(examples, pathOf(table));
  return { examples, encoder, rows, notices };
}

function pathOf(table: Table): string {
  return table.source?.path ?? 'table';
}

/** The rows that become examples, and which of those are for training. */
function rowsOf(table: Table, { target, training, missingTarget = 'refuse' }: EncodeOptions, notices: string[]) {
  if (missingTarget !== 'refuse' && missingTarget !== 'drop')
    throw new LehrError('option', `encode: missingTarget is ${show(missingTarget)}, expected 'refuse' or 'drop'.`);
  const column = columnOf(table, target);
  const values = column.kind === 'number' ? column.values : column.codes;
  const all = Int32Array.from({ length: table.rows }, (_, row) => row);
  const rows = all.filter((row) => !isMissing(column, values[row]));
  for (const row of Array.from(training ?? [])) {
    if (!(Number.isInteger(row) && row >= 0 && row < table.rows))
      throw new LehrError('option', `encode: training has the row ${show(row)}, expected whole numbers from 0 to ${table.rows - 1}.`);
  }
  if (rows.length === 0)
    throw new LehrError('input', `${pathOf(table)}: the target ${show(target)} is missing in every row, expected a value in each.`);
  if (rows.length === table.rows) return { whole: table, rows: all, training: Int32Array.from(training ?? all) };
  const missing = table.rows - rows.length;
  if (missingTarget === 'refuse') {
    const first = all.find((row) => isMissing(column, values[row])) as number;
    throw new LehrError(
      'input',
      `${placeOf(table, first)}: the target ${show(target)} is missing (in ${missing} of ${table.rows} rows), expected a value in each. Maybe leave such rows out (missingTarget: 'drop').`,
    );
  }
  notices.push(`${missing} of ${table.rows} rows are left out: their target is missing.`);
  const place = new Int32Array(table.rows).fill(-1);
  rows.forEach((row, i) => (place[row] = i));
  const kept = Int32Array.from(training ?? all, (row) => place[row]).filter((row) => row >= 0);
  return { whole: selectRows(table, rows), rows, training: kept };
}

function targetOf(table: Table, target: Column, training: Int32Array, options: EncodeOptions, notices: string[]): TargetCode {
  const { task, standardiseTarget = false } = options;
  const { name } = target;
  if (task !== undefined && task !== 'classes' && task !== 'values')
    throw new LehrError('option', `encode: task is ${show(task)}, expected 'classes' or 'values'.`);
  if (training.length === 0) throw new LehrError('option', 'encode: there are no training rows, expected at least two.');
  const seen = new Set(Array.from(training, (row) => (target.kind === 'number' ? target.values : target.codes)[row]));
  if (seen.size === 1) {
    const [only] = seen;
    const text = target.kind === 'number' ? String(only) : target.labels[only];
    const values = target.kind === 'number' ? target.values : target.codes;
    // Missing values aside.
    const throughout = values.every((value) => value === only || value !== value || (target.kind === 'category' && value < 0));
    const where = throughout ? `throughout (${table.rows} rows)` : `in all ${training.length} training rows`;
    throw new LehrError(
      'input',
      `${pathOf(table)}: the target ${show(name)} is ${show(text)} ${where}, expected at least two ${target.kind === 'number' ? 'values' : 'classes'}. Maybe another column is meant${throughout ? '' : ', or the split should be stratified'}.`,
    );
  }
  const whole = target.kind === 'number' && (seen.size === 2 || (seen.size <= CLASSES && [...seen].every(Number.isInteger)));
  if (target.kind === 'category' || task === 'classes' || (task === undefined && whole)) {
    if (task === 'values') {
      const row = (target as CategoryColumn).codes.findIndex((code) => code >= 0);
      throw new LehrError(
        'input',
        `${placeOf(table, row)}: the target ${show(name)} is ${show((target as CategoryColumn).labels[(target as CategoryColumn).codes[row]])}, expected numbers for task: 'values'.`,
      );
    }
    const column = asCategories(target);
    const codes = new Set(Array.from(training, (row) => column.codes[row]));
    const labels = column.labels.filter((_, code) => codes.has(code));
    if (target.kind === 'number' && task === undefined)
      notices.push(`the target ${show(name)} has ${seen.size} different numbers and is taken for classes (task: 'values' otherwise).`);
    return { kind: 'classes', name, labels };
  }
  const { mean, deviation } = momentsOf((target as NumberColumn).values, training);
  return { kind: 'values', name, centre: standardiseTarget ? mean : 0, scale: standardiseTarget ? deviation : 1 };
}
