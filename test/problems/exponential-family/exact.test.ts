import { LehrError, stream } from 'lehr';
import {
  drawRows,
  countsOf,
  finiteFamily,
  fisher,
  fit,
  isingFamily,
  logPartition,
  machine2x2,
  meanOf,
  probabilities,
  sharesOf,
  type FiniteFamily,
} from 'lehr/problems/exponential-family';
import { describe, expect, test } from 'vitest';

const FAMILIES: FiniteFamily[] = [
  machine2x2(),
  isingFamily(2, 3),
  isingFamily(3, 3, { shared: true }),
  finiteFamily('mixed', [3, 2], 3, ([a, b], out) => {
    out[0] = a;
    out[1] = a * a;
    out[2] = a * b - 0.5;
  }),
];

function parametersOf({ size }: FiniteFamily, seed: number, scale = 1): Float64Array {
  const rng = stream('parameters', seed);
  return Float64Array.from({ length: size }, () => scale * rng.normal());
}

describe.each(FAMILIES.map((family) => [family.name, family] as const))('%s', (_, family) => {
  test('the mean is the gradient of Λ, the Fisher information its Hessian, by central differences', () => {
    const theta = parametersOf(family, 1);
    const mean = meanOf(family, probabilities(family, theta));
    const information = fisher(family, theta);
    const h = 1e-5;
    for (let i = 0; i < family.size; i++) {
      const [up, down] = [theta.slice(), theta.slice()];
      up[i] += h;
      down[i] -= h;
      expect((logPartition(family, up) - logPartition(family, down)) / (2 * h)).toBeCloseTo(mean[i], 8);
      const [above, below] = [up, down].map((at) => meanOf(family, probabilities(family, at)));
      for (let j = 0; j < family.size; j++) expect((above[j] - below[j]) / (2 * h)).toBeCloseTo(information[i * family.size + j], 7);
    }
  });

  test('the fit of a model’s own mean is the model, the likelihood is −Λ + θ·mean', () => {
    for (const scale of [0.3, 1, 2]) {
      const theta = parametersOf(family, 2, scale);
      const mean = meanOf(family, probabilities(family, theta));
      const fitted = fit(family, mean);
      expect(fitted.exists).toBe(true);
      const { parameters, logLikelihood } = fitted as Extract<typeof fitted, { exists: true }>;
      theta.forEach((value, k) => expect(parameters[k]).toBeCloseTo(value, 5));
      const own = theta.reduce((sum, value, k) => sum + value * mean[k], -logPartition(family, theta));
      expect(logLikelihood).toBeCloseTo(own, 10);
    }
  });
});

test('large parameters do not overflow', () => {
  const family = machine2x2();
  expect(logPartition(family, Float64Array.of(1e3, 0, 0, 0))).toBeCloseTo(1000 + Math.log(4), 9);
  expect(probabilities(family, Float64Array.of(1e5, 0, 0, 0)).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
});

describe('whether an estimate exists', () => {
  /** Independent bits: the estimate exists if and only if no mean is 0 or 1. */
  const bits = finiteFamily('bits', [2, 2, 2], 3, (values, out) => out.set(values));

  test.each([
    [[0.5, 0.2, 0.9], true],
    [[0.5, 0.01, 0.999], true],
    [[0.5, 0, 0.9], false],
    [[1, 0.3, 0.9], false],
    [[1, 0, 1], false],
  ])('independent bits of means %j: %s', (means, exists) => {
    const fitted = fit(bits, Float64Array.from(means));
    expect(fitted.exists).toBe(exists);
    const logits = 'parameters' in fitted ? Array.from(fitted.parameters) : [];
    logits.forEach((value, k) => expect(value).toBeCloseTo(Math.log(means[k] / (1 - means[k])), 6));
  });

  test('a machine whose data never have x₀ = y₀ = 1 has none, and is told which way it runs off', () => {
    const family = machine2x2();
    const data = drawRows(family, Float64Array.of(0, 0, 0, 0), 200, 1).filter((x) => !((x & 8) !== 0 && (x & 2) !== 0));
    const fitted = fit(family, meanOf(family, sharesOf(countsOf(family, data))));
    expect(fitted.exists).toBe(false);
    expect((fitted as { direction: Float64Array }).direction[0]).toBe(-1);
  });

  test('strong couplings and few rows often have none, and every answer carries its proof', () => {
    const family = machine2x2();
    const found = { exists: 0, not: 0 };
    for (let seed = 0; seed < 100; seed++) {
      const data = drawRows(family, Float64Array.of(3, -2, 2, -3), 40, seed);
      const mean = meanOf(family, sharesOf(countsOf(family, data)));
      const fitted = fit(family, mean);
      if (fitted.exists) {
        found.exists++;
        const model = meanOf(family, probabilities(family, fitted.parameters));
        for (let k = 0; k < 4; k++) if (Math.abs(model[k] - mean[k]) > 1e-9) throw new Error(`seed ${seed}: the mean is not met`);
      } else {
        found.not++;
        const along = (x: ArrayLike<number>, at = 0): number => fitted.direction.reduce((sum, d, k) => sum + d * x[at + k], 0);
        const values = Array.from({ length: 16 }, (_, x) => along(family.statistics, 4 * x));
        if (Math.max(...values) > along(mean) + 1e-9) throw new Error(`seed ${seed}: a state goes farther than the mean`);
      }
    }
    expect(found.exists).toBeGreaterThan(10);
    expect(found.not).toBeGreaterThan(10);
  });

  test('statistics that depend on each other are fitted all the same', () => {
    const twice = finiteFamily('twice', [2, 2], 3, ([a, b], out) => {
      out[0] = a;
      out[1] = b;
      out[2] = a + b;
    });
    const mean = Float64Array.of(0.3, 0.6, 0.9);
    const fitted = fit(twice, mean);
    expect(fitted.exists).toBe(true);
    const model = meanOf(twice, probabilities(twice, (fitted as { parameters: Float64Array }).parameters));
    model.forEach((value, k) => expect(value).toBeCloseTo(mean[k], 9));
  });
});

test.each([
  ['no sites', () => finiteFamily('f', [], 1, () => {})],
  ['too many states', () => finiteFamily('f', Array<number>(30).fill(2), 1, () => {})],
  ['statistics that are not finite', () => finiteFamily('f', [2], 1, (_, out) => (out[0] = NaN))],
  ['no statistics', () => finiteFamily('f', [2], 0, () => {})],
])('%s: refused', (_, build) => {
  expect(build).toThrow(LehrError);
});
