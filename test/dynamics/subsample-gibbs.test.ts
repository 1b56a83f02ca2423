import { accelerating, anneal, checkDynamics, engine, stream, subsampleGibbs, type Checkpoint, type SubsampleState } from 'lehr';
import { mixtureModel, type Partition } from 'lehr/problems/mixture';
import { linear, table } from 'lehr/schedules';
import { Block } from '#src/dynamics/block';
import { difference } from '#src/dynamics/plain';
import { decodeCheckpoint, encodeCheckpoint } from '#src/run/checkpoint';
import { describe, expect, test } from 'vitest';
import { dataOf } from '../problems/mixture/rows.ts';

const ALL = ['bernoulli', 'categorical', 'poisson', 'normal'];

/** A model that only notes who comes and goes. */
function noting(rows: number): { model: Parameters<typeof subsampleGibbs<null>>[0]; events: [string, number][] } {
  const events: [string, number][] = [];
  const inside = new Set<number>();
  return {
    events,
    model: {
      name: 'noting',
      rows,
      empty: () => null,
      partitions: () => 1,
      width: () => 1,
      score(_, __, ___, ____, into) {
        into[0] = 0;
        return 1;
      },
      add(_, __, row) {
        if (inside.has(row)) throw new Error(`${row} is in the window already`);
        inside.add(row);
        events.push(['add', row]);
      },
      remove(_, row) {
        if (!inside.delete(row)) throw new Error(`${row} is not in the window`);
        events.push(['remove', row]);
      },
      refresh: (_, __, ___, n) => void events.push(['batch', n]),
      assignBlindly: () => undefined,
      logJoint: () => 0,
      count: () => 1,
      result: () => null,
      save: () => null,
      load: () => null,
    },
  };
}

test('the energy that is told when the last row has come in is of all rows, however seldom it is told', () => {
  const model = mixtureModel(dataOf(ALL, 10));
  const toldAt = (tell: number): Map<number, number> => {
    const told = new Map<number, number>();
    const run = {
      dynamics: subsampleGibbs(model, { tell }),
      controls: { fraction: linear(0, 1) },
      budget: { steps: 300 },
      block: 1,
      seed: 1,
    };
    anneal({ ...run, every: 10, watch: ['window'] }, ({ steps, energy, signals }) => {
      if (signals.window === 60) told.set(steps, energy);
    });
    return told;
  };
  const [often, seldom] = [toldAt(1), toldAt(1_000_000)];
  const [first] = often.keys();
  expect(seldom.get(first)).toBe(often.get(first));
});

describe('the window', () => {
  test.each([
    [100, 1],
    [100, 2],
    [1000, 10],
    [1000, 50],
    [10_000, 2],
  ])('of %i rows, %i visits each: grows evenly, first in, first out', (rows, passes) => {
    const { model, events } = noting(rows);
    const total = (2 * passes - 1) * rows;
    let [at, off, steps, outOfTurn] = [0, 0, 0, 0];
    const order: number[] = [];
    const { result } = anneal(
      { dynamics: subsampleGibbs(model), controls: { fraction: linear(0, 1) }, budget: { steps: total }, block: 1, seed: 1, every: total },
      () => undefined,
    );
    const queue: number[] = [];
    for (const [kind, row] of events) {
      if (kind === 'batch') continue;
      steps++;
      if (kind === 'add') {
        at++;
        queue.push(row);
        if (order.length < rows) order.push(row);
      } else {
        at--;
        if (queue.shift() !== row) outOfTurn++;
      }
      off = Math.max(off, Math.abs(at / rows - steps / total));
    }
    expect(result.window).toBe(rows);
    expect(at).toBe(rows);
    expect(outOfTurn).toBe(0);
    // The next whole number of rows, one move behind, and at least two of them.
    expect(off).toBeLessThanOrEqual(3 / rows);
    const adds = events.filter(([kind]) => kind === 'add').length;
    expect(adds).toBe(result.added);
    expect(adds).toBeGreaterThanOrEqual(passes * (rows - 3));
    // All rows are in some 2 P steps before the end, which then are Gibbs moves.
    expect(adds).toBeLessThanOrEqual(passes * rows + passes);
    // The loop is one order over and over.
    events.filter(([kind]) => kind === 'add').forEach(([, row], i) => expect(row).toBe(order[i % rows]));
    // Visited once, rows are never removed.
    expect(steps === adds).toBe(passes === 1);
  });

  test('batch events come when every row in it was put anew: some ln N / ln(P / (P − 1)) of them', () => {
    const { model, events } = noting(1000);
    anneal({ dynamics: subsampleGibbs(model), controls: { fraction: linear(0, 1) }, budget: { steps: 19_000 }, block: 1, seed: 1 });
    const since = new Set<number>();
    const windows: [put: number, told: number][] = [];
    for (const [kind, row] of events) {
      if (kind === 'add') since.add(row);
      else if (kind === 'remove') since.delete(row);
      else {
        windows.push([since.size, row]);
        since.clear();
      }
    }
    for (const [put, told] of windows) expect(put).toBe(told);
    // The reading measures 62 for N = 1000, P = 10; the first ones, on two rows, differ by where the window begins.
    expect(windows.length).toBeGreaterThan(55);
    expect(windows.length).toBeLessThan(90);
  });

  test('at fraction 1 a step is a Gibbs move of the oldest row, once all are in', () => {
    const { model, events } = noting(50);
    const { steps, evaluations } = anneal({ dynamics: subsampleGibbs(model), controls: { fraction: 1 }, budget: { steps: 150 }, seed: 2 });
    expect([steps, evaluations]).toEqual([150, 150]);
    const moves = events.filter(([kind]) => kind !== 'batch');
    expect(moves.slice(0, 50).every(([kind]) => kind === 'add')).toBe(true);
    for (let k = 50; k < moves.length; k += 2) {
      expect(moves[k][0]).toBe('remove');
      expect(moves[k + 1]).toEqual(['add', moves[k][1]]);
    }
  });

  test('an evaluations budget counts rows put into groups', () => {
    const { model, events } = noting(200);
    const { evaluations, result } = anneal({
      dynamics: subsampleGibbs(model),
      controls: { fraction: linear(0, 1) },
      budget: { evaluations: 1000 },
      seed: 3,
    });
    expect(evaluations).toBe(1000);
    expect(events.filter(([kind]) => kind === 'add').length).toBe(1000);
    expect(result.window).toBe(200);
  });
});

describe('keeps the contract', () => {
  const model = mixtureModel(dataOf(ALL, 5), { alpha: 2, discount: 0.1 });
  test.each([
    ['a growing window', {}, { fraction: 1 }],
    ['a churning window', {}, { fraction: 0.4 }],
    ['from the prior', { start: 'prior' }, { fraction: 1 }],
    ['tempered', { tempered: true, tell: 1 }, { fraction: 0.7, temperature: 3 }],
  ] as const)('%s', (_, options, controls) => {
    expect(() => checkDynamics(subsampleGibbs(model, options), { controls, steps: 7, blocks: 25 })).not.toThrow();
  });

  test('saved and loaded at any step it goes on with the same bits', () => {
    const dynamics = subsampleGibbs(model);
    let [a, b] = [dynamics.init(stream(1, 'init')), dynamics.init(stream(1, 'init'))];
    const [rngA, rngB] = [stream(1, 'run'), stream(1, 'run')];
    const [blockA, blockB] = [new Block(3), new Block(3)];
    for (let step = 0; step < 300; step++) {
      const controls = { fraction: Math.min(1, step / 200) };
      blockA.clear(Infinity);
      dynamics.advance(a, controls, 1, rngA, blockA);
      blockB.clear(Infinity);
      dynamics.advance(b, controls, 1, rngB, blockB);
      b = dynamics.load(dynamics.save(b)) as SubsampleState<Partition>;
      expect(difference(dynamics.save(a), dynamics.save(b))).toBeNull();
    }
    expect(a.batches).toBeGreaterThan(10);
  });

  test('a run cut by checkpoints ends with the same bits', () => {
    const plan = { dynamics: subsampleGibbs(model), controls: { fraction: linear(0, 1) }, budget: { steps: 270 }, seed: 4, every: 50 };
    const whole = anneal(plan);
    const cut = engine(plan);
    let checkpoint: Checkpoint | undefined;
    for (let k = 0; k < 3; k++) {
      const next = cut.next();
      if (next.done !== true) checkpoint = decodeCheckpoint(encodeCheckpoint(next.value.checkpoint()));
    }
    const resumed = anneal({ ...plan, resume: checkpoint! });
    expect(resumed.resumedAt).toBeGreaterThan(0);
    expect(difference(resumed.result, whole.result)).toBeNull();
  });

  test('its own loop and the generic one choose alike', () => {
    const { assign: _, ...generic } = model;
    const discrete = mixtureModel(dataOf(['bernoulli', 'categorical', 'complete'], 20), { alpha: 2 });
    const { assign: __, ...plainDiscrete } = discrete;
    for (const [own, plain] of [
      [model, generic],
      [discrete, plainDiscrete],
    ] as const) {
      const run = (each: typeof own | typeof plain): Int32Array =>
        anneal({ dynamics: subsampleGibbs(each), controls: { fraction: linear(0, 1) }, budget: { steps: 900 }, seed: 5 }).result.groups
          .assignment;
      // Products and sums of logarithms differ in the last digits: a draw between them is less likely than 1e-11 here.
      expect(run(own)).toEqual(run(plain));
    }
  });

  test('statistics are those of the rows after every step', () => {
    const plan = { dynamics: subsampleGibbs(model), controls: { fraction: linear(0, 1) }, budget: { steps: 400 }, seed: 6 };
    expect(() => anneal({ ...plan, check: 'step' })).not.toThrow();
  });
});

describe('a fraction that cannot be followed', () => {
  const dynamics = subsampleGibbs(mixtureModel(dataOf(['complete'], 5)));
  const run = (fraction: any, steps = 100): unknown => anneal({ dynamics, controls: { fraction }, budget: { steps }, seed: 1 });
  test.each([
    ['goes down', linear(1, 0), /fraction goes down from 1 at t = 0 to 0\.995 at t = 0\.005, expected a schedule that never falls/],
    ['does not come to 1', linear(0, 0.9), /fraction ends at 0\.9, expected 1: .*Maybe linear\(0, 1\)/],
    ['is a constant below 1', 0.5, /fraction ends at 0\.5, expected 1/],
    ['is no share', linear(0, 2), /fraction is 1\.01 at t = 0\.505, expected the share of rows in the window/],
    ['is negative', -1, /fraction is -1 at t = 0, expected the share/],
  ])('%s', (_, fraction, message) => expect(() => run(fraction)).toThrow(message));

  test('goes below the window while it runs', () => {
    const listening = { start: () => null, next: (_: null, { t }: { t: number }) => (t < 0.5 ? 0.8 : 0.2) };
    expect(() => run(listening)).toThrow(/fraction is 0\.2 \(6 of 30 rows\), but \d+ rows are in the window already/);
  });

  test('legs are looked at one by one, the last for its end', () => {
    const leg = (from: number, to: number): any => ({ controls: { fraction: linear(from, to) }, budget: { steps: 60 } });
    expect(() => anneal({ dynamics, legs: [leg(0, 0.5), leg(0.5, 1)], seed: 1 })).not.toThrow();
    expect(() => anneal({ dynamics, legs: [leg(0, 1), leg(0, 0.5)], seed: 1 })).toThrow(/fraction ends at 0\.5/);
  });

  test('bad options', () => {
    const model = mixtureModel(dataOf(['complete']));
    expect(() => subsampleGibbs(model, { start: 'full' as 'prior' })).toThrow(/start is "full", expected 'empty' or 'prior'/);
    expect(() => subsampleGibbs(model, { temper: true } as object)).toThrow(/unknown option "temper", expected start, tempered, tell/);
    const tempered = subsampleGibbs(model, { tempered: true });
    expect(() => anneal({ dynamics: tempered, controls: { fraction: 1, temperature: 0 }, budget: { steps: 10 }, seed: 1 })).toThrow(
      /temperature is 0, expected a number above 0/,
    );
  });
});

describe('the accelerating schedule', () => {
  test('without extra passes it is the straight line, in as many steps as rows', () => {
    const { values, steps } = accelerating(1000, { extraPasses: 0, points: 11 });
    expect(steps).toBe(1000);
    values.forEach((value, i) => expect(value).toBeCloseTo(i / 10, 12));
  });

  test('moves follow loom’s passes at every size of the window', () => {
    const options = { extraPasses: 20, small: 100, big: 10_000, points: 4001 };
    const { values, steps } = accelerating(20_000, options);
    const curve = table(values);
    for (const n of [50, 99, 150, 400, 1000, 3000, 9000, 15_000]) {
      // The slope dn/dstep at this size, by differences of the curve.
      let [low, high] = [0, 1];
      while (high - low > 1e-12) {
        const middle = (low + high) / 2;
        if (curve(middle, 0) * 20_000 < n) low = middle;
        else high = middle;
      }
      const width = 2e-4;
      const slope = ((curve(low + width, 0) - curve(low - width, 0)) * 20_000) / (2 * width * steps);
      const passes = n <= 100 ? 21 : n >= 10_000 ? 1 : Math.exp((Math.log(21) * Math.log(10_000 / n)) / Math.log(100));
      const extra = n <= 100 ? 20 : passes > 2 ? passes - 1 : 0;
      expect(1 / slope / (1 + 2 * extra)).toBeCloseTo(1, 1);
    }
  });

  test('what it cannot be', () => {
    expect(() => accelerating(0)).toThrow(/rows is 0/);
    expect(() => accelerating(10, { small: 5, big: 5 })).toThrow(/small is 5 and big 5/);
    expect(() => accelerating(10, { extraPasses: -1 })).toThrow(/extraPasses is -1/);
  });
});
