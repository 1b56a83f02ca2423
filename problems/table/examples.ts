import { LehrError, show } from '../../src/error.ts';

/** What a model learns from: a dense matrix of inputs and one target a row, all finite numbers. Plain data that crosses threads. */
export interface Examples {
  readonly rows: number;
  readonly features: number;
  /** rows × features, row by row. */
  readonly inputs: Float64Array;
  /** One a row: a value, or a class 0 … classes − 1. */
  readonly targets: Float64Array;
  /** How many classes there are; 0: targets are values (regression). */
  readonly classes: number;
}

/** The examples of the given rows, in their order, as a copy. A row may be named more than once. */
export function selectExamples(examples: Examples, rows: ArrayLike<number>): Examples {
  const { features, classes } = examples;
  const inputs = new Float64Array(rows.length * features);
  const targets = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (!(Number.isInteger(row) && row >= 0 && row < examples.rows))
      throw new LehrError('option', `row ${show(row)}, expected a whole number from 0 to ${examples.rows - 1}.`);
    inputs.set(examples.inputs.subarray(row * features, (row + 1) * features), i * features);
    targets[i] = examples.targets[row];
  }
  return { rows: rows.length, features, inputs, targets, classes };
}

/**
 * Throws an `input` error unless examples are what they say: at least one row and one feature, arrays of the right lengths, finite numbers, and
 * targets that are classes where there are classes.
 * @param name what messages call them.
 */
export function checkExamples(examples: Examples, name = 'examples'): void {
  const { rows, features, inputs, targets, classes } = examples;
  const fail = (message: string): never => {
    throw new LehrError('input', `${name}: ${message}`);
  };
  if (!(Number.isInteger(rows) && rows >= 1)) fail(`rows is ${show(rows)}, expected at least one row.`);
  if (!(Number.isInteger(features) && features >= 1)) fail(`features is ${show(features)}, expected at least one feature.`);
  if (inputs.length !== rows * features) fail(`there are ${inputs.length} inputs, expected ${rows} rows × ${features} features.`);
  if (targets.length !== rows) fail(`there are ${targets.length} targets, expected one for each of ${rows} rows.`);
  const odd = inputs.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0)
    fail(`row ${Math.floor(odd / features) + 1}: feature ${(odd % features) + 1} is ${show(inputs[odd])}, expected a finite number.`);
  const wrong = targets.findIndex((value) =>
    classes === 0 ? !Number.isFinite(value) : !(Number.isInteger(value) && value >= 0 && value < classes),
  );
  const expected = classes === 0 ? 'a finite number' : `a class from 0 to ${classes - 1}`;
  if (wrong >= 0) fail(`row ${wrong + 1}: the target is ${show(targets[wrong])}, expected ${expected}.`);
}
