import { LehrError } from '../error.ts';
import { gamma } from '../random/distributions.ts';
import { stream, type Rng } from '../random/rng.ts';
import { allRows } from './model.ts';
import type { SviOptions } from './svi-options.ts';
import type { VariationalModel, Visit } from './variational-model.ts';

/** Rows are weighed in at most so many groups where noise goes into the statistics. */
const GROUPS = 256;

/** What a step changes. */
interface Moved {
  readonly lambda: Float64Array;
  readonly memory: Float64Array | null;
  readonly order: Int32Array;
  readonly noise: Rng;
}

/** The steps of `svi`, with their scratch. */
export class Stepper {
  private readonly model: VariationalModel;
  private readonly options: Required<SviOptions>;
  private readonly visit: Visit;
  private readonly statistics: Float64Array;
  private readonly target: Float64Array;
  private readonly expected: Float64Array;
  private readonly group: Float64Array;
  private readonly weights: Float64Array;
  /** A(prior). */
  private readonly priorNormaliser: number;

  constructor(model: VariationalModel, options: Required<SviOptions>) {
    const size = model.prior.length;
    this.model = model;
    this.options = options;
    this.visit = { temperature: 1, all: false, noiseScale: 0, noise: stream('svi', 'unused'), told: true, memory: null };
    this.statistics = new Float64Array(size);
    this.target = new Float64Array(size);
    this.expected = new Float64Array(size);
    this.group = new Float64Array(options.noise === 'statistics' ? size : 0);
    this.weights = new Float64Array(options.noise === 'statistics' ? GROUPS : 0);
    this.priorNormaliser = model.logNormaliser(model.prior);
  }

  /** The bound at λ, of all rows or, in proportion, of the first `count`; what rows remember begins here. */
  survey(state: Moved, count: number): number {
    const { model, visit, statistics } = this;
    this.prepare(state, 1, 0, true);
    statistics.fill(0);
    const value = model.local(state.order, 0, count, statistics, visit);
    return this.boundAt(state.lambda, value * (model.rows / count));
  }

  /** A step with all rows, in place. @returns the bound after it, if told. */
  ascend(state: Moved, rate: number, temperature: number, noiseScale: number, told: boolean): number {
    const { model, statistics, expected } = this;
    const { lambda } = state;
    const { prior, rows } = model;
    const value = this.gather(state, 0, rows, temperature, noiseScale, told);
    let bound = NaN;
    if (told) {
      model.expect(lambda, expected);
      bound = value - dot(expected, statistics) - this.priorNormaliser;
    }
    this.move(state, 1, rate, temperature, noiseScale);
    if (!told) return bound;
    bound += model.logNormaliser(lambda);
    // ⟨E[t(θ)], prior + s − λ⟩ is 0 where λ is the best for s, as in a plain step.
    if (rate !== 1 || temperature !== 1 || noiseScale !== 0) {
      model.expect(lambda, expected);
      for (let i = 0; i < expected.length; i++) bound += expected[i] * (prior[i] + statistics[i] - lambda[i]);
    }
    return finite(bound, model);
  }

  /** A step with the rows at `from` … `to − 1` of the order, in place. @returns an estimate of the bound before it, if told. */
  drift(state: Moved, from: number, to: number, rate: number, temperature: number, noiseScale: number, told: boolean): number {
    const scale = this.model.rows / (to - from);
    const value = this.gather(state, from, to, temperature, noiseScale, told);
    const bound = told ? this.boundAt(state.lambda, scale * value) : NaN;
    this.move(state, scale, rate, temperature, noiseScale);
    return bound;
  }

  private prepare({ lambda, memory, noise }: Moved, temperature: number, noiseScale: number, told: boolean): void {
    const { model, visit, options } = this;
    visit.temperature = temperature;
    visit.all = options.temper === 'all';
    visit.noiseScale = options.noise === 'local' ? noiseScale : 0;
    visit.noise = noise;
    visit.told = told;
    visit.memory = memory;
    model.prepare(lambda);
  }

  /** Local steps: the rows' statistics into `statistics`; weighed anew by groups, their weighted sum is what λ follows. */
  private gather(state: Moved, from: number, to: number, temperature: number, noiseScale: number, told: boolean): number {
    const { model, visit, statistics, target, group, weights, options } = this;
    this.prepare(state, temperature, noiseScale, told);
    statistics.fill(0);
    const { order, noise } = state;
    if (options.noise !== 'statistics' || noiseScale === 0) {
      const value = model.local(order, from, to, statistics, visit);
      target.set(statistics);
      return value;
    }
    const groups = Math.min(GROUPS, to - from);
    const row = (g: number): number => from + Math.floor(((to - from) * g) / groups);
    this.weigh(groups, row, noiseScale, noise);
    let value = 0;
    target.fill(0);
    for (let g = 0; g < groups; g++) {
      group.fill(0);
      value += model.local(order, row(g), row(g + 1), group, visit);
      const weight = weights[g];
      for (let i = 0; i < group.length; i++) {
        statistics[i] += group[i];
        target[i] += weight * group[i];
      }
    }
    return value;
  }

  /**
   * Gamma weights of mean 1 and variance noiseScale², scaled so that the groups weigh as much as their rows: rows are independent, so that weights of groups make the same noise
   * as weights of rows. Where all are too small for a number, one group stands for all, which is the limit.
   */
  private weigh(groups: number, row: (g: number) => number, noiseScale: number, noise: Rng): void {
    const { weights } = this;
    const variance = noiseScale * noiseScale;
    let total = 0;
    for (let g = 0; g < groups; g++) {
      weights[g] = variance * gamma(noise, 1 / variance);
      total += weights[g] * (row(g + 1) - row(g));
    }
    if (total === 0) {
      const g = noise.below(groups);
      weights[g] = 1;
      total = row(g + 1) - row(g);
    }
    const norm = (row(groups) - row(0)) / total;
    for (let g = 0; g < groups; g++) weights[g] *= norm;
  }

  /** λ ← (1 − rate) λ + rate (base + (prior + scale · target − base) / temperature). */
  private move({ lambda, noise }: Moved, scale: number, rate: number, temperature: number, noiseScale: number): void {
    const { model, target, options } = this;
    const { prior, base } = model;
    const size = target.length;
    // In place: `target` becomes λ's best value. The plain case is spelled out so that its sums are prior + s, nothing else.
    if (options.temper === 'all' && temperature !== 1)
      for (let i = 0; i < size; i++) target[i] = base[i] + (prior[i] + scale * target[i] - base[i]) / temperature;
    else if (scale === 1) for (let i = 0; i < size; i++) target[i] += prior[i];
    else for (let i = 0; i < size; i++) target[i] = prior[i] + scale * target[i];
    if (options.noise === 'parameters' && noiseScale > 0) model.perturb!(target, noiseScale, noise);
    if (rate === 1) lambda.set(target);
    else for (let i = 0; i < size; i++) lambda[i] += rate * (target[i] - lambda[i]);
  }

  /** The bound at λ before any step, given the sum of the local values there. */
  private boundAt(lambda: Float64Array, value: number): number {
    const { model, expected } = this;
    model.expect(lambda, expected);
    return finite(value - divergence(model, lambda, expected, this.priorNormaliser), model);
  }
}

/** The bound of λ over all rows with the best local laws; `memory` is where their iteration goes on, null for a new beginning, and is written to. */
export function fullBound(model: VariationalModel, lambda: Float64Array, memory: Float64Array | null): number {
  const size = lambda.length;
  const expected = new Float64Array(size);
  const visit: Visit = { temperature: 1, all: false, noiseScale: 0, noise: stream('svi', 'unused'), told: true, memory };
  model.prepare(lambda);
  const value = model.local(allRows(model.rows), 0, model.rows, new Float64Array(size), visit);
  model.expect(lambda, expected);
  return finite(value - divergence(model, lambda, expected, model.logNormaliser(model.prior)), model);
}

/** The Kullback–Leibler divergence of q(θ) from the prior: ⟨E[t(θ)], λ − prior⟩ − A(λ) + A(prior). */
function divergence(model: VariationalModel, lambda: Float64Array, expected: Float64Array, priorNormaliser: number): number {
  const { prior } = model;
  let sum = priorNormaliser - model.logNormaliser(lambda);
  for (let i = 0; i < lambda.length; i++) sum += expected[i] * (lambda[i] - prior[i]);
  return sum;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function finite(bound: number, model: VariationalModel): number {
  if (Number.isFinite(bound)) return bound;
  throw new LehrError(
    'contract',
    `${model.name}: the lower bound is ${bound}, expected a finite number. Maybe the data are too large for their priors.`,
  );
}
