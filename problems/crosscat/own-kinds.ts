import { cumulate, pickLog, placeOf } from '../../src/dynamics/row-model.ts';
import type { Rng } from '../../src/random/rng.ts';
import { Partition } from '../mixture/partition.ts';
import { Tally } from '../mixture/tally.ts';
import { emptyKind, type Views } from './views.ts';

/** A kind of one feature, and ln of its weight: prior · likelihood of its partition over the probability with which that was drawn. */
interface Own {
  readonly kind: Partition;
  readonly logWeight: number;
}

/**
 * Offers each feature in turn a kind of its own whose partition is drawn by that feature's values. Kinds drawn from the prior, as `moveFeatures` has them, fit no feature once there are
 * more than a few rows: of a large window no kind would ever be born, and a run would end with the kinds its first rows happened to give it.
 *
 * Rows are put one by one into groups in proportion to prior · likelihood^power. The product of the sums of these weights is the weight W of the partition, its prior · likelihood^power over
 * the probability of drawing it (sequential imputation; Kong, Liu and Wong, "Sequential imputations and Bayesian missing data problems", J. Am. Stat. Assoc. 89, 1994). The feature
 * then goes to a kind of m others with weight (m − d) · likelihood^power, or to one of its own, K kinds beside it, with (α + d K) W: Neal's Algorithm 8 with one place, drawn from another law
 * than the prior and weighed for that. A feature that is alone has its own partition in that place, weighed as if it had been drawn. So the law is left invariant, whatever the order of
 * the rows, as long as that does not depend on the groups.
 * @param window the rows in the window, in the order in which they are put.
 * @param places the most kinds there may be. @param processes what the processes of new kinds are drawn from.
 */
export function offerOwnKinds(
  views: Views,
  window: Int32Array,
  places: number,
  processes: readonly (readonly [alpha: number, discount: number])[],
  power: number,
  rng: Rng,
): void {
  const { data, hyper } = views;
  const scores = new Float64Array(data.features.length + 1);
  for (let f = 0; f < data.features.length; f++) {
    const present = views.kinds.find(({ features }) => features.includes(f))!;
    const alone = present.features.length === 1;
    const others = alone ? views.kinds.filter((kind) => kind !== present) : views.kinds;
    others.forEach((kind, j) => {
      const count = kind.features.length - (kind === present ? 1 : 0);
      const likelihood = new Tally(data, [f], hyper, kind.assignment, window).logMarginal(f, hyper[f]);
      scores[j] = Math.log(count - views.discount) + power * likelihood;
    });
    if (others.length === places) {
      move(views, f, present, others[pickLog(scores, places, rng)]);
      continue;
    }
    const own = alone
      ? { kind: present, logWeight: put(views, f, window, present, power).logWeight }
      : put(views, f, window, processes[rng.below(processes.length)], power, rng);
    scores[others.length] = Math.log(views.alpha + views.discount * others.length) + own.logWeight;
    const j = pickLog(scores, others.length + 1, rng);
    move(views, f, present, j < others.length ? others[j] : own.kind);
  }
}

/** Puts the rows into groups of one feature, one by one: those a kind of it has, or such as are drawn for a process. */
function put(views: Views, f: number, window: Int32Array, as: Partition, power: number): Own;
function put(views: Views, f: number, window: Int32Array, as: readonly [alpha: number, discount: number], power: number, rng: Rng): Own;
function put(
  { data, hyper }: Views,
  f: number,
  window: Int32Array,
  as: Partition | readonly [alpha: number, discount: number],
  power: number,
  rng?: Rng,
): Own {
  const given = as instanceof Partition ? as : null;
  const kind = emptyKind(data, [f], hyper, as instanceof Partition ? [as.alpha, as.discount] : as);
  const placeIn = new Map<number, number>();
  let scores = new Float64Array(kind.capacity);
  let logWeight = 0;
  for (let i = 0; i < window.length; i++) {
    const row = window[i];
    if (scores.length < kind.top) scores = new Float64Array(2 * kind.top);
    const top = kind.score(row, power, scores);
    const most = cumulate(scores, top);
    logWeight += most + Math.log(scores[top - 1] / (kind.alpha + i));
    let place: number;
    if (given === null) place = placeOf(scores, top, rng!.uniform());
    else {
      const group = given.assignment[row];
      place = placeIn.get(group) ?? kind.vacant;
      placeIn.set(group, place);
    }
    kind.add(row, place);
  }
  return { kind, logWeight };
}

/** Moves a feature to a kind there is, or to one of its own; kinds stay in the order of their first features. */
function move(views: Views, f: number, from: Partition, to: Partition): void {
  if (to === from) return;
  const { data, hyper } = views;
  const again = (kind: Partition, features: readonly number[]): Partition =>
    new Partition(data, features, hyper, [kind.alpha, kind.discount], kind.assignment);
  const kinds = views.kinds.filter((kind) => kind !== from && kind !== to);
  const rest = from.features.filter((each) => each !== f);
  if (rest.length > 0) kinds.push(again(from, rest));
  kinds.push(
    views.kinds.includes(to)
      ? again(
          to,
          [...to.features, f].sort((a, b) => a - b),
        )
      : to,
  );
  views.kinds = kinds.sort((a, b) => a.features[0] - b.features[0]);
}
