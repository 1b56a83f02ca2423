import { LehrError, show } from '../error.ts';

/**
 * The adjusted Rand index of two partitions of the same rows (Hubert and Arabie, "Comparing partitions", J. Classification 2, 1985): 1 if they are the same, 0 on average
 * if they have nothing to do with each other. Groups are told by any whole numbers; rows that are in no group of either (−1) are left out. Two partitions into one group each, or into
 * rows of their own, agree wholly: 1.
 * @throws LehrError `option` for partitions of different lengths, or no row in both.
 */
export function adjustedRand(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length)
    throw new LehrError('option', `adjustedRand: the partitions are of ${a.length} and ${b.length} rows, expected the same rows.`);
  const [first, second] = [coded(a), coded(b)];
  const [left, right] = [new Float64Array(first.groups), new Float64Array(second.groups)];
  const both = new Map<number, number>();
  let rows = 0;
  for (let i = 0; i < a.length; i++) {
    const [k, l] = [first.codes[i], second.codes[i]];
    if (k < 0 || l < 0) continue;
    rows++;
    left[k]++;
    right[l]++;
    const cell = k * second.groups + l;
    both.set(cell, (both.get(cell) ?? 0) + 1);
  }
  if (rows === 0) throw new LehrError('option', 'adjustedRand: there is no row that both partitions have, expected some.');
  const pairs = (counts: Iterable<number>): number => {
    let sum = 0;
    for (const n of counts) sum += (n * (n - 1)) / 2;
    return sum;
  };
  const [together, inLeft, inRight] = [pairs(both.values()), pairs(left), pairs(right)];
  const byChance = rows === 1 ? 0 : (inLeft * inRight) / ((rows * (rows - 1)) / 2);
  const most = (inLeft + inRight) / 2;
  return most === byChance ? 1 : (together - byChance) / (most - byChance);
}

/** Groups as numbers from 0, those in none as −1. */
function coded(partition: ArrayLike<number>): { codes: Int32Array; groups: number } {
  const known = new Map<number, number>();
  const codes = Int32Array.from(partition, (k) => {
    if (k < 0) return -1;
    let code = known.get(k);
    if (code === undefined) known.set(k, (code = known.size));
    return code;
  });
  return { codes, groups: known.size };
}

/**
 * For each pair of rows, in how large a share of the partitions they are together: a symmetric matrix, row by row, 1 on its diagonal. NaN for pairs that no partition has both of.
 * @throws LehrError `option` for no partition, or partitions of different lengths.
 */
export function coAssignment(partitions: readonly ArrayLike<number>[]): Float64Array {
  const n = partitions[0]?.length ?? 0;
  for (const { length } of partitions)
    if (length !== n)
      throw new LehrError('option', `coAssignment: a partition has ${length} rows, the first ${n}, expected the same rows.`);
  if (partitions.length === 0) throw new LehrError('option', 'coAssignment: there are no partitions, expected at least one.');
  const together = new Float64Array(n * n);
  const both = new Float64Array(n * n);
  for (const partition of partitions) {
    for (let i = 0; i < n; i++) {
      if (partition[i] < 0) continue;
      for (let j = 0; j < n; j++) {
        if (partition[j] < 0) continue;
        both[i * n + j]++;
        if (partition[i] === partition[j]) together[i * n + j]++;
      }
    }
  }
  for (let i = 0; i < together.length; i++) together[i] /= both[i];
  return together;
}

/**
 * Split-R̂ of a number that several chains tell at the same times (Gelman et al., "Bayesian Data Analysis", 3rd edition, 2013, section 11.4): each chain is cut into halves, and √(var⁺ / W) compares
 * the variance of all with that within halves. 1 if they agree; above some 1.01 (Vehtari et al., Bayesian Analysis 16, 2021) they have not forgotten where they began. With an odd number of
 * values the middle one is left out. Infinity if halves do not vary but differ, NaN if nothing varies.
 * @throws LehrError `option` for no chain, chains of different lengths or of fewer than 4 values, or values that are not finite.
 */
export function splitRhat(chains: readonly ArrayLike<number>[]): number {
  const length = chains[0]?.length ?? 0;
  for (const chain of chains) {
    if (chain.length !== length || length < 4)
      throw new LehrError(
        'option',
        `splitRhat: a chain has ${chain.length} values, the first ${length}, expected as many in each, and at least 4.`,
      );
    for (let i = 0; i < length; i++)
      if (!Number.isFinite(chain[i]))
        throw new LehrError('option', `splitRhat: value ${i} of a chain is ${show(chain[i])}, expected a finite number.`);
  }
  if (chains.length === 0) throw new LehrError('option', 'splitRhat: there are no chains, expected at least one.');
  const n = length >> 1;
  const halves = chains.flatMap((chain) => {
    const values = Array.from(chain);
    return [values.slice(0, n), values.slice(length - n)];
  });
  const means = halves.map((half) => half.reduce((sum, value) => sum + value, 0) / n);
  const within =
    halves.reduce((sum, half, i) => sum + half.reduce((s, value) => s + (value - means[i]) * (value - means[i]), 0) / (n - 1), 0) /
    halves.length;
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
  const between = (n * means.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)) / (means.length - 1);
  return Math.sqrt((n - 1) / n + between / (n * within));
}
