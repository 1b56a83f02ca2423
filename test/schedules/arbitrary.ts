import * as fc from 'fast-check';
import {
  adaptiveReheat,
  clamp,
  constant,
  cosine,
  cyclical,
  exponential,
  exponentialDecay,
  huang,
  inverseSquareRoot,
  inverseTime,
  lamTarget,
  linear,
  logarithmic,
  modifiedLam,
  multiStep,
  offset,
  oneCycle,
  piecewise,
  polynomial,
  reduceOnPlateau,
  reheat,
  robbinsMonro,
  scale,
  selfTuningLam,
  sequence,
  step,
  swa,
  table,
  targetAcceptance,
  warmRestarts,
  warmup,
  type Control,
  type Length,
} from 'lehr/schedules';

const value = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e200, max: 1e200 });
const above0 = fc.double({ noNaN: true, min: 1e-200, max: 1e200 });
const share = fc.double({ noNaN: true, min: 0.001, max: 0.999 });
const steps = fc.integer({ min: 1, max: 1e9 }).map((count) => ({ steps: count }));
const length: fc.Arbitrary<Length> = fc.oneof(share, steps);
const factor = fc.double({ noNaN: true, min: 1.001, max: 10 });

/** Lengths of at most a fifth of a run each, so that four of them leave a rest. */
const shortLength: fc.Arbitrary<Length> = fc.oneof(fc.double({ noNaN: true, min: 0.001, max: 0.2 }), steps);

/** Any control that the catalogue can build, nested a few levels deep. */
export const { control } = fc.letrec<{ control: Control }>((tie) => ({
  control: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    value,
    value.map(constant),
    fc.tuple(value, value).map(([a, b]) => linear(a, b)),
    fc.tuple(above0, above0).map(([a, b]) => exponential(a, b)),
    fc.tuple(value, value).map(([a, b]) => cosine(a, b)),
    fc.tuple(value, value, above0).map(([a, b, power]) => polynomial(a, b, { power })),
    fc.tuple(value, value, fc.constantFrom(0.5, 2, 3)).map(([a, b, exponent]) => cosine(a, b, { exponent })),
    fc.tuple(value, value, length).map(([a, b, cycle]) => polynomial(a, b, { power: 1.5, cycle })),
    fc.tuple(value, share, length).map(([a, by, every]) => exponentialDecay(a, { factor: by, every })),
    fc.tuple(value, share, share).map(([a, by, end]) => exponentialDecay(a, { factor: by, every: 0.1, end })),
    fc
      .tuple(value, share, fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 4 }), fc.boolean())
      .map(([a, by, places, shares]) => {
        const sorted = places.sort((one, other) => one - other);
        return multiStep(a, { factor: by, ...(shares ? { at: sorted.map((each) => each / 100) } : { milestones: sorted }) });
      }),
    fc
      .tuple(value, share, fc.boolean(), fc.constantFrom('cosine' as const, 'linear' as const))
      .map(([peak, rise, three, shape]) => oneCycle(peak, { rise, shape, ...(three ? { back: (rise + 1) / 2 } : {}) })),
    fc
      .tuple(value, above0, length, fc.constantFrom('smooth' as const, 'staircase' as const))
      .map(([a, rate, every, shape]) => inverseTime(a, { rate, every, shape })),
    fc.tuple(value, above0).map(([a, delay]) => inverseSquareRoot(a, { delay })),
    above0.map(logarithmic),
    fc.tuple(value, above0, fc.constantFrom(0.6, 0.7, 1)).map(([a, delay, power]) => robbinsMonro(a, { delay, power })),
    fc.tuple(value, above0, length).map(([a, by, every]) => step(a, { factor: by, every })),
    fc.tuple(share, value, value).map(([one, a, b]) => piecewise([one, a], b)),
    fc.array(value, { minLength: 1, maxLength: 5 }).map(table),
    fc
      .tuple(
        value,
        value,
        length,
        share,
        fc.constantFrom('triangular' as const, 'triangular2' as const, 'expRange' as const),
        fc.constantFrom(1, 0.99),
      )
      .map(([a, b, period, rise, shape, gamma]) => cyclical(a, b, { period, rise, shape, gamma })),
    above0.map((temperature) => modifiedLam({ temperature })),
    fc.constant(0).map(() => selfTuningLam()),
    fc
      .tuple(
        fc.oneof(
          share,
          fc.constant(lamTarget),
          fc.tuple(share, share).map(([a, b]) => linear(a, b)),
        ),
        above0,
        share,
      )
      .map(([target, temperature, gain]) => targetAcceptance(target, { temperature, gain, memory: 1 + 1000 * gain })),
    fc
      .tuple(length, share, share, fc.double({ noNaN: true, min: 0.01, max: 10 }))
      .map(([stay, least, acceptance, lambda]) => huang({ stay, least, acceptance, lambda })),
    fc.tuple(tie('control'), length, factor).map(([one, patience, by]) => adaptiveReheat(one, { patience, factor: by })),
    fc
      .tuple(
        tie('control'),
        fc.constantFrom('energy', 'best', 'acceptance', 'noise', 'gap'),
        fc.constantFrom('min' as const, 'max' as const),
        fc.constantFrom('rel' as const, 'abs' as const),
        share,
        fc.integer({ min: 0, max: 9 }),
        value,
      )
      .map(([one, signal, mode, thresholdMode, by, patience, min]) =>
        reduceOnPlateau(one, { signal, mode, thresholdMode, factor: by, threshold: by, patience, cooldown: patience, min }),
      ),
    fc
      .tuple(fc.array(fc.tuple(shortLength, tie('control')), { minLength: 1, maxLength: 4 }), tie('control'))
      .map(([phases, last]) => sequence(...phases, last)),
    fc.tuple(length, tie('control')).map(([over, next]) => warmup(over, next)),
    fc
      .tuple(tie('control'), fc.integer({ min: 1, max: 20 }), factor)
      .map(([curve, cycles, grow]) => warmRestarts(curve, cycles, { factor: grow })),
    fc.tuple(tie('control'), length, factor).map(([curve, first, grow]) => warmRestarts(curve, { first, factor: grow })),
    fc.tuple(tie('control'), length, factor).map(([one, every, by]) => reheat(one, { every, factor: by })),
    fc
      .tuple(tie('control'), fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 4 }), factor)
      .map(([one, at, by]) => reheat(one, { at: at.sort((a, b) => a - b).map((percent) => percent / 100), factor: by })),
    fc.tuple(tie('control'), share).map(([curve, height]) => warmRestarts(curve, 5, { factor: 1.5, height })),
    fc
      .tuple(tie('control'), value, share, length, fc.constantFrom('cosine' as const, 'linear' as const))
      .map(([one, held, from, over, shape]) => swa(one, held, { from, over, shape })),
    fc.tuple(tie('control'), value).map(([one, by]) => scale(one, by)),
    fc.tuple(tie('control'), value).map(([one, by]) => offset(one, by)),
    fc.tuple(tie('control'), value, above0).map(([one, low, more]) => clamp(one, low, low + more)),
  ),
}));
