/** Statistics of one number feature in the groups of one partition. */
export interface Numeric {
  /** Its index in the data. */
  readonly feature: number;
  /** The statistics themselves, a number for each group; what else it keeps follows from them. */
  statistics(): readonly Float64Array[];
  grow(capacity: number): void;
  /** Takes the value of a row into (`by` 1) or out of (−1) the statistics of group k; `refresh` is due then. */
  move(row: number, k: number, by: number): void;
  /** Recomputes what follows from the statistics of group k. */
  refresh(k: number): void;
  /** Adds ln of the predictive density of a row's value in the groups k < top; nothing where it is missing. */
  addLogs(row: number, top: number, logs: Float64Array): void;
  /** ln of the marginal likelihood of what group k has, under these hyperparameters. */
  logMarginal(k: number, hyper: Float64Array): number;
}
