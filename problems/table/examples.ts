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
