import { describe, expect, test } from 'vitest';
import { tune, type TuneEvent, type TuneOptions, type Tuned } from 'lehr/experiment';
import { renderTuning, trialTable, tuningFigures } from '#src/experiment/tune-page';
import { pageData } from '#src/report/page';

const recipe = new URL('./fixtures/ring.mjs', import.meta.url);
const options: TuneOptions<any> = {
  recipe,
  space: { A: [3, 0.5, 40], B: [0.05, 0.4] },
  cell: ({ A, B }) => ({ controls: { temperature: { schedule: 'exponential', from: A, to: A * B } } }),
  seeds: 4,
  judges: 6,
  seed: 'tuned',
  budget: { steps: 2000 },
  workers: 2,
};

/** Without wall times. */
const timeless = ({ search, judged, ...rest }: Tuned) => ({
  ...rest,
  rows: [search, judged!].map((report) => report.rows.map((row) => ({ ...row, seconds: null }))),
});

describe('tune', () => {
  test('ranks all points by their means on the same streams; the winner is judged on others', async () => {
    const found = await tune(options);
    expect(found.trials.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(found.search.rows.length).toBe(24);
    const means = found.trials.map(({ mean }) => mean!);
    expect(means).toEqual([...means].sort((a, b) => a - b));
    for (const { name, mean } of found.trials) {
      const scores = found.search.scores(name);
      expect(mean).toBeCloseTo(scores.reduce((a, b) => a + b) / scores.length, 12);
    }
    // A ring at temperature 40 throughout is random: a planted loser.
    expect(found.trials.at(-1)!.point.A).toBe(40);
    expect(found.winner).toBe(found.trials[0]);
    const { judged } = found;
    expect(judged!.data.cells).toEqual([found.trials[0].name, found.trials[1].name]);
    expect(judged!.data.baseline).toBe(found.trials[1].name);
    const streams = new Set(judged!.rows.map(({ seed }) => seed));
    expect(streams.size).toBe(6);
    expect(found.search.rows.some(({ seed }) => streams.has(seed))).toBe(false);
  });

  test('the same for one worker and three; more of the score is better where it says so', async () => {
    const [one, three] = [await tune({ ...options, workers: 1 }), await tune({ ...options, workers: 3 })];
    expect(timeless(three)).toEqual(timeless(one));
    const most = await tune({ ...options, sense: 'max' });
    expect(most.trials.map(({ name }) => name)).toEqual([...one.trials].reverse().map(({ name }) => name));
  });

  test('at random, and by another score in the judging', async () => {
    const phases = new Map<string, number>();
    const seen = (event: TuneEvent): void => {
      if (event.progress.stopped !== null) phases.set(event.phase, (phases.get(event.phase) ?? 0) + 1);
    };
    const found = await tune({
      ...options,
      space: { A: { from: 0.1, to: 10, scale: 'log' }, B: [0.1] },
      trials: 5,
      judge: () => 7,
      observe: seen,
    });
    expect(found.trials.length).toBe(5);
    expect(Object.fromEntries(phases)).toEqual({ search: 20, judge: 12 });
    expect(found.search.rows.every(({ score, energy }) => score === energy)).toBe(true);
    expect(found.judged!.rows.every(({ score }) => score === 7)).toBe(true);
  });

  test('a trial with runs that fail ranks last, however good the others are', async () => {
    const found = await tune({
      ...options,
      space: { A: [1, 2, 3] },
      cell: ({ A }) => ({
        ...(A === 1 ? { params: { fail: 'run' } } : {}),
        controls: { temperature: { schedule: 'exponential', from: A, to: 0.05 } },
      }),
    });
    expect(found.trials.map(({ point, failed }) => [point.A, failed]).at(-1)).toEqual([1, 4]);
    expect(found.trials.at(-1)).toMatchObject({ mean: null, interval: null, runs: 0 });
    expect(trialTable(found).rows.at(-1)).toEqual(['3', 'A=1', '0, 4 failed', '–']);
  });

  test('interrupted: what is finished is ranked, and nothing judged', async () => {
    const stop = new AbortController();
    let over = 0;
    const found = await tune({
      ...options,
      workers: 1,
      signal: stop.signal,
      observe: ({ progress }) => {
        if (progress.stopped !== null && ++over === 8) stop.abort();
      },
    });
    expect(found.judged).toBeNull();
    expect(found.trials.length).toBe(6);
    expect(found.winner.runs).toBeGreaterThan(0);
  });

  test('its page: ranking, verdict, a figure for each parameter, and the data', async () => {
    const found = await tune(options);
    const page = {
      problem: 'ring',
      instance: 'ring <64>',
      seconds: 1,
      judgedBy: 'energy on fresh streams',
      settings: [['seed', 'tuned']] as const,
      command: 'lehr tune ring',
      reproducible: true,
      version: '0',
    };
    const html = await renderTuning(found, page);
    expect(html).toContain('ring &lt;64&gt;');
    expect(html).toContain('It repeats the search bit for bit');
    const data = JSON.parse(pageData(html, 'lehr-tuning')!) as { trials: unknown[]; judged: unknown[] };
    expect([data.trials.length, data.judged.length]).toEqual([6, 2]);
    const figures = tuningFigures(found);
    expect(figures.map(({ id, x }) => [id, x.scale])).toEqual([
      ['parameter-A', 'log'],
      ['parameter-B', 'linear'],
    ]);
    expect(figures[0].series[0].points).toContainEqual([found.winner.point.A, found.winner.mean]);
    expect(await renderTuning({ ...found, judged: null }, { ...page, reproducible: false })).toContain('does not repeat');
  });

  test.each<[object, string]>([
    [{ space: { A: [1] } }, 'the space has 1 point, expected at least two'],
    [{ seeds: 1 }, 'seeds is 1, expected at least 2'],
    [{ judges: 0 }, 'judges is 0, expected at least 2'],
    [{ cell: { A: 1 } }, 'cell is {"A":1}, expected a function of a point'],
    [{ trails: 3 }, 'unknown option "trails", expected'],
  ])('%j is refused', async (wrong, message) => {
    await expect(tune({ ...options, ...wrong } as TuneOptions)).rejects.toThrow(message);
  });
});
