import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { anneal, gradient, momentum, rangeTest, sgd } from 'lehr';
import { mlp } from 'lehr/problems/network';
import { softmax } from 'lehr/problems/regression';
import { parse } from 'lehr/schedules';

const shared = new URL('../../../../shared/instances/learn/', import.meta.url);

/** 8 × 8 digits: 64 counts from 0 to 16 a line, then the digit. */
function readDigits(name: string) {
  const lines = readFileSync(new URL(name, shared), 'utf8').trim().split('\n');
  const numbers = lines.map((line) => line.split(',').map(Number));
  return {
    rows: lines.length,
    features: 64,
    classes: 10,
    inputs: Float64Array.from(
      numbers.flatMap((line) => line.slice(0, 64)),
      (count) => count / 16,
    ),
    targets: Float64Array.from(numbers, (line) => line[64]),
  };
}

describe.skipIf(!existsSync(new URL('optdigits.tra', shared)))('handwritten digits', () => {
  it('a perceptron reads 96 % of the digits of writers it has never seen, softmax regression 93 %', () => {
    const [train, heldOut] = [readDigits('optdigits.tra'), readDigits('optdigits.tes')];
    const network = anneal({
      dynamics: gradient(mlp(train, { hidden: [64], heldOut }), { optimizer: momentum({ momentum: 0.9 }), batch: 32 }),
      controls: { rate: parse('warmup(0.05) > cosine(0.1, 0)') },
      budget: { steps: 1800 },
      seed: 1,
    });
    expect(network.result.figures!.accuracy).toBeGreaterThan(0.96);
    const linear = anneal({
      dynamics: gradient(softmax(train, { heldOut }), { optimizer: momentum({ momentum: 0.9 }), batch: 32 }),
      controls: { rate: parse('cosine(0.1, 0)') },
      budget: { steps: 1200 },
      seed: 1,
    });
    expect(linear.result.figures!.accuracy).toBeGreaterThan(0.93);
    expect(linear.result.figures!.accuracy).toBeLessThan(network.result.figures!.accuracy);
  });

  it('a range test suggests a rate that learns, a tenth of one that is near too large', () => {
    const train = readDigits('optdigits.tra');
    const dynamics = gradient(mlp(train, { hidden: [64] }), { optimizer: sgd(), batch: 32 });
    const { suggested, steepest, stopped } = rangeTest({ dynamics, seed: 1, from: 1e-5, to: 100, steps: 300, smoothing: 0.9 });
    expect(stopped).toBe('diverged');
    const lossAt = (rate: number): number => anneal({ dynamics, controls: { rate }, budget: { steps: 600 }, seed: 1 }).result.loss;
    const learned = lossAt(suggested);
    expect(learned).toBeLessThan(0.5 * lossAt(suggested / 100));
    expect(lossAt(steepest!)).toBeLessThan(learned);
    expect(steepest).toBeGreaterThan(suggested);
  });
});
