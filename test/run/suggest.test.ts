import { describe, expect, it } from 'vitest';
import { anneal, metropolis, suggestTemperatures, type Problem } from 'lehr';
import { exponential } from 'lehr/schedules';
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

  it('follows the advice of a problem: a quantile of the rises, the start in multiples of it, the range', () => {
    const plain = suggestTemperatures(spins, { seed: 1 });
    expect(suggestTemperatures({ ...spins, advice: { quantile: 0.5, from: 0.35, range: 16 } }, { seed: 1 })).toEqual(plain);
    const { from, to, evidence } = suggestTemperatures({ ...spins, advice: { quantile: 0.02, from: 3, range: 50 } }, { seed: 1 });
    expect(evidence.rise).toBeLessThanOrEqual(plain.evidence.rise);
    expect(from / (3 * evidence.rise)).toBeCloseTo(1, 3);
    expect(from / to / 50).toBeCloseTo(1, 2);
    const rises: number[] = [];
    const steep: Problem<{ x: number }> = {
      name: 'steep',
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
      advice: { quantile: 0.02, from: 1, range: 2 },
    };
    const advised = suggestTemperatures(steep, { seed: 1 });
    const sampled = rises.slice(-advised.evidence.sampled).sort((a, b) => a - b);
    expect(advised.evidence.rise).toBe(sampled[Math.floor(0.02 * sampled.length)]);
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
