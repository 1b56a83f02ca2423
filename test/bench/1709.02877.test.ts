import { describe, expect, test } from 'vitest';
import { anneal, checkDynamics, checkProblem, stream } from 'lehr';
import { reproduce, type Context } from 'lehr/experiment';
import { lamTarget, modifiedLam } from 'lehr/schedules';
import { generateWtsds, readWtsds } from 'lehr/problems/scheduling';
import { anytime, CHECKPOINTS, Courses, type Strategy } from '#bench/papers/1709.02877/anytime';
import paper from '#bench/papers/1709.02877/index';
import { completedRunClaims } from '#bench/papers/1709.02877/completed-runs';
import { completion, fixed, pVal, pVal0, val, type Lengths } from '#bench/papers/1709.02877/lengths';
import recipe, { oneMax } from '#bench/papers/1709.02877/onemax';

const firstRuns = (lengths: Lengths, instance: number, instances: number): number[] =>
  [0, 1, 2].map((run) => lengths(instance, run, instances));

describe('run lengths', () => {
  test('are the paper’s', () => {
    expect(firstRuns(val, 0, 1)).toEqual([1000, 2000, 4000]);
    expect([0, 1, 2].map((i) => firstRuns(pVal0, i, 3))).toEqual([
      [1000, 8000, 64_000],
      [2000, 16_000, 128_000],
      [4000, 32_000, 256_000],
    ]);
    expect(firstRuns(pVal, 5, 8)).toEqual(firstRuns(pVal, 1, 8));
    expect(firstRuns(pVal, 1, 8)).toEqual([2000, 32_000, 512_000]);
    expect(firstRuns(pVal, 1, 2)).toEqual(firstRuns(pVal0, 1, 2));
  });

  test('add up to 1000 · 2^i (2^(P (r + 1)) − 1) / (2^P − 1), in whole numbers', () => {
    for (let instances = 1; instances <= 8; instances++) {
      for (let instance = 0; instance < instances; instance++) {
        for (let run = 0; instance + run * instances <= 42; run++) {
          const closed = (1000n * 2n ** BigInt(instance) * (2n ** BigInt(instances * (run + 1)) - 1n)) / (2n ** BigInt(instances) - 1n);
          expect(BigInt(completion(pVal0, instance, run, instances))).toBe(closed);
        }
      }
    }
  });

  test('the speed-up at P = 4, i = 0, r = 2 is 511 · 15 / 4095', () => {
    expect(completion(val, 0, 8, 1) / completion(pVal0, 0, 2, 4)).toBeCloseTo(1.871795, 6);
  });
});

/** The longest completed run as a share of the time, at every single evaluation: slow and literal. */
function leastShare(lengths: Lengths, instances: number, until: number): number {
  let least = Infinity;
  const at = Array.from({ length: instances }, () => ({ run: 0, end: 0 }));
  at.forEach((each, i) => (each.end = lengths(i, 0, instances)));
  let longest = 0;
  for (let time = 1; time <= until; time++) {
    at.forEach((each, i) => {
      if (each.end !== time) return;
      longest = Math.max(longest, lengths(i, each.run, instances));
      each.run++;
      each.end += lengths(i, each.run, instances);
    });
    if (longest > 0) least = Math.min(least, longest / time);
  }
  return least;
}

test('the bounds on completed runs are those of looking at every evaluation', () => {
  const exact = (evidence: unknown): number => (evidence as { exact: number }).exact;
  const [one, four] = completedRunClaims();
  expect(exact(one.measure())).toBe(leastShare(val, 1, 1_000_000));
  expect(exact(one.control.measure())).toBe(leastShare(fixed, 1, 1_000_000));
  expect(exact(four.measure())).toBe(leastShare(pVal, 4, 1_000_000));
  expect(exact(four.control.measure())).toBe(leastShare(val, 4, 1_000_000));
});

describe('OneMax', () => {
  test.each([1, 10])('keeps the contract at cost %i, and so does the dynamics that is watched', (cost) => {
    expect(() => checkProblem(oneMax(64, cost))).not.toThrow();
    const { dynamics } = recipe({ n: 64, cost, length: 1000, window: 5 });
    expect(() => checkDynamics(dynamics, { controls: { temperature: cost }, seed: 1 })).not.toThrow();
  });

  test.each([1, 50, 500])('blocks of %i: the score is the literal mean squared distance of the windows, of the same run', (block) => {
    const [length, window] = [2000, 20];
    const watched = recipe({ n: 64, cost: 1, length, window });
    const outcome = anneal({ dynamics: watched.dynamics, controls: watched.controls, budget: { steps: length }, block, seed: 7 });
    // The same steps one by one, at temperatures that change with the block.
    const { dynamics, controls } = recipe({ n: 64, cost: 1, length, window: 1 });
    const rates: number[] = [];
    let accepted = 0;
    const single = {
      ...dynamics,
      advance(state: any, values: any, n: number, rng: any, told: any) {
        for (let k = 0; k < n; k++) {
          const before = told.accepted;
          dynamics.advance(state, values, 1, rng, told);
          accepted += told.accepted - before;
          if (state.steps % window === 0) {
            rates.push(accepted / window);
            accepted = 0;
          }
        }
      },
    };
    anneal({ dynamics: single, controls, budget: { steps: length }, block, seed: 7 });
    const squares = rates.map((rate, k) => (rate - lamTarget(((k + 0.5) * window) / length)) ** 2);
    expect(rates.length).toBe(100);
    expect(watched.score(outcome)).toBeCloseTo(squares.reduce((sum, square) => sum + square, 0) / 100, 12);
  });

  test('is the controller that Lehr has, but for the largest block', () => {
    const { controls } = recipe({ n: 64, cost: 1, length: 1000, window: 5 });
    expect(controls.temperature).toMatchObject({ spec: modifiedLam().spec, needs: ['acceptance'] });
  });
});

/** Those that are exact or cheap; test/statistical tries all of them. */
const CHEAP = {
  'speed-up-formula': 'holds fails',
  'speed-up-limit': 'holds fails',
  'four-are-enough': 'holds fails',
  'val-completes-a-quarter': 'holds fails',
  'p-val-completes-half': 'holds fails',
  'blocks-of-50-track': 'holds fails',
  'blocks-of-500-do-not': 'holds undecided',
};

test('what is cheap of the paper holds, no control does, and every number is the same for one worker and three', async () => {
  const options = { seed: 1, workers: 3, claims: Object.keys(CHEAP) };
  const { reproduction, failures } = await reproduce(paper, options);
  expect(failures).toEqual([]);
  expect(reproduction.paper).toBe('1709.02877');
  expect(Object.fromEntries(reproduction.claims.map(({ id, verdict, control }) => [id, `${verdict} ${control.verdict}`]))).toEqual(CHEAP);
  for (const claim of reproduction.claims) {
    for (const { measured, low, high } of [claim, claim.control]) {
      expect([measured, low, high].every(Number.isFinite)).toBe(true);
      expect(low <= measured && measured <= high).toBe(true);
    }
  }
  const alone = await reproduce({ ...paper, claims: (context: Context) => paper.claims(context) }, { ...options, workers: 1 });
  expect(alone.reproduction.claims).toEqual(reproduction.claims);
});

describe('strategies over time', () => {
  const courses = async (workers: number): Promise<Courses> => {
    const instances = [0, 1].map((i) => readWtsds(generateWtsds(12, {}, stream(1, i)), `generated ${i}`));
    const strategies: Strategy[] = [
      {
        name: 'restarts',
        chains: [
          { lengths: 'fixed', steps: 1000 },
          { lengths: 'fixed', steps: 1000 },
        ],
      },
      { name: 'one run', chains: [null] },
    ];
    const once = <T>(_: string, run: () => T | Promise<T>): Promise<T> => Promise.resolve().then(run);
    const context = { workers, signal: new AbortController().signal, seedOf: (name: string) => name, once, progress() {} };
    return anytime(context as unknown as Context, 'tried', strategies, { instances, seeds: 3, evaluations: 6000 });
  };

  test('the best of a strategy is that of its chains, never rises, and depends on no number of workers', async () => {
    const [found, again] = [await courses(2), await courses(1)];
    const lowest = found.reference();
    for (let seed = 0; seed < 3; seed++) {
      const [both, first] = [found.sums('restarts', seed), found.sums('restarts', seed, 1)];
      expect(again.sums('restarts', seed)).toEqual(both);
      both.forEach((best, k) => {
        expect(best).toBeLessThanOrEqual(first[k]);
        expect(best).toBeGreaterThanOrEqual(lowest);
        expect(best).toBeLessThanOrEqual(both[Math.max(0, k - 1)]);
      });
      expect(both[CHECKPOINTS]).toBeLessThan(both[0]);
    }
    const of = { strategy: 'restarts' };
    expect(found.differences(of, of, 30)).toEqual([0, 0, 0]);
    expect(found.speedUps(of, of).every((ratio) => ratio >= 1)).toBe(true);
  });

  test('who takes the lead when: behind at the checkpoint before, and level for three', () => {
    const planted = new Courses(
      [
        { name: 'late', chains: [null] },
        { name: 'early', chains: [null] },
      ],
      { instances: [{} as never], seeds: 2, evaluations: 60 },
    );
    for (let k = 0; k <= CHECKPOINTS; k++) {
      // The first stream leads for one checkpoint at 10, and for good from 40; the second never.
      planted.note([0, 0, 0, 0], k, k < 10 ? 100 : k < 40 ? 50 : 10);
      planted.note([1, 0, 0, 0], k, k < 11 ? 90 : k < 40 ? 40 : 20);
      planted.note([0, 0, 1, 0], k, 100);
      planted.note([1, 0, 1, 0], k, 90);
    }
    expect(planted.overtakes({ strategy: 'late' }, { strategy: 'early' })).toEqual([40, CHECKPOINTS]);
    expect(planted.differences({ strategy: 'late' }, { strategy: 'early' }, 60)).toEqual([-100, 100]);
    expect(planted.speedUps({ strategy: 'early' }, { strategy: 'late' })[1]).toBe((11 + 60) / 2);
  });
});
