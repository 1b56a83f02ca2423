import { anneal, stream, svi } from 'lehr';
import { gaussianMixture, predictMixture } from 'lehr/problems/gaussian-mixture';
import { NormalWishart, type Covariance } from '#problems/conjugate/wishart';
import { describe, expect, test } from 'vitest';

const points = (count: number, seed: number): Float64Array => {
  const rng = stream(seed, 'points');
  return Float64Array.from({ length: 2 * count }, (_, i) => 100 + rng.normal() * (1 + (i % 2)) + 6 * ((i >> 1) % 3));
};

/** A mixture of three that was learned, and its parameters. */
function learned(covariance: Covariance) {
  const model = gaussianMixture(points(300, 1), 2, { components: 3, covariance });
  const [result] = [1, 2, 3]
    .map((seed) => anneal({ dynamics: svi(model), controls: {}, budget: { steps: 200 }, block: 1, seed }).result)
    .sort((a, b) => b.bound - a.bound);
  return { model, parameters: result.parameters, posterior: model.posterior(result.parameters) };
}

describe.each(['full', 'diagonal'] as const)('%s', (covariance) => {
  const { model, parameters, posterior } = learned(covariance);

  test('densities are ratios of normalisers, with the row and without', () => {
    const wishart = new NormalWishart(2, covariance);
    const stride = 1 + wishart.size;
    const others = points(20, 2);
    const { logDensity, probabilities, component } = predictMixture(posterior, others);
    const total = [0, 1, 2].reduce((sum, k) => sum + parameters[k * stride], 0);
    for (let n = 0; n < 20; n++) {
      const [x, y] = [0, 1].map((j) => others[2 * n + j] - posterior.centre[j]);
      const added = covariance === 'full' ? [1, 1, x, y, x * x, x * y, y * y] : [1, 1, x, y, x * x, y * y];
      const parts = [0, 1, 2].map((k) => {
        const before = parameters.slice(k * stride + 1, (k + 1) * stride);
        const after = before.map((value, i) => value + added[i]);
        return ((parameters[k * stride] / total) * Math.exp(wishart.normaliser(after, 0) - wishart.normaliser(before, 0))) / (2 * Math.PI);
      });
      const sum = parts.reduce((a, b) => a + b);
      expect(logDensity[n]).toBeCloseTo(Math.log(sum), 8);
      parts.forEach((part, k) => expect(probabilities[3 * n + k]).toBeCloseTo(part / sum, 8));
      expect(component[n]).toBe(parts.indexOf(Math.max(...parts)));
    }
  });

  test('the density integrates to 1', () => {
    let [total, step] = [0, 0.4];
    const grid: number[] = [];
    for (let x = 60; x < 152; x += step) for (let y = 60; y < 152; y += step) grid.push(x, y);
    for (const log of predictMixture(posterior, grid).logDensity) total += Math.exp(log) * step * step;
    expect(total).toBeCloseTo(1, 3);
  });

  test('rows go where the variational law has them, all but a few, and unseen rows are told as well as the truth tells them', () => {
    const inside = model.responsibilities(parameters);
    const { component } = predictMixture(posterior, points(300, 1));
    const same = component.filter((k, n) => inside[3 * n + k] === Math.max(...inside.subarray(3 * n, 3 * n + 3))).length;
    expect(same).toBeGreaterThan(295);
    const others = points(1000, 3);
    const truth = (n: number): number => {
      let sum = 0;
      for (let k = 0; k < 3; k++) {
        const [x, y] = [others[2 * n] - 100 - 6 * k, (others[2 * n + 1] - 100 - 6 * k) / 2];
        sum += Math.exp(-(x * x + y * y) / 2) / (3 * 2 * 2 * Math.PI);
      }
      return Math.log(sum);
    };
    const best = Array.from({ length: 1000 }, (_, n) => truth(n)).reduce((a, b) => a + b) / 1000;
    const told = predictMixture(posterior, others).logDensity.reduce((a, b) => a + b) / 1000;
    expect(told).toBeLessThan(best + 0.01);
    expect(best - told).toBeLessThan(0.1);
  });
});

test('refuses', () => {
  const { posterior } = learned('full');
  expect(() => predictMixture(posterior, [1, 2, NaN, 4])).toThrow('row 1 has NaN in column 0');
  expect(() => predictMixture({ ...posterior, components: 2 }, [1, 2])).toThrow('there are 24 parameters');
});
