import { pickLog } from '../../src/dynamics/row-model.ts';
import type { Rng } from '../../src/random/rng.ts';
import { Partition } from '../mixture/partition.ts';
import { Tally } from '../mixture/tally.ts';
import { emptyKind, type Views } from './views.ts';

/** A kind that features may go to: a partition of the rows of the window, and the process it is drawn from. */
interface Place {
  readonly assignment: Int32Array;
  readonly process: readonly [alpha: number, discount: number];
}

/**
 * Deals the features anew into kinds, a block form of Neal's Algorithm 8 ("Markov chain sampling methods for Dirichlet process mixture models", J. Comp. Graph. Stat. 9, 2000) as in loom, the
 * program of the authors of arXiv 1402.5473: beside the kinds there are, empty ones are drawn from the prior until there are `places`; the likelihood of each feature under each is
 * tabled once; then every feature in turn, `sweeps` times over, goes to a kind of m others with weight m − d, or to each of E that have none with (α + d K) / E. Kinds
 * without features are forgotten in the end.
 *
 * With a fixed number of places this leaves the law invariant whose process is cut at so many kinds, so with one more than there are features the law itself. (Loom draws 32 more than
 * there are kinds; that number depends on the state.)
 * @param window the rows in the window, in any order.
 * @param processes what the processes of new kinds are drawn from.
 */
export function moveFeatures(
  views: Views,
  window: Int32Array,
  places: number,
  sweeps: number,
  processes: readonly (readonly [alpha: number, discount: number])[],
  power: number,
  rng: Rng,
): void {
  const { data, hyper, alpha, discount } = views;
  const features = data.features.length;
  const all = Array.from({ length: features }, (_, f) => f);
  const before = views.kinds;
  const table = new Float64Array(features * places);
  const there: Place[] = before.map(({ assignment, alpha, discount }) => ({ assignment, process: [alpha, discount] }));
  while (there.length < places) there.push(drawn(views, window, processes, rng));
  there.forEach(({ assignment }, j) => {
    const whole = new Tally(data, all, hyper, assignment, window);
    for (let f = 0; f < features; f++) table[f * places + j] = power * whole.logMarginal(f, hyper[f]);
  });

  const kindOf = views.kindOf();
  const counts = new Int32Array(places);
  for (let f = 0; f < features; f++) counts[kindOf[f]]++;
  let kinds = before.length;
  const scores = new Float64Array(places);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let f = 0; f < features; f++) {
      if (--counts[kindOf[f]] === 0) kinds--;
      const fresh = Math.log((alpha + discount * kinds) / (places - kinds));
      for (let j = 0; j < places; j++) scores[j] = (counts[j] > 0 ? Math.log(counts[j] - discount) : fresh) + table[f * places + j];
      const j = pickLog(scores, places, rng);
      kindOf[f] = j;
      if (counts[j]++ === 0) kinds++;
    }
  }
  rebuild(views, there, kindOf);
}

/** An empty kind from the prior: its process, then the rows one by one. */
function drawn(views: Views, window: Int32Array, processes: readonly (readonly [number, number])[], rng: Rng): Place {
  const process = processes[rng.below(processes.length)];
  const kind = emptyKind(views.data, [], views.hyper, process);
  for (let i = 0; i < window.length; i++) kind.assignBlindly(window[i], rng);
  return { assignment: kind.assignment, process };
}

/** Makes the kinds that features are now of, in the order of their first features; those whose features stay are left as they are. */
function rebuild(views: Views, there: readonly Place[], kindOf: Int32Array): void {
  const before = views.kinds;
  const order: number[] = [];
  const features: number[][] = there.map(() => []);
  kindOf.forEach((j, f) => {
    if (features[j].length === 0) order.push(j);
    features[j].push(f);
  });
  views.kinds = order.map((j) => {
    const own = features[j];
    if (j < before.length && own.length === before[j].features.length && own.every((f, i) => f === before[j].features[i])) return before[j];
    const { assignment, process } = there[j];
    return new Partition(views.data, own, views.hyper, process, assignment);
  });
}
