import { describe, expect, test } from 'vitest';
import { checkSchedule } from 'lehr';
import { lamTarget, linear, modifiedLam, scale, sequence, targetAcceptance, type Control, type LamMemory } from 'lehr/schedules';
import { Block } from '#src/dynamics/block';
import { stream } from '#src/random/rng';
import { lamMemory, lamTargetOf } from '#src/schedules/lam';
import { inBlocks } from './drive.ts';

/** The algorithm of arXiv 1709.02877, figure 1, step by step as printed: rate and temperature after each step. */
function literal(accepted: readonly boolean[]): [rate: number, temperature: number][] {
  const n = accepted.length;
  let temperature = 0.5;
  let rate = 0.5;
  return accepted.map((yes, index) => {
    rate = (499 * rate + (yes ? 1 : 0)) / 500;
    if (rate > lamTarget((index + 1) / n)) temperature = 0.999 * temperature;
    else temperature = temperature / 0.999;
    return [rate, temperature];
  });
}

/** Drives modifiedLam with blocks of n steps; `accept(step)` says whether a step is accepted. Values before each block, and the last memory. */
function fed(steps: number, n: number, accept: (step: number, temperature: number) => boolean) {
  const lam = modifiedLam();
  const blocks = Math.ceil(steps / n);
  const memory: LamMemory = lam.start({ steps, blocks, signal: () => 0 });
  const block = new Block();
  const values: number[] = [];
  const rates: number[] = [];
  for (let k = 0, step = 0; k <= blocks; k++) {
    const temperature = lam.next(memory, { t: Math.min(1, k / (blocks - 1)), step, block: k === 0 ? null : block, controls: {} });
    values.push(temperature);
    rates.push(memory.rate);
    block.clear(Infinity);
    for (; block.steps < n && step < steps; block.steps++, block.proposed++, step++) if (accept(step, temperature)) block.accepted++;
  }
  return { values, rates };
}

describe('the target (T1 of the reading)', () => {
  test.each([
    [0, 1],
    [0.001, 0.9768670788789564],
    [0.002, 0.9546897506857566],
    [0.01, 0.8072615745900611],
    [0.02, 0.6808590431613767],
    [0.075, 0.44 + 0.56 / Math.sqrt(560)],
    [0.15, 0.44],
    [0.4, 0.44],
    [0.65, 0.44],
    [0.825, 0.44 / Math.sqrt(440)],
    [1, 0.001],
  ])('Lam(%d) = %d', (t, value) => {
    expect(Math.abs(lamTarget(t) - value)).toBeLessThan(1e-15);
  });

  test('Lam just below 0.15 is 0.441', () => expect(lamTarget(0.15 * (1 - 1e-12))).toBeCloseTo(0.441, 9));

  test.each([1, 7, 1000, 20_000, 300_000])('step by step, by multiplication, it is the same curve: %d steps', (steps) => {
    const course = lamMemory({ steps }, 1, 1);
    const now = { t: NaN, step: 0, block: null, controls: {} };
    let worst = 0;
    for (now.step = 0; now.step <= steps; now.step++) {
      worst = Math.max(worst, Math.abs(lamTargetOf(course, now) - lamTarget(now.step / steps)));
      // A jump in between is a block of several steps.
      if (now.step % 1000 === 123) now.step += 50;
    }
    expect(worst).toBeLessThan(1e-13);
  });

  test('the incremental form of the later paper is the same curve', () => {
    const n = 20_000;
    const first = Math.exp(-Math.log(560) / (0.15 * n));
    const third = Math.exp(-Math.log(440) / (0.35 * n));
    let term = 0.56;
    let target = 0.44;
    let worst = 0;
    for (let i = 1; i <= n; i++) {
      if (i <= 0.15 * n) target = 0.44 + (term *= first);
      else if (i > 0.65 * n) target *= third;
      else target = 0.44;
      // At i = 0.15 n the two forms are on the two sides of a step of 0.001.
      if (i !== 0.15 * n) worst = Math.max(worst, Math.abs(target - lamTarget(i / n)));
    }
    expect(worst).toBeLessThan(1e-9);
  });
});

describe('Modified Lam in blocks of one step is the published algorithm, bit for bit', () => {
  const random = stream(1, 'lam');
  const streams: [string, readonly boolean[]][] = [
    ['all accepted', Array.from({ length: 3000 }, () => true)],
    ['all rejected', Array.from({ length: 3000 }, () => false)],
    ['in turn', Array.from({ length: 3000 }, (_, i) => i % 2 === 0)],
    ['at random', Array.from({ length: 5000 }, () => random.uniform() < 0.44)],
  ];
  test.each(streams)('%s', (_, accepted) => {
    const { values, rates } = fed(accepted.length, 1, (step) => accepted[step]);
    expect(values.map((value, k) => [rates[k], value])).toEqual([[0.5, 0.5], ...literal(accepted)]);
  });
});

describe('fixed streams by closed form (T4)', () => {
  const n = 4000;
  test.each([1, 7, 50, 100])('all accepted, blocks of %d', (block) => {
    const { values, rates } = fed(n, block, () => true);
    let exponent = 0;
    for (let k = 1; k * block <= n; k++) {
      const rate = 1 - 0.5 * Math.exp(k * block * Math.log(0.998));
      exponent += rate > lamTarget((k * block) / n) ? block : -block;
      expect(Math.abs(rates[k] - rate)).toBeLessThan(1e-12);
      expect(values[k] / (0.5 * Math.exp(exponent * Math.log(0.999)))).toBeCloseTo(1, 9);
    }
  });

  test.each([1, 7, 50, 100])('all rejected, blocks of %d', (block) => {
    const { values, rates } = fed(n, block, () => false);
    for (let k = 1; k * block <= n; k++) {
      const rate = 0.5 * Math.exp(k * block * Math.log(0.998));
      expect(Math.abs(rates[k] - rate)).toBeLessThan(1e-12);
      // At or below the target it heats; only at the very end of a run may the target be lower still.
      const heats = rate <= lamTarget((k * block) / n);
      expect(Math.sign(values[k] - values[k - 1])).toBe(heats ? 1 : -1);
    }
  });
});

test('in turn, blocks of 1: rate and temperature by closed form (T4)', () => {
  const { values, rates } = fed(4000, 1, (step) => step % 2 === 0);
  // Two steps are r → 0.998² r + 0.998 · 0.002, whose fixed point is 0.998 / 1.998.
  const fixed = 0.998 / 1.998;
  let exponent = 0;
  for (let k = 1; k <= 4000; k++) {
    const even = fixed + (0.5 - fixed) * Math.exp((k - (k % 2)) * Math.log(0.998));
    const rate = k % 2 === 0 ? even : 0.998 * even + 0.002;
    expect(Math.abs(rates[k] - rate)).toBeLessThan(1e-12);
    exponent += rate > lamTarget(k / 4000) ? 1 : -1;
    expect(values[k] / (0.5 * Math.exp(exponent * Math.log(0.999)))).toBeCloseTo(1, 9);
  }
});

test('a block of n is n steps of its mean acceptance, in closed form', () => {
  const { values, rates } = fed(5000, 50, (step) => step % 5 === 0);
  let [rate, temperature] = [0.5, 0.5];
  for (let k = 1; k <= 100; k++) {
    for (let i = 0; i < 50; i++) rate = (499 * rate + 0.2) / 500;
    for (let i = 0; i < 50; i++) temperature = rate > lamTarget(k / 100) ? temperature * 0.999 : temperature / 0.999;
    expect(rates[k] / rate).toBeCloseTo(1, 12);
    expect(values[k] / temperature).toBeCloseTo(1, 11);
  }
});

test('blocks of changing length are each as many steps', () => {
  const control = targetAcceptance(0.4, { temperature: 3 });
  const memory = control.start({ steps: 1000, blocks: null, signal: () => 0 });
  const block = new Block();
  control.next(memory, { t: 0, step: 0, block: null, controls: {} });
  let [rate, temperature, step] = [0.5, 3, 0];
  for (const n of [50, 20, 1, 20, 50, 3]) {
    block.steps = block.proposed = n;
    block.accepted = 0;
    step += n;
    for (let i = 0; i < n; i++) rate = (499 * rate) / 500;
    for (let i = 0; i < n; i++) temperature = rate > 0.4 ? temperature * 0.999 : temperature / 0.999;
    expect(control.next(memory, { t: 0, step, block, controls: {} })).toBeCloseTo(temperature, 10);
    expect(memory.rate).toBeCloseTo(rate, 12);
  }
});

test('a rate that is just its target heats, as published', () => {
  for (const n of [1, 2]) {
    const control = targetAcceptance(0.5);
    const memory = control.start({ steps: 1000, blocks: null, signal: () => 0 });
    const block = new Block();
    block.steps = n;
    block.proposed = 2;
    block.accepted = 1;
    expect(control.next(memory, { t: 0, step: n, block, controls: {} })).toBeGreaterThan(0.5);
    expect(memory.rate).toBe(0.5);
  }
});

test('it is never lost at 0 or Infinity', () => {
  for (const [accepted, low, high] of [
    [true, 1e-150, 1e-149],
    [false, 1e149, 1e150],
  ] as const) {
    const lam = modifiedLam();
    const memory = lam.start({ steps: 3_000_000, blocks: 30_000, signal: () => 0 });
    const block = new Block();
    block.steps = block.proposed = 100;
    block.accepted = accepted ? 100 : 0;
    // Half the run: the target is 0.44.
    for (let k = 0; k < 10_000; k++) lam.next(memory, { t: 0.5, step: 1_500_000, block, controls: {} });
    expect(memory.temperature).toBeGreaterThanOrEqual(low);
    expect(memory.temperature).toBeLessThanOrEqual(high);
    block.accepted = 100 - block.accepted;
    for (let k = 0; k < 100; k++) lam.next(memory, { t: 0.5, step: 1_500_000, block, controls: {} });
    expect(Math.abs(Math.log10(memory.temperature))).toBeLessThan(149);
  }
});

describe('targetAcceptance', () => {
  test.each([1, 50])('with the Lam curve read by the steps done it is Modified Lam, bit for bit, blocks of %d', (n) => {
    const random = stream(5, 'lam', n);
    const [lam, any] = [modifiedLam({ temperature: 3 }), targetAcceptance(lamTarget, { temperature: 3 })];
    const run = { steps: 5000, blocks: 5000 / n, signal: () => 0 };
    const [a, b] = [lam.start(run), any.start(run)];
    const block = new Block();
    for (let step = 0; step <= 5000; step += n) {
      const now = { t: step / 5000, step, block: step === 0 ? null : block, controls: {} };
      expect(any.next(b, now)).toBe(lam.next(a, now));
      block.steps = block.proposed = n;
      block.accepted = random.below(n + 1);
    }
  });

  test.each<[string, Control, (t: number) => number]>([
    ['a number', 0.3, () => 0.3],
    ['a curve', linear(0.9, 0.1), (t) => 0.9 - 0.8 * t],
    ['a sequence', sequence([0.5, 0.7], 0.2), (t) => (t < 0.5 ? 0.7 : 0.2)],
    ['the Lam curve, lowered', scale(lamTarget, 0.5), (t) => 0.5 * lamTarget(t)],
  ])('steers an acceptance of T / (1 + T) along %s', (_, target, at) => {
    const random = stream(6, 'lam');
    const control = targetAcceptance(target, { memory: 200, gain: 0.003 });
    const blocks = 5000;
    const memory = control.start({ steps: 100_000, blocks, signal: () => 0 });
    const block = new Block();
    let off = 0;
    for (let k = 0; k < blocks; k++) {
      const temperature = control.next(memory, { t: k / (blocks - 1), step: 20 * k, block: k === 0 ? null : block, controls: {} });
      // A quarter of the run after each start or jump is not looked at.
      if ((k / blocks) % 0.5 > 0.25) off += Math.abs(temperature / (1 + temperature) - at(k / (blocks - 1)));
      block.clear(Infinity);
      block.steps = block.proposed = 20;
      for (let i = 0; i < 20; i++) if (random.uniform() < temperature / (1 + temperature)) block.accepted++;
    }
    // The running rate of 200 steps is right to 0.035; the mean distance of a control that does not follow is 0.2 and more.
    expect(off / (blocks / 2)).toBeLessThan(0.06);
  });

  test('says what it needs and tolerates, and what is wrong', () => {
    const run = { steps: 1000, blocks: null, signal: () => 0 };
    const control = targetAcceptance(0.44, { memory: 40 });
    expect([control.needs, control.maxBlock!(run), control.defaultBlock!(run)]).toEqual([['acceptance'], 8, 4]);
    expect(targetAcceptance(lamTarget).maxBlock!(run)).toBe(modifiedLam().maxBlock!(run));
    expect(targetAcceptance(lamTarget).defaultBlock!(run)).toBe(modifiedLam().defaultBlock!(run));
    expect(targetAcceptance(0.44, { memory: 1 }).maxBlock!(run)).toBe(1);
    checkSchedule(targetAcceptance(linear(1, 0), { temperature: 10, memory: 100, gain: 0.01 }), { low: 1e-150, high: 1e150 });
    checkSchedule(targetAcceptance(sequence([0.5, lamTarget], 0.1)), { low: 1e-150, high: 1e150 });
    for (const [target, options, message] of [
      [1.5, {}, 'target is 1.5, expected a rate of 0 to 1'],
      [0.5, { temperature: 0 }, 'temperature is 0, expected a finite number above 0'],
      [0.5, { memory: 0.5 }, 'memory is 0.5, expected a number of steps of at least 1'],
      [0.5, { gain: 1 }, 'gain is 1, expected a number above 0 and below 1'],
      [0.5, { rate: 1 }, 'unknown option "rate"'],
    ] as const)
      expect(() => targetAcceptance(target, options as never)).toThrow(`targetAcceptance: ${message}`);
    const wild = targetAcceptance(linear(0, 5));
    const memory = wild.start(run);
    expect(() => wild.next(memory, { t: 1, step: 999, block: null, controls: {} })).toThrow(
      'targetAcceptance: its target is 5 at t = 1, step 999, expected a rate of 0 to 1. Maybe clamp(…, 0, 1).',
    );
  });
});

test.each([1, 10, 100])('steers an acceptance of T / (1 + T) along the target, blocks of %d', (block) => {
  const random = stream(2, 'lam', block);
  const steps = 100_000;
  const { rates } = fed(steps, block, (_, temperature) => random.uniform() < temperature / (1 + temperature));
  // The running rate has a standard deviation of 0.022 at 0.44; a run that does not steer is off by 0.2 and more. Mean over 50 000 steps, false alarm < 1e-6.
  const plateau = rates.slice(Math.floor((0.15 * steps) / block), Math.floor((0.65 * steps) / block));
  expect(Math.abs(plateau.reduce((sum, rate) => sum + rate, 0) / plateau.length - 0.44)).toBeLessThan(0.02);
  // At the end it follows the fall, behind by the 500 steps of its memory.
  expect(rates[Math.floor((0.9 * steps) / block)]).toBeLessThan(0.05);
});

test('without known steps it reads t instead of step / steps, at every block', () => {
  const lam = modifiedLam();
  const timed = lam.start({ steps: null, blocks: null, signal: () => 0 });
  const counted = lam.start({ steps: 1000, blocks: 100, signal: () => 0 });
  const random = stream(3, 'lam');
  const block = new Block();
  for (let k = 0; k < 100; k++) {
    block.steps = block.proposed = 10;
    block.accepted = random.below(11);
    const before = k === 0 ? null : block;
    // The clock's t is what the count would have been: the temperatures agree bit for bit, though the steps do not.
    const a = lam.next(timed, { t: k / 100, step: k * 77, block: before, controls: {} });
    expect(a).toBe(lam.next(counted, { t: k / 99, step: k * 10, block: before, controls: {} }));
  }
});

test('says what it needs and tolerates, and so does what is made of it', () => {
  const run = { steps: 1000, blocks: null, signal: () => 0 };
  for (const control of [modifiedLam(), sequence([0.5, modifiedLam()], 1)]) {
    expect(control.needs).toEqual(['acceptance']);
    expect(control.maxBlock!(run)).toBe(100);
    expect(control.defaultBlock!(run)).toBe(50);
  }
  expect(() => modifiedLam({ temperature: 0 })).toThrow('modifiedLam: temperature is 0, expected a finite number above 0.');
});

test('as a phase it reads its own run: the second half is a whole Lam run of half the length', () => {
  const course = inBlocks(100);
  const half = sequence([0.5, 3], modifiedLam());
  const alone = modifiedLam();
  const inPhase = half.start({ ...course.run, signal: () => 0 });
  const own = alone.start({ steps: 500, blocks: 50, signal: () => 0 });
  const random = stream(4, 'lam');
  const block = new Block();
  for (const [k, [t, step]] of course.moments.entries()) {
    block.steps = block.proposed = 10;
    block.accepted = random.below(11);
    const value = half.next(inPhase, { t, step, block: k === 0 ? null : block, controls: {} });
    const local = { t: (k - 50) / 49, step: (k - 50) * 10, block: k === 50 ? null : block, controls: {} };
    expect(value).toBe(k < 50 ? 3 : alone.next(own, local));
  }
});
