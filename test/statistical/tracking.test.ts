import { describe, expect, test } from 'vitest';
import { modifiedLam, selfTuningLam } from 'lehr/schedules';
import { tracking } from '../schedules/tracking.ts';

// The rows of test/schedules/tracking.test.ts that take long. Fixed seeds; means of 4 × 100 runs against published results of 100, with a tolerance of 5
// standard deviations of the published one and of the mean: false alarm < 1e-6 each.

function mean(phi: number, steps: number, make: () => ReturnType<typeof modifiedLam | typeof selfTuningLam>, block: number): number {
  let sum = 0;
  for (let i = 0; i < 4; i++) sum += tracking(phi, steps, make(), block, 100, `slow ${i}`).error;
  return sum / 4;
}

test.each([
  [10, 1e3, 0.0633, 0.0098, 0.0051, 0.0022],
  [100, 1e3, 0.0621, 0.0098, 0.0051, 0.0022],
  [1, 1e5, 0.0035, 0.0028, 0.002, 0.0017],
  [100, 1e5, 0.1446, 0.0023, 0.0026, 0.0017],
])('OneMax, %d × zeros, %d steps', (phi, steps, lam, off, self, by) => {
  expect(Math.abs(mean(phi, steps, modifiedLam, 1) - lam)).toBeLessThan(off);
  expect(Math.abs(mean(phi, steps, selfTuningLam, 1) - self)).toBeLessThan(by);
});

describe('block sizes at 100 000 steps', () => {
  // One result of 400 runs has a standard deviation of some 0.00025, at 500 and 200 of 0.0006.
  test('Modified Lam: 100 is as good as 1, 500 is not', () => {
    const single = mean(1, 1e5, modifiedLam, 1);
    for (const block of [10, 50, 100]) expect(Math.abs(mean(1, 1e5, modifiedLam, block) - single)).toBeLessThan(0.0015);
    expect(mean(1, 1e5, modifiedLam, 500) - single).toBeGreaterThan(0.0008);
  });

  test('Self-Tuning Lam, whose tuning takes 100 steps: 50 is as good as 1, 200 is not', () => {
    const single = mean(1, 1e5, selfTuningLam, 1);
    for (const block of [10, 50]) expect(Math.abs(mean(1, 1e5, selfTuningLam, block) - single)).toBeLessThan(0.0015);
    expect(mean(1, 1e5, selfTuningLam, 200) - single).toBeGreaterThan(0.0015);
  });
});
