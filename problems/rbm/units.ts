import { LehrError, show } from '../../src/error.ts';
import { columnOf, isMissing, placeOf, type Table } from '../table/table.ts';

/** Which columns of a table are visible units, and from which value on one is 1. Plain data; JSON keeps it. */
export interface UnitsCode {
  readonly columns: readonly string[];
  readonly threshold: number;
}

/**
 * The units of a table: its number columns, cut at a threshold; without one, halfway between the least and the largest of all training values, which leaves 0 and 1 as they are.
 * @param drop columns that are none, such as labels. @returns the code, and the columns of text that were left out.
 * @throws LehrError `input` if no column of numbers is left, or all their values are alike.
 */
export function unitsOf(
  table: Table,
  {
    drop = [],
    threshold,
    training,
  }: { readonly drop?: readonly string[]; readonly threshold?: number | undefined; readonly training: ArrayLike<number> },
): { readonly units: UnitsCode; readonly dropped: readonly string[] } {
  for (const name of drop) columnOf(table, name);
  const kept = table.columns.filter(({ name }) => !drop.includes(name));
  const numbers = kept.filter((column) => column.kind === 'number');
  const path = table.source?.path ?? 'table';
  if (numbers.length === 0)
    throw new LehrError('input', `${path}: no column of numbers is left, expected at least one to be a visible unit.`);
  let [least, most] = [Infinity, -Infinity];
  for (const { values } of numbers) {
    for (let i = 0; i < training.length; i++) {
      const value = values[training[i]];
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  if (threshold === undefined && !(most > least))
    throw new LehrError(
      'input',
      `${path}: all values are ${show(least)}, expected different ones to tell units that are on from those that are off.`,
    );
  return {
    units: { columns: numbers.map(({ name }) => name), threshold: threshold ?? (least + most) / 2 },
    dropped: kept.filter((column) => column.kind === 'category').map(({ name }) => name),
  };
}

/**
 * The units of rows, rows × columns, 0 or 1.
 * @throws LehrError `input` for a column that is missing or of text, or a missing value.
 */
export function binaryRows(table: Table, { columns, threshold }: UnitsCode, rows?: ArrayLike<number>): Uint8Array {
  const count = rows?.length ?? table.rows;
  const bits = new Uint8Array(count * columns.length);
  columns.forEach((name, k) => {
    const column = columnOf(table, name);
    if (column.kind === 'category')
      throw new LehrError('input', `${placeOf(table, 0)}: column ${show(name)} is of text, expected numbers, as in training.`);
    for (let r = 0; r < count; r++) {
      const row = rows === undefined ? r : rows[r];
      const value = column.values[row];
      if (isMissing(column, value))
        throw new LehrError(
          'input',
          `${placeOf(table, row)}: column ${show(name)} is missing, expected a number: each unit is on or off. Maybe drop the column.`,
        );
      bits[r * columns.length + k] = value >= threshold ? 1 : 0;
    }
  });
  return bits;
}
