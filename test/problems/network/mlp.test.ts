import { describe, expect, it } from 'vitest';
import { adam, anneal, checkDynamics, checkModel, gradient, momentum, stream } from 'lehr';
import { mlp, type MlpOptions } from 'lehr/problems/network';
import { inputsOf } from '#problems/network/inputs';
import { examples } from '../learning-data.ts';

/** Which of two rings a point is in: no line tells. */
const rings = examples(300, 2, 2, (x) => (x[0] * x[0] + x[1] * x[1] > 1.4 ? 1 : 0));
const others = examples(300, 2, 2, (x) => (x[0] * x[0] + x[1] * x[1] > 1.4 ? 1 : 0), 2);
const bumps = examples(300, 2, 0, (x) => Math.sin(2 * x[0]) * x[1]);
const mostlyZero = {
  ...rings,
  features: 4,
  inputs: Float64Array.from({ length: 1200 }, (_, i) => (i % 4 < 2 && i % 3 === 0 ? rings.inputs[i >> 1] : 0)),
};

describe('mlp', () => {
  const networks: [string, ReturnType<typeof mlp>][] = [
    ['relu', mlp(rings, { hidden: [9], heldOut: others })],
    ['leaky, two layers', mlp(rings, { hidden: [8, 7], activation: 'leaky', slope: 0.1 })],
    ['tanh', mlp(rings, { hidden: [5, 6, 4], activation: 'tanh' })],
    ['values', mlp(bumps, { hidden: [10], activation: 'tanh', heldOut: bumps })],
    ['no hidden layer', mlp(rings, { hidden: [] })],
    ['mostly zeros', mlp(mostlyZero, { hidden: [12] })],
    ['plain', mlp(rings, { hidden: [9], kernel: 'plain' })],
  ];
  it.each(networks)('%s: has the gradient of its loss', (_, model) => {
    expect(() => checkModel(model)).not.toThrow();
  });

  it('the kernel, the plain functions, dense and sparse inputs give the same bits', () => {
    expect([inputsOf(rings).sparse, inputsOf(mostlyZero).dense]).toEqual([null, null]);
    for (const data of [rings, mostlyZero]) {
      for (const activation of ['relu', 'leaky', 'tanh'] as const) {
        const run = (options: Partial<MlpOptions>) =>
          anneal({
            dynamics: gradient(mlp(data, { hidden: [13, 5], activation, ...options }), { optimizer: adam(), batch: 32 }),
            controls: { rate: 0.01 },
            budget: { steps: 40 },
            seed: 1,
          }).result.weights;
        expect(run({})).toEqual(run({ kernel: 'plain' }));
      }
    }
  });

  it('lists longer than a part add up: 300 rows in one go or in many', () => {
    const model = mlp(rings, { hidden: [9] });
    const weights = model.init(stream(1));
    const rows = Int32Array.from({ length: 300 }, (_, i) => i);
    const [whole, part] = [weights.slice(), weights.slice()];
    const loss = model.gradient(weights, rows, 0, 300, whole);
    const mean = new Float64Array(weights.length);
    let losses = 0;
    for (let from = 0; from < 300; from += 50) {
      losses += model.gradient(weights, rows, from, from + 50, part) / 6;
      part.forEach((g, i) => (mean[i] += g / 6));
    }
    expect(loss).toBeCloseTo(losses, 6);
    mean.forEach((g, i) => expect(whole[i]).toBeCloseTo(g, 6));
    expect(model.loss!(weights, rows, 0, 300)).toBe(loss);
  });

  it('learns what no linear model can, and its predictions are its held-out figures', () => {
    const model = mlp(rings, { hidden: [16], heldOut: others });
    const { result } = anneal({
      dynamics: gradient(model, { optimizer: adam(), batch: 30 }),
      controls: { rate: 0.01 },
      budget: { steps: 2000 },
      seed: 1,
    });
    expect(result.figures!.accuracy).toBeGreaterThan(0.95);
    const said = model.predict(result.weights, others);
    let [right, loss] = [0, 0];
    for (let i = 0; i < 300; i++) {
      expect(said[2 * i] + said[2 * i + 1]).toBeCloseTo(1, 12);
      if (said[2 * i + 1] > said[2 * i] === (others.targets[i] === 1)) right++;
      loss -= Math.log(said[2 * i + others.targets[i]]) / 300;
    }
    expect(right / 300).toBe(result.figures!.accuracy);
    expect(loss).toBeCloseTo(result.validation!, 9);
    // A linear model on the same data.
    const linear = anneal({
      dynamics: gradient(mlp(rings, { hidden: [], heldOut: others }), { optimizer: adam(), batch: 30 }),
      controls: { rate: 0.01 },
      budget: { steps: 2000 },
      seed: 1,
    });
    expect(linear.result.figures!.accuracy).toBeLessThan(0.8);
    const curve = mlp(bumps, { hidden: [24], activation: 'tanh', heldOut: bumps });
    const fit = anneal({
      dynamics: gradient(curve, { optimizer: adam(), batch: 30 }),
      controls: { rate: 0.01 },
      budget: { steps: 3000 },
      seed: 1,
    });
    expect(fit.result.figures!.r2).toBeGreaterThan(0.95);
    expect(curve.predict(fit.result.weights, bumps)).toHaveLength(300);
  });

  it('is trained by a sound dynamics', () => {
    const dynamics = gradient(mlp(rings, { hidden: [6], heldOut: others }), { optimizer: momentum({ momentum: 0.9 }), batch: 70 });
    expect(() => checkDynamics(dynamics, { controls: { rate: 0.1 }, steps: 4, blocks: 6 })).not.toThrow();
  });

  it('says what is wrong', () => {
    expect(() => mlp(rings, { hidden: [0] })).toThrow('mlp: a hidden layer has 0 units, expected a whole number of at least 1.');
    // @ts-expect-error an unknown option
    expect(() => mlp(rings, { hiden: [3] })).toThrow('Maybe hidden?');
    expect(() => mlp({ ...rings, classes: 1 }, { hidden: [3] })).toThrow('Maybe the target is always the same');
    expect(() => mlp(rings, { hidden: [3], heldOut: bumps })).toThrow('2 features and 0 classes, expected 2 and 2');
    expect(() => mlp(rings, { hidden: [3] }).predict(new Float32Array(17), { rows: 1, features: 3, inputs: new Float64Array(3) })).toThrow(
      'the examples have 3 features, expected 2',
    );
  });
});
