import type { Table } from '../../../problems/table/index.ts';
import { LehrError, show } from '../../error.ts';
import { flag } from './flag.ts';

/**
 * Standard deviations of a group as they are thought to be before the data, as a share of the columns'. In five folds of galaxies, geyser eruptions and irises 0.5 told unseen rows better than 1, by 0.10, 0.03
 * and 0.01 nats a row.
 */
export const SPREAD = 0.5;

/** Columns of numbers as rows that Gaussians are of, each divided by its standard deviation. */
export interface ScaledRows {
  readonly columns: readonly string[];
  /** rows × columns. */
  readonly values: Float64Array;
  /** Standard deviations. */
  readonly scales: Float64Array;
}

/**
 * A table's columns as numbers, row by row, in their own unit.
 * @param place where a row is, for messages. @param leave the option that leaves a column out; null if there is none.
 * @throws LehrError `input` that names row and column for text or a missing value.
 */
export function numbersOf(table: Table, names: readonly string[], place: (row: number) => string, leave: string | null): Float64Array {
  const without = (name: string): string =>
    leave === null ? '' : ` Maybe leave the column out: --${flag(leave)} ${JSON.stringify(name)}.`;
  const values = new Float64Array(table.rows * names.length);
  names.forEach((name, j) => {
    const column = table.columns.find((each) => each.name === name)!;
    for (let row = 0; row < table.rows; row++) {
      if (column.kind === 'category')
        throw new LehrError(
          'input',
          `${place(row)}: column ${show(name)} is ${show(column.labels[column.codes[row]] ?? '')}, expected numbers.${without(name)}`,
        );
      const value = column.values[row];
      if (value !== value)
        throw new LehrError('input', `${place(row)}: column ${show(name)} is missing, expected a number in each row.${without(name)}`);
      values[row * names.length + j] = value;
    }
  });
  return values;
}

/**
 * Rows divided by the standard deviations of their columns, so that no column counts more for the unit it is in.
 * @param rows those that the deviations are of. @param leave how a column is left out, for messages.
 * @throws LehrError `input` for a column that is constant over them.
 */
export function scaled(
  values: Float64Array,
  columns: readonly string[],
  rows: ArrayLike<number>,
  path: string,
  leave: (name: string) => string,
): ScaledRows {
  const d = columns.length;
  const scales = Float64Array.from(columns, (name, j) => {
    const first = values[rows[0] * d + j];
    let differ = false;
    let mean = 0;
    for (let i = 0; i < rows.length; i++) {
      const value = values[rows[i] * d + j];
      mean += value / rows.length;
      if (value !== first) differ = true;
    }
    let squares = 0;
    for (let i = 0; i < rows.length; i++) squares += ((values[rows[i] * d + j] - mean) * (values[rows[i] * d + j] - mean)) / rows.length;
    const scale = Math.sqrt(squares);
    const fail = (what: string, expected: string): never => {
      throw new LehrError('input', `${path}: column ${show(name)} ${what}, expected ${expected}. Maybe leave it out${leave(name)}.`);
    };
    // The deviation of equal values need not be 0: their mean is rounded.
    if (!differ) fail(`is ${first} in every row to learn from`, 'values that differ');
    if (!(scale > 0 && scale < Infinity)) fail(`has mean ${mean} and deviation ${scale}`, 'numbers that can be squared and added up');
    return scale;
  });
  return { columns, values: dividedBy(values, scales), scales };
}

/** Rows divided by scales, column by column. */
export function dividedBy(values: Float64Array, scales: Float64Array): Float64Array {
  return values.map((value, i) => value / scales[i % scales.length]);
}

/** What dividing by scales adds to the log density of a row. */
export function logScale(scales: Float64Array): number {
  return scales.reduce((sum, scale) => sum + Math.log(scale), 0);
}
