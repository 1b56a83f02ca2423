import { describe, expect, it } from 'vitest';
import { checkModel, type Desk, type Model } from 'lehr';
import { mlp } from 'lehr/problems/network';
import { bowl, points } from '../dynamics/gradient/models.ts';

const planted = (change: Partial<Model<Float64Array>>): Model<Float64Array> => ({ ...points, ...change });
const { gradient } = points;

describe('checkModel', () => {
  it('passes sound models', () => {
    for (const model of [points, bowl, planted({ figures: ['worst'], evaluate: () => ({ loss: 1, worst: 2 }) })])
      expect(() => checkModel(model)).not.toThrow();
  });

  let calls = 0;
  const bugs: [string, Model<Float64Array>, string][] = [
    [
      'the gradient is twice too large',
      planted({
        gradient(w, rows, from, to, into) {
          const loss = gradient(w, rows, from, to, into);
          into.forEach((g, i) => (into[i] = 2 * g));
          return loss;
        },
      }),
      'Maybe a factor 2 too much',
    ],
    [
      'the gradient points uphill',
      planted({
        gradient(w, rows, from, to, into) {
          const loss = gradient(w, rows, from, to, into);
          into.forEach((g, i) => (into[i] = -g));
          return loss;
        },
      }),
      'the gradient points uphill',
    ],
    [
      'sums instead of means',
      planted({ gradient: (w, rows, from, to, into) => gradient(w, rows, from, to, into) * (to - from) }),
      'Maybe gradient returns the sum over rows',
    ],
    [
      'from and to ignored',
      planted({ gradient: (w, rows, _from, _to, into) => gradient(w, rows, 0, rows.length, into) }),
      'Maybe gradient ignores from and to',
    ],
    [
      'it adds to the array',
      planted({
        gradient(w, rows, from, to, into) {
          const before = into.slice();
          const loss = gradient(w, rows, from, to, into);
          into.forEach((g, i) => (into[i] = g + before[i]));
          return loss;
        },
      }),
      'Maybe it adds to the array',
    ],
    [
      'hidden memory',
      planted({ gradient: (w, rows, from, to, into) => gradient(w, rows, from, to, into) + 1e-3 * calls++ }),
      'Maybe gradient keeps something',
    ],
    [
      'weights changed',
      planted({ gradient: (w, rows, from, to, into) => ((w[1] += 1e-9), gradient(w, rows, from, to, into)) }),
      'gradient changes the weights at [1]',
    ],
    [
      'a shared start',
      planted({
        init: (
          (shared) => () =>
            shared
        )(new Float64Array(2)),
      }),
      'two starts share memory',
    ],
    ['a wrong size', planted({ size: 3 }), 'init returned 2 weights, expected size = 3'],
    [
      'a missing function',
      planted({ gradient: undefined as never, gradent: gradient } as never),
      'gradient is undefined, expected a function. Maybe gradent?',
    ],
    ['NaN', planted({ gradient: () => NaN }), 'the loss is NaN, expected a finite number'],
    ['a figure untold', planted({ figures: ['accuracy'], evaluate: () => ({ loss: 1 }) }), 'evaluate tells undefined of accuracy'],
    ['a loss that disagrees', planted({ loss: () => 3 }), 'loss says 3 where gradient says'],
  ];
  it.each(bugs)('catches a planted bug: %s', (_, model, message) => {
    expect(() => checkModel(model)).toThrow(message);
  });

  describe('of a desk', () => {
    /** `points` with a desk, which `change` may spoil. */
    const seated = (change: (desk: Desk<Float64Array>) => Partial<Model<Float64Array>>): Model<Float64Array> => {
      const [weights, gradient, moment] = [0, 1, 2].map(() => new Float64Array(points.size));
      const desk = { weights, gradient, moments: [moment] };
      return planted({ desk: (moments) => (moments <= 1 ? desk : null), evaluate: () => ({ loss: 1 }), ...change(desk) });
    };

    it('passes one that is sound, and that of a perceptron', () => {
      expect(() => checkModel(seated(() => ({})))).not.toThrow();
      const inputs = Float64Array.from({ length: 60 }, (_, i) => Math.sin(i));
      const targets = Float64Array.from({ length: 20 }, (_, i) => i % 2);
      const data = { rows: 20, features: 3, classes: 2, inputs, targets };
      expect(() => checkModel(mlp(data, { hidden: [5], heldOut: data }))).not.toThrow();
    });

    let first: number | null = null;
    it.each<[string, Parameters<typeof seated>[0], string]>([
      [
        'another gradient there',
        (desk) => ({
          gradient(w, rows, from, to, into) {
            const loss = gradient(w, rows, from, to, into);
            if (w === desk.weights) into[1] *= 1 + 1e-15;
            return loss;
          },
        }),
        'in turn 1 at the desk, the gradient at [1] is not what it is elsewhere',
      ],
      [
        'something kept of the first state',
        (desk) => ({
          gradient(w, rows, from, to, into) {
            const loss = gradient(w, rows, from, to, into);
            return w === desk.weights ? (first ??= loss) : loss;
          },
        }),
        'in turn 2 at the desk, the loss is',
      ],
      [
        'evaluate that works on it',
        (desk) => ({ evaluate: (w) => (desk.weights.set(w), { loss: 1 }) }),
        'changes the weights at [0] of the desk',
      ],
      [
        'evaluate that takes its gradient for scratch',
        (desk) => ({ evaluate: () => (desk.gradient.fill(0), { loss: 1 }) }),
        'evaluate changes the gradient at',
      ],
      [
        'moments that are scratch',
        (desk) => ({
          gradient: (w, rows, from, to, into) => {
            desk.moments[0].fill(0);
            return gradient(w, rows, from, to, into);
          },
        }),
        'gradient changes the moments of the desk',
      ],
      [
        'a desk for each',
        () => ({ desk: () => ({ weights: new Float64Array(2), gradient: new Float64Array(2), moments: [] }) }),
        'hands out another desk',
      ],
      ['fewer moments than asked for', (desk) => ({ desk: () => desk }), 'has 1 moments where 2 were asked for, expected null'],
      [
        'arrays of another size',
        (desk) => {
          const wide = { ...desk, gradient: new Float64Array(3) };
          return { desk: (moments) => (moments <= 1 ? wide : null) };
        },
        "the desk's gradient is",
      ],
      [
        'arrays over each other',
        (desk) => {
          const room = new Float64Array(3);
          const close = { ...desk, weights: room.subarray(0, 2), gradient: room.subarray(1) };
          return { desk: (moments) => (moments <= 1 ? close : null) };
        },
        "the desk's arrays weights and gradient share memory",
      ],
    ])('finds %s', (_, change, message) => {
      first = null;
      expect(() => checkModel(seated(change))).toThrow(message);
    });
  });
});
