import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readRows } from 'lehr/experiment';
import { checkTemplates, schedulesAt, searchOf, spaceText } from '#src/cli/compare/tune-options';
import { folder, lehr, refusedHere, words } from './lehr.ts';

const cwd = folder();

beforeAll(async () => {
  await lehr(cwd, 'generate', 'flats', '--n', '120', '--seed', '1', '--output', 'flats.csv');
  await lehr(cwd, 'generate', 'tsp', '--n', '40', '--seed', '1', '--output', 'c.tsp');
});

async function tuned(...args: string[]): Promise<Record<string, any>> {
  const { code, stdout, stderr } = await lehr(cwd, 'tune', ...args, '--json', '--quiet');
  if (code !== 0) throw new Error(`exit ${code}: ${stderr}`);
  return JSON.parse(stdout) as Record<string, any>;
}

const FLATS = ['flats.csv', '--target', 'price', '--epochs', '20', '--seed', '1'];
const timeless = ({ trials, winner, judged, runs }: Record<string, any>) => ({
  trials,
  winner,
  judged,
  runs: runs.map((run: object) => ({ ...run, seconds: null })),
});

describe('lehr tune', () => {
  test('a grid over rates: chosen by validation rows, judged by test rows; rows and a page', async () => {
    const args = [...FLATS, '--rate', 'cosine(A, 0)', '--grid', 'A=0.00001,0.001,0.1', '--rows', 'r.jsonl', '--report', 'r.html'];
    const { code, stdout, stderr } = await lehr(cwd, 'tune', ...args);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /flats\.csv: 3 trials of a grid on 3 streams each, then the winner and the runner-up on 10 fresh ones, 29 runs of 60 steps/,
    );
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('flats.csv (linear, n = 120)');
    expect(lines[2]).toMatch(/^ {2}1 +A=0\.1 +3 +[\d.]+ \([\d.]+ to [\d.]+\)$/);
    expect(lines[4]).toMatch(/^ {2}3 +A=0\.00001 /);
    expect(stdout).toMatch(/at the edge +A is the largest of the grid: there may be better ones beyond it\n/);
    expect(stdout).toMatch(/rate +cosine\(0\.1, 0\)\n +judged by +test loss on fresh streams/);
    const { rows } = readRows(readFileSync(join(cwd, 'r.jsonl'), 'utf8'), 'r.jsonl');
    expect(rows.length).toBe(29);
    // Weights are kept by validation rows, and so is the search's score; the judge's is not.
    expect(rows.slice(0, 9).every(({ score, energy }) => Math.abs(score! - energy!) < 1e-9)).toBe(true);
    expect(rows.slice(9).some(({ score, energy }) => Math.abs(score! - energy!) < 1e-9)).toBe(false);
    expect(readFileSync(join(cwd, 'r.html'), 'utf8')).toContain('72 to train on, 24 to choose weights by, 24 to judge by');
  });

  test('at random, over two controls; the printed command repeats it, on any number of workers', async () => {
    const args = [...FLATS, '--optimizer', 'momentum', '--rate', 'warmup(W) > cosine(A, 0)', '--momentum', 'M'];
    const json = await tuned(...args, '--random', 'A=1e-4..0.1 log; M=0.5..0.95; W=0.05,0.1', '--trials', '5', '--workers', '1');
    expect(json.trials.length).toBe(5);
    for (const { point, schedules } of json.trials)
      expect(schedules).toEqual({ rate: `warmup(${point.W}) > cosine(${point.A}, 0)`, momentum: String(point.M) });
    expect(json).toMatchObject({
      search: 'random',
      objectiveName: 'validation loss',
      judged: { objectiveName: 'test loss' },
      reproducible: true,
    });
    expect(json.judged.winner.cell).toBe(json.trials[0].name);
    expect(json.judged.runnerUp.cell).toBe(json.trials[1].name);
    expect(timeless(await tuned(...words(json.command as string).slice(2), '--workers', '3'))).toEqual(timeless(json));
  });

  test('a problem: nothing in it knows which dynamics it is', async () => {
    const json = await tuned(
      'c.tsp',
      '--temperature',
      'exponential(A, B)',
      '--grid',
      'A=100000; B=2000,90000',
      '--steps',
      '20000',
      '--seed',
      '1',
      '--judges',
      '4',
    );
    expect(json).toMatchObject({
      problem: 'tsp',
      objectiveName: 'tour length',
      search: 'grid',
      n: 40,
      judged: { objectiveName: 'tour length' },
    });
    expect(json.winner.schedules).toEqual({ temperature: 'exponential(100000, 2000)' });
    // Kept hot to the end it is far from any good tour.
    expect(json.judged.winner.difference.high).toBeLessThan(0);
  });

  test('trials that diverge are told of and rank last', async () => {
    const { code, stdout, stderr } = await lehr(
      cwd,
      'tune',
      'flats.csv',
      '--target',
      'price',
      '--model',
      'mlp',
      '--steps',
      '200',
      '--rate',
      'A',
      '--grid',
      'A=0.05,0.01,1e6',
      '--seed',
      '1',
      '--quiet',
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/3 +A=1000000 +0, 3 failed +–/);
    expect(stderr).toMatch(/^lehr: 1 of 3 trials have runs that failed; the first, A=1000000, seed 1: .*expected a finite number/);
  });

  test.each([
    [['--rate', 'cosine(A, 0)'], '--grid is missing, expected parameters such as "A='],
    [['--rate', 'cosin(A, 0)', '--grid', 'A=1,2'], '--rate:'],
    [['--rate', 'A', '--grid', 'A=1,2', '--test', '0'], 'there are no test rows to judge by'],
    [['--rte', 'A', '--grid', 'A=1,2'], 'unknown option --rte. Maybe --rate?'],
    [['--rate', 'A', '--schedule', 'A', '--grid', 'A=1,2'], '--rate and --schedule are both given'],
  ])('%j: exit 2 before anything runs', async (args, message) => {
    const more = ['--quiet', '--report', 'none.html'];
    const { code, message: said } = await refusedHere(cwd, ['tune', 'flats.csv', '--target', 'price', ...args, ...more]);
    expect(said).toContain(message);
    expect([code, existsSync(join(cwd, 'none.html'))]).toEqual([2, false]);
  });
});

describe('what is searched', () => {
  test.each([
    [{ grid: 'A=1,2', random: 'A=1..2' }, '--grid and --random are both given'],
    [{ grid: 'A=1,2', trials: 3 }, '--trials is 3, but --grid tries all its points'],
    [{ grid: 'A=1..2' }, 'a range has no end of points. Maybe --random'],
    [{ grid: 'A=1,x' }, 'A is "1,x", expected numbers with commas'],
    [{ grid: ' ; ' }, '--grid is " ; ", expected parameters'],
    [{ random: 'A=1..2 lgo' }, 'not "lgo". Maybe log?'],
    [{ grid: 'a=1,2' }, 'whose names begin with a capital letter'],
    [{ grid: 'A=1,2; A=3' }, '--grid has A twice'],
  ])('%j is refused', (options, message) => {
    expect(() => searchOf(options)).toThrow(message);
  });

  test('spaces have a text form', () => {
    for (const random of ['A=0.0001..1 log; B=2..10 whole; C=1,2.5', 'D=-1..1'])
      expect(searchOf({ random: spaceText(searchOf({ random }).space) })).toEqual(searchOf({ random }));
    expect(searchOf({ random: 'A=1e-4..1 log' })).toEqual({ space: { A: { from: 1e-4, to: 1, scale: 'log', whole: false } }, trials: 20 });
  });

  test('parameters stand in schedules, each of them somewhere', () => {
    const space = { A: [1], Bc: [2] };
    expect(schedulesAt({ rate: 'warmup(0.1) > cosine(A, Bc)', momentum: 'A' }, { A: 1e-7, Bc: 0 })).toEqual({
      rate: 'warmup(0.1) > cosine(1e-7, 0)',
      momentum: '1e-7',
    });
    expect(() => checkTemplates({ rate: 'cosine(A, Bc)' }, space, '--grid')).not.toThrow();
    expect(() => checkTemplates({ rate: 'cosine(A, B)' }, space, '--grid')).toThrow('--rate has B, which is not in --grid, expected A, Bc');
    expect(() => checkTemplates({ rate: 'A' }, space, '--random')).toThrow(
      '--random has Bc, which is in no schedule, expected it in --rate',
    );
  });
});
