import { describe, expect, it } from 'vitest';
import { adagrad, adam, adamW, Block, gradient, momentum, nesterov, rmsprop, sgd, sgld, stream, type Optimizer } from 'lehr';
import { mlp } from 'lehr/problems/network';
import { STEPS_WASM } from '#src/dynamics/optimizers/steps-wasm';
import { stepsOver } from '#src/dynamics/optimizers/steps';
import { wasm } from '#src/dynamics/wasm';
import { examples } from '../../problems/learning-data.ts';

const optimizers: [string, Optimizer][] = [
  ['sgd', sgd()],
  ['sgd, L2', sgd({ decay: 0.01 })],
  ['momentum', momentum({ momentum: 0.9 })],
  ['momentum, L2', momentum({ momentum: 0.9, decay: 0.01 })],
  ['nesterov', nesterov({ momentum: 0.95 })],
  ['adagrad', adagrad({ start: 0.1 })],
  ['adagrad, eps 0', adagrad({ eps: 0, decay: 0.003 })],
  ['rmsprop', rmsprop()],
  ['rmsprop, centred, with momentum', rmsprop({ centered: true, momentum: 0.9, decay: 0.01 })],
  ['adam', adam()],
  ['adam, L2', adam({ decay: 0.01, beta2: 0.99 })],
  ['adamW', adamW({ decay: 0.01 })],
];

/** Weights and moments after each of some steps, in arrays that `floats` gives. */
function trajectory(optimizer: Optimizer, n: number, floats: (n: number) => Float32Array): number[][] {
  const rng = stream('steps', n);
  const [weights, gradient, ...moments] = Array.from({ length: 2 + optimizer.moments }, () => floats(n));
  const guard = floats(1).fill(7);
  for (const moment of moments) moment.fill(optimizer.start ?? 0);
  weights.forEach((_, i) => (weights[i] = i === 2 ? -0 : rng.normal()));
  const seen: number[][] = [];
  for (let count = 1; count <= 6; count++) {
    gradient.forEach((_, i) => (gradient[i] = rng.below(5) === 0 ? 0 : rng.below(9) === 0 ? -0 : rng.normal() * 10 ** (rng.below(9) - 4)));
    optimizer.step(weights, gradient, moments, { rate: 0.05 / count }, count, rng);
    seen.push([...weights, ...moments.flatMap((moment) => [...moment])]);
  }
  expect(guard[0]).toBe(7);
  return seen;
}

describe('steps with SIMD', () => {
  it.each(optimizers)('%s: give the same bits as the plain loop, whatever the number of weights', (_, optimizer) => {
    for (const n of [1, 2, 3, 4, 5, 8, 31, 64]) {
      const { floats } = wasm(STEPS_WASM, 4096)!;
      expect(trajectory(optimizer, n, floats)).toEqual(trajectory(optimizer, n, (length) => new Float32Array(length)));
    }
  });

  it('run only where all arrays are f32 in one memory', () => {
    const [here, there] = [wasm<unknown>(STEPS_WASM, 256)!, wasm<unknown>(STEPS_WASM, 256)!];
    const [w, g] = [here.floats(4), here.floats(4)];
    expect(stepsOver(w, g, [])).not.toBeNull();
    expect(stepsOver(w, g, [here.floats(4)])).toBe(stepsOver(w, g, []));
    expect(stepsOver(w, there.floats(4), [])).toBeNull();
    expect(stepsOver(w, g, [there.floats(4)])).toBeNull();
    expect(stepsOver(here.doubles(4), here.doubles(4), [])).toBeNull();
    expect(stepsOver(new Float32Array(4), new Float32Array(4), [])).toBeNull();
  });
});

describe('a desk', () => {
  const data = examples(120, 3, 2, (x) => (x[0] > x[1] ? 1 : 0));
  const others = examples(50, 3, 2, (x) => (x[0] > x[1] ? 1 : 0), 2);
  const cases: [string, Optimizer, object][] = [
    ['minibatches', adam(), { batch: 16 }],
    ['the best of held-out data', momentum({ momentum: 0.9 }), { batch: 16, keep: 'best', evaluateEvery: 3 }],
    ['an average', sgd(), { batch: 16, keep: 'average', averageFrom: 2, evaluateEvery: 2 }],
    ['the full batch', rmsprop(), {}],
    ['noise', sgld({ temperature: 0.001 }), { batch: 50, keep: 'last' }],
  ];

  it.each(cases)('%s: serves several states in turns, and leaves what a run without it leaves', (_, optimizer, options) => {
    const model = mlp(data, { hidden: [7], heldOut: others });
    const { desk, ...elsewhere } = model;
    expect(desk!(3)).toBe(desk!(0));
    expect(desk!(4)).toBeNull();
    const saved = (dynamics: ReturnType<typeof gradient>, turns: readonly (readonly number[])[]): unknown[] => {
      const runs = turns[0].map((_, i) => ({ state: dynamics.init(stream('init', i)), rng: stream('run', i), block: new Block(5) }));
      for (const blocks of turns) {
        blocks.forEach((n, i) => {
          const { state, rng, block } = runs[i];
          const { weights } = state;
          block.clear(Infinity);
          dynamics.advance(state, { rate: 0.05 }, n, rng, block);
          expect(state.weights).toBe(weights);
        });
      }
      return runs.map(({ state }) => dynamics.save(state));
    };
    const make = (of: typeof model): ReturnType<typeof gradient> => gradient(of, { optimizer, ...options }) as never;
    const turns = [
      [3, 1],
      [2, 7],
      [9, 4],
    ];
    expect(saved(make(model), turns)).toEqual(saved(make(elsewhere), turns));
  });

  it('is left with the finite weights where a run diverges', () => {
    const dynamics = gradient(mlp(data, { hidden: [7] }), { optimizer: sgd(), batch: 16 });
    const state = dynamics.init(stream(1));
    const { weights, kept } = state;
    const block = new Block(3);
    block.clear(Infinity);
    expect(() => dynamics.advance(state, { rate: 1e30 }, 50, stream(2), block)).toThrow('Maybe');
    expect([state.weights, state.kept]).toEqual([weights, kept]);
    expect(state.weights).toBe(weights);
  });
});
