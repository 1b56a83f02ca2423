/** A square or oblong matrix of shares as plain data, before any of it is drawn: a co-assignment matrix, a table of transitions. */
export interface Matrix {
  /** Letters, digits and dashes; differs between the matrices of one report. */
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  /** Cells from the top and from the left. Each may stand for several rows or columns of what it is of: see `per`. */
  readonly rows: number;
  readonly columns: number;
  /** rows × columns, row by row, from 0 to 1; NaN where there is nothing to say. */
  readonly values: readonly number[];
  /** How many of the things it is of a cell's side stands for: 1, or more where it is binned. */
  readonly per: number;
  /** Blocks from the top and from the left, which lines part: a name each, and how many cells it is long. Empty for none. */
  readonly down: readonly MatrixBlock[];
  readonly across: readonly MatrixBlock[];
}

/** Some cells beside each other that belong together. */
export interface MatrixBlock {
  readonly name: string;
  readonly cells: number;
}
