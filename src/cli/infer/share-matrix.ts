import type { Matrix } from '../../report/matrix.ts';

/** So many rows at most: a picture on a page has not many more points. */
const ROWS = 200;

/** Rows of shares as a picture; more than can be told apart are put together in runs, of which it has the means. */
export function shareMatrix({
  id,
  title,
  caption,
  values,
  columns,
  rows = [],
}: {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  /** rows × columns. */
  readonly values: ArrayLike<number>;
  readonly columns: readonly string[];
  /** Names of the rows, where they are to be told. */
  readonly rows?: readonly string[];
}): Matrix {
  const width = columns.length;
  const count = values.length / width;
  const per = Math.max(1, Math.ceil(count / ROWS));
  const cells = Math.ceil(count / per);
  const means = new Float64Array(cells * width);
  for (let r = 0; r < count; r++) {
    const cell = Math.floor(r / per);
    const size = Math.min(per, count - cell * per);
    for (let k = 0; k < width; k++) means[cell * width + k] += values[r * width + k] / size;
  }
  return {
    id,
    title,
    caption: `${caption}${per > 1 ? ` A cell is the mean of ${per} of them.` : ''}`,
    rows: cells,
    columns: width,
    // Sums of shares may exceed 1 by rounding.
    values: Array.from(means, (value) => Math.min(1, Math.max(0, value))),
    per,
    down: per === 1 ? rows.map((name) => ({ name, cells: 1 })) : [],
    across: columns.map((name) => ({ name, cells: 1 })),
  };
}

/** The same picture with its rows from the left and its columns from the top. */
export function turned({ rows, columns, values, down, across, ...rest }: Matrix): Matrix {
  return {
    ...rest,
    rows: columns,
    columns: rows,
    values: Array.from({ length: values.length }, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]),
    down: across,
    across: down,
  };
}
