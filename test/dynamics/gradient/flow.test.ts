import { describe, expect, it } from 'vitest';
import { anneal, checkDynamics, gradientFlow, type Model } from 'lehr';
import { bowl, points } from './models.ts';

/** L = Σ λᵢ wᵢ², whose flow is wᵢ e^(−2 λᵢ s). */
const curvatures = [2 / 3, 1 / 3, 1e-3, 40];
const start = [1, -0.5, 2, 0.3];
const valley: Model<Float64Array> = {
  ...bowl,
  name: 'valley',
  size: 4,
  init: () => Float64Array.from(start),
  gradient(w, _rows, _from, _to, into) {
    let loss = 0;
    for (let i = 0; i < 4; i++) {
      into[i] = 2 * curvatures[i] * w[i];
      loss += curvatures[i] * w[i] * w[i];
    }
    return loss;
  },
};
const exact = (time: number): number[] => start.map((w, i) => w * Math.exp(-2 * curvatures[i] * time));
const lossAt = (time: number): number => exact(time).reduce((sum, w, i) => sum + curvatures[i] * w * w, 0);

describe('gradientFlow', () => {
  it('follows the exact flow of a quadratic, whatever the steps it is asked in', () => {
    for (const rate of [0.01, 1, 7.3, 50]) {
      const steps = Math.round(50 / rate);
      const { result } = anneal({ dynamics: gradientFlow(valley), controls: { rate }, budget: { steps }, seed: 1 });
      expect(result.time).toBeCloseTo(rate * steps, 10);
      exact(result.time).forEach((w, i) => expect(Math.abs(result.weights[i] - w)).toBeLessThan(1e-8));
    }
  });

  it('ends at the target loss to a relative 1e-10, from below, at the exact time', () => {
    for (const target of [1, 1e-2, 3.3e-3]) {
      const { result, energy, stopped } = anneal({
        dynamics: gradientFlow(valley, { target }),
        controls: { rate: 1 },
        budget: { steps: 1e6 },
        until: { energy: target },
        seed: 1,
      });
      expect(stopped).toBe('target');
      expect(energy).toBeLessThanOrEqual(target);
      expect(energy).toBeGreaterThan(target * (1 - 1.001e-10));
      let [low, high] = [0, 1e4];
      for (let k = 0; k < 200; k++) [low, high] = lossAt((low + high) / 2) > target ? [(low + high) / 2, high] : [low, (low + high) / 2];
      expect(Math.abs(result.time / high - 1)).toBeLessThan(1e-7);
    }
  });

  it('needs no step where the start is at the target, and stands still once there', () => {
    const dynamics = gradientFlow(bowl, { target: 20 });
    const { steps, result } = anneal({ dynamics, controls: { rate: 1 }, budget: { steps: 5 }, until: { energy: 20 }, seed: 1 });
    expect([steps, ...result.weights]).toEqual([0, 1, 2, 3]);
    const still = anneal({ dynamics, controls: { rate: 1 }, budget: { steps: 5 }, seed: 1 });
    expect([still.steps, still.result.time]).toEqual([5, 0]);
  });

  it('is a sound dynamics, and tells its signals', () => {
    expect(() => checkDynamics(gradientFlow(points, { target: 0.05 }), { controls: { rate: 0.1 }, steps: 3 })).not.toThrow();
    let last: Record<string, number> = {};
    const { result } = anneal(
      { dynamics: gradientFlow(points), controls: { rate: 0.1 }, budget: { steps: 10 }, watch: ['training', 'time'], seed: 1 },
      ({ signals }) => (last = { ...signals }),
    );
    expect(last).toEqual({ training: result.loss, time: expect.closeTo(1, 12) });
  });

  it('says what is wrong', () => {
    expect(() => gradientFlow(points, { target: NaN })).toThrow('gradientFlow: target is NaN');
    expect(() => gradientFlow({ ...points, stochastic: true })).toThrow('line makes noise');
    // @ts-expect-error an unknown option
    expect(() => gradientFlow(points, { targt: 1 })).toThrow('Maybe target?');
    const edge = {
      ...points,
      gradient: (w: Float64Array, _r: Int32Array, _f: number, _t: number, into: Float64Array) => (into.fill(1), w[0] === 0 ? 1 : NaN),
    };
    expect(() => anneal({ dynamics: gradientFlow(edge), controls: { rate: 1 }, budget: { steps: 5 }, seed: 1 })).toThrow(
      'no step of the integrator is small enough',
    );
  });
});
