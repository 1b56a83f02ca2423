import { LehrError } from '../../src/error.ts';
import { Partition } from './partition.ts';

/** Throws a `contract` error unless all statistics are those of the assignment; sums of numbers may be off by rounding. */
export function verifyPartition(kept: Partition): void {
  const { data, features, hyper, alpha, discount } = kept;
  const right = new Partition(data, features, hyper, [alpha, discount], kept.assignment.slice());
  const fail = (what: string, k: number, has: number, should: number): never => {
    throw new LehrError('contract', `mixture: ${what} of group ${k} is kept as ${has}, but its rows say ${should}.`);
  };
  const compare = (what: string, has: ArrayLike<number>, should: ArrayLike<number>, from: number, to: number, slack: number): void => {
    for (let k = 0; k < right.top; k++)
      if (!(Math.abs(has[from + k] - should[to + k]) <= slack * Math.max(1, Math.abs(should[to + k]))))
        fail(what, k, has[from + k], should[to + k]);
  };
  for (const name of ['groups', 'rows', 'vacant', 'top'] as const) if (kept[name] !== right[name]) fail(name, 0, kept[name], right[name]);
  compare('the size', kept.sizes, right.sizes, 0, 0, 0);
  compare('the prior weight', kept.prior, right.prior, 0, 0, 1e-12);
  for (let line = 0; line < right.discrete.lines; line++) {
    const [a, b] = [line * kept.capacity, line * right.capacity];
    compare('a count', kept.discrete.counts, right.discrete.counts, a, b, 0);
    compare('a numerator', kept.discrete.numerators, right.discrete.numerators, a, b, 1e-12);
  }
  for (let c = 0; c < right.discrete.chunks; c++)
    compare('the denominators', kept.discrete.inverses, right.discrete.inverses, c * kept.capacity, c * right.capacity, 1e-12);
  kept.numerics.forEach((numeric, i) => {
    const should = right.numerics[i].statistics();
    numeric.statistics().forEach((sums, s) => compare('a sum', sums, should[s], 0, 0, 1e-9));
  });
}
