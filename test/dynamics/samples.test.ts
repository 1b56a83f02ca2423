import { anneal, checkDynamics, subsampleGibbs } from 'lehr';
import { mixtureModel } from 'lehr/problems/mixture';
import { linear } from 'lehr/schedules';
import { difference } from '#src/dynamics/plain';
import { nothing, see } from '#src/dynamics/samples';
import { parse } from '#src/schedules/grammar';
import { describe, expect, test } from 'vitest';
import { dataOf } from '../problems/mixture/rows.ts';

test.each([1, 2, 5, 8, 9, 64, 1000, 4097])('of %i samples seen, those kept are equally far apart and up to the last', (seen) => {
  const samples = nothing<number>();
  for (let i = 0; i < seen; i++) see(samples, 8, () => i);
  const at = samples.kept;
  expect(at[0]).toBe(0);
  expect(at).toEqual(at.map((_, i) => i * samples.stride));
  expect(at.length).toBeLessThanOrEqual(8);
  expect(at.length).toBeGreaterThanOrEqual(Math.min(seen, 4));
  expect(seen - 1 - at.at(-1)!).toBeLessThan(samples.stride);
});

describe('samples of a run', () => {
  const data = dataOf(['bernoulli', 'normal'], 10);
  const run = (options: object, controls: Record<string, any>, steps: number): any =>
    anneal({ dynamics: subsampleGibbs(mixtureModel(data), options), controls, budget: { steps }, seed: 3 }).result;

  test('come once a sweep when all rows are in, and only then', () => {
    const fraction = parse(`linear(0, 1) for ${60 * 9} steps > constant(1)`);
    const { samples, logJoints } = run({ samples: 16 }, { fraction }, 60 * 20);
    const few = run({ samples: 4 }, { fraction }, 60 * 20);
    expect(samples.length).toBeGreaterThanOrEqual(10);
    expect(samples.length).toBeLessThanOrEqual(13);
    expect(samples[0].step).toBeGreaterThan(60 * 8);
    // Of all of them the log joint is kept, of some the groups.
    expect(logJoints.length).toBe(samples.length);
    expect(few.logJoints).toEqual(logJoints);
    expect(few.samples.length).toBeLessThanOrEqual(4);
    const steps = samples.map(({ step }: { step: number }) => step);
    expect(steps.slice(2).map((step: number, i: number) => step - steps[i + 1])).toEqual(steps.slice(2).map(() => 60));
    for (const { groups } of samples) expect(Math.min(...groups.assignment)).toBe(0);
    // They are samples of a law, not one state told again and again.
    expect(new Set(samples.map(({ logJoint }: { logJoint: number }) => logJoint)).size).toBeGreaterThan(5);
  });

  test('change nothing else', () => {
    const [without, withThem] = [0, 16].map((samples) => run({ samples }, { fraction: linear(0, 1) }, 60 * 9));
    const none = { samples: 0, logJoints: 0 };
    expect(difference({ ...without, ...none }, { ...withThem, ...none })).toBeNull();
    expect([without.samples, without.logJoints]).toEqual([[], []]);
  });

  test('wait for the burn-in, and for temperature 1', () => {
    const { samples } = run({ samples: 16, start: 'prior', burnIn: 600 }, { fraction: 1 }, 60 * 14);
    expect(samples.map(({ step }: { step: number }) => step)).toEqual([660, 720, 780, 840]);
    const hot = run(
      { samples: 16, start: 'prior', tempered: true },
      { fraction: 1, temperature: parse('linear(4, 1) for 0.5 > constant(1)') },
      60 * 14,
    );
    expect(hot.samples.length).toBeGreaterThanOrEqual(7);
    expect(hot.samples[0].step).toBeGreaterThanOrEqual(60 * 7);
  });

  test('are part of the state that is saved', () => {
    const dynamics = subsampleGibbs(mixtureModel(data), { samples: 4 });
    expect(() => checkDynamics(dynamics, { controls: { fraction: 1 }, steps: 7, blocks: 40 })).not.toThrow();
  });

  test('options out of range', () => {
    expect(() => subsampleGibbs(mixtureModel(data), { samples: 1 })).toThrow(/samples is 1, expected a whole number of at least 2, or 0/);
    expect(() => subsampleGibbs(mixtureModel(data), { burnIn: -1 })).toThrow(/burnIn is -1/);
  });
});
