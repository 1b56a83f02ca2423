import { stream } from 'lehr';
import { accepts, HOPELESS } from '#src/dynamics/acceptance';
import { HIGH, LOW, SHIFT } from '#src/dynamics/threshold';
import { expect, it } from 'vitest';

it('LOW and HIGH never decide otherwise than the acceptance test, and decide nearly all', () => {
  const rng = stream('threshold');
  let open = 0;
  const draws = [0, 1, 2 ** SHIFT - 1, 2 ** SHIFT, 2 ** 32 - 1, 2 ** 31, 2 ** 31 - 1];
  const count = 200_000;
  let sound = true;
  for (let k = 0; k < count; k++) {
    const draw = k < draws.length ? draws[k] : rng.uint32();
    // Near the threshold of this draw, where it matters.
    const x = Math.max(1e-12, -Math.log((draw + 0.5) / 2 ** 32) + 0.02 * (rng.uniform() - 0.5));
    const accepted = x < HOPELESS && accepts(x, draw);
    if (x <= LOW[draw >>> SHIFT]) sound &&= accepted;
    else if (x > HIGH[draw >>> SHIFT]) sound &&= !accepted;
    else open++;
  }
  expect(sound).toBe(true);
  expect(open).toBeGreaterThan(0);
  expect(open / count).toBeLessThan(0.5);
});

it('the tables are ordered and finite, so that a temperature of 0 or Infinity gives bounds', () => {
  for (let k = 0; k < LOW.length; k++)
    expect(LOW[k] < HIGH[k] && HIGH[k] > 0 && Number.isFinite(LOW[k]) && Number.isFinite(HIGH[k])).toBe(true);
  expect(LOW.length * 2 ** SHIFT).toBe(2 ** 32);
});
