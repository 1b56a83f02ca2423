import { describe, expect, test } from 'vitest';
import { anneal, Block, checkSchedule, metropolis, stream, type Problem } from 'lehr';
import { lamTarget, modifiedLam, selfTuningLam, type Control, type SelfTuningLamMemory } from 'lehr/schedules';
import { ring } from '../dynamics/ising.ts';

const NAMES = ['meanChange', 'uphill', 'level', 'downhill'];
const zeta = (rate: number): number => -1 / Math.log(0.001 / (1.001 - rate));

/** One proposal: its energy change, and whether it would be accepted after the tuning phase. */
type Proposal = readonly [delta: number, accepted: boolean];

/** A block of these proposals, as a dynamics tells of it; in a random walk all possible ones are accepted. */
function told(proposals: readonly Proposal[], walking: boolean): Block {
  const block = new Block(NAMES.length);
  const changes = proposals.map(([delta]) => delta).filter((delta) => delta !== 0 && delta !== Infinity);
  block.steps = block.proposed = proposals.length;
  block.accepted = proposals.filter(([delta, accepted]) => (walking ? delta !== Infinity : accepted)).length;
  block.signals.set([
    changes.length === 0 ? NaN : changes.reduce((sum, delta) => sum + Math.abs(delta), 0) / changes.length,
    changes.filter((delta) => delta > 0).length,
    proposals.filter(([delta]) => delta === 0).length,
    changes.filter((delta) => delta < 0).length,
  ]);
  return block;
}

/** Temperatures before each block and after the last, and the memory then. */
function driven(proposals: readonly Proposal[], n = 1, upTo = proposals.length) {
  const lam = selfTuningLam();
  const steps = proposals.length;
  const blocks = Math.ceil(steps / n);
  const memory = lam.start({ steps, blocks, signal: (name) => NAMES.indexOf(name) });
  const values: number[] = [];
  let block: Block | null = null;
  for (let step = 0; step <= upTo; step += n) {
    const t = Math.min(1, Math.floor(step / n) / (blocks - 1));
    values.push(lam.next(memory, { t, step, block, controls: {} }));
    block = told(proposals.slice(step, step + n), values.at(-1) === Infinity);
  }
  return { values, memory: memory as SelfTuningLamMemory };
}

/** Algorithms 3 to 7 of the paper, step by step: the temperature of each step, the one after the last, and α and β. */
function literal(proposals: readonly Proposal[]) {
  const N = proposals.length;
  const long = N >= 10_000;
  const L = long ? [0.9768670788789564, 0.9546897506857566] : [0.8072615745900611, 0.6808590431613767];
  let M = N < 100 ? 0 : Math.floor(N / (long ? 1000 : 100));
  let temperature = 0.5;
  let beta = 0.9;
  let rate = L[0];
  const alpha = Math.min(2 / (0.01 * N + 1), 0.2);
  const temperatures: number[] = [];
  let [sum, k, d] = [0, 0, 0];
  for (let i = 1; i <= N; i++) {
    const [delta, accepted] = proposals[i - 1];
    if (i <= M) {
      temperatures.push(Infinity);
      if (delta !== 0) [sum, k] = [sum + Math.abs(delta), k + 1];
      if (delta <= 0) d++;
      if (i < M) continue;
      const dC = k === 0 ? 1 : sum / k;
      const g = d === M ? d / (1 + M) : d / M;
      if (g < L[0]) {
        const first = Math.log((L[0] - g) / (1 - g));
        temperature = -dC / first;
        const ratio = g < L[1] ? first / Math.log((L[1] - g) / (1 - g)) : -zeta(L[1]) * first;
        beta = ratio ** (1 / M);
      } else {
        temperature = dC * zeta(L[0]);
        beta = (zeta(L[1]) / zeta(L[0])) ** (1 / M);
      }
      continue;
    }
    temperatures.push(temperature);
    rate = (1 - alpha) * rate + (accepted ? alpha : 0);
    temperature = rate > lamTarget(i / N) ? temperature * beta : temperature / beta;
  }
  return { temperatures: [...temperatures, temperature], alpha, beta, rate };
}

/** N proposals whose first M are `down` of ΔE = −3, `level` of 0 and the rest of +5, and whose acceptance then is random. */
function proposals(N: number, M: number, down: number, level: number): Proposal[] {
  const random = stream('self-tuning', N, down, level);
  return Array.from({ length: N }, (_, i) => {
    const delta = i < down ? -3 : i < down + level ? 0 : i < M ? 5 : random.uniform() - 0.5;
    return [delta, random.uniform() < lamTarget(i / N)] as const;
  });
}

test.each([
  [100_000, 0.001, 0.002],
  [2000, 0.01, 0.02],
])('the constants are those of the Lam curve (T1): %d steps', (N, end, twice) => {
  const M = N * end;
  // Nothing but level moves, so a mean change of 1: T₀ is ζ itself, and β^M the ratio of two.
  const { memory } = driven(proposals(N, M, 0, M), 1, M);
  expect(Math.abs(memory.rate - lamTarget(end))).toBeLessThan(1e-15);
  expect(Math.abs(memory.temperature - zeta(lamTarget(end)))).toBeLessThan(1e-15);
  expect(Math.abs(memory.feedback!.factor ** M - zeta(lamTarget(twice)) / zeta(lamTarget(end)))).toBeLessThan(1e-14);
});

describe('blocks of one step are the published algorithm (T4, T5)', () => {
  // N, M, and how many of the first M proposals go down and stay level: the share with ΔE ≤ 0 decides the branch.
  test.each([
    ['N ≥ 10 000, g < L(.002)', 20_000, 20, 6, 3],
    ['N ≥ 10 000, no proposal goes down', 20_000, 20, 0, 0],
    ['N ≥ 10 000, L(.002) ≤ g < L(.001)', 100_000, 100, 90, 6],
    ['N ≥ 10 000, g ≥ L(.001)', 100_000, 100, 90, 9],
    ['N ≥ 10 000, all go down', 100_000, 100, 100, 0],
    ['N ≥ 10 000, all go down, and few they are', 10_000, 10, 10, 0],
    ['N ≥ 10 000, all stay level', 100_000, 100, 0, 100],
    ['N < 10 000, g < L(.02)', 2000, 20, 5, 5],
    ['N < 10 000, L(.02) ≤ g < L(.01)', 2000, 20, 5, 10],
    ['N < 10 000, g ≥ L(.01)', 2000, 20, 8, 9],
    ['N < 10 000, all go down', 2000, 20, 20, 0],
    ['N is no multiple of 100', 5799, 57, 11, 7],
    ['N = 100, one step of tuning', 100, 1, 0, 0],
    ['N < 100: no tuning', 99, 0, 0, 0],
    ['N = 1', 1, 0, 0, 0],
  ])('%s', (_, N, M, down, level) => {
    const given = proposals(N, M, down, level);
    const { values, memory } = driven(given);
    const { temperatures, alpha, beta, rate } = literal(given);
    expect(values.filter((value) => value === Infinity)).toHaveLength(M);
    expect(memory.feedback!.give).toBe(alpha);
    expect(memory.feedback!.factor / beta - 1).toBeCloseTo(0, 13);
    expect(beta).toBeLessThan(1);
    expect(memory.rate).toBe(rate);
    // β is the M-th root in another arithmetic; its powers part by rounding only.
    const apart = values.map((value, i) => (value === temperatures[i] ? 0 : Math.abs(value / temperatures[i] - 1)));
    expect(Math.max(...apart.slice(0, 50_000), ...apart.slice(50_000))).toBeLessThan(1e-9);
  });

  test('all accepted, all rejected: rate and temperature by closed form', () => {
    const [N, M] = [20_000, 20];
    for (const accepted of [true, false]) {
      const { values, memory } = driven(proposals(N, M, 4, 2).map(([delta]) => [delta, accepted] as const));
      const { give: alpha, factor: beta } = memory.feedback!;
      const start = lamTarget(0.001);
      let exponent = 0;
      let worst = 0;
      for (let i = M + 1; i <= 5000; i++) {
        const decay = Math.exp((i - M) * Math.log(1 - alpha));
        const rate = accepted ? 1 - (1 - start) * decay : start * decay;
        exponent += rate > lamTarget(i / N) ? 1 : -1;
        const expected = Math.min(Math.max(values[M] * Math.exp(exponent * Math.log(beta)), 1e-150), 1e150);
        // All rejected, it heats from the first step on; all accepted, it cools.
        expect(Math.sign(exponent)).toBe(accepted ? 1 : -1);
        worst = Math.max(worst, Math.abs(values[i] / expected - 1));
      }
      expect(worst).toBeLessThan(1e-9);
    }
  });
});

test.each([1, 2, 5, 10])('blocks of %d learn the same, and end the tuning phase at the same step', (n) => {
  const given = proposals(20_000, 20, 6, 3);
  const [one, many] = [driven(given, 1, 20), driven(given, n, 20)];
  expect(many.values.filter((value) => value === Infinity)).toHaveLength(20 / n);
  expect(many.values.at(-1)! / one.values.at(-1)!).toBeCloseTo(1, 14);
  expect(many.memory.feedback!.factor).toBe(one.memory.feedback!.factor);
});

test('a block across the end of the tuning phase is tuned with as a whole', () => {
  const given = proposals(20_000, 24, 8, 4);
  const { values, memory } = driven(given, 8, 24);
  expect(values.slice(0, 3)).toEqual([Infinity, Infinity, Infinity]);
  const g = 12 / 24;
  expect(values[3]).toBeCloseTo(-(8 * 3 + 12 * 5) / 20 / Math.log((lamTarget(0.001) - g) / (1 - g)), 12);
  expect(memory.tuning).toBe(24);
});

test('impossible proposals count as none', () => {
  const given = proposals(20_000, 10, 4, 2);
  const mixed = given.slice(0, 10).flatMap((one) => [one, [Infinity, false] as const]);
  const [with_, without] = [
    driven([...mixed, ...given.slice(20)], 1, 20),
    driven([...given.slice(0, 10), ...given.slice(0, 10), ...given.slice(20)], 1, 20),
  ];
  expect(with_.values.at(-1)).toBeCloseTo(without.values.at(-1)!, 14);
  const none = driven([...Array.from({ length: 20 }, () => [Infinity, false] as const), ...given.slice(20)], 1, 20);
  expect(none.values.at(-1)).toBeCloseTo(-1 / Math.log(lamTarget(0.001)), 14);
});

test('where the published β would heat, the next branch is taken', () => {
  // 67 of 83 proposals: 0.00004 below L(.01). The published ratio is 1.46.
  const [N, M] = [8300, 83];
  const given = proposals(N, M, 60, 7);
  expect(literal(given).beta).toBeGreaterThan(1);
  const { memory, values } = driven(given, 1, M);
  expect(memory.feedback!.factor ** M).toBeCloseTo(zeta(lamTarget(0.02)) / zeta(lamTarget(0.01)), 12);
  expect(values[M]).toBeCloseTo(((60 * 3 + 16 * 5) / 76) * zeta(lamTarget(0.01)), 12);
});

/** Spins whose energy is scaled, and which write down each decision. */
function decisions(temperature: Control, steps: number, scale: number): Uint8Array {
  const made = new Uint8Array(steps);
  let step = 0;
  const inner = ring(
    256,
    (i) => scale * (1 + (i % 5) / 8),
    (i) => scale * ((i % 3) / 4 - 0.2),
  );
  const problem: Problem<any> = {
    ...inner,
    accept(state) {
      made[step++] = 1;
      inner.accept(state);
    },
    reject() {
      step++;
    },
  };
  anneal({ dynamics: metropolis(problem), controls: { temperature }, budget: { steps }, seed: 5 });
  return made;
}

describe.each([1e3, 1e4, 1e5])('energies in another unit, %d steps', (steps) => {
  test('change no decision: 1024 times the energy is 1024 times the temperature', () => {
    const [one, scaled] = [decisions(selfTuningLam(), steps, 1), decisions(selfTuningLam(), steps, 1024)];
    expect(Buffer.compare(one, scaled)).toBe(0);
    expect(one.reduce((sum, yes) => sum + yes, 0)).toBeGreaterThan(0.2 * steps);
  });

  test('change those of Modified Lam', () => {
    expect(Buffer.compare(decisions(modifiedLam(), steps, 1), decisions(modifiedLam(), steps, 1024))).not.toBe(0);
  });
});

describe('where the length of the run is not known', () => {
  const controller = selfTuningLam();
  const start = () => controller.start({ steps: null, blocks: null, signal: (name) => NAMES.indexOf(name) });
  const given = proposals(20_000, 20_000, 6000, 3000);
  const shuffled = given.map((_, i) => given[(i * 7919) % given.length]);

  test('it tunes until t = 0.001 and takes the pace so far for the rest', () => {
    const memory = start();
    const next = (t: number, step: number, n: number) =>
      controller.next(memory, { t, step, block: step === 0 ? null : told(shuffled.slice(step - n, step), true), controls: {} });
    expect([next(0, 0, 0), next(0, 50, 50), next(0.0004, 100, 50)]).toEqual([Infinity, Infinity, Infinity]);
    const value = next(0.002, 150, 50);
    // 150 steps at t = 0.002 make a run of 75 000.
    const first = shuffled.slice(0, 150);
    const g = first.filter(([delta]) => delta <= 0).length / 150;
    const mean = first.reduce((sum, [delta]) => sum + Math.abs(delta), 0) / first.filter(([delta]) => delta !== 0).length;
    const log = (x: number) => Math.log((lamTarget(x) - g) / (1 - g));
    expect(value).toBeCloseTo(-mean / log(0.001), 12);
    expect(memory.feedback!.give).toBe(2 / 751);
    expect(memory.feedback!.factor ** 150).toBeCloseTo(log(0.001) / log(0.002), 12);
    // From there on the target is read at t.
    memory.rate = lamTarget(0.3) + 1e-6;
    const before = memory.temperature;
    const told1 = told([[1, true]], false);
    expect(controller.next(memory, { t: 0.3, step: 151, block: told1, controls: {} })).toBe(before * memory.feedback!.factor);
  });

  test('with few steps it tunes until t = 0.01, and with very few not at all', () => {
    const memory = start();
    controller.next(memory, { t: 0, step: 0, block: null, controls: {} });
    expect(controller.next(memory, { t: 0.002, step: 4, block: told(shuffled.slice(0, 4), true), controls: {} })).toBe(Infinity);
    expect(controller.next(memory, { t: 0.011, step: 22, block: told(shuffled.slice(4, 22), true), controls: {} })).toBeLessThan(100);
    expect(memory.feedback!.give).toBe(2 / (0.01 * (22 / 0.011) + 1));
    const slow = start();
    controller.next(slow, { t: 0, step: 0, block: null, controls: {} });
    expect(controller.next(slow, { t: 0.5, step: 1, block: told(shuffled.slice(0, 1), true), controls: {} })).toBe(0.5);
    expect(slow.feedback).toEqual({ keep: 0.8, give: 0.2, over: 1, factor: 0.9 });
  });
});

test('says what it needs, wants and tolerates', () => {
  const lam = selfTuningLam();
  expect(lam.needs).toEqual(['acceptance', ...NAMES]);
  const run = (steps: number | null) => ({ steps, blocks: null, signal: (name: string) => NAMES.indexOf(name) });
  expect([50, 1000, 10_000, 1e6, null].map((steps) => lam.maxBlock!(run(steps)))).toEqual([1, 5, 5, 500, 100]);
  expect([50, 1000, 10_000, 1e6, null].map((steps) => lam.defaultBlock!(run(steps)))).toEqual([1, 2, 2, 200, 50]);
  const { memory } = driven(proposals(20_000, 20, 6, 3), 1, 19);
  expect(lam.wants!(memory)).toEqual(NAMES);
  expect(lam.wants!(driven(proposals(20_000, 20, 6, 3), 1, 20).memory)).toEqual([]);
  checkSchedule(lam, { low: 0 });
  checkSchedule(lam, { steps: 1e6, blocks: 2000, low: 1e-150 });
  checkSchedule(lam, { steps: 50, blocks: 50, low: 1e-150 });
});
