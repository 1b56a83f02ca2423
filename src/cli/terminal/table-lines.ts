/**
 * Rows of a table as lines of text, indented and without blanks at their ends.
 * @param rows of equally many cells, heads first. @param left whether a column is of text, set left; others are numbers, set right.
 */
export function tableLines(rows: readonly (readonly string[])[], left: (column: number) => boolean): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    `  ${row.map((cell, column) => (left(column) ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('   ')}`.trimEnd(),
  );
}
