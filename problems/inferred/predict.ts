import { encodeLike } from '../mixture/predict.ts';
import { foretell, type FeatureCode } from '../mixture/grouping.ts';
import type { Table } from '../table/table.ts';
import type { InferredGroups } from './result-file.ts';

/** What a result says of other rows. */
export interface Foretold {
  readonly rows: number;
  /** ln of the probability (density) of each row's values, all columns together. */
  readonly logDensity: Float64Array;
  /** By kind of columns: the likeliest group of each row, −1 for a new one, and how likely it is. */
  readonly kinds: readonly { readonly group: Int32Array; readonly probability: Float64Array }[];
}

/**
 * Where other rows belong.
 * @throws LehrError `input` that names row and column: a column that is missing, text for a number, a category that the result's data did not have, a count that is none.
 */
export function predictGroups({ features, kinds }: Pick<InferredGroups, 'features' | 'kinds'>, table: Table): Foretold {
  const others = encodeLike(features, table);
  const said = kinds.map((kind) => foretell(kind, others));
  const logDensity = new Float64Array(table.rows);
  for (const kind of said) for (let row = 0; row < table.rows; row++) logDensity[row] += kind.logDensity[row];
  return { rows: table.rows, logDensity, kinds: said.map(({ group, probability }) => ({ group, probability })) };
}

/** How the columns were read, so that other rows are read alike. */
export function typesOfFeatures(features: readonly FeatureCode[]): Record<string, 'number' | 'category'> {
  return Object.fromEntries(
    features.map((feature) => [feature.name, 'labels' in feature && feature.numbers !== true ? 'category' : 'number']),
  );
}
