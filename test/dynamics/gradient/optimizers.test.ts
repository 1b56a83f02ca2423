import { describe, expect, it } from 'vitest';
import { adagrad, adam, adamW, anneal, gradient, momentum, nesterov, rmsprop, sgd, sgld, stream, type Optimizer } from 'lehr';
import { bowl } from './models.ts';

/** Gradients that look like those of a run: of all sizes, with a zero now and then. */
function gradients(steps: number, n: number): Float64Array[] {
  const rng = stream('gradients');
  return Array.from({ length: steps }, (_, k) =>
    Float64Array.from({ length: n }, () => (rng.below(7) === 0 ? 0 : rng.normal() * (1 + (k % 3)))),
  );
}

type Controls = (t: number) => Record<string, number>;

/** The optimiser's weights after each step. */
function trajectory(optimizer: Optimizer, given: readonly Float64Array[], controls: Controls): number[][] {
  const weights = Float64Array.of(1, -2, 0.5, 3);
  const moments = Array.from({ length: optimizer.moments }, () => new Float64Array(4).fill(optimizer.start ?? 0));
  return given.map((g, k) => {
    optimizer.step(weights, g, moments, controls(k + 1), k + 1, stream('noise', k));
    return [...weights];
  });
}

/** The published formula for one coordinate: gives the next weight from (weight, gradient, t from 1), with a memory of its own. */
type Formula = () => (w: number, g: number, t: number) => number;

function expected(formula: Formula, given: readonly Float64Array[]): number[][] {
  const weights = [1, -2, 0.5, 3];
  const rules = weights.map(() => formula());
  return given.map((g, k) => {
    weights.forEach((w, i) => (weights[i] = rules[i](w, g[i], k + 1)));
    return [...weights];
  });
}

const rate = (t: number): number => 0.05 / Math.sqrt(t);
const mu = (t: number): number => 0.95 - 0.1 / t;
const lambda = 0.01;

const rules: [string, Optimizer, Controls, Formula][] = [
  ['sgd', sgd(), (t) => ({ rate: rate(t) }), () => (w, g, t) => w - rate(t) * g],
  ['sgd, L2', sgd({ decay: lambda }), (t) => ({ rate: rate(t) }), () => (w, g, t) => w - rate(t) * (g + lambda * w)],
  [
    'momentum',
    momentum(),
    (t) => ({ rate: rate(t), momentum: mu(t) }),
    () => {
      let v = 0;
      return (w, g, t) => w - rate(t) * (v = mu(t) * v + g);
    },
  ],
  [
    'momentum, fixed, L2 scheduled',
    momentum({ momentum: 0.9, decay: 'scheduled' }),
    (t) => ({ rate: rate(t), decay: lambda / t }),
    () => {
      let v = 0;
      return (w, g, t) => w - rate(t) * (v = 0.9 * v + g + (lambda / t) * w);
    },
  ],
  [
    'nesterov',
    nesterov(),
    (t) => ({ rate: rate(t), momentum: mu(t) }),
    () => {
      let v = 0;
      return (w, g, t) => {
        v = mu(t) * v + g;
        return w - rate(t) * (g + mu(t) * v);
      };
    },
  ],
  [
    'adagrad',
    adagrad(),
    (t) => ({ rate: rate(t) }),
    () => {
      let s = 0;
      return (w, g, t) => {
        s += g ** 2;
        return w - (rate(t) * g) / (Math.sqrt(s) + 1e-10);
      };
    },
  ],
  [
    'adagrad as Keras has it',
    adagrad({ eps: 1e-7, start: 0.1 }),
    (t) => ({ rate: rate(t) }),
    () => {
      let s = 0.1;
      return (w, g, t) => {
        s += g ** 2;
        return w - (rate(t) * g) / (Math.sqrt(s) + 1e-7);
      };
    },
  ],
  [
    'rmsprop',
    rmsprop(),
    (t) => ({ rate: rate(t) }),
    () => {
      let s = 0;
      return (w, g, t) => {
        s = 0.99 * s + 0.01 * g ** 2;
        return w - (rate(t) * g) / (Math.sqrt(s) + 1e-8);
      };
    },
  ],
  [
    'rmsprop, centred, with momentum',
    rmsprop({ alpha: 0.9, eps: 1e-4, centered: true, momentum: 0.8 }),
    (t) => ({ rate: rate(t) }),
    () => {
      let [s, m, b] = [0, 0, 0];
      return (w, g, t) => {
        s = 0.9 * s + 0.1 * g ** 2;
        m = 0.9 * m + 0.1 * g;
        b = 0.8 * b + g / (Math.sqrt(s - m ** 2) + 1e-4);
        return w - rate(t) * b;
      };
    },
  ],
  [
    'adam',
    adam(),
    (t) => ({ rate: rate(t) }),
    () => {
      let [m, s] = [0, 0];
      return (w, g, t) => {
        m = 0.9 * m + 0.1 * g;
        s = 0.999 * s + 0.001 * g ** 2;
        return w - (rate(t) * (m / (1 - 0.9 ** t))) / (Math.sqrt(s / (1 - 0.999 ** t)) + 1e-8);
      };
    },
  ],
  [
    'adamW',
    adamW(),
    (t) => ({ rate: rate(t), decay: lambda }),
    () => {
      let [m, s] = [0, 0];
      return (w, g, t) => {
        m = 0.9 * m + 0.1 * g;
        s = 0.999 * s + 0.001 * g ** 2;
        const shrunk = w * (1 - rate(t) * lambda);
        return shrunk - (rate(t) * (m / (1 - 0.9 ** t))) / (Math.sqrt(s / (1 - 0.999 ** t)) + 1e-8);
      };
    },
  ],
  [
    'adam with L2 is not adamW',
    adam({ decay: lambda }),
    (t) => ({ rate: rate(t) }),
    () => {
      let [m, s] = [0, 0];
      return (w, plain, t) => {
        const g = plain + lambda * w;
        m = 0.9 * m + 0.1 * g;
        s = 0.999 * s + 0.001 * g ** 2;
        return w - (rate(t) * (m / (1 - 0.9 ** t))) / (Math.sqrt(s / (1 - 0.999 ** t)) + 1e-8);
      };
    },
  ],
];

describe('optimisers', () => {
  const given = gradients(200, 4);

  it.each(rules)('%s follows its published formula to 1e-12 over 200 steps', (_, optimizer, controls, formula) => {
    const [made, wanted] = [trajectory(optimizer, given, controls), expected(formula, given)];
    made.forEach((weights, k) => {
      weights.forEach((w, i) => expect(Math.abs(w - wanted[k][i])).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(wanted[k][i]))));
    });
  });

  it('their controls come in order, and constants are none', () => {
    expect(sgd().controls).toEqual(['rate']);
    expect(momentum().controls).toEqual(['rate', 'momentum']);
    expect(momentum({ momentum: 0.9 }).controls).toEqual(['rate']);
    expect(adam({ momentum: 'scheduled', decay: 'scheduled' }).controls).toEqual(['rate', 'momentum', 'decay']);
    expect(adamW().controls).toEqual(['rate', 'decay']);
    expect(sgld().controls).toEqual(['rate', 'temperature']);
  });

  it('first steps by hand', () => {
    const first = (optimizer: Optimizer, controls: Record<string, number>): number => {
      const w = Float64Array.of(5);
      const moments = Array.from({ length: optimizer.moments }, () => new Float64Array(1).fill(optimizer.start ?? 0));
      optimizer.step(w, Float64Array.of(-4), moments, controls, 1, stream(1));
      return w[0];
    };
    // Adam's and AdaGrad's first step is rate · sign(g), RMSProp's rate · sign(g) / √(1 − alpha).
    expect(first(adam(), { rate: 0.1 })).toBeCloseTo(5.1, 8);
    expect(first(adagrad(), { rate: 0.1 })).toBeCloseTo(5.1, 8);
    expect(first(rmsprop(), { rate: 0.1 })).toBeCloseTo(6, 7);
    expect(first(momentum(), { rate: 0.1, momentum: 0.9 })).toBeCloseTo(5.4, 12);
    expect(first(nesterov(), { rate: 0.1, momentum: 0.9 })).toBeCloseTo(5 + 0.1 * 1.9 * 4, 12);
    expect(first(adamW(), { rate: 0.1, decay: 0.5 })).toBeCloseTo(0.95 * 5 + 0.1, 8);
    expect(first(sgld(), { rate: 0.1, temperature: 0 })).toBeCloseTo(5.4, 12);
  });

  // Printed in optax's documentation for f = Σ x² from (1, 2, 3), losses after each of five steps.
  const printed: [string, Optimizer<'rate'>, number, string[]][] = [
    ['adagrad(1), sums from 0.1', adagrad({ eps: 1e-7, start: 0.1 }), 1, ['5.01', '2.40', '1.25', '0.686', '0.385']],
    ['rmsprop(0.003), alpha 0.9', rmsprop({ alpha: 0.9, eps: 1e-8 }), 0.003, ['13.9', '13.8', '13.7', '13.7', '13.6']],
    ['adam(0.003)', adam(), 0.003, ['14.0', '13.9', '13.9', '13.9', '13.8']],
  ];
  it.each(printed)('optax prints the same losses: %s', (_, optimizer, rate, losses) => {
    const seen: string[] = [];
    anneal(
      { dynamics: gradient(bowl, { optimizer }), controls: { rate }, budget: { steps: 5 }, block: 1, every: 1, seed: 1 },
      ({ steps, energy }) => {
        if (steps === seen.length + 1) seen.push(energy.toPrecision(3));
      },
    );
    expect(seen).toEqual(losses);
  });

  it('refuse options that are none, and values out of range', () => {
    // @ts-expect-error an unknown option is an error at compile time, too
    expect(() => adam({ beta_2: 0.9 })).toThrow('adam: unknown option "beta_2", expected momentum, beta2, eps, decay. Maybe beta2?');
    expect(() => momentum({ momentum: 1 })).toThrow("momentum: momentum is 1, expected a finite number from 0 to below 1, or 'scheduled'.");
    expect(() => rmsprop({ eps: 0 })).toThrow('rmsprop: eps is 0, expected a finite number above 0.');
    expect(() => sgld().step(new Float64Array(1), new Float64Array(1), [], { rate: -1, temperature: 1 }, 1, stream(1))).toThrow(
      'sgld: rate is -1',
    );
  });
});
