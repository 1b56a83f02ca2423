import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkSchedule } from 'lehr';
import { exponential, modifiedLam, reduceOnPlateau, scale, selfTuningLam, type Control, type ReduceOnPlateauOptions } from 'lehr/schedules';
import { Block } from '#src/dynamics/block';

const run = { steps: null, blocks: null, signal: (name: string) => ['other', 'loss'].indexOf(name) };

/** The values before the first block and after each; null where the signal was not refreshed. */
function fed(
  control: Control,
  options: ReduceOnPlateauOptions,
  heard: readonly (number | null)[],
  ts: (k: number) => number = () => 0,
): number[] {
  const plateau = reduceOnPlateau(control, options);
  const memory = plateau.start(run);
  const block = new Block(2);
  const { signal = 'energy' } = options;
  const values = [plateau.next(memory, { t: ts(0), step: 0, block: null, controls: {} })];
  heard.forEach((value, k) => {
    block.steps = block.proposed = 10;
    block.fresh.fill(value === null ? 0 : 1);
    if (value !== null) {
      if (signal === 'energy' || signal === 'best') block[signal] = value;
      else block.signals[1] = value;
    }
    values.push(plateau.next(memory, { t: ts(k + 1), step: 10 * (k + 1), block, controls: {} }));
  });
  return values;
}

/** PyTorch's ReduceLROnPlateau.step, line by line, for one rate. */
function pytorch(
  rate: number,
  options: Required<Omit<ReduceOnPlateauOptions, 'signal' | 'accumulate'>>,
  metrics: readonly number[],
): number[] {
  const { mode, factor, patience, threshold, thresholdMode, cooldown, min, eps } = options;
  let best = mode === 'min' ? Infinity : -Infinity;
  let bad = 0;
  let cooling = 0;
  const isBetter = (a: number): boolean => {
    if (mode === 'min' && thresholdMode === 'rel') return a < best * (1 - threshold);
    if (mode === 'min') return a < best - threshold;
    if (thresholdMode === 'rel') return a > best * (threshold + 1);
    return a > best + threshold;
  };
  return [
    rate,
    ...metrics.map((current) => {
      if (isBetter(current)) {
        best = current;
        bad = 0;
      } else bad++;
      if (cooling > 0) {
        cooling--;
        bad = 0;
      }
      if (bad > patience) {
        const reduced = Math.max(rate * factor, min);
        if (rate - reduced > eps) rate = reduced;
        cooling = cooldown;
        bad = 0;
      }
      return rate;
    }),
  ];
}

const defaults = {
  mode: 'min',
  factor: 0.1,
  patience: 10,
  threshold: 1e-4,
  thresholdMode: 'rel',
  cooldown: 0,
  min: 0,
  eps: 1e-8,
} as const;

const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 12));

describe("PyTorch's ReduceLROnPlateau", () => {
  test.each<[string, ReduceOnPlateauOptions, number[], number[]]>([
    ['reduces after patience + 1 values that are no better', { patience: 2 }, [5, 5, 5, 5, 5], [1, 1, 1, 1, 0.1, 0.1]],
    ['at patience 0 at the first', { patience: 0 }, [5, 5, 5], [1, 1, 0.1, 0.01]],
    ['an improvement begins the wait anew', { patience: 1 }, [5, 5, 4, 4, 4], [1, 1, 1, 1, 1, 0.1]],
    ['better by less than the threshold is not better', { patience: 0, threshold: 0.1 }, [100, 91, 89], [1, 1, 0.1, 0.1]],
    ['the threshold as a difference', { patience: 0, threshold: 0.1, thresholdMode: 'abs' }, [100, 99.95, 99.8], [1, 1, 0.1, 0.1]],
    ['mode max', { patience: 0, mode: 'max' }, [1, 2, 2, 3], [1, 1, 1, 0.1, 0.1]],
    ['mode max, a difference', { patience: 0, mode: 'max', threshold: 1, thresholdMode: 'abs' }, [1, 2, 3.5], [1, 1, 0.1, 0.1]],
    ['cooldown', { patience: 0, cooldown: 2 }, [5, 5, 5, 5, 5], [1, 1, 0.1, 0.1, 0.1, 0.01]],
    ['min', { patience: 0, min: 0.05 }, [5, 5, 5, 5], [1, 1, 0.1, 0.05, 0.05]],
    ['a control below min is left alone', { patience: 0, min: 2 }, [5, 5, 5], [1, 1, 1, 1]],
    ['eps', { patience: 0, eps: 0.5 }, [5, 5, 5, 5], [1, 1, 0.1, 0.1, 0.1]],
    ['NaN is never better', { patience: 1 }, [5, NaN, NaN, 4], [1, 1, 1, 0.1, 0.1]],
    ['NaN first', { patience: 1 }, [NaN, NaN, 4], [1, 1, 0.1, 0.1]],
    ['Infinity first', { patience: 1 }, [Infinity, Infinity, 4, 3], [1, 1, 0.1, 0.1, 0.1]],
  ])('%s', (_, options, heard, values) => {
    expect(fed(1, options, heard)).toEqual(near(values));
    expect(pytorch(1, { ...defaults, ...options }, heard)).toEqual(near(values));
  });

  test('is what this does over a number, for values of at least 0', () => {
    const value = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.double({ min: 0, max: 100, noNaN: true }), fc.constantFrom(NaN, Infinity));
    fc.assert(
      fc.property(
        fc.record({
          mode: fc.constantFrom('min' as const, 'max' as const),
          factor: fc.constantFrom(0.1, 0.5, 0.9),
          patience: fc.integer({ min: 0, max: 4 }),
          threshold: fc.constantFrom(0, 1e-4, 0.1, 0.5),
          thresholdMode: fc.constantFrom('rel' as const, 'abs' as const),
          cooldown: fc.integer({ min: 0, max: 4 }),
          min: fc.constantFrom(0, 0.01, 0.3),
          eps: fc.constantFrom(0, 1e-8, 0.05),
        }),
        fc.array(value, { maxLength: 40 }),
        (options, heard) => {
          const found = fed(0.7, options, heard);
          const expected = pytorch(0.7, options, heard);
          found.forEach((one, k) => expect(Math.abs(one / expected[k] - 1)).toBeLessThan(1e-12));
        },
      ),
      { seed: 20265, numRuns: 1000 },
    );
  });

  test('its relative threshold below 0 is a share of the size, where PyTorch calls an equal value better', () => {
    expect(fed(1, { patience: 1 }, [-100, -100, -100])).toEqual(near([1, 1, 1, 0.1]));
    expect(pytorch(1, { ...defaults, patience: 1 }, [-100, -100, -100])).toEqual([1, 1, 1, 1]);
    expect(fed(1, { patience: 0, threshold: 0.1 }, [-100, -109, -111])).toEqual(near([1, 1, 0.1, 0.1]));
    expect(fed(1, { patience: 0, mode: 'max', threshold: 0.1 }, [-100, -91, -89])).toEqual(near([1, 1, 0.1, 0.1]));
  });
});

describe('what it listens to', () => {
  test.each(['energy', 'best', 'loss'])('%s', (signal) => {
    expect(fed(1, { patience: 1, signal }, [5, 4, 4, 4])).toEqual(near([1, 1, 1, 1, 0.1]));
    expect(reduceOnPlateau(1, { signal }).needs).toEqual([signal]);
  });

  test('acceptance', () => {
    const plateau = reduceOnPlateau(1, { signal: 'acceptance', mode: 'max', patience: 0 });
    const memory = plateau.start(run);
    const block = new Block(2);
    block.proposed = 10;
    const next = (accepted: number) => {
      block.accepted = accepted;
      return plateau.next(memory, { t: 0, step: 0, block, controls: {} });
    };
    expect([next(4), next(5), next(5)]).toEqual(near([1, 1, 0.1]));
  });

  test('only fresh values of a measure count', () => {
    const often = fed(1, { patience: 2, signal: 'loss', cooldown: 1 }, [5, 5, 5, 5, 5, 5, 5, 5]);
    const seldom = fed(1, { patience: 2, signal: 'loss', cooldown: 1 }, [5, null, 5, null, null, 5, 5, null, 5, 5, 5, null, 5]);
    expect([0, 1, 3, 6, 7, 9, 10, 11, 13].map((k) => seldom[k])).toEqual(often);
    expect(seldom[12]).toBe(seldom[11]);
    // Fields of a block are always fresh.
    expect(fed(1, { patience: 0 }, [5, 5]).at(-1)).toBeCloseTo(0.1, 12);
  });

  test('beside what its control listens to, which may stop wanting it', () => {
    const plateau = reduceOnPlateau(selfTuningLam(), { signal: 'loss' });
    expect(plateau.needs).toEqual(['loss', 'acceptance', 'meanChange', 'uphill', 'level', 'downhill']);
    const memory = plateau.start({ ...run, steps: 50 });
    plateau.next(memory, { t: 0, step: 0, block: null, controls: {} });
    const wants = plateau.wants!(memory);
    expect(wants).toEqual(['loss']);
    expect(plateau.wants!(memory)).toBe(wants);
    expect(reduceOnPlateau(modifiedLam(), { signal: 'loss' }).wants).toBeUndefined();
  });
});

test('over any control: reductions multiply, and the value stays between the less of min and the control, and the control', () => {
  const cooling = exponential(10, 0.1);
  const heard = Array.from({ length: 10 }, () => 5);
  const values = fed(cooling, { patience: 4, factor: 0.5, min: 0.2 }, heard, (k) => k / 10);
  expect(values).toEqual(
    values.map((_, k) => expect.closeTo(Math.max(cooling(k / 10, 0) * (k < 6 ? 1 : 0.5), Math.min(cooling(k / 10, 0), 0.2)), 12)),
  );
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (stream, min, factor) => {
        fed(cooling, { patience: 2, factor, min }, stream, (k) => k / 60).forEach((value, k) => {
          const most = cooling(k / 60, 0);
          expect(value).toBeLessThanOrEqual(most);
          expect(value).toBeGreaterThanOrEqual(Math.min(most, min));
        });
      },
    ),
    { seed: 20266 },
  );
});

test('says what it tolerates, and what is wrong', () => {
  expect(reduceOnPlateau(1).maxBlock!(run)).toBe(Infinity);
  expect(reduceOnPlateau(modifiedLam()).maxBlock!(run)).toBe(100);
  checkSchedule(reduceOnPlateau(0.1, { patience: 3, factor: 0.5 }), { low: 0, high: 0.1 });
  checkSchedule(scale(reduceOnPlateau(exponential(1, 0.1), { signal: 'loss', patience: 1, min: 0.01 }), 2), { low: 0.02, high: 2 });
  checkSchedule(reduceOnPlateau(selfTuningLam(), { signal: 'loss', patience: 1, factor: 0.9 }));
  for (const [options, message] of [
    [{ factor: 1 }, 'factor is 1, expected a number above 0 and below 1'],
    [{ patience: 1.5 }, 'patience is 1.5, expected a whole number of at least 0'],
    [{ cooldown: -1 }, 'cooldown is -1, expected a whole number of at least 0'],
    [{ threshold: -1 }, 'threshold is -1, expected a finite number of at least 0'],
    [{ eps: NaN }, 'eps is NaN, expected a finite number of at least 0'],
    [{ min: Infinity }, 'min is Infinity, expected a finite number'],
    [{ mode: 'least' }, 'mode is "least", expected min, max'],
    [{ thresholdMode: 'relative' }, 'thresholdMode is "relative", expected rel, abs'],
    [{ signal: 'validation loss' }, 'signal is "validation loss", expected the name of a signal'],
    [{ minLr: 0.1 }, 'unknown option "minLr"'],
  ] as const)
    expect(() => reduceOnPlateau(1, options as never)).toThrow(`reduceOnPlateau: ${message}`);
});

test('the mean of several values counts as one, and between them nothing happens (optax accumulation_size)', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 3, maxLength: 60 }),
      fc.integer({ min: 1, max: 4 }),
      (heard, size) => {
        const options = { ...defaults, patience: 1, factor: 0.5, accumulate: size };
        const means: number[] = [];
        for (let k = 0; k + size <= heard.length; k += size) means.push(heard.slice(k, k + size).reduce((a, b) => a + b, 0) / size);
        const single = fed(1, { ...options, accumulate: 1 }, means);
        const values = fed(1, options, heard);
        values.forEach((value, k) => expect(value).toBe(single[Math.floor(k / size)]));
      },
    ),
  );
});
