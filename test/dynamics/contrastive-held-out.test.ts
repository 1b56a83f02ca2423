import { anneal, checkDynamics, contrastive, LehrError, stream, type ContrastiveOptions } from 'lehr';
import { drawRows, machine2x2, probabilities, walkerModel } from 'lehr/problems/exponential-family';
import { barsAndStripes, rbmModel } from 'lehr/problems/rbm';
import { parse } from 'lehr/schedules';
import { Block } from '#src/dynamics/block';
import { describe, expect, test } from 'vitest';

const family = machine2x2();
const TRUTH = Float64Array.of(1, -0.5, 0.5, -1);
const kernel = { kernel: 'random-scan' } as const;
const data = drawRows(family, TRUTH, 60, 1);

describe('with rows held out', () => {
  const heldOut = drawRows(family, TRUTH, 40, 2);
  const model = walkerModel(family, data, { kernel, heldOut });
  const lossOf = (parameters: Float64Array): number => {
    const shares = probabilities(family, parameters);
    return -heldOut.reduce((sum, x) => sum + Math.log(shares[x]), 0) / heldOut.length;
  };
  /** A rate so large that the last parameters are not the best. */
  const plan = { controls: { rate: 1.5 }, budget: { steps: 60 }, block: 1, every: 1, seed: 4 };

  test.each(['last', 'tail'] as const)('the estimate (%s) of least held-out loss is kept, and is the energy', (average) => {
    const path: { estimate: Float64Array; loss: number }[] = [];
    const dynamics = contrastive(model, { average });
    const state = dynamics.init(stream(4, 'init'));
    const rng = stream(4, 'run');
    const block = new Block(dynamics.signals!.length);
    block.listening = true;
    block.wanted.fill(1);
    path.push({ estimate: state.parameters.slice(), loss: lossOf(state.parameters) });
    for (let k = 0; k < 60; k++) {
      block.clear(Infinity);
      dynamics.advance(state, { rate: 1.5 }, 1, rng, block);
      const estimate = state.scratch.estimate.slice();
      const loss = lossOf(estimate);
      expect(block.energy).toBeCloseTo(loss, 12);
      expect(block.signals[2]).toBe(block.energy);
      expect(block.signals[1]).toBeCloseTo(model.energy(estimate), 12);
      path.push({ estimate, loss });
    }
    const best = path.reduce((least, each) => (each.loss < least.loss ? each : least));
    expect(path.at(-1)!.loss).toBeGreaterThan(best.loss);
    const result = dynamics.result(state, 0, rng);
    expect(result.parameters).toEqual(best.estimate);
    expect(result.validation).toBeCloseTo(best.loss, 12);
    expect(dynamics.energy(state)).toBe(result.validation);
    expect(result.last).toEqual(state.parameters);
  });

  test('it changes no step, and until: { stalled } stops early', () => {
    const best = anneal({ ...plan, dynamics: contrastive(model) });
    const last = anneal({ ...plan, dynamics: contrastive(model, { keep: 'last' }) });
    const without = anneal({ ...plan, dynamics: contrastive(walkerModel(family, data, { kernel })) });
    expect(best.result.last).toEqual(without.result.last);
    expect(last.result.parameters).toEqual(without.result.parameters);
    expect(last.result.validation).toBeCloseTo(lossOf(without.result.parameters), 12);
    expect(best.result.validation).toBeLessThan(last.result.validation!);
    const early = anneal({ ...plan, dynamics: contrastive(model), until: { stalled: 8 } });
    expect(early.stopped).toBe('stalled');
    expect(early.steps).toBeLessThan(60);
  });

  test('a plateau on the validation signal lowers the rate; looks are as rare as the model says', () => {
    const rare = { ...model, tell: 7 };
    const validations: number[] = [];
    const rates: number[] = [];
    anneal(
      {
        ...plan,
        dynamics: contrastive(rare, { keep: 'last' }),
        controls: { rate: parse('reduce-on-plateau(1.5, factor: 0.5, signal: validation, patience: 1)') },
        watch: ['validation'],
      },
      ({ signals, controls }) => {
        validations.push(signals.validation);
        rates.push(controls.rate);
      },
    );
    expect(rates.at(-1)).toBeLessThan(1.5);
    // 60 steps, a look after each 7: at most one value before the first and one for each of 8 looks.
    expect(new Set(validations.filter((value) => value === value)).size).toBeLessThanOrEqual(9);
    expect(new Set(validations.filter((value) => value === value)).size).toBeGreaterThan(4);
  });

  test.each<[string, ContrastiveOptions]>([
    ['best', {}],
    ['best of the tails, in batches', { batch: 7, average: 'tail', persistent: true }],
    ['last', { keep: 'last' }],
  ])('keeps the contract: %s', (_, options) => {
    expect(() => checkDynamics(contrastive(model, options), { controls: { rate: 0.5 }, seed: 2, steps: 17 })).not.toThrow();
  });

  test('a run that goes to infinity hands over the best so far', () => {
    const dynamics = contrastive(model);
    const controls = { rate: (_: number, step: number) => (step < 20 ? 0.2 : 1e308) };
    const thrown = ((): LehrError => {
      try {
        anneal({ ...plan, dynamics, controls });
      } catch (error) {
        return error as LehrError;
      }
      throw new Error('it did not diverge');
    })();
    const { kept } = (thrown.details as { diverged: { kept: Float64Array } }).diverged;
    const until = anneal({ ...plan, dynamics, controls: { rate: 0.2 }, budget: { steps: 20 } });
    expect(kept).toEqual(until.result.parameters);
  });

  test('a machine of many units is judged by its pseudo-likelihood, one of few by its likelihood, each under its name', () => {
    const rows = barsAndStripes(4);
    const named = (hidden: number): Readonly<Record<string, number>> =>
      anneal({
        dynamics: contrastive(rbmModel(rows, 16, { hidden, heldOut: rows, tell: 10 }), { batch: 10 }),
        controls: { rate: 0.1 },
        budget: { steps: 40 },
        seed: 1,
      }).result.figures!;
    expect(Object.keys(named(12))).toEqual(['log-likelihood']);
    expect(Object.keys(named(13))).toEqual(['pseudo-log-likelihood']);
  });
});
