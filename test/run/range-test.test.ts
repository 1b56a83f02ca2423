import { describe, expect, it } from 'vitest';
import { gradient, momentum, rangeTest, sgd, type Model } from 'lehr';
import { bowl, points } from '../dynamics/gradient/models.ts';

/** ½ Σ λᵢ wᵢ² with λ from 0.01 to 1: steps diverge above rate 2. */
const valley: Model<Float64Array> = {
  ...bowl,
  name: 'valley',
  size: 20,
  init: () => new Float64Array(20).fill(1),
  gradient(w, _rows, _from, _to, into) {
    let loss = 0;
    for (let i = 0; i < 20; i++) {
      const curvature = i === 19 ? 1 : 0.01 + 0.03 * i;
      into[i] = curvature * w[i];
      loss += 0.5 * curvature * w[i] * w[i];
    }
    return loss;
  },
};

describe('rangeTest', () => {
  const dynamics = gradient(valley, { optimizer: sgd() });

  it('raises the rate by equal factors, and stops where the loss explodes, near the edge of stability', () => {
    const test = rangeTest({ dynamics, seed: 1, from: 1e-4, to: 1000, steps: 200, smoothing: 0.8 });
    expect(test.stopped).toBe('diverged');
    expect(test.rates[0]).toBe(1e-4);
    const factors = test.rates.slice(1).map((rate, k) => rate / test.rates[k]);
    for (const factor of factors) expect(factor).toBeCloseTo(Math.exp(Math.log(1e7) / 199), 9);
    expect(test.rates.at(-1)).toBeGreaterThan(2);
    expect(test.rates.at(-1)).toBeLessThan(20);
    expect(test.suggested).toBe(test.minimum / 10);
    expect(test.minimum).toBeGreaterThan(0.5);
    expect(test.steepest).toBeGreaterThan(0.01);
    expect(test.steepest).toBeLessThan(test.minimum);
  });

  it('smooths as it says', () => {
    const { losses, smoothed, rates, stopped } = rangeTest({ dynamics, seed: 1, from: 1e-3, to: 0.1, steps: 30, smoothing: 0.9 });
    expect([losses.length, rates.at(-1), stopped]).toEqual([30, 0.1, 'budget']);
    let average = 0;
    losses.forEach((loss, k) => {
      average = 0.9 * average + 0.1 * loss;
      expect(smoothed[k]).toBeCloseTo(average / (1 - 0.9 ** (k + 1)), 12);
    });
    // Each loss is that before the step.
    expect(losses[0]).toBe(valley.gradient(new Float64Array(20).fill(1), Int32Array.of(0), 0, 1, new Float64Array(20)));
  });

  it('takes other controls, minibatches and a loss that is no number', () => {
    const test = rangeTest({
      dynamics: gradient(points, { optimizer: momentum(), batch: 3 }),
      controls: { momentum: 0.9 },
      seed: 1,
      to: 1e200,
      stop: Infinity,
    });
    expect(test.stopped).toBe('diverged');
    expect(test.losses.every((loss) => Number.isFinite(loss))).toBe(true);
    expect(test.losses.length).toBeLessThan(100);
  });

  it('says what is wrong', () => {
    expect(() => rangeTest({ dynamics, seed: 1, from: 0 })).toThrow('rangeTest: from is 0');
    expect(() => rangeTest({ dynamics, seed: 1, smoothing: 1 })).toThrow('rangeTest: smoothing is 1');
    expect(() => rangeTest({ dynamics: gradient(points, { optimizer: momentum() }), seed: 1 })).toThrow('controls.momentum is missing');
    expect(() => rangeTest({ dynamics: { ...dynamics, signals: [] }, seed: 1 })).toThrow('no signal loss');
  });
});
