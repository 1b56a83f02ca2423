import { LehrError, show } from '../../src/error.ts';
import { MISSING, typedColumn } from './cells.ts';
import { linesOf } from './lines.ts';
import type { Column, Table } from './table.ts';

/** The column's name, as in libsvm and MNIST files. */
const NAME = 'label';

/**
 * Reads labels that stand in a file of their own, one a line: of documents, say. A line that is empty or says so (`missing`) has none.
 * @param rows how many rows there are.
 * @throws LehrError `input` that begins `path:line: ` unless there is a line for each row.
 */
export function readLabels(text: string, rows: number, path = 'labels', missing: readonly string[] = MISSING): Column {
  const lines = linesOf(text).map((line) => line.trim());
  // The end of the last line begins no other.
  if (lines[lines.length - 1] === '') lines.pop();
  if (lines.length !== rows)
    throw new LehrError('input', `${path}:${lines.length}: there are ${lines.length} lines, expected one label for each of ${rows} rows.`);
  const marks = new Set(missing.map((mark) => mark.toLowerCase()));
  return typedColumn(lines, { name: NAME, declared: undefined, missing: marks, decimal: '.', place: (row) => `${path}:${row + 1}` });
}

/**
 * A table with labels beside its columns.
 * @param path the table's, for messages. @throws LehrError `input` if it has a column of that name itself.
 */
export function withLabels(table: Table, labels: Column, path: string): Table {
  if (table.columns.some(({ name }) => name === labels.name))
    throw new LehrError(
      'input',
      `${path}: it has a column ${show(labels.name)} itself, expected none beside a file of labels. Maybe call it something else in the vocabulary.`,
    );
  return { ...table, columns: [...table.columns, labels] };
}
