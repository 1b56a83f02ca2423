import { describe, expect, test } from 'vitest';
import { anneal, checkSchedule, metropolis, stream } from 'lehr';
import { huang, type HuangMemory, type HuangOptions } from 'lehr/schedules';
import { Block } from '#src/dynamics/block';
import { ring } from '../dynamics/ising.ts';

const NAMES = ['meanEnergy', 'energyVariance'];

/** A block of these energies, as a dynamics tells of it. */
function told(energies: readonly number[]): Block {
  const block = new Block(2);
  const mean = energies.reduce((sum, energy) => sum + energy, 0) / energies.length;
  block.steps = energies.length;
  block.signals.set([mean, energies.reduce((sum, energy) => sum + (energy - mean) * (energy - mean), 0) / energies.length]);
  return block;
}

function deviation(energies: readonly number[]): number {
  return Math.sqrt(told(energies).signals[1]);
}

/** Temperatures before each block of n of the energies, and the last. */
function fed(options: HuangOptions, energies: readonly number[], n: number, steps: number | null = energies.length): number[] {
  const controller = huang(options);
  const memory: HuangMemory = controller.start({ steps, blocks: null, signal: (name) => NAMES.indexOf(name) });
  let block: Block | null = null;
  return Array.from({ length: energies.length / n + 1 }, (_, k) => {
    const value = controller.next(memory, { t: Math.min(1, (k * n) / (energies.length - n)), step: k * n, block, controls: {} });
    block = told(energies.slice(k * n, (k + 1) * n));
    return value;
  });
}

const random = stream('huang');
/** 40 stays of 50 states, each less hot than the one before. */
const energies = Array.from({ length: 2000 }, (_, i) => 100 + (10 - i / 250) * random.normal());

describe('the rule', () => {
  test('literally, stay by stay', () => {
    const options = { stay: { steps: 50 }, lambda: 0.7, least: 0.5, acceptance: 0.9 };
    const values = fed(options, energies, 50);
    let temperature = (-3 / Math.log(0.9)) * deviation(energies.slice(0, 50));
    expect(values[0]).toBe(Infinity);
    expect(values[1] / temperature).toBeCloseTo(1, 12);
    for (let stay = 1; stay < 40; stay++) {
      temperature *= Math.max(0.5, Math.exp((-0.7 * temperature) / deviation(energies.slice(50 * stay, 50 * stay + 50))));
      expect(values[stay + 1] / temperature).toBeCloseTo(1, 11);
    }
    // It begins with the bound and ends without it.
    expect(values[2] / values[1]).toBeCloseTo(0.5, 12);
    expect(values[40] / values[39]).toBeGreaterThan(0.5);
  });

  test('blocks that divide a stay are pooled and change nothing', () => {
    const whole = fed({ stay: { steps: 50 } }, energies, 50);
    for (const n of [1, 5, 25]) {
      fed({ stay: { steps: 50 } }, energies, n).forEach((value, k) => {
        const expected = whole[Math.floor((k * n) / 50)];
        expect(value === expected ? 1 : value / expected).toBeCloseTo(1, 9);
      });
    }
  });

  test('a share is of the steps, or of t where they are unknown', () => {
    expect(fed({ stay: 0.025 }, energies, 25)).toEqual(fed({ stay: { steps: 50 } }, energies, 25));
    const timed = fed({ stay: 0.025 }, energies, 25, null);
    // t is k / 79: a stay ends at the second or third block.
    expect(timed.filter((value, k) => k > 0 && value !== timed[k - 1]).length).toBeGreaterThan(20);
    expect(timed.slice(0, 3)).toEqual([Infinity, Infinity, expect.any(Number)]);
  });

  test('where no energy varies it takes the bound, and walks on before the first temperature', () => {
    const flat = [...Array.from({ length: 100 }, () => 7), 6, 8, 6, 8, ...Array.from({ length: 96 }, () => 7)];
    const values = fed({ stay: { steps: 50 }, acceptance: Math.exp(-1), least: 0.25 }, flat, 50);
    const first = 3 * deviation(flat.slice(100, 150));
    expect(values).toEqual([Infinity, Infinity, Infinity, first, expect.closeTo(first / 4, 12)]);
  });

  test('a larger λ cools faster', () => {
    const [slow, fast] = [0.2, 0.9].map((lambda) => fed({ stay: { steps: 50 }, lambda }, energies, 50).at(-1)!);
    expect(fast).toBeLessThan(slow);
  });
});

test('in a run it cools through equilibrium: neighbouring temperatures overlap, and it ends where the budget does', () => {
  const problem = ring(
    60,
    () => 1,
    () => 0.05,
  );
  const means: number[] = [];
  const deviations: number[] = [];
  const temperatures: number[] = [];
  const outcome = anneal(
    {
      dynamics: metropolis(problem),
      controls: { temperature: huang({ stay: 0.01 }) },
      budget: { steps: 3_000_000 },
      block: 30_000,
      every: 30_000,
      seed: 1,
    },
    ({ signals, controls }) => {
      means.push(signals.meanEnergy);
      deviations.push(Math.sqrt(signals.energyVariance));
      temperatures.push(controls.temperature);
    },
  );
  expect(temperatures[1]).toBe(Infinity);
  const cooled = temperatures.slice(2);
  expect(cooled).toEqual([...cooled].sort((a, b) => b - a));
  // Where the bound does not hold and σ is not that of a few last flips, a stay with x = λ T / σ < ln 2 lowers the mean by λ (e^x − 1) / x ≤ 1.01
  // standard deviations; averaged over a dozen stays of 500 sweeps, each right to some 0.1, false alarm < 1e-4.
  const falls = means.flatMap((mean, k) =>
    k > 3 && temperatures[k] > 0.51 * temperatures[k - 1] && deviations[k - 1] > 3 ? [(means[k - 1] - mean) / deviations[k - 1]] : [],
  );
  expect(falls.length).toBeGreaterThan(8);
  const fall = falls.reduce((sum, one) => sum + one, 0) / falls.length;
  expect(fall).toBeGreaterThan(0.6);
  expect(fall).toBeLessThan(0.95);
  expect(outcome.stopped).toBe('budget');
  // The ground state has all 60 bonds kept and all spins along the field.
  expect(outcome.energy).toBeCloseTo(-63, 9);
});

test('says what it needs and tolerates, and what is wrong', () => {
  const run = (steps: number | null) => ({ steps, blocks: null, signal: () => 0 });
  expect(huang().needs).toEqual(NAMES);
  expect([huang().maxBlock!(run(1e5)), huang().maxBlock!(run(10)), huang().maxBlock!(run(null))]).toEqual([500, 1, Infinity]);
  expect(huang({ stay: { steps: 70 } }).maxBlock!(run(null))).toBe(70);
  checkSchedule(huang(), { low: 0 });
  checkSchedule(huang({ stay: { steps: 300 }, lambda: 0.1 }), { low: 0 });
  for (const [options, message] of [
    [{ stay: 0 }, 'stay is 0, expected a share of the run above 0 and at most 1, or a count { steps }'],
    [{ lambda: 0 }, 'lambda is 0, expected a finite number above 0'],
    [{ least: 1 }, 'least is 1, expected a number above 0 and below 1'],
    [{ acceptance: 0 }, 'acceptance is 0, expected a number above 0 and below 1'],
    [{ start: 20 }, 'unknown option "start"'],
  ] as const)
    expect(() => huang(options as never)).toThrow(`huang: ${message}`);
});
