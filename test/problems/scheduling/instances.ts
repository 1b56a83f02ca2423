import { stream } from 'lehr';
import { weightedTardiness, type SchedulingInstance } from 'lehr/problems/scheduling';

/** A random instance, small numbers: many ties, jobs of weight 0, jobs early and late. */
export function random(n: number, setups: boolean, seed: number): SchedulingInstance {
  const rng = stream(seed, 'scheduling-test', n, setups ? 1 : 0);
  const numbers = (from: number, to: number): Int32Array => Int32Array.from({ length: n }, () => from + rng.below(to - from + 1));
  const base = { name: `random-${n}`, n, processing: numbers(1, 30), weights: numbers(0, 3), due: numbers(0, 16 * n) };
  if (!setups) return base;
  const times = new Int32Array((n + 1) * n);
  for (let i = 0; i <= n; i++) for (let j = 0; j < n; j++) if (i !== j) times[i * n + j] = rng.below(40);
  return { ...base, setups: times };
}

/** The least weighted tardiness of all orders, by trying them. */
export function bruteForce(instance: SchedulingInstance): number {
  const order = Array.from({ length: instance.n }, (_, j) => j);
  let best = Infinity;
  const visit = (k: number): void => {
    if (k === order.length) best = Math.min(best, weightedTardiness(instance, order));
    for (let i = k; i < order.length; i++) {
      [order[k], order[i]] = [order[i], order[k]];
      visit(k + 1);
      [order[k], order[i]] = [order[i], order[k]];
    }
  };
  visit(0);
  return best;
}

/**
 * The least weighted tardiness without setups, by a dynamic programme over sets of jobs: the jobs of a set, in whatever order, end at the sum of their
 * times, so the best last job of each set is found from the sets without it (Held and Karp 1962; 2^n sums).
 */
export function leastOfSets({ n, processing, weights, due }: SchedulingInstance): number {
  const least = new Float64Array(2 ** n).fill(Infinity);
  const times = new Float64Array(2 ** n);
  least[0] = 0;
  for (let set = 1; set < least.length; set++) {
    const lowest = 31 - Math.clz32(set & -set);
    const time = (times[set] = times[set & (set - 1)] + processing[lowest]);
    for (let j = 0; j < n; j++) {
      if ((set & (1 << j)) === 0) continue;
      least[set] = Math.min(least[set], least[set ^ (1 << j)] + weights[j] * Math.max(0, time - due[j]));
    }
  }
  return least[least.length - 1];
}

/**
 * The least weighted tardiness with setups, by a dynamic programme over sets of jobs and their last: a partial sequence is given up only for one of the same
 * set and last job that ends no later and costs no more, as then whatever follows costs no more, too.
 */
export function leastOfPartials({ n, processing, weights, due, setups }: SchedulingInstance): number {
  // Labels of (set, last): pairs of time and cost, ascending in time and descending in cost.
  let layer = new Map<number, number[]>();
  layer.set(n, [0, 0]);
  for (let size = 0; size < n; size++) {
    const next = new Map<number, number[]>();
    for (const [key, labels] of layer) {
      const last = key % (n + 1);
      const set = Math.floor(key / (n + 1));
      for (let j = 0; j < n; j++) {
        if ((set & (1 << j)) !== 0) continue;
        const to = (set | (1 << j)) * (n + 1) + j;
        const kept = next.get(to) ?? [];
        for (let l = 0; l < labels.length; l += 2) {
          const time = labels[l] + setups![last * n + j] + processing[j];
          insert(kept, time, labels[l + 1] + weights[j] * Math.max(0, time - due[j]));
        }
        next.set(to, kept);
      }
    }
    layer = next;
  }
  let best = Infinity;
  for (const labels of layer.values()) for (let l = 1; l < labels.length; l += 2) best = Math.min(best, labels[l]);
  return best;
}

/** Adds a label to those of one state, unless one of them is as good; drops those that are worse. */
function insert(labels: number[], time: number, cost: number): void {
  for (let l = 0; l < labels.length; l += 2) if (labels[l] <= time && labels[l + 1] <= cost) return;
  for (let l = labels.length - 2; l >= 0; l -= 2) if (labels[l] >= time && labels[l + 1] >= cost) labels.splice(l, 2);
  labels.push(time, cost);
}

/** The instance with the least setup of each job taken into its processing: every completion time stays (Cicirello 2017). */
export function setupsTakenIn(instance: SchedulingInstance): SchedulingInstance {
  const { n } = instance;
  const setups = instance.setups!.slice();
  const processing = instance.processing.slice();
  for (let j = 0; j < n; j++) {
    let least = Infinity;
    for (let i = 0; i <= n; i++) if (i !== j) least = Math.min(least, setups[i * n + j]);
    if (least === Infinity) continue;
    processing[j] += least;
    for (let i = 0; i <= n; i++) if (i !== j) setups[i * n + j] -= least;
  }
  return { ...instance, setups, processing };
}
