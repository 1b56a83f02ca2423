import { literalPseudoLogLikelihood, logistics, type RbmShape } from './exact.ts';

/** Beyond weights of this size products of e^w could overflow, and logarithms are added one by one. */
const LARGE = 200;
/** A product is kept as its logarithm before it leaves the range of doubles: with one more factor of e^200 it is still within. */
const HIGH = 1e200;
const LOW = 1e-200;

/**
 * The mean pseudo-log-likelihood of rows, Σ_i ln p(v_i | the other visible units) (Besag 1975): what can be had where the likelihood cannot. Not an estimate of the
 * likelihood, but it is largest for the law of the data, too.
 *
 * With activations a_j of the hidden units, turning v_i over changes ln(1 + e^(a_j)) by ln(σ(−a_j) + σ(a_j) e^(±W_ij)): a product over j of positive terms without any cancellation, and one
 * logarithm for each i in place of one for each pair.
 * @param rows rows × visible, 0 or 1.
 */
export function pseudoLogLikelihood(shape: RbmShape, parameters: Float64Array, rows: Uint8Array): number {
  const { visible, hidden } = shape;
  const pairs = visible * hidden;
  for (let k = 0; k < pairs; k++) if (!(Math.abs(parameters[k]) <= LARGE)) return literalPseudoLogLikelihood(shape, parameters, rows);
  const growth = new Float64Array(2 * pairs);
  for (let k = 0; k < pairs; k++) {
    growth[k] = Math.exp(parameters[k]);
    growth[pairs + k] = 1 / growth[k];
  }
  const [on, off] = [new Float64Array(hidden), new Float64Array(hidden)];
  const count = rows.length / visible;
  let sum = 0;
  for (let r = 0; r < count; r++) sum += rowOf(shape, parameters, growth, rows, r * visible, on, off);
  return sum / count;
}

/** Of one row. @param growth e^W and e^−W. @param on, off the hidden units' probabilities; scratch. */
function rowOf(
  { visible, hidden }: RbmShape,
  parameters: Float64Array,
  growth: Float64Array,
  rows: Uint8Array,
  at: number,
  on: Float64Array,
  off: Float64Array,
): number {
  const b = visible * hidden;
  logistics({ visible, hidden }, parameters, rows, at, on, off);
  let sum = 0;
  for (let i = 0; i < visible; i++) {
    const isOff = rows[at + i] === 0;
    const from = (isOff ? 0 : b) + i * hidden;
    let [product, logarithm] = [1, isOff ? parameters[b + i] : -parameters[b + i]];
    for (let j = 0; j < hidden; j++) {
      product *= off[j] + on[j] * growth[from + j];
      if (product > HIGH || product < LOW) {
        logarithm += Math.log(product);
        product = 1;
      }
    }
    logarithm += Math.log(product);
    sum -= logarithm > 0 ? logarithm + Math.log1p(Math.exp(-logarithm)) : Math.log1p(Math.exp(logarithm));
  }
  return sum;
}
