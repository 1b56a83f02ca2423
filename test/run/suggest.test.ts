import { describe, expect, it } from 'vitest';
import { anneal, metropolis, stream, suggestTemperatures, type Budget, type Problem } from 'lehr';
import { exponential, fromSpec } from 'lehr/schedules';
import { partition, ring } from '../dynamics/ising.ts';

function scaled<S>(problem: Problem<S>, factor: number): Problem<S> {
  return { ...problem, energy: (s) => factor * problem.energy(s), propose: (s, rng) => factor * problem.propose(s, rng) };
}

describe('suggestTemperatures', () => {
  const spins = ring(
    200,
    (i) => 1 + (i % 3),
    () => 0.1,
  );

  it('is the same for one seed, draws from its own stream, and counts its proposals', () => {
    const first = suggestTemperatures(spins, { seed: 1 });
    expect(suggestTemperatures(spins, { seed: 1 })).toEqual(first);
    expect(suggestTemperatures(spins, { seed: 2 })).not.toEqual(first);
    expect(first.proposals).toBe(40_000);
    expect(first.spec).toEqual({ schedule: 'exponential', from: first.from, to: first.to });
    expect(first.evidence.quenched).toBeLessThan(first.evidence.start);
  });

  it('scales with the energies: doubled couplings, doubled temperatures', () => {
    const once = suggestTemperatures(spins, { seed: 3 });
    const twice = suggestTemperatures(scaled(spins, 1024), { seed: 3 });
    expect(twice.from / once.from / 1024).toBeCloseTo(1, 2);
    expect(twice.to / once.to / 1024).toBeCloseTo(1, 2);
  });

  it('spends at most a fiftieth of a counted budget', () => {
    expect(suggestTemperatures(spins, { seed: 1, budget: { steps: 100_000 } }).proposals).toBeLessThanOrEqual(2000);
  });

  it('follows the advice of a problem: multiples of the median and of the 2 % quantile of the rises', () => {
    const rises: number[] = [];
    const steep: Problem<{ x: number }> = {
      name: 'steep',
      size: 10,
      init: () => ({ x: 0 }),
      energy: () => 0,
      propose: (_state, rng) => {
        const rise = 1 + rng.below(1000);
        rises.push(rise);
        return rise;
      },
      accept() {},
      reject() {},
      copy() {},
    };
    const plain = suggestTemperatures(steep, { seed: 1 });
    const sampled = rises.slice(-plain.evidence.sampled).sort((a, b) => a - b);
    expect(plain.evidence.rise).toBe(sampled[sampled.length / 2]);
    expect(plain.evidence.small).toBe(sampled[sampled.length / 50]);
    expect(plain.from / (0.6 * plain.evidence.rise)).toBeCloseTo(1, 3);
    expect(plain.from / plain.to).toBeCloseTo(40, 1);
    const advised = suggestTemperatures({ ...steep, advice: { from: 0.04, to: 0.5 } }, { seed: 1 });
    expect(advised.from / (0.04 * plain.evidence.rise)).toBeCloseTo(1, 3);
    expect(advised.to / (0.5 * plain.evidence.small)).toBeCloseTo(1, 3);
    expect(advised.spec).toEqual({ schedule: 'exponential', from: advised.from, to: advised.to });
    // Never upwards.
    const { from, to } = suggestTemperatures({ ...steep, advice: { from: 0.01, to: 9 } }, { seed: 1 });
    expect(to).toBe(from);
    const far = suggestTemperatures({ ...steep, advice: { from: 0.04, to: 0.5, range: 100 } }, { seed: 1 });
    expect(far.from / far.to).toBeCloseTo(100, 0);
  });

  it('lets the temperature fall as often as the budget has room for what the problem advises', () => {
    const advised = { ...spins, advice: { from: 0.3, to: 0.1, cycle: 100 } };
    const cycles = (budget?: Budget): number =>
      suggestTemperatures(advised, { seed: 1, ...(budget === undefined ? {} : { budget }) }).cycles;
    // 200 spins: 20,000 steps a cycle, and a second taken for twenty million.
    expect(cycles()).toBe(1);
    expect(cycles({ steps: 19_999 })).toBe(1);
    expect(cycles({ steps: 119_999 })).toBe(5);
    expect(cycles({ steps: 1_000_000 })).toBe(40);
    expect(cycles({ seconds: 0.01 })).toBe(10);
    expect(cycles({ evaluations: 40_000 })).toBe(2);
    const { spec, from, to } = suggestTemperatures(advised, { seed: 1, budget: { steps: 40_000 } });
    expect(spec).toEqual({ schedule: 'warmRestarts', curve: { schedule: 'exponential', from, to }, cycles: 2, factor: 1.1 });
    const { energy } = anneal({
      dynamics: metropolis(advised),
      controls: { temperature: fromSpec(spec) },
      budget: { steps: 40_000 },
      seed: 1,
    });
    expect(energy).toBeLessThan(advised.energy(advised.init(stream(1))));
    // Without advice, never.
    expect(suggestTemperatures(spins, { seed: 1, budget: { steps: 1e9 } }).cycles).toBe(1);
  });

  it('falls back to the size of the energy where nothing leads uphill', () => {
    const flat: Problem<{ x: number }> = {
      name: 'flat',
      init: () => ({ x: 0 }),
      energy: () => 7,
      propose: () => 0,
      accept() {},
      reject() {},
      copy() {},
    };
    expect(suggestTemperatures(flat, { seed: 1 })).toMatchObject({ from: 7, evidence: { uphill: 0, acceptanceFrom: 0 } });
  });

  it('gives temperatures that solve number partitioning', () => {
    const problem = partition(Float64Array.from({ length: 40 }, (_, i) => 1 + ((i * 37) % 101)));
    const { from, to } = suggestTemperatures(problem, { seed: 1 });
    const outcome = anneal({
      dynamics: metropolis(problem),
      controls: { temperature: exponential(from, to) },
      budget: { steps: 2e6 },
      until: { energy: 1 },
      seed: 1,
    });
    expect(outcome.energy).toBeLessThanOrEqual(1);
  });
});
