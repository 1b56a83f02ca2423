import { LehrError, show } from '../../src/error.ts';
import { predictiveNormal } from '../conjugate/predictive.ts';
import { NormalWishart, type Covariance } from '../conjugate/wishart.ts';

/** A mixture that was learned, as plain data: what `predictMixture` needs of it. */
export interface MixturePosterior {
  readonly d: number;
  readonly components: number;
  readonly covariance: Covariance;
  /** What a result has as `parameters`. */
  readonly parameters: ArrayLike<number>;
  /** The mean of the data they were learned from, which they are relative to. */
  readonly centre: ArrayLike<number>;
}

/** What a mixture says of rows. */
export interface MixturePrediction {
  /** ln of the posterior predictive density of each row, in nats. */
  readonly logDensity: Float64Array;
  /** rows × components: how likely each component is to have made the row. */
  readonly probabilities: Float64Array;
  /** The likeliest. */
  readonly component: Int32Array;
}

/**
 * What a learned mixture says of rows, those it was learned from or others: the posterior predictive law under q, Σ_k E[weight_k] St(x) (Bishop 2006, equation 10.81), so that the
 * uncertainty of components' parameters is in it. For rows it was learned from it differs a little from `responsibilities`, which are of the variational law of those very rows.
 * @param data rows × d.
 * @throws LehrError `input` for values that are no numbers, by row and column from 0.
 */
export function predictMixture(
  { d, components, covariance, parameters, centre }: MixturePosterior,
  data: ArrayLike<number>,
): MixturePrediction {
  const wishart = new NormalWishart(d, covariance);
  const stride = 1 + wishart.size;
  const lambda = Float64Array.from(parameters);
  const rows = data.length / d;
  if (lambda.length !== components * stride || centre.length !== d || !Number.isSafeInteger(rows))
    throw new LehrError(
      'option',
      `predictMixture: there are ${lambda.length} parameters, ${centre.length} means and ${data.length} values, expected ${components * stride}, ${d} and rows of ${d}.`,
    );
  let total = 0;
  for (let k = 0; k < components; k++) total += lambda[k * stride];
  const laws = Array.from({ length: components }, (_, k) => predictiveNormal(wishart, lambda, k * stride + 1));
  const weights = laws.map((_, k) => Math.log(lambda[k * stride] / total));
  const logDensity = new Float64Array(rows);
  const probabilities = new Float64Array(rows * components);
  const component = new Int32Array(rows);
  const point = new Float64Array(d);
  for (let n = 0; n < rows; n++) {
    for (let j = 0; j < d; j++) {
      const value = data[n * d + j];
      if (!Number.isFinite(value))
        throw new LehrError('input', `row ${n} has ${show(value)} in column ${j}, expected a finite number. Maybe a value is missing.`);
      point[j] = value - centre[j];
    }
    const logs = probabilities.subarray(n * components, (n + 1) * components);
    for (let k = 0; k < components; k++) logs[k] = weights[k] + laws[k](point, 0);
    logDensity[n] = normalise(logs);
    component[n] = largest(logs);
  }
  return { logDensity, probabilities, component };
}

/** Logarithms into shares. @returns the logarithm of their sum. */
function normalise(logs: Float64Array): number {
  const top = logs[largest(logs)];
  let sum = 0;
  for (let k = 0; k < logs.length; k++) sum += logs[k] = Math.exp(logs[k] - top);
  for (let k = 0; k < logs.length; k++) logs[k] /= sum;
  return top + Math.log(sum);
}

function largest(values: Float64Array): number {
  let best = 0;
  for (let k = 1; k < values.length; k++) if (values[k] > values[best]) best = k;
  return best;
}
