import type { ContrastiveModel } from '../../src/dynamics/contrastive-model.ts';
import { LehrError, show } from '../../src/error.ts';
import { multinomialInto } from '../../src/random/binomial.ts';
import { logWeights, meanOf, normalise, sharesOf } from './exact.ts';
import type { FiniteFamily } from './family.ts';
import { kernelOf, powerInto, type KernelSpec } from './kernels.ts';

/** Particles one by one: the state each is in. */
export interface Walkers {
  readonly at: Int32Array;
}

/** Particles by number: how many are in each state. */
export interface Crowd {
  readonly counts: Int32Array;
}

/** Beyond this many states the matrix of the counts form is no gain. */
const MOST_COUNTED = 1 << 12;

/** How a finite family is learned. */
export interface FiniteModelOptions {
  readonly kernel: KernelSpec;
  /** Parameters to begin from (all 0). */
  readonly start?: ArrayLike<number>;
  /** The states of rows held out, to choose parameters by: their loss is their exact negative mean log-likelihood, in nats. */
  readonly heldOut?: Int32Array;
}

/** Throws unless data are states of the family, at least one. */
function checkData({ name, states }: FiniteFamily, data: Int32Array): void {
  if (data.length === 0) throw new LehrError('option', `${name}: there are no rows of data, expected at least one.`);
  const odd = data.findIndex((state) => !(state >= 0 && state < states));
  if (odd >= 0)
    throw new LehrError('option', `${name}: row ${odd} is in state ${data[odd]}, expected a whole number from 0 to ${states - 1}.`);
}

/** What both forms share: exact energies, and parameters to begin from. */
function common(family: FiniteFamily, data: Int32Array, { kernel, start, heldOut }: FiniteModelOptions) {
  checkData(family, data);
  if (heldOut !== undefined) checkData(family, heldOut);
  const { name, states, size } = family;
  if (start !== undefined && !(start.length === size && Array.from(start).every(Number.isFinite)))
    throw new LehrError('option', `${name}: start is ${show(start)}, expected ${size} finite numbers.`);
  const meanOfRows = (rows: Int32Array): Float64Array => meanOf(family, sharesOf(countsOf(family, rows)));
  const mean = meanOfRows(data);
  const held = heldOut === undefined ? null : meanOfRows(heldOut);
  const weights = new Float64Array(states);
  /** The negative mean log-likelihood of rows with these mean statistics, Λ(θ) − θ·mean, in nats. */
  const loss = (parameters: Float64Array, mean: Float64Array): number => {
    logWeights(family, parameters, weights);
    let product = 0;
    for (let k = 0; k < size; k++) product += parameters[k] * mean[k];
    return normalise(weights) - product;
  };
  return {
    name,
    fingerprint: {
      kernel,
      start: start === undefined ? null : Array.from(start),
      rows: data.length,
      mean: Array.from(mean),
      ...(held === null ? {} : { heldOut: Array.from(held) }),
    },
    rows: data.length,
    size,
    energies: 'exact' as const,
    init: () => (start === undefined ? new Float64Array(size) : Float64Array.from(start)),
    energy: (parameters: Float64Array): number => loss(parameters, mean),
    ...(held === null ? {} : { evaluate: (parameters: Float64Array) => ({ loss: loss(parameters, held) }) }),
  };
}

/** How many rows are in each state. */
export function countsOf({ states }: FiniteFamily, data: Int32Array): Int32Array {
  const counts = new Int32Array(states);
  for (const state of data) counts[state]++;
  return counts;
}

/**
 * A finite family for `contrastive`, its particles moved one by one: plain, and the oracle of `crowdModel`.
 * @param data the state of each row.
 */
export function walkerModel(family: FiniteFamily, data: Int32Array, options: FiniteModelOptions): ContrastiveModel<Walkers> {
  const kernel = kernelOf(family, options.kernel);
  const { states, size, statistics } = family;
  const shares = new Float64Array(states);
  return {
    ...common(family, data, options),
    particles: (count) => ({ at: new Int32Array(count) }),
    place({ at }, order, from, count) {
      for (let i = 0; i < count; i++) at[i] = data[order[from + i]];
    },
    move(parameters, { at }, count, m, rng) {
      logWeights(family, parameters, shares);
      normalise(shares);
      for (let i = 0; i < count; i++) for (let k = 0; k < m; k++) at[i] = kernel.step(shares, at[i], rng);
    },
    add(_, { at }, count, scale, gradient) {
      for (let i = 0; i < count; i++) for (let k = 0; k < size; k++) gradient[k] += scale * statistics[at[i] * size + k];
    },
  };
}

/**
 * The same by numbers: of the particles in a state so many go to each other as a multinomial draw from the row of K^m says. That is the law of moving them one by one,
 * at a cost that does not depend on how many they are (Jiang, Wu and Wong have no such trick; it is exact, not an approximation).
 * @throws LehrError `option` for more than 4096 states.
 */
export function crowdModel(family: FiniteFamily, data: Int32Array, options: FiniteModelOptions): ContrastiveModel<Crowd> {
  const kernel = kernelOf(family, options.kernel);
  const { name, states, size, statistics } = family;
  if (states > MOST_COUNTED)
    throw new LehrError(
      'option',
      `${name}: ${states} states, expected at most ${MOST_COUNTED} to count particles. Maybe move them one by one.`,
    );
  const shares = new Float64Array(states);
  const matrix = new Float64Array(states * states);
  const power = new Float64Array(states * states);
  const scratch = new Float64Array(2 * states * states);
  const next = new Int32Array(states);
  const whole = countsOf(family, data);
  return {
    ...common(family, data, options),
    particles: () => ({ counts: new Int32Array(states) }),
    place({ counts }, order, from, count) {
      if (count === data.length) {
        counts.set(whole);
        return;
      }
      counts.fill(0);
      for (let i = 0; i < count; i++) counts[data[order[from + i]]]++;
    },
    move(parameters, { counts }, _, m, rng) {
      logWeights(family, parameters, shares);
      normalise(shares);
      kernel.matrix(shares, matrix);
      powerInto(matrix, states, m, power, scratch);
      next.fill(0);
      for (let x = 0; x < states; x++) if (counts[x] > 0) multinomialInto(rng, counts[x], power, x * states, states, next);
      counts.set(next);
    },
    add(_, { counts }, __, scale, gradient) {
      for (let x = 0, i = 0; x < states; x++) {
        const weight = scale * counts[x];
        for (let k = 0; k < size; k++, i++) gradient[k] += weight * statistics[i];
      }
    },
  };
}
