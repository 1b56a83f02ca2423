import { discreteCount, type DiscreteFeature, type MixtureData } from './data.ts';
import { rising } from './rising.ts';

/** So many features' predictive probabilities are multiplied up between two logarithms, where a product of all would leave the range of doubles. */
const CHUNK = 8;
/** Decades that a product over all features may span. */
const DECADES = 280;

/**
 * Statistics of discrete features in the groups of one partition, Dirichlet–categorical: a row with value v falls into a group with probability Π (n_v + a_v) / (n + Σ a) over
 * its features (n: rows of the group that have the feature). Beta–Bernoulli is the case of two values.
 *
 * Layout: a *line* is one value of one feature, `capacity` groups long; the numerators n_v + a_v of a line lie side by side, and after a feature's values comes a line of
 * its denominators. A row's score is then a product of lines, one a feature, times the group's 1 / Π denominators; a missing value picks the line of denominators, which takes
 * its feature out of that product again. Products take a few multiplications a feature where logarithms would take a table of those.
 */
export class Discrete {
  /** Indices of the features in the data, and of each its column of codes and its first line. */
  readonly features: readonly number[];
  readonly columns: Int32Array;
  readonly starts: Int32Array;
  readonly values: Int32Array;
  /** Values in each row of `codes`. */
  readonly stride: number;
  readonly codes: Uint8Array | Uint16Array;
  /** Whether no row lacks any of the features: then denominators follow from the groups' sizes. */
  readonly complete: boolean;
  readonly chunk: number;
  readonly chunks: number;
  readonly lines: number;
  capacity: number;
  counts: Int32Array;
  numerators: Float64Array;
  /** 1 / Π denominators, for each chunk of features. */
  inverses: Float64Array;
  /** What is added to the count of each line: a_v, or Σ a on lines of denominators. */
  readonly pseudo: Float64Array;

  constructor(data: MixtureData, features: readonly number[], capacity: number) {
    const own = features.map((f) => data.features[f] as DiscreteFeature);
    this.features = features;
    this.columns = Int32Array.from(own, ({ column }) => column);
    this.values = Int32Array.from(own, ({ labels }) => labels.length);
    this.starts = new Int32Array(own.length);
    let lines = 0;
    for (let j = 0; j < own.length; j++) {
      this.starts[j] = lines;
      lines += this.values[j] + 1;
    }
    this.lines = lines;
    this.stride = discreteCount(data);
    this.codes = data.codes;
    this.complete = own.every(({ gaps }) => !gaps);
    // Numerators and denominators are at most rows + Σ a, and on the grids a is from 0.1 to 100.
    const widest = 10 * (data.rows + 100 * this.values.reduce((m, v) => Math.max(m, v), 2));
    this.chunk = own.length * Math.log10(widest) < DECADES ? Math.max(1, own.length) : CHUNK;
    this.chunks = Math.max(1, Math.ceil(own.length / this.chunk));
    this.capacity = capacity;
    this.counts = new Int32Array(lines * capacity);
    this.numerators = new Float64Array(lines * capacity);
    this.inverses = new Float64Array(this.chunks * capacity);
    this.pseudo = new Float64Array(lines);
  }

  /** Sets the pseudo-counts: one for all values of a categorical feature, those of the first and second value of a Bernoulli one. */
  setHyper(j: number, hyper: Float64Array): void {
    const start = this.starts[j];
    const values = this.values[j];
    let sum = 0;
    for (let v = 0; v < values; v++) {
      const a = hyper.length === 1 ? hyper[0] : hyper[v];
      this.pseudo[start + v] = a;
      sum += a;
    }
    this.pseudo[start + values] = sum;
  }

  /** Everything that follows from counts, pseudo-counts and the groups' sizes. */
  refresh(sizes: Int32Array): void {
    const { capacity, counts, numerators, pseudo } = this;
    for (let line = 0; line < this.lines; line++)
      for (let k = 0; k < capacity; k++) numerators[line * capacity + k] = pseudo[line] + counts[line * capacity + k];
    for (let k = 0; k < capacity; k++) this.invert(k, sizes[k]);
  }

  grow(capacity: number): void {
    const before = this.capacity;
    const counts = new Int32Array(this.lines * capacity);
    for (let line = 0; line < this.lines; line++) counts.set(this.counts.subarray(line * before, (line + 1) * before), line * capacity);
    this.capacity = capacity;
    this.counts = counts;
    this.numerators = new Float64Array(this.lines * capacity);
    this.inverses = new Float64Array(this.chunks * capacity);
  }

  /** Takes the counts of feature j in the first `groups` groups for its own, values × groups; `refresh` is due then. */
  adopt(j: number, counts: Int32Array, groups: number): void {
    const { capacity, starts, values } = this;
    const all = (starts[j] + values[j]) * capacity;
    for (let v = 0; v < values[j]; v++) {
      for (let k = 0; k < groups; k++) {
        this.counts[(starts[j] + v) * capacity + k] = counts[v * groups + k];
        this.counts[all + k] += counts[v * groups + k];
      }
    }
  }

  /** Takes in (`by` 1) or out (−1) a row of a group, which then has `size` rows. */
  move(row: number, k: number, by: number, size: number): void {
    const { capacity, counts, numerators, pseudo, codes, columns, starts, complete } = this;
    const at = row * this.stride;
    for (let j = 0; j < columns.length; j++) {
      const code = codes[at + columns[j]];
      if (!complete && code === this.values[j]) continue;
      const line = starts[j] + code;
      const i = line * capacity + k;
      const count = counts[i] + by;
      counts[i] = count;
      numerators[i] = pseudo[line] + count;
      if (complete) continue;
      const all = starts[j] + this.values[j];
      const d = all * capacity + k;
      counts[d] += by;
      numerators[d] = pseudo[all] + counts[d];
    }
    this.invert(k, size);
  }

  /** 1 / Π denominators of a group. */
  private invert(k: number, size: number): void {
    const { capacity, numerators, pseudo, starts, values, chunk, complete } = this;
    for (let c = 0; c < this.chunks; c++) {
      const end = Math.min(starts.length, (c + 1) * chunk);
      let product = 1;
      for (let j = c * chunk; j < end; j++) {
        const line = starts[j] + values[j];
        product *= complete ? pseudo[line] + size : numerators[line * capacity + k];
      }
      this.inverses[c * capacity + k] = 1 / product;
    }
  }

  /**
   * Writes prior[k] · predictive probability of a row for the groups k < top; where there is one chunk (`chunks` ≤ 1). Four lines a pass: a weight is then loaded and stored once for four
   * products.
   */
  weigh(row: number, prior: Float64Array, top: number, weights: Float64Array): void {
    const { inverses } = this;
    for (let k = 0; k < top; k++) weights[k] = prior[k] * inverses[k];
    this.multiply(row, 0, this.columns.length, top, weights);
  }

  /** Adds the logarithms of the predictive probabilities. @param scratch of at least `top` numbers. */
  addLogs(row: number, top: number, logs: Float64Array, scratch: Float64Array): void {
    const { capacity, inverses, chunk } = this;
    for (let c = 0; c < this.chunks; c++) {
      for (let k = 0; k < top; k++) scratch[k] = inverses[c * capacity + k];
      this.multiply(row, c * chunk, Math.min(this.columns.length, (c + 1) * chunk), top, scratch);
      for (let k = 0; k < top; k++) logs[k] += Math.log(scratch[k]);
    }
  }

  private multiply(row: number, from: number, to: number, top: number, weights: Float64Array): void {
    const { capacity, numerators, codes, columns, starts } = this;
    const at = row * this.stride;
    let j = from;
    for (; j + 3 < to; j += 4) {
      const a = (starts[j] + codes[at + columns[j]]) * capacity;
      const b = (starts[j + 1] + codes[at + columns[j + 1]]) * capacity;
      const c = (starts[j + 2] + codes[at + columns[j + 2]]) * capacity;
      const d = (starts[j + 3] + codes[at + columns[j + 3]]) * capacity;
      for (let k = 0; k < top; k++) weights[k] *= numerators[a + k] * numerators[b + k] * (numerators[c + k] * numerators[d + k]);
    }
    for (; j < to; j++) {
      const a = (starts[j] + codes[at + columns[j]]) * capacity;
      for (let k = 0; k < top; k++) weights[k] *= numerators[a + k];
    }
  }

  /** ln of the marginal likelihood of what the groups have of feature j: for each Γ(Σa) / Γ(Σa + n) Π Γ(a_v + n_v) / Γ(a_v). */
  logMarginal(j: number, sizes: Int32Array, top: number, hyper: Float64Array): number {
    const { capacity, counts, starts, values, complete } = this;
    const many = hyper.length === 1;
    const total = rising(many ? hyper[0] * values[j] : hyper[0] + hyper[1]);
    const all = starts[j] + values[j];
    let sum = 0;
    for (let v = 0; v < values[j]; v++) {
      const factor = rising(many ? hyper[0] : hyper[v]);
      const from = (starts[j] + v) * capacity;
      for (let k = 0; k < top; k++) sum += factor.at(counts[from + k]);
    }
    for (let k = 0; k < top; k++) sum -= total.at(complete ? sizes[k] : counts[all * capacity + k]);
    return sum;
  }
}
