import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readRows } from 'lehr/experiment';
import { folder, hearing, lehr, partitionModule, pause, refusedHere, start, words } from './lehr.ts';

const cwd = folder();
const SCHEDULES = 'exponential(60000, 4000); linear(60000, 4000);modified-lam';

beforeAll(async () => {
  await lehr(cwd, 'generate', 'tsp', '--n', '60', '--seed', '1', '--output', 'c.tsp');
  writeFileSync(join(cwd, 'best-known.csv'), 'file,best_known\nc.tsp,5800000\n');
  writeFileSync(join(cwd, 'mine.ts'), partitionModule());
  writeFileSync(join(cwd, 'broken.ts'), 'export default {\n');
  mkdirSync(join(cwd, 'folder'));
  writeFileSync(
    join(cwd, 'two.mjs'),
    `const dynamics = {
  name: 'two', controls: ['pull', 'push'], energies: 'exact', kept: 'last', cost: 1,
  init: (rng) => ({ x: rng.uniform() }),
  advance(state, { pull, push }, n, rng, block) {
    if (pull > 5) throw new Error('planted');
    for (let i = 0; i < n; i++) state.x += push * rng.uniform() - pull * state.x;
    block.steps += n; block.evaluations += n; block.energy = block.best = state.x;
  },
  energy: (state) => state.x, result: (state) => ({ x: state.x }), save: (state) => ({ ...state }), load: (saved) => saved,
};
export default () => ({ dynamics, score: ({ energy }) => -energy });
`,
  );
});

/** A comparison that must succeed, as JSON. */
async function compared(...args: string[]): Promise<Record<string, any>> {
  const { code, stdout, stderr } = await lehr(cwd, 'compare', ...args, '--json', '--quiet');
  if (code !== 0) throw new Error(`exit ${code}: ${stderr}`);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Record<string, any>;
}

const timeless = (json: Record<string, any>) => ({
  cells: json.cells,
  runs: json.runs.map((run: object) => ({ ...run, seconds: null })),
});

describe('lehr compare', () => {
  test('prints a table, and leaves rows and a page', async () => {
    const args = [
      'c.tsp',
      '--schedules',
      SCHEDULES,
      '--steps',
      '20000',
      '--seeds',
      '5',
      '--seed',
      '3',
      '--rows',
      'r.jsonl',
      '--report',
      'r.html',
    ];
    const { code, stdout, stderr } = await lehr(cwd, 'compare', ...args);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^uniform-60: 3 schedules of temperature on 5 streams each, 15 runs of 20,000 steps on \d+ workers?, seed 3\n/);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('uniform-60 (tsp, n = 60)');
    expect(lines[1]).toMatch(/^ {2}cell +runs +median +gap +mean +difference +wins$/);
    expect(lines[2]).toMatch(/^ {2}exponential\(60000, 4000\) \(baseline\) +5 +[\d,]+ +[+-][\d.]+ % +[\d,]+ \([\d,]+ to [\d,]+\) +– +–$/);
    expect(lines[4]).toMatch(/^ {2}modified-lam +5 .* % \([\d.]+ % to [\d.]+ %\)$/);
    const { rows, torn } = readRows(readFileSync(join(cwd, 'r.jsonl'), 'utf8'), 'r.jsonl');
    expect(torn).toBeNull();
    expect(rows.length).toBe(15);
    expect(new Set(rows.map(({ cell }) => cell))).toEqual(new Set(['exponential(60000, 4000)', 'linear(60000, 4000)', 'modified-lam']));
    expect(rows.every(({ score, energy, steps, stopped }) => score === energy && steps === 20_000 && stopped === 'budget')).toBe(true);
    const page = readFileSync(join(cwd, 'r.html'), 'utf8');
    expect(page).toContain('Difference to exponential(60000, 4000)');
    const again = /^ {2}again +(lehr compare .*)$/m.exec(stdout)![1];
    expect(page).toContain(again.replaceAll('"', '&quot;'));
    const repeated = await lehr(cwd, ...words(again).slice(1), '--quiet');
    expect(repeated.stdout.split('\n').slice(0, 6)).toEqual(lines.slice(0, 6));
  });

  test('--json has everything, the same for any number of workers', async () => {
    const args = ['c.tsp', '--schedules', SCHEDULES, '--steps', '5000', '--seeds', '2..4', '--seed', 'x', '--baseline', 'modified-lam'];
    const json = await compared(...args, '--workers', '1');
    expect(json).toMatchObject({
      problem: 'tsp',
      instance: 'uniform-60',
      n: 60,
      sense: 'min',
      objectiveName: 'tour length',
      known: 5_800_000,
      control: 'temperature',
      baseline: 'modified-lam',
      seed: 'x',
      seeds: [2, 3, 4],
      budget: { steps: 5000 },
      target: null,
      workers: 1,
      interrupted: false,
      reproducible: true,
    });
    expect(json.cells.map(({ cell, runs }: any) => [cell, runs])).toEqual([
      ['exponential(60000, 4000)', 3],
      ['linear(60000, 4000)', 3],
      ['modified-lam', 3],
    ]);
    expect(json.cells[2]).toMatchObject({ difference: null, wins: null });
    expect(json.cells[0].gap).toBeCloseTo((100 * json.cells[0].median) / 5_800_000 - 100, 9);
    expect(json.cells[0].difference.value).toBeCloseTo(json.cells[0].mean.value - json.cells[2].mean.value, 3);
    expect(json.runs.length).toBe(9);
    expect(timeless(await compared(...args, '--workers', '3'))).toEqual(timeless(json));
  });

  test('a target tells how soon; numbers keep their place among the schedules', async () => {
    const json = await compared(
      'c.tsp',
      '--schedules',
      '30000; exponential(60000, 4000)',
      '--steps',
      '20000',
      '--seeds',
      '4',
      '--seed',
      '1',
      '--target',
      '6.5e6',
    );
    expect(json.cells.map(({ cell }: any) => cell)).toEqual(['constant(30000)', 'exponential(60000, 4000)']);
    for (const { target } of json.cells) expect(target).toMatchObject({ reached: 4, expected: expect.any(Number) });
    expect(json.runs.every(({ stopped, score }: any) => stopped === 'target' && score <= 6.5e6)).toBe(true);
    expect(words(json.command as string)).toContain('6500000');
  });

  test('a module of one’s own: its score, its controls', async () => {
    const own = await compared('mine.ts', '--schedules', 'exponential(50, 0.5); 0', '--evaluations', '5000', '--seeds', '3', '--seed', '1');
    expect(own).toMatchObject({ problem: 'partition', objectiveName: 'energy', budget: { evaluations: 5000 } });
    const two = await compared('two.mjs', '--schedules', '0.1; 0.2', '--push', '2', '--steps', '100', '--seeds', '3', '--seed', '1');
    expect(two).toMatchObject({ objectiveName: 'score', control: 'pull' });
    expect(two.runs.every(({ score, energy }: any) => score === -energy)).toBe(true);
    expect(words(two.command as string)).toEqual(expect.arrayContaining(['--push', '2']));
  });

  test('a schedule whose runs fail is told of, with exit code 1; the others are compared', async () => {
    const { code, stdout, stderr } = await lehr(
      cwd,
      'compare',
      'two.mjs',
      '--schedules',
      '0.1; 0.2; 9',
      '--push',
      '1',
      '--steps',
      '50',
      '--seeds',
      '3',
      '--quiet',
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/^lehr: constant\(9\): 3 of its runs failed, seed 1: job 2 \(compare\/1\): planted/);
    expect(stdout).toMatch(/constant\(9\) +0, 3 failed/);
  });

  test('if all fail: their error, nothing else', async () => {
    const { code, stdout, stderr } = await lehr(
      cwd,
      'compare',
      'two.mjs',
      '--schedules',
      '8; 9',
      '--push',
      '1',
      '--steps',
      '50',
      '--quiet',
    );
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^lehr: job 0 \(compare\/1\): planted/);
  });

  test('Ctrl-C: what is finished is compared, exit code 130', async () => {
    const { child, ended } = start(cwd, [
      'compare',
      'c.tsp',
      '--schedules',
      SCHEDULES,
      '--seconds',
      '0.4',
      '--seeds',
      '400',
      '--json',
      '--rows',
      'i.jsonl',
    ]);
    await hearing(child, 'seed');
    await pause(4000);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toContain('interrupted');
    const json = JSON.parse(stdout) as Record<string, any>;
    expect(json).toMatchObject({ interrupted: true, reproducible: false });
    const finished = json.cells.reduce((sum: number, { runs }: any) => sum + runs, 0);
    expect(finished).toBeGreaterThan(0);
    expect(finished).toBeLessThan(1200);
    expect(readRows(readFileSync(join(cwd, 'i.jsonl'), 'utf8'), 'i.jsonl').rows.length).toBe(1200);
  });
});

const c = ['c.tsp', '--steps', '1000'];

test.each<[string[], RegExp]>([
  [[], /FILE is missing/],
  [c, /--schedules is missing, expected schedules such as/],
  [[...c, '--schedules', 'exponential(3, 1)'], /expected at least two schedules\. Maybe put a semicolon/],
  [[...c, '--schedules', 'exponental(3, 1); 2'], /--schedules: .*"exponental".*Maybe exponential\?[\s\S]*\^/],
  [[...c, '--schedules', '1;; 2'], /--schedules is "1;; 2", expected a schedule on each side of a semicolon/],
  [[...c, '--schedules', 'linear(2,1); linear( 2, 1 )'], /--schedules has linear\(2, 1\) twice/],
  [
    [...c, '--schedules', '1; 2', '--baseline', 'linear(2, 1)'],
    /--baseline is linear\(2, 1\), expected one of the schedules constant\(1\); constant\(2\)/,
  ],
  [[...c, '--schedules', '1; 2', '--seeds', '1'], /--seeds is "1", expected a whole number from 2/],
  [[...c, '--schedules', '1; 2', '--seeds', '4..4'], /--seeds is "4\.\.4", expected at least two/],
  [[...c, '--schedules', '1; 2', '--seconds', '1'], /--seconds and --steps are both given/],
  [[...c, '--schedules', '1; 2', '--temperature', '1'], /unknown option --temperature/],
  [[...c, '--schedules', '1; 2', '--repot', 'x'], /unknown option --repot\. Maybe --report\?/],
  [[...c, '--schedules', '1; 2', '--report', 'folder'], /--report .*folder: it is a directory/],
  [[...c, '--schedules', '1; 2', '--rows', 'a', '--report', 'a'], /which is the file of --rows too/],
  [[...c, '--schedules', '1; 2', '--rows', 'c.tsp'], /which is the problem/],
  [['missing.tsp', '--schedules', '1; 2'], /missing\.tsp: no such file/],
  [['broken.ts', '--schedules', '1; 2'], /broken\.ts:2:\d+: /],
  [['two.mjs', '--schedules', '1; 2', '--steps', '9'], /--push is missing, expected a schedule: --schedules drives pull alone/],
  [['two.mjs', '--schedules', '1; 2', '--pull', '9', '--push', '1'], /--pull is "9", but --schedules drives pull/],
  [['two.mjs', '--schedules', '1; 2', '--pus', '9', '--push', '1'], /unknown option --pus\. Maybe --push\?/],
])('compare %j: one clear message, exit code 2, nothing left behind', async (args, message) => {
  const before = readdirSync(cwd, { recursive: true });
  const { code, message: said } = await refusedHere(cwd, ['compare', ...args, '--quiet']);
  expect(said).toMatch(message);
  expect(code).toBe(2);
  expect(readdirSync(cwd, { recursive: true })).toEqual(before);
});
