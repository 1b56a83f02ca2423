import { LehrError } from '../../src/error.ts';

/** The sizes of a restricted Boltzmann machine of binary units. */
export interface RbmShape {
  readonly visible: number;
  readonly hidden: number;
}

/**
 * A machine's parameters in one array: weights W (visible × hidden, row by row), biases b of the visible units, biases c of the hidden. The energy of a
 * configuration is −v'Wh − b'v − c'h (Smolensky 1986; Hinton 2002).
 */
export function sizeOf({ visible, hidden }: RbmShape): number {
  return visible * hidden + visible + hidden;
}

/** The smaller side has at most so many units where all its configurations are gone through. */
export const MOST_ENUMERATED = 16;

/** ln(1 + e^x). */
export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

/** −F(v) = b'v + Σ_j ln(1 + e^(c_j + v'W_j)): the logarithm of the weight of a visible configuration, hidden units summed out. */
export function logWeight({ visible, hidden }: RbmShape, parameters: Float64Array, bits: ArrayLike<number>, at = 0): number {
  const b = visible * hidden;
  const c = b + visible;
  let sum = 0;
  for (let i = 0; i < visible; i++) if (bits[at + i] !== 0) sum += parameters[b + i];
  for (let j = 0; j < hidden; j++) {
    let activation = parameters[c + j];
    for (let i = 0; i < visible; i++) if (bits[at + i] !== 0) activation += parameters[i * hidden + j];
    sum += softplus(activation);
  }
  return sum;
}

/**
 * ln Z, by going through all configurations of the smaller layer in the order of a Gray code, one unit changing at a time.
 * @throws LehrError `option` if both layers have more than 16 units.
 */
export function logPartition({ visible, hidden }: RbmShape, parameters: Float64Array): number {
  const few = Math.min(visible, hidden);
  const many = Math.max(visible, hidden);
  if (few > MOST_ENUMERATED)
    throw new LehrError(
      'option',
      `the machine has ${visible} visible and ${hidden} hidden units, expected at most ${MOST_ENUMERATED} of one kind to add up all configurations.`,
    );
  // Unit u of the smaller layer adds weight(u, k) to unit k of the larger, and its bias to the sum.
  const [stepU, stepK] = hidden <= visible ? [1, hidden] : [hidden, 1];
  const b = visible * hidden;
  const c = b + visible;
  const [own, other] = hidden <= visible ? [c, b] : [b, c];
  const activations = parameters.slice(other, other + many);
  let bias = 0;
  let most = -Infinity;
  let sum = 0;
  const total = 1 << few;
  let on = 0;
  for (let n = 1; ; n++) {
    let value = bias;
    for (let k = 0; k < many; k++) value += softplus(activations[k]);
    if (value <= most) sum += Math.exp(value - most);
    else {
      sum = sum * Math.exp(most - value) + 1;
      most = value;
    }
    if (n === total) break;
    const u = 31 - Math.clz32(n & -n);
    on ^= 1 << u;
    const sign = (on & (1 << u)) === 0 ? -1 : 1;
    bias += sign * parameters[own + u];
    for (let k = 0; k < many; k++) activations[k] += sign * parameters[u * stepU + k * stepK];
  }
  return most + Math.log(sum);
}

/** The mean log-likelihood of rows (rows × visible, 0 or 1), exact, in nats. */
export function logLikelihood(shape: RbmShape, parameters: Float64Array, rows: Uint8Array): number {
  const count = rows.length / shape.visible;
  let sum = 0;
  for (let r = 0; r < count; r++) sum += logWeight(shape, parameters, rows, r * shape.visible);
  return sum / count - logPartition(shape, parameters);
}

/** σ(a) and σ(−a) of the hidden units' activations a = c + v'W at one row. */
export function logistics(
  { visible, hidden }: RbmShape,
  parameters: Float64Array,
  rows: Uint8Array,
  at: number,
  on: Float64Array,
  off: Float64Array,
): void {
  const c = visible * hidden + visible;
  for (let j = 0; j < hidden; j++) on[j] = parameters[c + j];
  for (let i = 0; i < visible; i++) if (rows[at + i] !== 0) for (let j = 0; j < hidden; j++) on[j] += parameters[i * hidden + j];
  for (let j = 0; j < hidden; j++) {
    const activation = on[j];
    on[j] = 1 / (1 + Math.exp(-activation));
    off[j] = 1 / (1 + Math.exp(activation));
  }
}

/** The mean pseudo-log-likelihood of rows, word for word: the oracle of `pseudoLogLikelihood`, and its answer for very large weights. */
export function literalPseudoLogLikelihood({ visible, hidden }: RbmShape, parameters: Float64Array, rows: Uint8Array): number {
  const count = rows.length / visible;
  const b = visible * hidden;
  const c = b + visible;
  const activations = new Float64Array(hidden);
  let sum = 0;
  for (let r = 0; r < count; r++) {
    const at = r * visible;
    let weight = 0;
    for (let j = 0; j < hidden; j++) {
      let activation = parameters[c + j];
      for (let i = 0; i < visible; i++) if (rows[at + i] !== 0) activation += parameters[i * hidden + j];
      activations[j] = activation;
      weight += softplus(activation);
    }
    for (let i = 0; i < visible; i++) {
      const sign = rows[at + i] === 0 ? 1 : -1;
      let flipped = sign * parameters[b + i] - weight;
      for (let j = 0; j < hidden; j++) flipped += softplus(activations[j] + sign * parameters[i * hidden + j]);
      sum -= softplus(flipped); // ln σ(−(ln weight flipped − ln weight))
    }
  }
  return sum / count;
}
