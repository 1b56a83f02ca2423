import { LehrError, show } from '../../src/error.ts';
import { asCategories, cellText, columnOf, isMissing, listed, placeOf, type Column, type Table } from './table.ts';

/** How a number column becomes a feature: (value − centre) / scale, a missing value `fill` first. */
export interface NumberCode {
  readonly kind: 'number';
  readonly name: string;
  /** The mean of the training rows: what a missing value is taken for. */
  readonly fill: number;
  readonly centre: number;
  readonly scale: number;
  /** Whether another feature says 1 where the value is missing. */
  readonly indicator: boolean;
}

/** How a category column becomes features: one for each label, 1 where the row has it. A category unseen in training is 0 in all of them. */
export interface CategoryCode {
  readonly kind: 'category';
  readonly name: string;
  readonly labels: readonly string[];
  /** The code of the training rows' most frequent label (ties: the first): what a missing value is taken for. */
  readonly fill: number;
  readonly indicator: boolean;
}

/** What the target is: classes by their labels, or a value and its unit in the examples: (value − centre) / scale. */
export type TargetCode =
  | { readonly kind: 'classes'; readonly name: string; readonly labels: readonly string[] }
  | { readonly kind: 'values'; readonly name: string; readonly centre: number; readonly scale: number };

/**
 * What `encode` has learned from training rows, and all that is needed to encode other rows alike. Plain data; JSON keeps it.
 */
export interface Encoder {
  readonly version: 1;
  readonly target: TargetCode;
  readonly columns: readonly (NumberCode | CategoryCode)[];
  /** Columns that are no features, and why. */
  readonly dropped: readonly { readonly name: string; readonly why: string }[];
  /** The features' names, in their order: `age`, `colour=red`, `age missing`. */
  readonly features: readonly string[];
}

/** Rows as an encoder sees them. */
export interface Encoded {
  readonly rows: number;
  readonly features: number;
  /** rows × features, row by row. */
  readonly inputs: Float64Array;
  /** How many cells of each column had a category that no training row has; columns without any are not named. */
  readonly unseen: Readonly<Record<string, number>>;
  /** How many missing cells of each column were filled; columns without any are not named. */
  readonly filled: Readonly<Record<string, number>>;
}

/** More inputs than this are refused: a gigabyte of them. */
const LARGEST = 134_217_728;

/**
 * The inputs of a table's rows, by an encoder: of a table it has never seen, for prediction. Columns it does not know are passed over.
 * @throws LehrError `input` if a column is not there, or one of numbers holds categories.
 */
export function encodeInputs(encoder: Encoder, table: Table): Encoded {
  const features = encoder.features.length;
  const { rows } = table;
  if (rows * features > LARGEST) {
    throw new LehrError(
      'input',
      `${table.source?.path ?? 'table'}: ${rows} rows × ${features} features are ${rows * features} numbers, expected at most ${LARGEST}. Maybe drop columns of many categories, or take fewer rows.`,
    );
  }
  const inputs = new Float64Array(rows * features);
  const unseen: Record<string, number> = {};
  const filled: Record<string, number> = {};
  let at = 0;
  for (const code of encoder.columns) {
    const column = columnOf(table, code.name);
    const missing = code.kind === 'number' ? numbers(code, column, table, inputs, at, features) : 0;
    const { gaps, strangers } =
      code.kind === 'category' ? categories(code, asCategories(column), inputs, at, features) : { gaps: missing, strangers: 0 };
    if (gaps > 0) filled[code.name] = gaps;
    if (strangers > 0) unseen[code.name] = strangers;
    at += widthOf(code);
  }
  return { rows, features, inputs, unseen, filled };
}

/**
 * The types to read another file of the same columns with (`CsvOptions.types`), so that a code of digits stays a category and text in a number column is told of by its
 * line. The target's is left out: where one predicts there is none.
 */
export function typesOf(encoder: Encoder): Record<string, 'number' | 'category'> {
  return Object.fromEntries(encoder.columns.map(({ name, kind }) => [name, kind]));
}

/** How many features a column becomes. */
export function widthOf(code: NumberCode | CategoryCode): number {
  return (code.kind === 'number' ? 1 : code.labels.length) + (code.indicator ? 1 : 0);
}

/** The names of the features a column becomes. */
export function featuresOf(code: NumberCode | CategoryCode): string[] {
  const names = code.kind === 'number' ? [code.name] : code.labels.map((label) => `${code.name}=${label}`);
  return code.indicator ? [...names, `${code.name} missing`] : names;
}

function numbers(code: NumberCode, column: Column, table: Table, inputs: Float64Array, at: number, features: number): number {
  if (column.kind === 'category') {
    const row = column.codes.findIndex((k) => k >= 0);
    // A column without any value is read as numbers, so there is one.
    throw new LehrError(
      'input',
      `${placeOf(table, row)}: column ${show(code.name)} is ${show(cellText(column, row))}, expected a number, as in training.`,
    );
  }
  const { values } = column;
  const { fill, centre, scale, indicator } = code;
  let gaps = 0;
  for (let row = 0, i = at; row < values.length; row++, i += features) {
    const value = values[row];
    const missing = value !== value;
    inputs[i] = ((missing ? fill : value) - centre) / scale;
    if (missing) {
      gaps++;
      if (indicator) inputs[i + 1] = 1;
    }
  }
  return gaps;
}

function categories(
  code: CategoryCode,
  column: Column & { kind: 'category' },
  inputs: Float64Array,
  at: number,
  features: number,
): { gaps: number; strangers: number } {
  const known = new Map(code.labels.map((label, k) => [label, k]));
  const place = Int32Array.from(column.labels, (label) => known.get(label) ?? -1);
  let gaps = 0;
  let strangers = 0;
  for (let row = 0, i = at; row < column.codes.length; row++, i += features) {
    const stored = column.codes[row];
    if (stored < 0) {
      gaps++;
      inputs[i + code.fill] = 1;
      if (code.indicator) inputs[i + code.labels.length] = 1;
    } else if (place[stored] < 0) strangers++;
    else inputs[i + place[stored]] = 1;
  }
  return { gaps, strangers };
}

/**
 * The targets of a table's rows, by an encoder.
 * @param hint said of a class that it does not know, after the message.
 * @throws LehrError `input` that names the row: a target that is missing, text among values, or a class that no training row has.
 */
export function encodeTargets(encoder: Encoder, table: Table, hint = ''): Float64Array {
  const { target } = encoder;
  const found = columnOf(table, target.name);
  const column = target.kind === 'classes' ? asCategories(found) : found;
  const fail = (row: number, expected: string): never => {
    const value = cellText(column, row);
    const said = value === '' ? 'is missing' : `is ${show(value)}`;
    throw new LehrError('input', `${placeOf(table, row)}: the target ${show(target.name)} ${said}, expected ${expected}`);
  };
  const targets = new Float64Array(table.rows);
  if (target.kind === 'values') {
    if (column.kind === 'category') {
      const row = column.codes.findIndex((k) => k >= 0);
      return fail(row, 'a number.');
    }
    for (let row = 0; row < table.rows; row++) {
      if (isMissing(column, column.values[row])) fail(row, 'a number.');
      targets[row] = (column.values[row] - target.centre) / target.scale;
    }
    return targets;
  }
  const { codes, labels } = column as Column & { kind: 'category' };
  const known = new Map(target.labels.map((label, k) => [label, k]));
  for (let row = 0; row < table.rows; row++) {
    const k = codes[row] < 0 ? undefined : known.get(labels[codes[row]]);
    if (k === undefined) fail(row, `one of the classes of the training rows, ${listed(target.labels)}.${hint}`);
    targets[row] = k as number;
  }
  return targets;
}

/** A target of the examples, or a prediction of one, in the table's own unit: a value, or a class's label. */
export function decodeTarget({ target }: Encoder, value: number): number | string {
  if (target.kind === 'values') return value * target.scale + target.centre;
  if (Number.isInteger(value) && value >= 0 && value < target.labels.length) return target.labels[value];
  throw new LehrError('option', `the class is ${show(value)}, expected a whole number from 0 to ${target.labels.length - 1}.`);
}
