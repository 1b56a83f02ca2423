import { anneal, Block, Chain, checkProblem, metropolis, Rng, stream } from 'lehr';
import {
  completionTimes,
  generateWt,
  generateWtsds,
  readWt,
  readWtsds,
  tardiness,
  weightedTardiness,
  type MoveSet,
} from 'lehr/problems/scheduling';
import { exponential } from 'lehr/schedules';
import { idleJobs, prepare } from '#problems/scheduling/machine';
import { harmonicLengths, noteInsertion, noteMove } from '#problems/scheduling/moves';
import { newState } from '#problems/scheduling/sequence';
import { describe, expect, it } from 'vitest';
import { bruteForce, leastOfPartials, leastOfSets, random, setupsTakenIn } from './instances.ts';

const WTSDS = { tau: '0.6', range: '0.25', eta: '0.75', beta: '0.3' };
const WT = { tardiness: '0.6', range: '0.4', count: '1' };

describe('the objective', () => {
  it('by hand', () => {
    // 0 before 1 costs 2 · (1 + 3 + 4 + 5 − 8); 1 before 0: 1 is in time, 0 costs 5 · (2 + 5 + 6 + 3 − 1).
    const setups = Int32Array.of(0, 4, 6, 0, 1, 2);
    const instance = { name: 'two', n: 2, processing: Int32Array.of(3, 5), weights: Int32Array.of(5, 2), due: Int32Array.of(1, 8), setups };
    expect([...completionTimes(instance, [0, 1])]).toEqual([4, 13]);
    expect(weightedTardiness(instance, [0, 1])).toBe(5 * 3 + 2 * 5);
    expect([...completionTimes(instance, [1, 0])]).toEqual([7, 16]);
    expect(weightedTardiness(instance, [1, 0])).toBe(5 * 15);
    const { setups: _, ...plain } = instance;
    expect(weightedTardiness(plain, [0, 1])).toBe(5 * 2);
  });

  it('does not change when the least setup of each job is taken into its processing', () => {
    const instance = readWtsds(generateWtsds(30, WTSDS, stream(1)), 'x');
    const other = setupsTakenIn(instance);
    expect(other.processing).not.toEqual(instance.processing);
    const rng = stream(2);
    const order = Array.from({ length: 30 }, (_, j) => j);
    for (let k = 0; k < 1000; k++) {
      const [i, j] = [rng.below(30), rng.below(30)];
      [order[i], order[j]] = [order[j], order[i]];
      expect(weightedTardiness(other, order)).toBe(weightedTardiness(instance, order));
    }
  });
});

describe.each([
  ['with setups', true],
  ['without setups', false],
])('%s', (_title, setups) => {
  const sets: readonly MoveSet[] = ['all', 'insertion'];

  it.each(sets)(
    'moves %s: every change equals the full energy, and the kernel the generic one draw for draw, from 1 to 70 jobs',
    (moves) => {
      for (const n of [1, 2, 3, 4, 5, 8, 13, 70]) {
        for (const start of ['rule', 'random'] as const) {
          expect(() => checkProblem(tardiness(random(n, setups, n), { moves, start }), { moves: 300 })).not.toThrow();
        }
      }
    },
  );

  it('the same where all jobs are late, all are in time, and all numbers are 0', () => {
    const instance = random(20, setups, 1);
    for (const spoilt of [
      { ...instance, due: new Int32Array(20) },
      { ...instance, due: new Int32Array(20).fill(-50) },
      { ...instance, due: new Int32Array(20).fill(1_000_000) },
      { ...instance, weights: new Int32Array(20) },
      { ...instance, processing: new Int32Array(20) },
    ]) {
      expect(() => checkProblem(tardiness(spoilt, { start: 'random' }), { moves: 300 })).not.toThrow();
    }
  });

  it.each([
    ['insertion', 49],
    ['all', 210],
  ] as const)('n = 8, moves %s: each of the %i moves there are changes the energy as the full evaluation says', (moves, count) => {
    // No job of weight 0, so that the state's order is the whole sequence.
    const drawn = random(8, setups, 1);
    const instance = { ...drawn, weights: drawn.weights.map((w) => w + 1) };
    const problem = tardiness(instance, { moves, start: 'random' });
    const state = problem.init(stream(1));
    const before = [...problem.order(state)];
    const energy = weightedTardiness(instance, before);
    const seen = new Set<string>();
    const rng = stream(2);
    for (let k = 0; k < 30_000; k++) {
      const replay = rng.save();
      const delta = problem.propose(state, rng);
      const { first, middle, second, last } = state;
      if (delta === Infinity || seen.size === seen.add([first, middle, second, last].join()).size) continue;
      const expected = [
        ...before.slice(0, first - 1),
        ...before.slice(second - 1, last),
        ...before.slice(middle - 1, second - 1),
        ...before.slice(first - 1, middle - 1),
        ...before.slice(last),
      ];
      const full = weightedTardiness(instance, expected);
      expect(delta).toBe(full - energy);
      const moved = structuredClone(state);
      problem.accept(moved);
      expect([...problem.order(moved)]).toEqual(expected);
      expect([problem.energy(moved), moved.tardiness[8], moved.completion[8]]).toEqual([
        full,
        full,
        completionTimes(instance, expected)[7],
      ]);
      // The kernel's own change of the same move: at an infinite temperature every move is made.
      const chain = new Chain(structuredClone(state), energy, structuredClone(state), energy, false, false);
      problem.sweep!(chain, Infinity, 1, Rng.load(replay), new Block());
      expect(chain.energy).toBe(full);
      expect([...problem.order(chain.state)]).toEqual(expected);
    }
    expect(seen.size).toBe(count);
  });

  it('an insertion takes a job from one place to any other', () => {
    const problem = tardiness({ ...random(8, setups, 9), weights: new Int32Array(8).fill(1) }, { start: 'random' });
    const start = problem.init(stream(1));
    const before = [...problem.order(start)];
    for (let from = 0; from < 8; from++) {
      for (let to = 0; to < 7; to++) {
        const state = structuredClone(start);
        noteInsertion(state, from, to);
        problem.accept(state);
        const others = before.filter((_, k) => k !== from);
        const place = to < from ? to : to + 1;
        expect([...problem.order(state)]).toEqual([...others.slice(0, place), before[from], ...others.slice(place)]);
      }
    }
  });

  it('finds the optimum that enumeration finds, for up to 8 jobs', () => {
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const instance = random(n, setups, 20 + n);
      const outcome = anneal({
        dynamics: metropolis(tardiness(instance)),
        controls: { temperature: exponential(200, 1) },
        budget: { steps: 20_000 },
        seed: 1,
      });
      expect(outcome.energy).toBe(bruteForce(instance));
      expect((setups ? leastOfPartials : leastOfSets)(instance)).toBe(outcome.energy);
    }
  });

  it('jobs of weight 0 that go last: some optimum has them there', () => {
    let left = 0;
    for (let seed = 1; seed <= 30; seed++) {
      const drawn = random(7, setups, seed);
      const instance = { ...drawn, weights: drawn.weights.map((w) => (w === 3 ? 0 : w)) };
      const idle = new Set(idleJobs(instance));
      for (const job of idle) expect(instance.weights[job]).toBe(0);
      left += idle.size;
      const stay = Array.from({ length: 7 }, (_, j) => j).filter((j) => !idle.has(j));
      const less = {
        ...instance,
        n: stay.length,
        processing: Int32Array.from(stay, (j) => instance.processing[j]),
        weights: Int32Array.from(stay, (j) => instance.weights[j]),
        due: Int32Array.from(stay, (j) => instance.due[j]),
        ...(instance.setups === undefined
          ? {}
          : { setups: Int32Array.from([...stay, 7].flatMap((i) => stay.map((j) => instance.setups![i * 7 + j]))) }),
      };
      expect(bruteForce(less)).toBe(bruteForce(instance));
      const problem = tardiness(instance);
      expect(problem.size).toBe(stay.length);
      const state = problem.init(stream(seed));
      const order = problem.order(state);
      expect([...order].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
      expect([...order.subarray(stay.length)]).toEqual([...idle]);
      expect(weightedTardiness(instance, order)).toBe(problem.energy(state));
    }
    expect(left).toBeGreaterThan(20);
  });
});

it('a job of weight 0 that saves setup time between two others is not left out', () => {
  // From 1 to 2 takes 100, through 0 only 1 + 1 + 1.
  const setups = Int32Array.from([0, 1, 1, 1, 0, 100, 1, 100, 0, 0, 0, 0]);
  const instance = { name: 'x', n: 3, processing: Int32Array.of(1, 1, 1), weights: Int32Array.of(0, 1, 1), due: new Int32Array(3), setups };
  expect([...idleJobs(instance)]).toEqual([]);
  expect(tardiness(instance).size).toBe(3);
  expect(bruteForce(instance)).toBe(1 + 5);
  setups[1 * 3 + 2] = setups[2 * 3 + 1] = 3;
  expect([...idleJobs(instance)]).toEqual([0]);
});

describe('moves', () => {
  const lengths = harmonicLengths(60);

  it('have lengths of probability 1 / k', () => {
    const counts = new Float64Array(61);
    for (const length of lengths) counts[length]++;
    let total = 0;
    for (let k = 1; k < 60; k++) total += 1 / k;
    expect([counts[0], counts[60]]).toEqual([0, 0]);
    for (let k = 1; k < 60; k++) expect(Math.abs(counts[k] - 1024 / (k * total))).toBeLessThanOrEqual(1);
    expect([...harmonicLengths(2)].every((length) => length === 1)).toBe(true);
  });

  it('and their inverses are equally likely', () => {
    const machine = prepare({ ...random(12, false, 1), weights: new Int32Array(12).fill(1) });
    const state = newState(
      machine,
      Array.from({ length: 12 }, (_, j) => j),
    );
    const moves = { machine, insertion: false, swaps: 102, insertions: 128, lengths: harmonicLengths(12) };
    const counts = new Map<string, number>();
    const rng = stream(3);
    let sound = true;
    for (let k = 0; k < 500_000; k++) {
      if (!noteMove(moves, state, rng.uint32(), rng.uint32())) continue;
      const { first, middle, second, last } = state;
      sound &&= first >= 1 && middle > first && second >= middle && last >= second && last <= 12;
      const key = [first, middle - first, second - middle, last - second + 1].join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(sound).toBe(true);
    let chi = 0;
    let pairs = 0;
    for (const [key, count] of counts) {
      const [first, one, between, other] = key.split(',').map(Number);
      if (one >= other) continue;
      const inverse = counts.get([first, other, between, one].join()) ?? 0;
      if (count + inverse < 20) continue;
      chi += (count - inverse) ** 2 / (count + inverse);
      pairs++;
    }
    expect(pairs).toBeGreaterThan(200);
    // Chi-square of that many degrees of freedom: mean pairs, variance 2 pairs; beyond 4 standard deviations less than once in 10,000, and the seed is fixed.
    expect(Math.abs(chi - pairs)).toBeLessThan(4 * Math.sqrt(2 * pairs));
  });
});

describe('the start', () => {
  it('by rule is better than a random one, and the same for every stream', () => {
    for (const instance of [readWtsds(generateWtsds(60, WTSDS, stream(1)), 'x'), readWt(generateWt(100, WT, stream(1)), 'x')[0]]) {
      const energy = (start: 'rule' | 'random', seed: number): number => {
        const problem = tardiness(instance, { start });
        return problem.energy(problem.init(stream(seed)));
      };
      expect(energy('rule', 1)).toBe(energy('rule', 2));
      expect(energy('random', 1)).not.toBe(energy('random', 2));
      expect(energy('rule', 1)).toBeLessThan(0.5 * energy('random', 1));
    }
  });

  it('is a given sequence, but for jobs that can go last', () => {
    const drawn = random(9, true, 5);
    const instance = { ...drawn, weights: Int32Array.of(1, 1, 1, 1, 0, 1, 1, 1, 1), processing: drawn.processing.map((p) => p + 100) };
    const start = [8, 6, 4, 2, 0, 1, 3, 5, 7];
    const problem = tardiness(instance, { start });
    expect([...problem.order(problem.init(stream(1)))]).toEqual([8, 6, 2, 0, 1, 3, 5, 7, 4]);
    expect(() => tardiness(instance, { start: [1, 2] })).toThrow('the sequence has 2 of 9 jobs, job 1 is missing');
  });
});

it.each([
  [{ move: 'all' }, 'tardiness: unknown option "move", expected moves or start. Maybe moves?'],
  [{ moves: 'swap' }, `tardiness: moves is "swap", expected 'insertion' or 'all'.`],
  [{ start: 'rand' }, `tardiness: start is "rand", expected 'random', 'rule' or a sequence of jobs.`],
])('refuses %j', (options, message) => {
  expect(() => tardiness(random(3, true, 1), options as object)).toThrow(message);
});

it('refuses numbers that do not add up exactly', () => {
  const many = new Int32Array(3000).fill(1_000_000_000);
  const instance = { name: 'huge', n: 3000, processing: many, weights: many, due: new Int32Array(3000) };
  expect(() => tardiness(instance)).toThrow('huge: the total weighted tardiness may reach 9e+24, expected at most 2^51.');
});
