import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { folder, lehr, refusedHere, words } from './lehr.ts';

const cwd = folder();

beforeAll(async () => {
  await lehr(cwd, 'generate', 'flats', '--n', '120', '--seed', '1', '--output', 'flats.csv');
  await lehr(cwd, 'generate', 'moons', '--n', '120', '--seed', '1', '--output', 'moons.csv');
  writeFileSync(
    join(cwd, 'line.mjs'),
    `const x = Array.from({ length: 30 }, (_, i) => i / 15 - 1);
export default () => ({
  name: 'line', rows: 30, size: 1, init: (rng) => Float64Array.of(rng.normal()),
  gradient(w, rows, from, to, into) {
    into.fill(0);
    let loss = 0;
    for (let r = from; r < to; r++) {
      const off = (w[0] - 3) * x[rows[r]];
      loss += (0.5 * off * off) / (to - from);
      into[0] += (off * x[rows[r]]) / (to - from);
    }
    return loss;
  },
});
`,
  );
});

async function compared(...args: string[]): Promise<Record<string, any>> {
  const { code, stdout, stderr } = await lehr(cwd, 'compare', ...args, '--json', '--quiet');
  if (code !== 0) throw new Error(`exit ${code}: ${stderr}`);
  return JSON.parse(stdout) as Record<string, any>;
}

const RATES = '0.1; cosine(0.1, 0); 0.0001';
const FLATS = ['flats.csv', '--target', 'price', '--rates', RATES, '--epochs', '20', '--seeds', '6', '--seed', '3'];
const timeless = ({ cells, runs }: Record<string, any>) => ({ cells, runs: runs.map((run: object) => ({ ...run, seconds: null })) });

describe('lehr compare of rates', () => {
  test('the scores are losses on test rows, dealt out anew for each stream; a rate that is far too small loses everywhere', async () => {
    const json = await compared(...FLATS, '--workers', '1');
    expect(json).toMatchObject({
      problem: 'linear',
      instance: 'flats.csv',
      n: 120,
      sense: 'min',
      objectiveName: 'test loss',
      control: 'rate',
      budget: { steps: 60 },
      reproducible: true,
    });
    const [, , tiny] = json.cells;
    expect(tiny.difference.low).toBeGreaterThan(0.1);
    expect(tiny.wins.probability).toBe(0);
    const scores = (cell: string) => json.runs.filter((run: any) => run.cell === cell).map((run: any) => run.score);
    // Kept by validation rows: the energy is theirs, the score is not.
    expect(json.runs.some(({ score, energy }: any) => score === energy)).toBe(false);
    expect(new Set(scores('0.0001')).size).toBe(6);
    expect(timeless(await compared(...FLATS, '--workers', '3'))).toEqual(timeless(json));
    expect(timeless(await compared(...words(json.command as string).slice(2)))).toEqual(timeless(json));
  });

  test('--split-seed: one split for all, told on the page; the first streams stay what they were', async () => {
    const args = [...FLATS, '--batch', 'all', '--split-seed', '5'];
    const json = await compared(...args, '--report', 'r.html');
    // Least squares begin at 0 and see all rows in each step: streams have nothing left to differ in.
    expect(new Set(json.runs.filter(({ cell }: any) => cell === '0.1').map(({ score }: any) => score)).size).toBe(1);
    const page = readFileSync(join(cwd, 'r.html'), 'utf8');
    expect(page).toContain('one for all, seed 5');
    expect(page).toContain('72 to train on, 24 to choose weights by, 24 to judge by');
    const few = await compared(...FLATS.map((word) => (word === '6' ? '3' : word)));
    const more = await compared(...FLATS);
    expect(few.runs.map(({ score }: any) => score)).toEqual(more.runs.slice(0, 9).map(({ score }: any) => score));
  });

  test('accuracy, more of which is better; other controls; without test rows by validation rows', async () => {
    const moons = [
      'moons.csv',
      '--target',
      'label',
      '--model',
      'mlp',
      '--hidden',
      '8',
      '--rates',
      '0.3; 0.00001',
      '--epochs',
      '30',
      '--seeds',
      '4',
    ];
    const json = await compared(
      ...moons,
      '--seed',
      '1',
      '--score',
      'accuracy',
      '--optimizer',
      'momentum',
      '--momentum',
      'linear(0.5, 0.9)',
    );
    expect(json).toMatchObject({ sense: 'max', objectiveName: 'test accuracy', problem: 'mlp' });
    expect(json.cells[0].mean.value).toBeGreaterThan(0.85);
    expect(json.cells[1].wins.probability).toBeLessThan(0.5);
    expect(words(json.command as string)).toEqual(expect.arrayContaining(['--momentum', 'linear(0.5, 0.9)', '--score', 'accuracy']));
    const validated = await compared(...moons, '--seed', '1', '--test', '0', '--keep', 'best');
    expect(validated.objectiveName).toBe('validation loss');
    expect(validated.runs.every(({ score, energy }: any) => Math.abs(score - energy) < 1e-6)).toBe(true);
  });

  test('a model of one’s own', async () => {
    const json = await compared('line.mjs', '--rates', '1; 0.001', '--steps', '50', '--seeds', '3', '--seed', '1');
    expect(json).toMatchObject({ problem: 'line', objectiveName: 'training loss', n: 30 });
    expect(json.cells[1].wins.probability).toBe(0);
  });

  test.each([
    [
      ['flats.csv', '--target', 'prize', '--rates', '1; 2'],
      'there is no column "prize", expected one of "area", "age", "heating", "price". Maybe price?',
    ],
    [['flats.csv', '--rates', '1; 2'], '--target is missing, expected the column to predict'],
    [['flats.csv', '--target', 'price', '--rates', '1'], '--rates is "1", expected at least two schedules'],
    [['flats.csv', '--target', 'price', '--rates', '1; 2', '--schedules', '1; 2'], '--schedules and --rates are both given'],
    [
      ['flats.csv', '--target', 'price', '--rates', '1; 2', '--score', 'accuracy'],
      '--score is accuracy, but linear regression has the figures loss, r2, rmse, mae',
    ],
    [['flats.csv', '--target', 'price', '--rates', '1; 2', '--known', '3'], '--known is 3, but "flats.csv" is to learn from'],
    [['flats.csv', '--target', 'price', '--rates', '1; 2', '--epoch', '3'], 'unknown option --epoch. Maybe --epochs?'],
    [
      ['flats.csv', '--target', 'price', '--rates', '1; 2', '--epochs', '3', '--steps', '4'],
      '--steps and --epochs are both given: expected one budget',
    ],
    [['flats.csv', '--target', 'price', '--rates', '1; 2', '--rate', '3'], '--rate is "3", but --rates drives rate'],
    [['flats.csv', '--target', 'price', '--rates', '1; 2', '--validation', '0', '--test', '0'], 'there are no validation rows to judge by'],
  ])('%j: exit 2', async (args, message) => {
    const { code, message: said } = await refusedHere(cwd, ['compare', ...args, '--seeds', '2', '--quiet']);
    expect(said).toContain(message);
    expect(code).toBe(2);
  });
});
