import { LehrError, show } from '../../src/error.ts';
import { columnOf, asCategories, placeOf, type Table } from '../table/table.ts';
import { codesFor, type Feature, type MixtureData } from './data.ts';
import { foretell, groupingOf, type FeatureCode } from './grouping.ts';
import type { MixtureResult } from './result.ts';

/** What groups say of rows that were in none of them. */
export interface Prediction {
  /** ln of the probability (density) of each row, given the rows in groups and the hyperparameters. */
  readonly logDensity: Float64Array;
  /** The likeliest group of each row; −1: none of those there are, but a new one. */
  readonly group: Int32Array;
  /** How likely it is. */
  readonly probability: Float64Array;
}

/**
 * What the groups of a run say of other rows.
 * @param data what the run was of. @param table rows with columns of the same names, read with the same types.
 * @throws LehrError `input` that names row and column for categories that the run's rows do not have, and for counts that are none.
 */
export function predict(data: MixtureData, result: MixtureResult, table: Table): Prediction {
  return predictBy(
    data,
    data.features.map((_, f) => f),
    result,
    encodeLike(data.features, table),
  );
}

/** The same by some features alone. @param others rows as `encodeLike` gives them. */
export function predictBy(data: MixtureData, features: readonly number[], result: MixtureResult, others: MixtureData): Prediction {
  return foretell(groupingOf(data, features, result), others);
}

/** A table's columns as the features of other data: the same codes, centres and scales. */
export function encodeLike(like: readonly (FeatureCode | Feature)[], table: Table): MixtureData {
  const discrete = like.filter((feature) => 'labels' in feature).length;
  const codes = codesFor(like, table.rows * discrete);
  const features = like.map((feature): Feature => {
    const { name } = feature;
    const column = columnOf(table, name);
    const fail = (row: number, value: string, expected: string): never => {
      throw new LehrError('input', `${placeOf(table, row)}: column ${show(name)} is ${value}, expected ${expected}.`);
    };
    if (!('labels' in feature)) {
      if (column.kind === 'category') {
        const row = column.codes.findIndex((code) => code >= 0);
        if (row >= 0) fail(row, show(column.labels[column.codes[row]]), 'a number, as in the rows that were grouped');
        return { ...feature, values: new Float64Array(table.rows).fill(NaN) };
      }
      if (feature.kind === 'poisson') {
        const odd = column.values.findIndex((value) => value === value && !(value >= 0 && Number.isSafeInteger(value)));
        if (odd >= 0) fail(odd, String(column.values[odd]), "a count, a whole number of at least 0, for 'poisson'");
      }
      return { ...feature, values: column.values.map((value) => (value - feature.centre) / feature.scale) };
    }
    const { labels, column: at } = feature;
    const known = new Map(labels.map((label, code) => [label, code]));
    const categories = asCategories(column);
    for (let row = 0; row < table.rows; row++) {
      const code = categories.codes[row];
      const to = code < 0 ? labels.length : known.get(categories.labels[code]);
      if (to === undefined)
        fail(row, show(categories.labels[code]), `one of the ${labels.length} categories of the rows that were grouped`);
      else codes[row * discrete + at] = to;
    }
    return { ...feature, gaps: true };
  });
  return { rows: table.rows, features, codes };
}
