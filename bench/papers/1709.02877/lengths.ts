/** The first run of every instance, in evaluations. */
export const FIRST = 1000;

/** How the runs of P parallel instances are long: the length of run r of instance i. Each instance makes its runs one after the other. */
export type Lengths = (instance: number, run: number, instances: number) => number;

/** Variable annealing length: one instance, whose runs double (arXiv 1709.02877, eq. 1 to 3). */
export const val: Lengths = (_instance, run) => FIRST * powerOf2(run);

/** P-VAL-0: the same lengths dealt to P instances in turn. */
export const pVal0: Lengths = (instance, run, instances) => FIRST * powerOf2(instance + run * instances);

/** P-VAL: dealt to at most four, and repeated by further instances. */
export const pVal: Lengths = (instance, run, instances) => FIRST * powerOf2((instance % 4) + run * Math.min(instances, 4));

/** Fixed annealing length: all runs alike. */
export const fixed: Lengths = () => FIRST;

/** When an instance has completed its run, in evaluations of its own: the sum of its lengths up to that run. */
export function completion(lengths: Lengths, instance: number, run: number, instances: number): number {
  let sum = 0;
  for (let r = 0; r <= run; r++) sum += lengths(instance, r, instances);
  return sum;
}

/** 2^k, exact up to k = 1023. */
export function powerOf2(k: number): number {
  let power = 1;
  for (let i = 0; i < k; i++) power *= 2;
  return power;
}
