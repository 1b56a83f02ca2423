import { describe, expect, it } from 'vitest';
import { checkModel, type Model } from 'lehr';
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
});
