import { pickLog, placeOf } from '../../src/dynamics/row-model.ts';
import type { Rng } from '../../src/random/rng.ts';
import type { MixtureData } from './data.ts';
import type { Discrete } from './discrete.ts';
import type { Numeric } from './numeric.ts';
import { logPartition } from './pitman-yor.ts';
import { statisticsOf } from './statistics.ts';

/**
 * One partition of rows into groups with statistics of some features. Groups live in places: the lowest free place stands for the group that has no row yet. Everything but the
 * assignment, the sums of number features and the hyperparameters follows from these, bit for bit.
 */
export class Partition {
  readonly data: MixtureData;
  /** Indices of its features in the data. */
  readonly features: readonly number[];
  /** Hyperparameters of all features of the data, shared with other partitions. */
  readonly hyper: readonly Float64Array[];
  /** The place of each row's group; −1 for rows that are in none. */
  readonly assignment: Int32Array;
  alpha: number;
  discount: number;
  capacity = 16;
  sizes = new Int32Array(16);
  /** Predictive weights of the Pitman–Yor process: n_k − d, of the empty group α + d K, 0 elsewhere. */
  prior = new Float64Array(16);
  /** Groups, rows in them, the place of the empty group, and one more than the last place in use. */
  groups = 0;
  rows = 0;
  vacant = 0;
  top = 1;
  readonly discrete: Discrete;
  readonly numerics: readonly Numeric[];
  /** Whether weights are one product: then `assign` needs no logarithms. */
  readonly plain: boolean;
  private weights = new Float64Array(16);
  private scratch = new Float64Array(16);

  constructor(
    data: MixtureData,
    features: readonly number[],
    hyper: readonly Float64Array[],
    [alpha, discount]: readonly [number, number],
    assignment?: Int32Array,
  ) {
    this.data = data;
    this.features = features;
    this.hyper = hyper;
    this.alpha = alpha;
    this.discount = discount;
    this.assignment = assignment ?? new Int32Array(data.rows).fill(-1);
    [this.discrete, this.numerics] = statisticsOf(data, features, hyper, this.capacity);
    this.plain = this.numerics.length === 0 && this.discrete.chunks <= 1;
    this.refresh();
    if (assignment !== undefined) this.fill();
  }

  /** Takes in the rows that the assignment names. */
  private fill(): void {
    const { assignment } = this;
    for (let row = 0; row < assignment.length; row++) {
      const k = assignment[row];
      if (k < 0) continue;
      while (k >= this.capacity) this.grow();
      this.sizes[k]++;
      this.rows++;
      this.discrete.move(row, k, 1, this.sizes[k]);
      for (const numeric of this.numerics) numeric.move(row, k, 1);
    }
    for (const numeric of this.numerics) for (let k = 0; k < this.capacity; k++) numeric.refresh(k);
    this.countUp();
  }

  /** How many groups there are and where, from the sizes. */
  countUp(): void {
    this.groups = 0;
    this.top = 1;
    for (let k = 0; k < this.capacity; k++) {
      if (this.sizes[k] === 0) continue;
      this.groups++;
      this.top = k + 1;
    }
    this.vacate(0);
    this.weighPrior();
  }

  /** After hyperparameters have changed: everything that follows from them. */
  refresh(): void {
    const { discrete, numerics, hyper } = this;
    for (let j = 0; j < discrete.features.length; j++) discrete.setHyper(j, hyper[discrete.features[j]]);
    discrete.refresh(this.sizes);
    for (const numeric of numerics) for (let k = 0; k < this.capacity; k++) numeric.refresh(k);
    this.weighPrior();
  }

  private weighPrior(): void {
    for (let k = 0; k < this.capacity; k++) this.prior[k] = this.sizes[k] > 0 ? this.sizes[k] - this.discount : 0;
    this.prior[this.vacant] = this.alpha + this.discount * this.groups;
  }

  grow(): void {
    const capacity = 2 * this.capacity;
    this.capacity = capacity;
    const { sizes } = this;
    this.sizes = new Int32Array(capacity);
    this.sizes.set(sizes);
    this.prior = new Float64Array(capacity);
    this.weights = new Float64Array(capacity);
    this.scratch = new Float64Array(capacity);
    this.discrete.grow(capacity);
    for (const numeric of this.numerics) numeric.grow(capacity);
    this.refresh();
  }

  /** Makes the lowest free place, from `from` on, the empty group's. */
  private vacate(from: number): void {
    let k = from;
    while (k < this.capacity && this.sizes[k] > 0) k++;
    this.vacant = k;
    if (k === this.capacity) this.grow();
    if (k >= this.top) this.top = k + 1;
  }

  add(row: number, k: number): void {
    const size = ++this.sizes[k];
    this.assignment[row] = k;
    this.rows++;
    this.prior[k] = size - this.discount;
    this.discrete.move(row, k, 1, size);
    this.moveNumbers(row, k, 1);
    if (size > 1) return;
    this.groups++;
    this.vacate(k + 1);
    this.prior[this.vacant] = this.alpha + this.discount * this.groups;
  }

  remove(row: number): void {
    const k = this.assignment[row];
    const size = --this.sizes[k];
    this.assignment[row] = -1;
    this.rows--;
    this.discrete.move(row, k, -1, size);
    this.moveNumbers(row, k, -1);
    this.prior[k] = size - this.discount;
    if (size > 0) return;
    this.groups--;
    this.prior[k] = 0;
    if (k < this.vacant) {
      this.prior[this.vacant] = 0;
      this.vacant = k;
    }
    this.prior[this.vacant] = this.alpha + this.discount * this.groups;
    while (this.top - 1 > this.vacant && this.sizes[this.top - 1] === 0) this.top--;
  }

  private moveNumbers(row: number, k: number, by: number): void {
    const { numerics } = this;
    for (let i = 0; i < numerics.length; i++) {
      numerics[i].move(row, k, by);
      numerics[i].refresh(k);
    }
  }

  /**
   * Adds up the sums of number features afresh, so that rounding never piles up for longer than a pass; counts are exact as they are. The rows are order[from], order[from + 1], … round
   * the end, `n` of them.
   */
  addUp(order: Int32Array, from: number, n: number): void {
    const { numerics, assignment } = this;
    if (numerics.length === 0) return;
    for (const numeric of numerics) for (const sums of numeric.statistics()) sums.fill(0);
    for (let i = 0; i < n; i++) {
      const row = order[(from + i) % order.length];
      for (let f = 0; f < numerics.length; f++) numerics[f].move(row, assignment[row], 1);
    }
    for (const numeric of numerics) for (let k = 0; k < this.top; k++) numeric.refresh(k);
  }

  /** ln of the predictive probability of a row in each place below `top`, free ones included. */
  logLikelihoods(row: number, into: Float64Array): void {
    const { top, discrete, numerics } = this;
    for (let k = 0; k < top; k++) into[k] = 0;
    discrete.addLogs(row, top, into, this.scratch);
    for (let i = 0; i < numerics.length; i++) numerics[i].addLogs(row, top, into);
  }

  /** ln of prior · likelihood^power of each place below `top`; −Infinity in free ones that are not the empty group's. */
  score(row: number, power: number, into: Float64Array): number {
    const { top, prior } = this;
    this.logLikelihoods(row, into);
    for (let k = 0; k < top; k++) into[k] = prior[k] > 0 ? Math.log(prior[k]) + power * into[k] : -Infinity;
    return top;
  }

  /** Scores, draws and adds a row. */
  assign(row: number, rng: Rng): void {
    const { top, weights } = this;
    let sum = 0;
    if (this.plain) {
      this.discrete.weigh(row, this.prior, top, weights);
      for (let k = 0; k < top; k++) {
        sum += weights[k];
        weights[k] = sum;
      }
    }
    // A sum of 0: hyperparameters far off the usual grids have led all products below the least double.
    if (sum > 0) this.add(row, placeOf(weights, top, rng.uniform()));
    else this.add(row, pickLog(weights, this.score(row, 1, weights), rng));
  }

  /** Adds a row to a group drawn from the prior. */
  assignBlindly(row: number, rng: Rng): void {
    const { top, weights, prior } = this;
    let sum = 0;
    for (let k = 0; k < top; k++) {
      sum += prior[k];
      weights[k] = sum;
    }
    this.add(row, placeOf(weights, top, rng.uniform()));
  }

  /** ln of the probability of the partition itself. */
  logPrior(): number {
    return logPartition(this.sizes, this.alpha, this.discount);
  }

  /** ln of the marginal likelihood of the rows' values of feature f (of this partition), under its hyperparameters or others. */
  logMarginal(f: number, hyper: Float64Array = this.hyper[f]): number {
    const { discrete, numerics, top, sizes } = this;
    const j = discrete.features.indexOf(f);
    if (j >= 0) return discrete.logMarginal(j, sizes, top, hyper);
    const numeric = numerics.find(({ feature }) => feature === f)!;
    let sum = 0;
    for (let k = 0; k < top; k++) if (sizes[k] > 0) sum += numeric.logMarginal(k, hyper);
    return sum;
  }
}
