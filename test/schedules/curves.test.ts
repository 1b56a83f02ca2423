import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  constant,
  cosine,
  cyclical,
  exponential,
  inverseSquareRoot,
  inverseTime,
  linear,
  logarithmic,
  piecewise,
  polynomial,
  robbinsMonro,
  step,
  table,
  type Schedule,
} from 'lehr/schedules';

const seed = 20261;
const ROOT = Math.SQRT1_2;

// t = 0, ½, 1 (at steps 0, 50, 100), and further [t, step, value].
const values: [name: string, schedule: Schedule, start: number, middle: number, end: number, more?: [number, number, number][]][] = [
  ['constant', constant(3), 3, 3, 3],
  ['linear', linear(10, 0), 10, 5, 0],
  ['linear, rising', linear(-1, 1), -1, 0, 1],
  ['exponential', exponential(10, 0.1), 10, 1, 0.1],
  ['exponential, rising', exponential(0.1, 10), 0.1, 1, 10],
  ['exponential, over the whole range', exponential(1e300, 1e-300), 1e300, 1, 1e-300],
  [
    'cosine',
    cosine(1, 0),
    1,
    0.5,
    0,
    [
      [0.25, 25, (1 + ROOT) / 2],
      [0.75, 75, (1 - ROOT) / 2],
      [0.9, 9, 0.5 * (1 + Math.cos(0.9 * Math.PI))],
    ],
  ],
  ['polynomial', polynomial(1, 0), 1, 0.25, 0],
  // optax: I = 1, E = .01, T = 100, B = 5, P = 2 at steps 5, 6, 104, 105
  [
    'polynomial of optax',
    polynomial(1, 0.01, { power: 2 }),
    1,
    0.2575,
    0.01,
    [
      [0.01, 1, 0.980299],
      [0.99, 99, 0.010099],
    ],
  ],
  ['polynomial, power 1', polynomial(1, 0, { power: 1 }), 1, 0.5, 0],
  ['polynomial, power 1.5', polynomial(1, 0, { power: 1.5 }), 1, 0.5 * ROOT, 0],
  ['inverseTime', inverseTime(2, { rate: 0.02 }), 2, 1, 2 / 3],
  ['inverseTime of ten steps', inverseTime(2, { rate: 0.1, every: { steps: 10 } }), 2, 2 / 1.5, 1],
  ['inverseTime in stairs', inverseTime(2, { rate: 0.1, every: { steps: 40 }, shape: 'staircase' }), 2, 2 / 1.1, 2 / 1.2],
  ['inverseTime over the run', inverseTime(10, { rate: 9, every: 1 }), 10, 10 / 5.5, 1],
  ['inverseSquareRoot', inverseSquareRoot(1), 1, 1 / Math.sqrt(51), 1 / Math.sqrt(101)],
  // Noam, d = 512, W = 4000: the peak, and 12 000 steps later half of it
  [
    'inverseSquareRoot of Noam',
    inverseSquareRoot(1 / Math.sqrt(512 * 4000), { delay: 4000 }),
    6.98771242968684e-4,
    6.98771242968684e-4 * Math.sqrt(4000 / 4050),
    6.98771242968684e-4 * Math.sqrt(4000 / 4100),
    [[1, 12_000, 3.49385621484342e-4]],
  ],
  ['logarithmic', logarithmic(2), 2 / Math.LN2, 2 / Math.log(52), 2 / Math.log(102)],
  ['robbinsMonro', robbinsMonro(1), 10 ** -0.7, 60 ** -0.7, 110 ** -0.7],
  ['robbinsMonro, power 1', robbinsMonro(8, { delay: 64, power: 1 }), 1 / 8, 8 / 114, 8 / 164],
  // PyTorch's ExponentialLR with gamma .9, and the base .05 of its ChainedScheduler example
  [
    'step by steps',
    step(0.005, { factor: 0.9, every: { steps: 1 } }),
    0.005,
    0.005 * 0.9 ** 50,
    0.005 * 0.9 ** 100,
    [
      [0, 1, 0.0045],
      [0, 19, 0.005 * 0.9 ** 19],
    ],
  ],
  [
    'step by steps, ten times as high',
    step(0.05, { factor: 0.9, every: { steps: 1 } }),
    0.05,
    0.05 * 0.9 ** 50,
    0.05 * 0.9 ** 100,
    [
      [0, 20, 0.05 * 0.9 ** 20],
      [0, 21, 0.05 * 0.9 ** 21],
    ],
  ],
  [
    'step by shares',
    step(1, { factor: 0.5, every: 0.25 }),
    1,
    0.25,
    0.125,
    [
      [0.2499, 0, 1],
      [0.25, 0, 0.5],
      [0.75, 0, 0.125],
    ],
  ],
  [
    'step, the new value owns its boundary',
    step(1, { every: 0.1, factor: 0.5 }),
    1,
    0.5 ** 5,
    0.5 ** 9,
    [
      [0.3, 0, 0.125],
      [0.7, 0, 0.5 ** 7],
    ],
  ],
  ['step, the last period cut', step(1, { every: 0.4, factor: 0.5 }), 1, 0.5, 0.25, [[0.8, 0, 0.25]]],
  [
    'piecewise',
    piecewise([0.5, 1], [0.3, 0.1], [0.2, 0.01]),
    1,
    0.1,
    0.01,
    [
      [0.4999, 0, 1],
      [0.8, 0, 0.01],
      [0.7999, 0, 0.1],
    ],
  ],
  [
    'piecewise, the last without its share',
    piecewise([0.1, 3], [0.2, 2], 1),
    3,
    1,
    1,
    [
      [0.1, 0, 2],
      [0.3, 0, 1],
    ],
  ],
  ['piecewise of one', piecewise(4), 4, 4, 4],
  // optax piecewise_interpolate linear, I = 1, {4: .1, 8: .01} at steps 2, 4, 6, 8
  [
    'table',
    table([1, 0.1, 0.001]),
    1,
    0.1,
    0.001,
    [
      [0.25, 2, 0.55],
      [0.75, 6, 0.0505],
    ],
  ],
  ['table of one', table([7]), 7, 7, 7],
  [
    'cyclical',
    cyclical(1, 3, { period: 0.5 }),
    1,
    1,
    1,
    [
      [0.25, 0, 3],
      [0.125, 0, 2],
      [0.75, 0, 3],
    ],
  ],
  [
    'cyclical, odd',
    cyclical(0, 1, { period: 1, rise: 0.25 }),
    0,
    2 / 3,
    0,
    [
      [0.25, 0, 1],
      [0.125, 0, 0.5],
    ],
  ],
  [
    'cyclical by steps',
    cyclical(0, 1, { period: { steps: 40 } }),
    0,
    0.5,
    1,
    [
      [0, 20, 1],
      [0, 40, 0],
      [0, 50, 0.5],
    ],
  ],
  [
    'cyclical, triangular2',
    cyclical(0, 1, { period: { steps: 40 }, shape: 'triangular2' }),
    0,
    0.25,
    0.25,
    [
      [0, 20, 1],
      [0, 60, 0.5],
      [0, 100, 0.25],
    ],
  ],
  [
    'cyclical, expRange',
    cyclical(0, 1, { period: { steps: 40 }, shape: 'expRange', gamma: 0.99 }),
    0,
    0.5 * 0.99 ** 50,
    0.99 ** 100,
    [[0, 20, 0.99 ** 20]],
  ],
];

describe('every curve at t = 0, ½, 1 and at its joints', () => {
  test.each(values)('%s', (_, schedule, start, middle, end, more = []) => {
    for (const [t, count, value] of [[0, 0, start], [0.5, 50, middle], [1, 100, end], ...more]) {
      expect(Math.abs(schedule(t, count) - value), `at t = ${t}, step ${count}: ${schedule(t, count)} for ${value}`).toBeLessThanOrEqual(
        1e-12 * Math.abs(value),
      );
    }
  });

  test('ends and knots are exact', () => {
    const ends = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
    fc.assert(
      fc.property(ends, ends, fc.double({ min: 0.1, max: 9, noNaN: true }), (a, b, power) => {
        for (const schedule of [linear(a, b), exponential(a, b), cosine(a, b), polynomial(a, b, { power }), table([a, b])]) {
          expect(schedule(0, 0)).toBe(a);
          expect(schedule(1, 9)).toBe(b);
        }
      }),
      { seed },
    );
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 2, maxLength: 200 }), (knots) => {
        const schedule = table(knots);
        knots.forEach((knot, i) => expect(schedule(i / (knots.length - 1), 0)).toBe(knot + 0));
      }),
      { seed },
    );
  });
});

describe('bounds and monotonicity', () => {
  const end = fc.double({ min: 1e-9, max: 1e9, noNaN: true });
  const share = fc.double({ min: 0, max: 1, noNaN: true });

  test('curves between two ends stay between them and go one way', () => {
    fc.assert(
      fc.property(end, end, fc.double({ min: 0.1, max: 9, noNaN: true }), share, share, (a, b, power, s, t) => {
        const [early, late] = s < t ? [s, t] : [t, s];
        // exp, cos and ln are right to an ulp or two, so a step of less than a few of them may go the other way.
        const slack = 1e-14 * Math.max(a, b);
        for (const schedule of [linear(a, b), exponential(a, b), cosine(a, b), polynomial(a, b, { power })]) {
          for (const value of [schedule(early, 0), schedule(late, 0)]) {
            expect(value).toBeGreaterThanOrEqual(Math.min(a, b));
            expect(value).toBeLessThanOrEqual(Math.max(a, b));
          }
          expect((schedule(late, 0) - schedule(early, 0)) * Math.sign(b - a)).toBeGreaterThanOrEqual(-slack);
        }
        expect((linear(a, b)(late, 0) - linear(a, b)(early, 0)) * Math.sign(b - a)).toBeGreaterThanOrEqual(0);
      }),
      { seed, numRuns: 500 },
    );
  });

  test('decays fall with the step and stay positive', () => {
    fc.assert(
      fc.property(
        end,
        fc.nat(1e9),
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0.51, max: 1, noNaN: true }),
        (a, from, more, power) => {
          const decays = [
            inverseTime(a, { rate: 0.1 }),
            inverseSquareRoot(a, { delay: 7 }),
            logarithmic(a),
            robbinsMonro(a, { power }),
            step(a, { every: { steps: 1e7 } }),
          ];
          for (const schedule of decays) {
            expect(schedule(0, from + more)).toBeLessThanOrEqual(schedule(0, from));
            expect(schedule(0, from)).toBeLessThanOrEqual(schedule(0, 0));
            expect(schedule(0, from + more)).toBeGreaterThan(0);
          }
        },
      ),
      { seed },
    );
  });

  test('tables and cycles stay within their values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e300, max: 1e300, noNaN: true }), { minLength: 1, maxLength: 9 }),
        share,
        fc.nat(1e6),
        (knots, t, count) => {
          const low = Math.min(...knots);
          const high = Math.max(...knots);
          const cycles = (['triangular', 'triangular2', 'expRange'] as const).flatMap((shape) => [
            cyclical(low, high, { period: 0.3, shape, gamma: 0.999 }),
            cyclical(low, high, { period: { steps: 17 }, shape, rise: 0.9 }),
          ]);
          for (const schedule of [table(knots), ...cycles]) {
            const value = schedule(t, count);
            expect(value).toBeGreaterThanOrEqual(low);
            expect(value).toBeLessThanOrEqual(high);
          }
        },
      ),
      { seed },
    );
  });
});

describe('parameters are checked when a curve is built', () => {
  test.each<[() => unknown, string]>([
    [() => linear(Number.NaN, 1), 'linear: from is NaN, expected a finite number.'],
    [() => linear(1, '2' as never), 'linear: to is "2", expected a finite number. Maybe the number 2.'],
    [() => exponential(1, 0), 'exponential: to is 0, expected a finite number above 0. Maybe linear, which may end at 0.'],
    [() => cosine(1, undefined as never), 'cosine: to is undefined, expected a finite number.'],
    [() => polynomial(1, 0, { pwoer: 2 } as never), 'polynomial: unknown option "pwoer", expected power, cycle. Maybe power?'],
    [() => polynomial(1, 0, { power: 0 }), 'polynomial: power is 0, expected a finite number above 0.'],
    [() => inverseTime(1, { rate: -1 }), 'inverseTime: rate is -1, expected a finite number above 0.'],
    [() => inverseTime(1, { rate: 1, shape: 'stairs' as never }), 'inverseTime: shape is "stairs", expected smooth, staircase.'],
    [() => inverseTime(1, undefined as never), 'inverseTime: its options are undefined, expected an object with rate, every, shape.'],
    [
      () => robbinsMonro(1, { power: 0.5 }),
      'robbinsMonro: power is 0.5, expected a number above 0.5 and at most 1 (the Robbins–Monro conditions). Maybe inverseSquareRoot.',
    ],
    [
      () => step(1, { every: 100 }),
      'step: every is 100, expected a share of the run above 0 and at most 1, or a count { steps }. Maybe { steps: 100 }, in text 100 steps.',
    ],
    [() => step(1, { every: { steps: 1.5 } }), 'step: every.steps is 1.5, expected a whole number of at least 1.'],
    [() => piecewise([0.5, 1], [0.4, 2]), 'piecewise: pieces is [[0.5,1],[0.4,2]], expected shares that sum to 1, not 0.9.'],
    [
      () => piecewise([{ steps: 9 }, 1] as never, 2),
      'piecewise: pieces[0] is {"steps":9}, expected a share above 0 and at most 1. Maybe sequence, whose phases may be counted in steps.',
    ],
    [() => table([]), 'table: values is [], expected a list of at least one number.'],
    [() => table([1, Infinity]), 'table: values[1] is Infinity, expected a finite number.'],
    [() => cyclical(0, 1, { period: 0.5, rise: 1 }), 'cyclical: rise is 1, expected a share of the cycle above 0 and below 1.'],
    [
      () => cyclical(0, 1, { period: 0.5, shape: 'square' as never }),
      'cyclical: shape is "square", expected triangular, triangular2, expRange.',
    ],
  ])('%#', (make, message) => {
    let thrown: any;
    try {
      make();
    } catch (error) {
      thrown = error;
    }
    expect(thrown?.code).toBe('option');
    expect(thrown.message).toBe(message);
  });
});
