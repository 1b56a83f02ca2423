import { describe, expect, test } from 'vitest';
import { lamTarget, modifiedLam, sequence, type LamMemory } from 'lehr/schedules';
import { Block } from '#src/dynamics/block';
import { stream } from '#src/random/rng';
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
