import { stream } from 'lehr';
import { rbmModel, sizeOf, type Fantasies } from 'lehr/problems/rbm';
import { layers } from '#problems/rbm/layers-kernel';
import { logistic, plainLayers } from '#problems/rbm/layers';
import { contrastOf, type ContrastiveModel } from '#src/dynamics/contrastive-model';
import { describe, expect, test } from 'vitest';

test('is what runs here', () => {
  expect(layers(16).name).toBe('wasm');
});

test('the logistic function: 4e-7 of the true one, the same bits in both', () => {
  const values = Float32Array.from({ length: 40_000 }, (_, i) => (i - 20_000) / 180);
  const fast = layers(1 << 18).floats(values.length);
  fast.set(values);
  const kernel = layers(1 << 18);
  const own = kernel.floats(values.length);
  own.set(values);
  kernel.logistic(own, values.length);
  let worst = 0;
  let unlike = 0;
  values.forEach((x, i) => {
    if (!Object.is(own[i], logistic(x))) unlike++;
    const exact = 1 / (1 + Math.exp(-Math.max(-87, Math.min(87, x))));
    worst = Math.max(worst, Math.abs(own[i] / exact - 1));
  });
  expect(unlike).toBe(0);
  expect(worst).toBeLessThan(4e-7);
});

test('draws are those of four sfc32 generators taking turns', () => {
  const plain = plainLayers();
  const words = Int32Array.from({ length: 16 }, (_, k) => k * 0x9e3779b9);
  const generators = [0, 1, 2, 3].map((lane) => {
    const rng = stream(1);
    [rng.a, rng.b, rng.c, rng.d] = [0, 4, 8, 12].map((k) => words[lane + k]);
    return rng;
  });
  const halves = new Float32Array(5 * 8).fill(0.5);
  const bits = new Uint8Array(5 * 8);
  plain.sample(halves, 5, 7, 8, words, bits);
  const expected = Array.from({ length: 40 }, (_, k) => {
    const below = generators[k % 4].uint32() >>> 8 < 1 << 23;
    return below && k % 8 < 7 ? 1 : 0;
  });
  expect([...bits]).toEqual(expected);
});

describe.each([
  [1, 1, 1],
  [5, 3, 2],
  [16, 4, 7],
  [17, 33, 10],
  [64, 64, 10],
  [63, 37, 16],
  [40, 100, 5],
])('%i visible, %i hidden, batches of %i', (visible, hidden, batch) => {
  const rng = stream('kernel', visible, hidden);
  const rows = Uint8Array.from({ length: 30 * visible }, () => rng.below(2));
  const theta = Float64Array.from({ length: sizeOf({ visible, hidden }) }, () => 0.5 * rng.normal());
  const order = Int32Array.from({ length: 30 }, (_, i) => (i * 7) % 30);

  /** Gradients of a few batches, and what the chains came to. */
  function gradients(kernel: 'fast' | 'plain', generic: boolean, chainCount: number, m: number): unknown {
    const model = rbmModel(rows, visible, { hidden, kernel });
    const particles = model.particles(batch);
    const chains = chainCount > 0 ? model.particles(chainCount) : null;
    if (chains !== null) model.place(chains, order, 0, chainCount);
    const draws = stream('draws', m);
    return [0, 1, 2].map((k) => {
      model.place(particles, order, (k * batch) % (31 - batch), batch);
      const gradient = new Float64Array(theta.length).fill(7);
      if (generic) contrastOf(model as ContrastiveModel<Fantasies>, theta, particles, batch, chains, chainCount, m, draws, gradient);
      else model.contrast!(theta, particles, batch, chains, chainCount, m, draws, gradient);
      return [[...gradient], [...(chains ?? particles).visible], draws.save().words];
    });
  }

  test.each([
    [0, 1],
    [0, 3],
    [batch, 1],
    [12, 2],
  ])('%i chains, m = %i: fast, plain and generic give the same bits', (chainCount, m) => {
    const oracle = gradients('plain', true, chainCount, m);
    expect(gradients('plain', false, chainCount, m)).toEqual(oracle);
    expect(gradients('fast', true, chainCount, m)).toEqual(oracle);
    expect(gradients('fast', false, chainCount, m)).toEqual(oracle);
  });
});
