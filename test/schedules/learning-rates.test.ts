import { describe, expect, test } from 'vitest';
import {
  cosine,
  exponentialDecay,
  multiStep,
  offset,
  oneCycle,
  parse,
  piecewise,
  polynomial,
  print,
  rateOf,
  sequence,
  step,
  swa,
  warmRestarts,
  type AnySchedule,
} from 'lehr/schedules';

/** How far a schedule over a run of `steps` is from a formula of the step, relative to it (or to 0.001, where that is more). */
function off(schedule: AnySchedule, steps: number, formula: (k: number) => number): number {
  const rate = rateOf(schedule, { steps });
  let worst = 0;
  for (let k = 0; k < steps; k++) worst = Math.max(worst, Math.abs(rate(k) - formula(k)) / Math.max(Math.abs(formula(k)), 1e-3));
  return worst;
}

// Each formula is the library's own, written down from its source; the run has T + 1 steps where the library counts T, so that both ends are met.
describe('schedules that optax, PyTorch and Keras have', () => {
  test('optax cosine_decay_schedule, with alpha and exponent', () => {
    const [I, T, alpha, p] = [0.1, 50, 0.05, 3];
    expect(
      off(cosine(I, alpha * I, { exponent: p }), T + 1, (k) => I * ((1 - alpha) * (0.5 * (1 + Math.cos((Math.PI * k) / T))) ** p + alpha)),
    ).toBeLessThanOrEqual(1e-12);
  });

  test('Keras PolynomialDecay with cycle', () => {
    const [initial, end, decaySteps, power] = [0.1, 0.01, 10, 0.5];
    expect(
      off(polynomial(initial, end, { power, cycle: { steps: decaySteps } }), 55, (k) => {
        const multiplier = k === 0 ? 1 : Math.ceil(k / decaySteps);
        return (initial - end) * (1 - k / (decaySteps * multiplier)) ** power + end;
      }),
    ).toBeLessThanOrEqual(1e-12);
    // By shares of the run the same.
    expect(
      off(
        polynomial(initial, end, { power, cycle: 0.2 }),
        51,
        rateOf(polynomial(initial, end, { power, cycle: { steps: 10 } }), { steps: 51 }),
      ),
    ).toBeLessThanOrEqual(1e-12);
  });

  test('exponential: PyTorch ExponentialLR, Keras and optax ExponentialDecay with staircase and end value', () => {
    expect(off(exponentialDecay(0.05, { factor: 0.9 }), 40, (k) => 0.05 * 0.9 ** k)).toBeLessThanOrEqual(1e-12);
    expect(
      off(exponentialDecay(0.05, { factor: 0.5, every: { steps: 7 }, end: 0.01 }), 40, (k) => Math.max(0.01, 0.05 * 0.5 ** (k / 7))),
    ).toBeLessThanOrEqual(1e-12);
    expect(
      off(exponentialDecay(0.05, { factor: 2, every: { steps: 7 }, end: 0.2 }), 40, (k) => Math.min(0.2, 0.05 * 2 ** (k / 7))),
    ).toBeLessThanOrEqual(1e-12);
    expect(off(step(0.05, { factor: 0.5, every: { steps: 7 } }), 40, (k) => 0.05 * 0.5 ** Math.floor(k / 7))).toBeLessThanOrEqual(1e-12);
  });

  test('PyTorch MultiStepLR; optax piecewise_constant_schedule in its documented values', () => {
    expect(
      off(multiStep(0.05, { milestones: [30, 80] }), 100, (k) => 0.05 * 0.1 ** (Number(k >= 30) + Number(k >= 80))),
    ).toBeLessThanOrEqual(1e-12);
    const rate = rateOf(parse('1 for 100 steps > 0.1 for 100 steps > 0.001'), { steps: 300 });
    expect([50, 150, 250].map(rate)).toEqual([1, 0.1, 0.001]);
    // x 0.2 at 60, 120 and 150 of 200 epochs, as the residual networks of the papers have it.
    expect(
      off(
        multiStep(0.1, { factor: 0.2, at: [0.3, 0.6, 0.75] }),
        201,
        (k) => 0.1 * 0.2 ** (Number(k >= 60) + Number(k >= 120) + Number(k >= 150)),
      ),
    ).toBeLessThanOrEqual(1e-12);
  });

  test('PyTorch CosineAnnealingWarmRestarts, and Keras CosineDecayRestarts with t_mul, m_mul and alpha', () => {
    const [initial, first, tMul, mMul, alpha] = [0.1, 10, 2, 0.5, 0.1];
    const keras = (k: number): number => {
      const i = Math.floor(Math.log(1 - (k / first) * (1 - tMul)) / Math.log(tMul) + 1e-12);
      const at = (k / first - (1 - tMul ** i) / (1 - tMul)) / tMul ** i;
      return initial * ((1 - alpha) * 0.5 * mMul ** i * (1 + Math.cos(Math.PI * at)) + alpha);
    };
    const curve = (k: number): number => {
      // A cycle of n steps ends exactly at its end value, where Keras is a step short of it: x / (n − 1) for x / n.
      const i = Math.floor(Math.log(1 + k / first) / Math.log(2) + 1e-12);
      const n = first * 2 ** i;
      const at = (k - first * (2 ** i - 1)) / (n - 1);
      return initial * ((1 - alpha) * 0.5 * mMul ** i * (1 + Math.cos(Math.PI * at)) + alpha);
    };
    const schedule = offset(
      warmRestarts(cosine(initial * (1 - alpha), 0), { first: { steps: first }, factor: tMul, height: mMul }),
      initial * alpha,
    );
    expect(off(schedule, 70, curve)).toBeLessThanOrEqual(1e-12);
    for (const restart of [0, 10, 30]) expect(rateOf(schedule, { steps: 70 })(restart)).toBeCloseTo(keras(restart), 12);
  });

  test('PyTorch OneCycleLR, two and three phases, and optax linear_onecycle_schedule', () => {
    // PyTorch's joints are at pct · T − 1: with T = 101 and 0.31 of it, at step 30.31 of 100.
    const [T, peak, pct] = [101, 0.1, 31 / 101];
    const [initial, least] = [peak / 25, peak / 25 / 1e4];
    const cos = (from: number, to: number, f: number): number => to + ((from - to) / 2) * (Math.cos(Math.PI * f) + 1);
    const joint = pct * T - 1;
    expect(
      off(oneCycle(peak, { rise: joint / (T - 1) }), T, (k) =>
        k <= joint ? cos(initial, peak, k / joint) : cos(peak, least, (k - joint) / (T - 1 - joint)),
      ),
    ).toBeLessThanOrEqual(1e-12);
    const back = 2 * pct * T - 2;
    expect(
      off(oneCycle(peak, { rise: joint / (T - 1), back: back / (T - 1) }), T, (k) =>
        k <= joint
          ? cos(initial, peak, k / joint)
          : k <= back
            ? cos(peak, initial, (k - joint) / (back - joint))
            : cos(initial, least, (k - back) / (T - 1 - back)),
      ),
    ).toBeLessThanOrEqual(1e-12);
    // optax: knots at 0, 0.3, 0.85 and 1 of the run.
    const knots: [number, number][] = [
      [0, 0.004],
      [30, 0.1],
      [85, 0.004],
      [100, 0.004 / 1e4],
    ];
    expect(
      off(oneCycle(0.1, { shape: 'linear', back: 0.85 }), 101, (k) => {
        const i = knots.findIndex(([,], j) => j > 0 && k <= knots[j][0]);
        const [[a, from], [b, to]] = [knots[i - 1], knots[i]];
        return from + ((to - from) * (k - a)) / (b - a);
      }),
    ).toBeLessThanOrEqual(1e-12);
    const momentum = rateOf(parse('cosine(0.95, 0.85) for 0.3 > cosine(0.85, 0.95)'), { steps: 100 });
    expect([momentum(0), momentum(29), momentum(30), momentum(99)]).toEqual([0.95, 0.85, 0.85, 0.95]);
  });

  test('PyTorch SWALR: from where the control is to the constant rate in anneal_epochs', () => {
    const schedule = swa(cosine(0.1, 0), 0.05, { from: 0.75, over: { steps: 10 } });
    const at = (k: number): number => 0.05 * (1 + Math.cos((Math.PI * k) / 100));
    const line = swa(0.1, 0.05, { from: 0.5, over: 0.1, shape: 'linear' });
    expect(
      off(schedule, 101, (k) => {
        if (k <= 75) return at(k);
        const share = Math.min(1, (k - 75) / 10);
        const alpha = (1 - Math.cos(Math.PI * share)) / 2;
        return at(75) * (1 - alpha) + 0.05 * alpha;
      }),
    ).toBeLessThanOrEqual(1e-12);
    expect(off(line, 101, (k) => 0.1 - 0.05 * Math.min(1, Math.max(0, (k - 50) / 10)))).toBeLessThanOrEqual(1e-12);
  });

  test('PyTorch ConstantLR, LinearLR, PolynomialLR and SequentialLR', () => {
    expect(off(sequence([{ steps: 5 }, 0.1 / 3], 0.1), 20, (k) => (k < 5 ? 0.1 / 3 : 0.1))).toBeLessThanOrEqual(1e-12);
    expect(off(parse('linear(0.03, 0.1) for 6 steps > 0.1'), 20, (k) => (k < 5 ? 0.03 + (0.07 * k) / 5 : 0.1))).toBeLessThanOrEqual(1e-12);
    expect(off(polynomial(0.1, 0, { power: 1 }), 6, (k) => 0.1 * (1 - k / 5))).toBeLessThanOrEqual(1e-12);
    expect(off(piecewise([0.5, 1], 0.5), 10, (k) => (k < 5 ? 1 : 0.5))).toBeLessThanOrEqual(1e-12);
  });
});

describe('what they refuse', () => {
  test.each<[() => unknown, string]>([
    [
      () => multiStep(1, { at: [30, 60] }),
      'multiStep: at is [30,60], expected increasing shares above 0 and below 1. Maybe milestones, which are in steps.',
    ],
    [() => multiStep(1, { milestones: [5, 5] }), 'multiStep: milestones is [5,5], expected increasing whole numbers of at least 1.'],
    [() => multiStep(1, {}), 'multiStep: at is undefined, expected shares of the run, or milestones in steps: one of the two.'],
    [() => oneCycle(1, { back: 0.2 }), 'oneCycle: back is 0.2, expected a share of the run above rise (0.3) and below 1.'],
    [() => cosine(1, 0, { exponent: 0 }), 'cosine: exponent is 0, expected a finite number above 0.'],
    [() => swa(1, 0, { from: 1 }), 'swa: from is 1, expected a share of the run of at least 0 and below 1.'],
    [() => warmRestarts(1, 3, { height: 0 }), 'warmRestarts: height is 0, expected a finite number above 0.'],
    [() => exponentialDecay(1, { factor: -1 }), 'exponentialDecay: factor is -1, expected a finite number above 0.'],
  ])('%#', (make, message) => {
    expect(make).toThrow(message);
  });
});

test('they are written in text', () => {
  for (const text of [
    'cosine(1, 0, exponent: 2)',
    'polynomial(1, 0, power: 1, cycle: 100 steps)',
    'exponential-decay(0.1, factor: 0.5, every: 10 steps, end: 0.01)',
    'multi-step(1, milestones: [30, 60, 90])',
    'one-cycle(0.1, back: 0.6, shape: linear)',
    'swa(cosine(0.1, 0), 0.05, over: 100 steps)',
    'warm-restarts(cosine(1, 0), first: 10 steps, factor: 2, height: 0.5)',
  ])
    expect(print(parse(text))).toBe(text);
});
