import { expect, test } from 'vitest';
import { lamTarget, modifiedLam, selfTuningLam, targetAcceptance } from 'lehr/schedules';
import { tracking } from './tracking.ts';

// 100 runs each, fixed seeds. Tolerances are 5 standard deviations of one such result (measured over 30 of them) and the same again for the published
// figure, which is one, too: false alarm < 1e-6 each.

test.each([
  // phi, steps, published: Modified Lam ± tolerance, Self-Tuning Lam ± tolerance
  [1, 1e3, 0.0293, 0.006, 0.0058, 0.0022],
  [1, 1e4, 0.0058, 0.0033, 0.0016, 0.0017],
  [10, 1e4, 0.0476, 0.0063, 0.0022, 0.0017],
  [100, 1e4, 0.1315, 0.0043, 0.0022, 0.0017],
])('OneMax, %d × zeros, %d steps: the acceptance rate is as far from the Lam curve as published', (phi, steps, lam, off, self, by) => {
  expect(Math.abs(tracking(phi, steps, modifiedLam(), 1, 100, 'lam').error - lam)).toBeLessThan(off);
  expect(Math.abs(tracking(phi, steps, selfTuningLam(), 1, 100, 'self-tuning').error - self)).toBeLessThan(by);
});

test('that would catch a gain of 0.0013 in place of 0.001', () => {
  const { error } = tracking(10, 1e4, targetAcceptance(lamTarget, { gain: 0.0013 }), 1, 100, 'lam');
  expect(Math.abs(error - 0.0476)).toBeGreaterThan(0.0063);
});

test('the costs of short runs are as published', () => {
  // Mean of 100 runs: standard deviations of 0.31 and 0.30 are of this one and of the published one.
  expect(Math.abs(tracking(1, 1e3, modifiedLam(), 1, 100, 'cost').cost - 24.5)).toBeLessThan(2.2);
  expect(Math.abs(tracking(1, 1e3, selfTuningLam(), 1, 100, 'cost').cost - 16.5)).toBeLessThan(2.2);
});

test('blocks of up to 100 track as well as single steps, blocks of 500 do not', () => {
  const error = (block: number) => tracking(1, 1e4, modifiedLam(), block, 100, 'blocks').error;
  // Means over 15 such results: 0.0063, 0.0063, 0.0067, 0.0069 and 0.0138, standard deviations 0.0005, and 0.0013 at 500.
  for (const block of [1, 10, 50, 100]) expect(error(block)).toBeLessThan(0.0095);
  expect(error(500)).toBeGreaterThan(0.0095);
});
