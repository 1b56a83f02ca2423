import { anneal, svi } from 'lehr';
import { gaussianMixture, type MixtureOptions } from 'lehr/problems/gaussian-mixture';
import { NormalWishart } from '#problems/conjugate/wishart';
import { lgamma } from '#problems/conjugate/special';
import { describe, expect, test } from 'vitest';

const DATA = [-1.2, 0.3, 0.9, 2.8];
const PRIOR = { concentration: 0.8, mean: [0.2], meanPrecision: 0.7, degrees: 3, scatter: [1.5] } as const;

/** ln ∫∫ Π N(x | μ, 1/λ) p(μ, λ) dμ dλ on a grid: μ by the trapezoidal rule, ln λ likewise, both over all that matters. */
function evidenceOf(points: readonly number[]): number {
  const { meanPrecision: kappa, degrees: nu, scatter, mean } = PRIOR;
  const [a, b] = [nu / 2, scatter[0] / 2];
  let total = 0;
  const [du, dm] = [0.02, 0.02];
  for (let u = -12; u < 6; u += du) {
    const precision = Math.exp(u);
    const gamma = a * Math.log(b) - lgamma(a) + a * u - b * precision; // with the Jacobian of ln λ
    const spread = 12 / Math.sqrt(precision * (kappa + points.length));
    const centre = (kappa * mean[0] + points.reduce((x, y) => x + y, 0)) / (kappa + points.length);
    for (let z = -1; z <= 1; z += dm / 2) {
      const mu = centre + z * spread;
      let log = gamma + 0.5 * Math.log((kappa * precision) / (2 * Math.PI)) - 0.5 * kappa * precision * (mu - mean[0]) ** 2;
      for (const x of points) log += 0.5 * Math.log(precision / (2 * Math.PI)) - 0.5 * precision * (x - mu) ** 2;
      total += Math.exp(log) * spread * (dm / 2) * du;
    }
  }
  return Math.log(total);
}

/** The evidence of a mixture: Σ over all assignments of the Dirichlet's probability of them times the components' own evidences. */
function mixtureEvidence(points: readonly number[], components: number): number {
  const { concentration } = PRIOR;
  const n = points.length;
  const evidences = new Map<string, number>();
  let total = 0;
  for (let code = 0; code < components ** n; code++) {
    const groups: number[][] = Array.from({ length: components }, () => []);
    for (let i = 0, rest = code; i < n; i++, rest = Math.floor(rest / components)) groups[rest % components].push(points[i]);
    let log = lgamma(components * concentration) - lgamma(components * concentration + n);
    for (const group of groups) {
      log += lgamma(concentration + group.length) - lgamma(concentration);
      const key = group.join();
      if (!evidences.has(key)) evidences.set(key, group.length === 0 ? 0 : evidenceOf(group));
      log += evidences.get(key)!;
    }
    total += Math.exp(log);
  }
  return Math.log(total);
}

describe('the bound, against numerical integration', () => {
  test.each(['full', 'diagonal'] as const)('of one component is the evidence itself: %s', (covariance) => {
    const model = gaussianMixture(DATA, 1, { components: 1, covariance, ...PRIOR });
    const { result } = anneal({ dynamics: svi(model), controls: {}, budget: { steps: 3 }, block: 1, seed: 1 });
    expect(result.bound).toBeCloseTo(evidenceOf(DATA), 6);
  });

  test.each(['full', 'diagonal'] as const)('of two components is below it, by little: %s', (covariance) => {
    const model = gaussianMixture(DATA, 1, { components: 2, covariance, ...PRIOR });
    const truth = mixtureEvidence(DATA, 2);
    const bounds = [1, 2, 3, 4, 5].map(
      (seed) => anneal({ dynamics: svi(model), controls: {}, budget: { steps: 200 }, block: 1, seed }).result.bound,
    );
    for (const bound of bounds) expect(bound).toBeLessThan(truth);
    // The mean-field gap of these four points; ln 2 of it is the labels' symmetry.
    expect(truth - Math.max(...bounds)).toBeLessThan(2);
  });

  test('with many dimensions and one component is the product of the predictive laws, order aside', () => {
    // The evidence is a ratio of normalisers: A(posterior) − A(prior) − (nd/2) ln 2π; it must not depend on how the points are split in two.
    const d = 3;
    const data = Float64Array.from({ length: 30 }, (_, i) => Math.sin(7 * i) + (i % 3));
    const options: MixtureOptions = { components: 1, mean: [0, 1, 2], degrees: 5, scatter: [2, 0.3, 0, 0.3, 1, 0.1, 0, 0.1, 1.5] };
    const boundOf = (values: Float64Array): number =>
      anneal({ dynamics: svi(gaussianMixture(values, d, options)), controls: {}, budget: { steps: 2 }, block: 1, seed: 1 }).result.bound;
    const law = new NormalWishart(d, 'full');
    const [prior, first, both] = [0, 1, 2].map(() => new Float64Array(law.size));
    law.write(prior, 0, options.mean!, 1, 5, options.scatter!);
    const add = (to: Float64Array, values: Float64Array): void => {
      for (let n = 0; n < values.length / d; n++) {
        let at = 2 + d;
        to[0]++;
        to[1]++;
        for (let i = 0; i < d; i++) {
          to[2 + i] += values[n * d + i];
          for (let j = i; j < d; j++) to[at++] += values[n * d + i] * values[n * d + j];
        }
      }
    };
    first.set(prior);
    add(first, data.subarray(0, 12));
    both.set(first);
    add(both, data.subarray(12));
    const ln2pi = Math.log(2 * Math.PI);
    const predictive = law.normaliser(both, 0) - law.normaliser(first, 0) - (18 / 2) * ln2pi;
    expect(boundOf(data)).toBeCloseTo(boundOf(data.slice(0, 12)) + predictive, 8);
  });
});

test('a Wishart law’s normaliser is that of the integral: E[ln|Λ|] and E[Λ] are its slopes, the d = 1 forms agree', () => {
  const [full, diagonal] = [new NormalWishart(1, 'full'), new NormalWishart(1, 'diagonal')];
  const [a, b] = [new Float64Array(4), new Float64Array(4)];
  full.write(a, 0, [0.3], 2, 4, [1.7]);
  diagonal.write(b, 0, [0.3], 2, 4, [1.7]);
  expect(a).toEqual(b);
  expect(full.normaliser(a, 0)).toBeCloseTo(diagonal.normaliser(b, 0), 12);
  const { mean, kappa, nu, scatter } = full.moments(a, 0);
  expect([mean[0], kappa, nu]).toEqual([0.3, 2, 4]);
  expect(scatter[0]).toBeCloseTo(1.7, 12);
});

test.each(['full', 'diagonal'] as const)(
  'spread is a share of the data’s deviations, and the prior mean weighs as much less: %s',
  (covariance) => {
    const data = Float64Array.from({ length: 40 }, (_, i) => Math.sin(3 * i) * (1 + (i % 2)));
    const n = 20;
    const mean = [0, 1].map((j) => Array.from({ length: n }, (_, r) => data[2 * r + j]).reduce((a, b) => a + b) / n);
    const cov = (i: number, j: number): number =>
      Array.from({ length: n }, (_, r) => (data[2 * r + i] - mean[i]) * (data[2 * r + j] - mean[j])).reduce((a, b) => a + b) / n;
    const scatter = (covariance === 'full' ? [cov(0, 0), cov(0, 1), cov(1, 0), cov(1, 1)] : [cov(0, 0), cov(1, 1)]).map((c) => 0.09 * c);
    const [given, told] = [{ spread: 0.3 }, { scatter, meanPrecision: 0.09 }].map(
      (prior) => gaussianMixture(data, 2, { components: 3, covariance, ...prior }).prior,
    );
    given.forEach((value, i) => expect(value).toBeCloseTo(told[i], 12));
  },
);

describe('refuses', () => {
  test.each<[ArrayLike<number>, number, Partial<MixtureOptions>, string]>([
    [[1, 2, NaN, 4], 2, {}, 'row 1 has NaN in column 0, expected a finite number.'],
    [[1, 5, 2, 5, 3, 5], 2, {}, 'column 1 is constant at 5'],
    [[1, 2, 3], 2, {}, 'rows of 2, at least one'],
    [[1, 2, 3, 4], 1, { components: 5 }, 'components is 5, expected a whole number from 1 to the 4 rows'],
    [[1, 2, 3, 4], 1, { degrees: 0 }, 'degrees is 0, expected a finite number above 0'],
    [[1, 2, 3, 4, 5, 7], 2, { degrees: 1 }, 'degrees is 1, expected a finite number above 1'],
    [[1, 2, 3, 4], 1, { spread: 0 }, 'spread is 0, expected a finite number above 0'],
    [[1, 2, 3, 4], 1, { scatter: [1, 2] }, 'scatter is [1,2], expected 1 finite numbers'],
    [[1, 2, 3, 4], 1, { covariance: 'tied' as 'full' }, "covariance is \"tied\", expected 'full' or 'diagonal'"],
  ])('%j', (data, d, options, message) => {
    expect(() => gaussianMixture(data, d, { components: 2, ...options })).toThrow(message);
  });
});
