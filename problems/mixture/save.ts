import type { MixtureData } from './data.ts';
import { Partition } from './partition.ts';

/** A partition as plain data. */
export interface SavedPartition {
  readonly assignment: Int32Array;
  readonly alpha: number;
  readonly discount: number;
  readonly hyper: readonly Float64Array[];
  /** Of each number feature its sums, which remember in what order they were added up. */
  readonly sums: readonly (readonly Float64Array[])[];
}

export function savePartition(partition: Partition): SavedPartition {
  const { assignment, alpha, discount, hyper, numerics, top } = partition;
  return {
    assignment: assignment.slice(),
    alpha,
    discount,
    hyper: hyper.map((values) => values.slice()),
    sums: numerics.map((numeric) => numeric.statistics().map((sums) => sums.slice(0, top))),
  };
}

/** A partition with the bits it was saved with. @param hyper in place of its own, where partitions share them. */
export function loadPartition(
  data: MixtureData,
  features: readonly number[],
  { assignment, alpha, discount, hyper: own, sums }: SavedPartition,
  hyper: readonly Float64Array[] = own,
): Partition {
  const partition = new Partition(data, features, hyper, [alpha, discount], assignment);
  partition.numerics.forEach((numeric, i) => {
    numeric.statistics().forEach((kept, s) => kept.set(sums[i][s]));
    for (let k = 0; k < partition.top; k++) numeric.refresh(k);
  });
  return partition;
}
