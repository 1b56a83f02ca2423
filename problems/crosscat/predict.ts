import type { MixtureData } from '../mixture/data.ts';
import { encodeLike, predictBy, type Prediction } from '../mixture/predict.ts';
import type { Table } from '../table/table.ts';
import type { CrossCatResult } from './model.ts';

/** What the kinds of a run say of other rows: each kind by itself, and the density of all columns. Errors are those of a mixture's `predict`. */
export function predict(
  data: MixtureData,
  result: CrossCatResult,
  table: Table,
): { logDensity: Float64Array; kinds: readonly Prediction[] } {
  const others = encodeLike(data.features, table);
  const kinds = result.kinds.map((kind, k) =>
    predictBy(
      data,
      data.features.flatMap((_, f) => (result.kindOf[f] === k ? [f] : [])),
      kind,
      others,
    ),
  );
  const logDensity = new Float64Array(table.rows);
  for (const kind of kinds) for (let row = 0; row < table.rows; row++) logDensity[row] += kind.logDensity[row];
  return { logDensity, kinds };
}
