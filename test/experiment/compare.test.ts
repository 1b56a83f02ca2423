import { describe, expect, test } from 'vitest';
import { anneal } from 'lehr';
import { compare, type CompareEvent, type CompareOptions, type Report, type Row } from 'lehr/experiment';
import { exponential } from 'lehr/schedules';

const recipe = new URL('./fixtures/ring.mjs', import.meta.url);
const { default: ring } = (await import(recipe.href)) as { default: (params: object) => any };
const cooling = { temperature: { schedule: 'exponential', from: 2, to: 0.05 } } as const;
const options: CompareOptions<any> = {
  recipe,
  cells: { warm: {}, cool: { controls: cooling }, cold: { controls: { temperature: 0 } } },
  baseline: 'cool',
  seeds: 6,
  seed: 'ring',
  budget: { steps: 3000 },
  workers: 2,
};

/** Rows without wall times. */
const timeless = ({ rows }: Report): Row[] => rows.map((row) => ({ ...row, seconds: null }));

describe('compare', () => {
  test('runs every cell on every stream: the same start states, the runs that anneal would make', async () => {
    const report = await compare(options);
    expect(report.rows.length).toBe(18);
    expect(report.data).toMatchObject({ cells: ['warm', 'cool', 'cold'], baseline: 'cool', unit: 'steps', seed: 'ring', target: null });
    for (const row of report.rows.filter(({ cell }) => cell === 'cool')) {
      const outcome = anneal({
        dynamics: ring({}).dynamics,
        controls: { temperature: exponential(2, 0.05) },
        budget: { steps: 3000 },
        seed: 'ring',
        path: ['compare', row.seed],
      });
      expect(row).toMatchObject({
        score: outcome.energy,
        energy: outcome.energy,
        steps: 3000,
        evaluations: 3000,
        stopped: 'budget',
        error: null,
      });
    }
    const starts = new Set(report.data.curves.map(({ seed, best }) => `${seed} ${best[0]}`));
    expect(starts.size).toBe(6);
    expect(report.difference('warm')!.low).toBeGreaterThan(0);
    expect(report.wins('cool', 'warm')!.probability).toBeGreaterThan(0.8);
  });

  test.each([{ workers: 1 }, { workers: 3 }, { workers: 7 }, { executor: 'inline' as const }])(
    'gives the same bits with %o',
    async (running) => {
      const [one, other] = [await compare(options), await compare({ ...options, ...running })];
      expect(timeless(other)).toEqual(timeless(one));
      expect(JSON.stringify(other.table())).toBe(JSON.stringify(one.table()));
    },
  );

  test('a cell against itself differs in nothing', async () => {
    const report = await compare({ ...options, cells: { one: { controls: cooling }, other: { controls: cooling } }, baseline: 'one' });
    expect(report.differences('other')).toEqual([0, 0, 0, 0, 0, 0]);
    expect(report.table()[1]).toMatchObject({ difference: { value: 0, low: 0, high: 0 }, wins: { probability: 0.5 } });
  });

  test('parameters may change with the stream, and scores may ask which it was', async () => {
    const asked: unknown[] = [];
    const report = await compare({
      ...options,
      seeds: [3, 1],
      cells: { own: { params: { n: 32 } }, dealt: {} },
      baseline: 'dealt',
      perStream: async (name) => ({ n: 10 * (name as number) }),
      score: async ({ result }, name) => {
        asked.push(name);
        return (result as { state: { spins: Int8Array } }).state.spins.length;
      },
    });
    expect(report.rows.map(({ seed, score }) => [seed, score])).toEqual([
      [3, 32],
      [3, 30],
      [1, 32],
      [1, 10],
    ]);
    expect(asked).toEqual([3, 3, 1, 1]);
  });

  test('streams have names; a run depends on its own alone', async () => {
    const some = await compare({ ...options, seeds: [4, 2, 'x'] });
    const all = await compare(options);
    expect(some.rows.map(({ seed }) => seed)).toEqual([4, 4, 4, 2, 2, 2, 'x', 'x', 'x']);
    const of = (report: Report, seed: number) => report.rows.filter((row) => row.seed === seed).map(({ score }) => score);
    expect(of(some, 4)).toEqual(of(all, 4));
    expect(of(some, 2)).toEqual(of(all, 2));
  });

  test('the score is the recipe’s, or the one given here, else the energy', async () => {
    const scored = await compare({ ...options, params: { score: 2 } });
    const plain = await compare(options);
    expect(scored.scores('cool')).toEqual(plain.scores('cool').map((energy) => 2 * energy));
    expect(scored.rows.map(({ energy }) => energy)).toEqual(plain.rows.map(({ energy }) => energy));
    const steps = await compare({ ...options, params: { score: 2 }, score: ({ steps: made }) => made, objective: 'steps', sense: 'max' });
    expect(steps.scores('cold')).toEqual([3000, 3000, 3000, 3000, 3000, 3000]);
    expect(steps.data).toMatchObject({ objective: 'steps', sense: 'max' });
  });

  test('a cell’s own parameters and limits lie over the common ones', async () => {
    const report = await compare({
      ...options,
      params: { n: 32, score: 1 },
      block: 10,
      cells: { a: {}, b: { params: { score: 3 } }, c: { budget: { steps: 700 }, block: 7 }, d: { until: { steps: 500 } } },
      baseline: 'a',
    });
    const [a, b] = [report.scores('a'), report.scores('b')];
    expect(b).toEqual(a.map((score) => 3 * score));
    const of = (cell: string) => new Set(report.rows.filter((row) => row.cell === cell).map(({ steps, stopped }) => `${steps} ${stopped}`));
    expect([of('c'), of('d')]).toEqual([new Set(['700 budget']), new Set(['500 steps'])]);
  });

  test('a target ends runs, and tells how soon', async () => {
    const plain = await compare(options);
    const target = plain.table()[1].median!;
    const report = await compare({ ...options, target, block: 50 });
    const { reached, expected } = report.table()[1].target!;
    expect(reached).toBeGreaterThan(0);
    expect(expected).toBeGreaterThan(0);
    for (const row of report.rows) expect(row.stopped === 'target').toBe(row.energy! <= target);
    expect(report.figures().map(({ id }) => id)).toEqual(['best-so-far', 'scores', 'differences', 'reached']);
  });

  test('curves fall, from the first report to the last energy', async () => {
    const { data, rows } = await compare(options);
    expect(data.curves.length).toBe(18);
    data.curves.forEach(({ used, best }, i) => {
      expect(used[0]).toBe(0);
      expect(used.at(-1)).toBe(3000);
      expect(best.every((value, k) => k === 0 || value <= best[k - 1])).toBe(true);
      expect(best.at(-1)).toBeCloseTo(rows[i].energy!, 9);
    });
  });

  test('observers hear every run to its end', async () => {
    const events: CompareEvent[] = [];
    await compare({ ...options, observe: (event) => events.push(event) });
    const ends = events.filter(({ progress }) => progress.stopped !== null);
    expect(ends.map(({ run }) => run).sort((a, b) => a - b)).toEqual(Array.from({ length: 18 }, (_, i) => i));
    expect(new Set(ends.map(({ runs }) => runs))).toEqual(new Set([18]));
    expect(ends.filter(({ cell, seed }) => cell === 'cold' && seed === 6).length).toBe(1);
  });
});

describe('runs that go wrong', () => {
  test.each([
    ['build', /planted/],
    ['run', /planted/],
    ['score', /the recipe's score is NaN, expected a finite number\. Maybe the run diverged/],
  ])('a cell that fails (%s) is told of, and the others are compared', async (fail, message) => {
    const params = fail === 'score' ? { score: 'NaN' } : { fail };
    const report = await compare({ ...options, cells: { good: { controls: cooling }, bad: { params }, warm: {} }, baseline: 'good' });
    const bad = report.rows.filter(({ cell }) => cell === 'bad');
    expect(bad.length).toBe(6);
    for (const row of bad) {
      expect(row).toMatchObject({ score: null, energy: null, steps: null, stopped: 'failed' });
      expect(row.error).toMatch(message);
    }
    expect(report.table()[1]).toMatchObject({ runs: 0, failed: 6, difference: null });
    expect(report.table()[2].difference).not.toBeNull();
  });

  test('a score that is not finite in the main thread is a failed run, too', async () => {
    const report = await compare({ ...options, score: ({ energy, record }) => (record.path[1] === 3 ? Infinity : energy) });
    expect(report.rows.filter(({ error }) => error?.includes('its score is Infinity')).map(({ seed }) => seed)).toEqual([3, 3, 3]);
    expect(report.differences('warm').length).toBe(5);
  });

  test('if all fail, the first error is thrown', async () => {
    await expect(compare({ ...options, params: { fail: 'run' } })).rejects.toThrow(/job 0 \(compare\/1\): planted/);
  });

  test('aborting leaves what is finished', async () => {
    const controller = new AbortController();
    let over = 0;
    const report = await compare({
      ...options,
      seeds: 50,
      budget: { steps: 20_000 },
      signal: controller.signal,
      observe({ progress: { stopped } }) {
        if (stopped === 'budget' && ++over === 5) controller.abort();
      },
    });
    const finished = report.rows.filter(({ stopped }) => stopped === 'budget').length;
    expect(finished).toBeGreaterThanOrEqual(5);
    expect(finished).toBeLessThan(150);
    expect(report.table().reduce((sum, { runs, interrupted }) => sum + runs + interrupted, 0)).toBe(150);
    expect(report.data.curves.length).toBe(finished);
  });
});

describe('equal steps are not equal cost', () => {
  const cells = { a: {}, b: { params: { dynamics: 'another' } } };

  test('different dynamics are refused a budget in steps, and may have evaluations', async () => {
    await expect(compare({ ...options, cells, baseline: 'a' })).rejects.toThrow(
      'budget counts steps, but cell "a" runs metropolis, 1 evaluations a step, and cell "b" runs another, 1 evaluations a step: equal steps are not equal cost, expected a budget in evaluations or seconds.',
    );
    const report = await compare({ ...options, cells, baseline: 'a', budget: { evaluations: 500 } });
    expect(report.data.unit).toBe('evaluations');
    expect(report.rows.every(({ evaluations }) => evaluations === 500)).toBe(true);
  });

  test('so are steps of different cost', async () => {
    await expect(compare({ ...options, cells: { a: {}, b: { params: { cost: 3 } } }, baseline: 'a' })).rejects.toThrow(
      /3 evaluations a step/,
    );
  });

  test('parameters that change no step are nobody’s business', async () => {
    const report = await compare({ ...options, cells: { a: {}, b: { params: { n: 32 } } }, baseline: 'a' });
    expect(report.rows.length).toBe(12);
  });
});

test.each<[Partial<CompareOptions<any>> & Record<string, unknown>, RegExp]>([
  [{ cels: {} }, /compare: unknown option "cels", expected .*Maybe cells\?/],
  [{ cells: { a: {} } }, /cells has 1 cells, expected at least two/],
  [{ cells: { a: {}, b: { control: {} } as object } }, /cells\["b"\]: unknown option "control".*Maybe controls\?/],
  [{ baseline: 'warn' }, /baseline is "warn", expected one of the cells warm, cool, cold\. Maybe warm\?/],
  [{ seeds: 1 }, /seeds is 1, expected at least 2/],
  [{ seeds: 2.5 }, /seeds is 2\.5, expected at least 2/],
  [{ seeds: [1, 1] }, /seeds is \[1,1\], expected each of them once/],
  [{ budget: { step: 5 } as never }, /compare: budget is \{"step":5\}/],
  [{ cells: { a: {}, b: { budget: { seconds: 1 } } }, baseline: 'a' }, /cells\["b"\]: budget is \{"seconds":1\}, expected one in steps/],
  [{ target: NaN }, /target is NaN, expected a number/],
  [{ target: 1, until: { energy: 2 } }, /until\.energy is given beside the target 1/],
  [{ sense: 'less' as 'min' }, /sense is "less", expected 'min' or 'max'/],
  [{ workers: 0 }, /workers is 0/],
])('%j is refused', async (given, message) => {
  await expect(compare({ ...options, ...given })).rejects.toThrow(message);
});
