import { describe, expect, it } from 'vitest';
import { anneal, checkModel, gradient, gradientFlow, sgd, startFrom, type Control } from 'lehr';
import { coordinateSample, descentAt, flowAt, lossOf, quadratic, stabilityEdge } from 'lehr/problems/regression';
import { cosine } from 'lehr/schedules';

const start = [1, -0.5];
const sample = coordinateSample([2, 1], start);
const edge = stabilityEdge(sample);

/** Gradient flow from given residuals until the training loss is at the target; the population loss there. */
function flowTo(target: number, from: Float64Array, problem = sample): number {
  // Below the target already, losses would not be compared at equal training loss.
  expect(lossOf(problem.train, from)).toBeGreaterThan(target);
  const model = startFrom(quadratic(problem), from);
  const { result, stopped } = anneal({
    dynamics: gradientFlow(model, { target }),
    controls: { rate: 1 },
    budget: { steps: 1000 },
    until: { energy: target },
    seed: 1,
  });
  expect(stopped).toBe('target');
  return result.validation!;
}

/** Population losses at equal training loss: of the flow alone, and of the flow after `steps` steps that begin at the edge of stability. */
function ratio(target: number, rate: Control, steps: number, problem = sample): number {
  const dynamics = gradient(quadratic(problem), { optimizer: sgd(), keep: 'last' });
  const { result } = anneal({ dynamics, controls: { rate }, budget: { steps }, block: 1, seed: 1 });
  return flowTo(target, Float64Array.from(problem.start), problem) / flowTo(target, result.weights, problem);
}

describe('quadratic', () => {
  it('has the gradient of its loss, and steps and flow as in closed form', () => {
    expect(() => checkModel(quadratic(sample))).not.toThrow();
    for (const rate of [0.1, 0.9, edge]) {
      const { result } = anneal({
        dynamics: gradient(quadratic(sample), { optimizer: sgd(), keep: 'last' }),
        controls: { rate },
        budget: { steps: 25 },
        seed: 1,
      });
      descentAt(sample, rate, 25).forEach((r, i) => expect(Math.abs(result.weights[i] - r)).toBeLessThan(1e-10));
    }
    const { result } = anneal({ dynamics: gradientFlow(quadratic(sample)), controls: { rate: 2 }, budget: { steps: 2 }, seed: 1 });
    flowAt(sample, 4).forEach((r, i) => expect(Math.abs(result.weights[i] - r)).toBeLessThan(1e-9));
    expect(result.validation).toBeCloseTo(lossOf(sample.population, result.weights), 14);
  });

  it('a large rate first halves the population loss at equal training loss (arXiv 2005.07360)', () => {
    expect(edge).toBe(1.5);
    // The ratio at finite losses, in closed form: 1.625, 1.919, 1.991, 1.9999.
    for (const [target, expected] of [
      [1e-2, 1.625],
      [1e-3, 1.919],
      [1e-4, 1.991],
      [1e-6, 1.9999],
    ]) {
      expect(ratio(target, edge, 40)).toBeCloseTo(expected, target === 1e-6 ? 4 : 3);
    }
  });

  it('not where the sample is like the population, nor where a coordinate was never seen', () => {
    const alike = coordinateSample([1, 1], start);
    expect(ratio(1e-4, 0.9 * stabilityEdge(alike), 3, alike)).toBeCloseTo(1, 8);
    const unseen = coordinateSample([3, 0], start);
    expect(ratio(1e-4, stabilityEdge(unseen), 40, unseen)).toBeCloseTo(1, 6);
  });

  it('one plan says it: one step near the edge helps in between, and small steps do as the flow does', () => {
    const between = ratio(1e-4, cosine(1.3, 1.2), 1);
    expect(between).toBeGreaterThan(1.2);
    expect(between).toBeLessThan(2);
    const target = 1e-4;
    const run = (legs: { rate: number; steps: number; until?: number }[]) =>
      anneal({
        dynamics: gradient(quadratic(sample), { optimizer: sgd(), keep: 'last' }),
        legs: legs.map(({ rate, steps, until }) => ({
          controls: { rate },
          budget: { steps },
          block: 1,
          ...(until === undefined ? {} : { until: { signal: { name: 'training', atMost: until } } }),
        })),
        seed: 1,
      });
    const small = run([{ rate: 1e-3, steps: 1e6, until: target }]);
    const large = run([
      { rate: edge, steps: 40, until: target },
      { rate: 1e-3, steps: 1e6, until: target },
    ]);
    expect(large.legs.map(({ stopped }) => stopped)).toEqual(['budget', 'signal']);
    expect(small.result.validation! / large.result.validation!).toBeCloseTo(1.991, 1);
  });
});
