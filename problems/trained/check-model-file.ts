import { show } from '../../src/error.ts';
import type { RatingsCode } from '../factorisation/code.ts';
import { shapeOf } from '../network/shape.ts';
import type { UnitsCode } from '../rbm/units.ts';
import { featuresOf, type CategoryCode, type Encoder, type NumberCode } from '../table/encoder.ts';
import { listed } from '../table/table.ts';
import type { TrainedModel } from './model-file.ts';

/** Tells of a fault: where it is, what stands there and what was expected. */
type Fail = (message: string) => never;

/** How a kind of value is told, and told of. */
type Kind = readonly [expected: string, is: (value: unknown) => boolean];
const NUMBER: Kind = ['a finite number', (value) => Number.isFinite(value)];
const SCALE: Kind = ['a number above 0', (value) => Number.isFinite(value) && (value as number) > 0];
const COUNT: Kind = ['a whole number of at least 1', (value) => Number.isSafeInteger(value) && (value as number) >= 1];
const TEXT: Kind = ['a text', (value) => typeof value === 'string'];
const FLAG: Kind = ['true or false', (value) => typeof value === 'boolean'];
const OBJECT: Kind = ['an object', (value) => typeof value === 'object' && value !== null && !Array.isArray(value)];
const LIST: Kind = ['a list', Array.isArray];

/** How many classes a model's target may have, and in words; 0 are values. */
const TARGETS: Readonly<Record<string, readonly [(classes: number) => boolean, string]>> = {
  linear: [(classes) => classes === 0, 'values'],
  logistic: [(classes) => classes === 2, 'two classes'],
  softmax: [(classes) => classes >= 2, 'classes'],
};

/**
 * Checks what a model's file says beside its weights: that all is there, of its kind, and fits together. (Files are edited by hand, to rename a column, say.)
 * @param fail throws.
 */
export function checkModelFile(model: TrainedModel, fail: Fail): void {
  const { ratings, units, name } = model as { ratings?: unknown; units?: unknown; name?: unknown };
  switch (model.model) {
    case 'own':
      return check(name, 'name', TEXT, fail);
    case 'factorisation':
      return checkRatings(ratings, fail);
    case 'rbm':
      check(model.hidden, 'hidden', COUNT, fail);
      return checkUnits(units, fail);
    default:
      checkEncoder(model.encoder, fail);
      checkFit(model, fail);
  }
}

function check(value: unknown, place: string, [expected, is]: Kind, fail: Fail): void {
  if (!is(value)) fail(`${place} is ${show(value)}, expected ${expected}`);
}

/** The place of the first value that was there before; −1 if all are different. */
function firstAgain(values: readonly unknown[]): number {
  const seen = new Set<unknown>();
  return values.findIndex((value) => seen.size === seen.add(value).size);
}

/** A list of different texts, at least so many. */
function checkNames(value: unknown, place: string, least: number, fail: Fail): void {
  check(value, place, LIST, fail);
  const names = value as readonly unknown[];
  names.forEach((each, k) => check(each, `${place}[${k}]`, TEXT, fail));
  const twice = firstAgain(names);
  if (twice >= 0) fail(`${place}[${twice}] is ${show(names[twice])}, as is another, expected different texts`);
  if (names.length < least) fail(`${place} has ${names.length} texts, expected at least ${least}`);
}

function checkEncoder(given: unknown, fail: Fail): void {
  check(given, 'encoder', OBJECT, fail);
  const { version, target, columns, features, dropped } = given as Encoder;
  if (version !== 1) fail(`encoder.version is ${show(version)}, expected 1`);
  checkTarget(target, fail);
  check(columns, 'encoder.columns', LIST, fail);
  columns.forEach((code, k) => checkColumn(code, `encoder.columns[${k}]`, fail));
  const names = columns.map(({ name }) => name);
  const unclear = firstAgain([target.name, ...names]) - 1;
  if (unclear >= 0) fail(`encoder.columns[${unclear}].name is ${show(names[unclear])}, as is another column's, expected different names`);
  check(dropped, 'encoder.dropped', LIST, fail);
  check(features, 'encoder.features', LIST, fail);
  const expected = columns.flatMap(featuresOf);
  const odd = expected.findIndex((name, k) => features[k] !== name);
  if (odd >= 0) fail(`encoder.features[${odd}] is ${show(features[odd])}, expected ${show(expected[odd])}, as the columns have it`);
  if (features.length !== expected.length || expected.length === 0)
    fail(`encoder.features has ${features.length} names, expected those of the columns: ${listed(expected) || 'at least one'}`);
}

function checkTarget(target: unknown, fail: Fail): void {
  check(target, 'encoder.target', OBJECT, fail);
  const { kind, name, labels, centre, scale } = target as Readonly<Record<string, unknown>>;
  check(name, 'encoder.target.name', TEXT, fail);
  if (kind === 'classes') return checkNames(labels, 'encoder.target.labels', 2, fail);
  if (kind !== 'values') fail(`encoder.target.kind is ${show(kind)}, expected classes or values`);
  check(centre, 'encoder.target.centre', NUMBER, fail);
  check(scale, 'encoder.target.scale', SCALE, fail);
}

function checkColumn(code: NumberCode | CategoryCode, place: string, fail: Fail): void {
  check(code, place, OBJECT, fail);
  const { kind, name, fill, indicator } = code;
  check(name, `${place}.name`, TEXT, fail);
  check(indicator, `${place}.indicator`, FLAG, fail);
  if (kind === 'number') {
    check(fill, `${place}.fill`, NUMBER, fail);
    check(code.centre, `${place}.centre`, NUMBER, fail);
    return check(code.scale, `${place}.scale`, SCALE, fail);
  }
  if (kind !== 'category') fail(`${place}.kind is ${show(kind)}, expected number or category`);
  checkNames(code.labels, `${place}.labels`, 1, fail);
  const { length } = code.labels;
  check(
    fill,
    `${place}.fill`,
    [`the place of one of ${length} labels`, (k) => Number.isInteger(k) && (k as number) >= 0 && (k as number) < length],
    fail,
  );
}

/** Whether the encoder's target is of a kind that the model predicts, and a network's shape is one. */
function checkFit(model: TrainedModel & { readonly encoder: Encoder }, fail: Fail): void {
  const { target, features } = model.encoder;
  const classes = target.kind === 'classes' ? target.labels.length : 0;
  const [fits, expected] = TARGETS[model.model] ?? [() => true, ''];
  if (!fits(classes))
    fail(`encoder.target has ${classes === 0 ? 'values' : `${classes} classes`}, expected ${expected} for the model ${model.model}`);
  if (model.model !== 'mlp') return;
  try {
    shapeOf(features.length, model.hidden, Math.max(1, classes), model.activation, 0);
  } catch (error) {
    fail((error as Error).message.replace(/\.$/, ''));
  }
}

function checkRatings(given: unknown, fail: Fail): void {
  check(given, 'ratings', OBJECT, fail);
  const { user, item, rating, users, items, rank, mean } = given as RatingsCode;
  for (const [key, value] of Object.entries({ user, item, rating })) check(value, `ratings.${key}`, TEXT, fail);
  checkNames(users, 'ratings.users', 1, fail);
  checkNames(items, 'ratings.items', 1, fail);
  check(rank, 'ratings.rank', COUNT, fail);
  check(mean, 'ratings.mean', NUMBER, fail);
}

function checkUnits(given: unknown, fail: Fail): void {
  check(given, 'units', OBJECT, fail);
  const { columns, threshold } = given as UnitsCode;
  checkNames(columns, 'units.columns', 1, fail);
  check(threshold, 'units.threshold', NUMBER, fail);
}
