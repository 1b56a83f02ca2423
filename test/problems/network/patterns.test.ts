import { describe, expect, it } from 'vitest';
import { anneal, checkDynamics, checkModel, gradient, sgd, stream } from 'lehr';
import { runJobs } from 'lehr/parallel';
import { drawPatterns, patternNet, patternRecipe, patternTask } from 'lehr/problems/network';

const task = patternTask(stream('task'), { d: 20, scale: 0.5, z: 10, zeta: 4 });

describe('patterns', () => {
  it('have the shares, margins and labels of their definition', () => {
    const rows = 4000;
    const { first, second, labels, kinds } = drawPatterns(task, rows, { p: 0.2, q: 0.3 }, stream('rows'));
    const counts = [0, 1, 2].map((kind) => kinds.reduce((sum, each) => sum + Number(each === kind), 0) / rows);
    // Six standard deviations of a share among 4000.
    [0.5, 0.2, 0.3].forEach((share, kind) => expect(Math.abs(counts[kind] - share)).toBeLessThan(0.05));
    let along = 0;
    const wrong = new Set<string>();
    for (let i = 0; i < rows; i++) {
      const [x, y] = [first.subarray(20 * i, 20 * i + 20), labels[i]];
      const margin = (y * x.reduce((sum, each, j) => sum + each * task.direction[j], 0)) / 0.5;
      if (kinds[i] !== 2) along += margin / rows;
      if (kinds[i] === 2 ? x.some((each) => each !== 0) : margin < 1 / Math.sqrt(20) - 1e-12) wrong.add('p');
      const [z, zeta] = second.subarray(2 * i, 2 * i + 2);
      const expected = y > 0 ? 0 : (z / 10) * 4;
      if (kinds[i] === 1 ? z !== 0 || zeta !== 0 : Math.abs(Math.abs(zeta) - expected) > 1e-12 || !(z >= 0 && z < 10)) wrong.add('q');
    }
    expect([...wrong]).toEqual([]);
    // The mean of a half normal is √(2 / π) standard deviations.
    expect(along / (counts[0] + counts[1])).toBeCloseTo((1 + Math.sqrt(2 / Math.PI)) / Math.sqrt(20), 1);
  });

  const heldOut = {
    both: drawPatterns(task, 100, 'both', stream(1)),
    p: drawPatterns(task, 300, 'p', stream(2)),
    q: drawPatterns(task, 100, 'q', stream(3)),
  };
  const data = drawPatterns(task, 280, { p: 0.1, q: 0.2 }, stream('train'));

  it('their network has the gradient of its loss', () => {
    expect(() => checkModel(patternNet(data, { hidden: 6, slope: 0.1, spread: 0.5, heldOut }))).not.toThrow();
    expect(() => checkModel(patternNet(data, { hidden: 7, spread: 0.5 }))).not.toThrow();
  });

  it('noise before the activations and in the weights comes from the run’s own stream', () => {
    const model = patternNet(data, { hidden: 5, slope: 0.1, controls: ['noise', 'secondDecay', 'secondNoise'], heldOut });
    const dynamics = gradient(model, { optimizer: sgd(), keep: 'last' });
    expect(dynamics.controls).toEqual(['rate', 'noise', 'secondDecay', 'secondNoise']);
    const controls = { rate: 0.1, noise: 0.5, secondDecay: 0.01, secondNoise: 0.02 };
    expect(() => checkDynamics(dynamics, { controls, steps: 3, blocks: 6 })).not.toThrow();
    const weightsAfter = (noise: number, secondNoise: number) =>
      anneal({ dynamics, controls: { ...controls, noise, secondNoise }, budget: { steps: 3 }, seed: 1 }).result.weights;
    const plain = anneal({
      dynamics: gradient(patternNet(data, { hidden: 5, slope: 0.1, controls: ['secondDecay'] }), { optimizer: sgd() }),
      controls: { rate: 0.1, secondDecay: 0.01 },
      budget: { steps: 3 },
      seed: 1,
    }).result.weights;
    expect(weightsAfter(0, 0)).toEqual(plain);
    expect(weightsAfter(0.5, 0)).not.toEqual(plain);
    // Noise in the second half leaves the first half's first step alone.
    const one = (secondNoise: number) =>
      anneal({ dynamics, controls: { ...controls, noise: 0, secondNoise }, budget: { steps: 1 }, seed: 1 }).result.weights;
    expect(one(0.1).subarray(0, 100)).toEqual(one(0).subarray(0, 100));
    expect(one(0.1).subarray(100)).not.toEqual(one(0).subarray(100));
  });

  it('learns both patterns, told by kind, and says which units are dead', async () => {
    const module = patternRecipe;
    const params = { data: 3, d: 20, rows: 280, shares: { p: 0.1, q: 0.2 }, z: 4, zeta: 4, hidden: 20, slope: 0.1, fresh: 300 };
    const [job] = await runJobs<any, any>(module, [{ params, seed: 1, budget: { steps: 600 }, controls: { rate: 0.5 } }], {
      executor: 'inline',
    });
    if (job.status !== 'done') throw job.status === 'failed' ? job.error : new Error(job.status);
    const { figures } = job.outcome.result;
    expect(figures.accuracyBoth).toBeGreaterThan(0.95);
    expect(figures.accuracyQ).toBeGreaterThan(0.95);
    expect(figures.accuracyP).toBeGreaterThan(0.85);
    // Inputs of the second half lie in a half plane: units that look away from it all are dead.
    const lone = patternNet(data, { hidden: 4, heldOut });
    const weights = new Float32Array(lone.size).fill(0);
    expect(lone.evaluate!(weights).dead).toBe(1);
    weights[80] = 1;
    expect(lone.evaluate!(weights).dead).toBe(7 / 8);
  });

  it('says what is wrong', () => {
    expect(() => drawPatterns(task, 10, { p: 0.7, q: 0.7 }, stream(1))).toThrow('together at most 1');
    expect(() => patternNet(data, { hidden: 4, controls: ['nois' as never] })).toThrow('unknown control "nois"');
  });
});
