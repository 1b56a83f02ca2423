import type { VariationalModel, Visit } from '../../src/dynamics/variational-model.ts';
import { sample } from '../../src/random/distributions.ts';
import { dirichletExpect, dirichletNormaliser, dirichletPerturb, type Spread } from '../conjugate/dirichlet.ts';
import { NormalWishart } from '../conjugate/wishart.ts';
import { digestOf } from '../table/digest.ts';
import { checkMixture, type MixtureOptions } from './options.ts';
import { begin } from '../conjugate/start.ts';
import type { MixturePosterior } from './predict.ts';
import { BLOCK, responsibilitiesOf } from './responsibilities.ts';

const LN_2PI = Math.log(2 * Math.PI);

/** A mixture's law as numbers: expectations under q. */
export interface Mixture {
  /** E of each component's weight. */
  readonly weights: Float64Array;
  /** components × d: m. */
  readonly means: Float64Array;
  /** The inverse of E[Λ]: components × d × d, or × d where diagonal. */
  readonly covariances: Float64Array;
}

/** A Gaussian mixture for `svi`. */
export interface GaussianMixture extends VariationalModel {
  readonly components: number;
  readonly d: number;
  /** What natural parameters say of the components. */
  describe(lambda: Float64Array): Mixture;
  /** What `predictMixture` needs to say something of other rows. */
  posterior(lambda: Float64Array): MixturePosterior;
  /** rows × components: the probabilities of the components for each row of the data, in the variational law. */
  responsibilities(lambda: Float64Array): Float64Array;
}

/**
 * A Bayesian mixture of Gaussians: weights ~ Dirichlet, each component's mean and precision ~ Normal–Wishart, with full or diagonal precisions (Bishop 2006, section 10.2).
 * Natural parameters: for each component the concentration α, and those of `NormalWishart`. A row's expected log densities are one product of its monomials 1, x_i, x_i x_j with a matrix, and
 * the statistics another, so that full covariances cost d(d + 1) / 2 multiplications a row and component each way. In this form a component's scatter is a difference of second moments: data
 * are centred, and those whose spread is 10⁶ times a component's lose some four digits.
 * @param data rows × d.
 * @throws LehrError as `checkMixture` does.
 */
export function gaussianMixture(data: ArrayLike<number>, d: number, options: MixtureOptions): GaussianMixture {
  const mixture = checkMixture(data, d, options);
  const { rows, values, centre, components, covariance, concentration, mean, meanPrecision, degrees, scatter } = mixture;
  const full = covariance === 'full';
  const wishart = new NormalWishart(d, covariance);
  const stride = 1 + wishart.size;
  const size = components * stride;
  const weights: Spread = { at: 0, count: components, stride };
  const prior = new Float64Array(size);
  const base = new Float64Array(size);
  for (let k = 0; k < components; k++) {
    prior[k * stride] = concentration;
    base[k * stride] = 1;
    wishart.write(prior, k * stride + 1, mean, meanPrecision, degrees, scatter);
    wishart.base(base, k * stride + 1);
  }

  const local = responsibilitiesOf(mixture, stride, options.kernel ?? 'fast');
  const { width, line, wide, sums, block } = local;
  const expected = new Float64Array(size);

  const expect = (lambda: Float64Array, into: Float64Array): void => {
    dirichletExpect(lambda, weights, into);
    for (let k = 0; k < components; k++) wishart.expect(lambda, k * stride + 1, into);
  };

  const prepare = (lambda: Float64Array): void => {
    expect(lambda, expected);
    local.prepare(expected);
  };

  return {
    name: 'gaussian mixture',
    rows,
    prior,
    base,
    components,
    d,
    fingerprint: {
      digest: digestOf({ inputs: values, targets: Float64Array.of(...centre, ...mean, ...scatter) }),
      rows,
      d,
      components,
      covariance,
      concentration,
      meanPrecision,
      degrees,
      width: mixture.width,
    },
    expect,
    prepare,

    init(rng) {
      const lambda = prior.slice();
      begin(mixture, sample(rng, rows, components), (row, responsibilities) => {
        for (let k = 0; k < components; k++) {
          const r = responsibilities[k];
          let at = k * stride;
          lambda[at++] += r;
          lambda[at++] += r;
          lambda[at++] += r;
          for (let i = 0; i < d; i++) lambda[at++] += r * values[row * d + i];
          for (let i = 0; i < d; i++)
            for (let j = i; j < (full ? d : i + 1); j++) lambda[at++] += r * values[row * d + i] * values[row * d + j];
        }
      });
      return lambda;
    },

    local(order, from, to, into, visit) {
      sums.fill(0);
      let value = 0;
      for (let at = from; at < to; at += BLOCK) {
        const count = Math.min(BLOCK, to - at);
        value += local.assign(order, at, count, visit);
        local.accumulate(count);
      }
      for (let k = 0; k < components; k++) {
        const at = k * stride;
        const row = k * wide;
        into[at] += sums[row];
        into[at + 1] += sums[row];
        for (let f = 0; f < width; f++) into[at + 2 + f] += sums[row + f];
      }
      return value - ((to - from) * d * LN_2PI) / 2;
    },

    logNormaliser(lambda) {
      let sum = dirichletNormaliser(lambda, weights);
      for (let k = 0; k < components; k++) sum += wishart.normaliser(lambda, k * stride + 1);
      return sum;
    },

    perturb(lambda, scale, rng) {
      dirichletPerturb(lambda, weights, prior, scale, rng);
      for (let k = 0; k < components; k++) wishart.perturb(lambda, k * stride + 1, scale, rng);
    },

    describe(lambda) {
      const shares = new Float64Array(components);
      const means: number[] = [];
      const covariances: number[] = [];
      let total = 0;
      for (let k = 0; k < components; k++) total += lambda[k * stride];
      for (let k = 0; k < components; k++) {
        const { mean, nu, scatter } = wishart.moments(lambda, k * stride + 1);
        shares[k] = lambda[k * stride] / total;
        means.push(...mean.map((value, j) => value + centre[j]));
        covariances.push(...scatter.map((value) => value / nu));
      }
      return { weights: shares, means: Float64Array.from(means), covariances: Float64Array.from(covariances) };
    },

    posterior: (lambda) => ({
      d,
      components,
      covariance,
      parameters: Array.from(lambda),
      centre: Array.from(centre),
    }),

    responsibilities(lambda) {
      const all = new Float64Array(rows * components);
      const order = Int32Array.from({ length: rows }, (_, n) => n);
      const visit = { temperature: 1, noiseScale: 0, told: false } as Visit;
      prepare(lambda);
      for (let at = 0; at < rows; at += BLOCK) {
        const count = Math.min(BLOCK, rows - at);
        local.assign(order, at, count, visit);
        for (let n = 0; n < count; n++) for (let k = 0; k < components; k++) all[(at + n) * components + k] = block[n * line + k];
      }
      return all;
    },
  };
}
