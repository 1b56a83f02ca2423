import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { decodeModel } from '#problems/trained/index';
import { folder, lehr, trained, words } from './lehr.ts';

const cwd = folder();
const SEARCH = ['flats.csv', '--target', 'price', '--epochs', '10', '--seed', '1', '--rate', 'cosine(A, 0)', '--grid', 'A=0.0001,0.05'];

beforeAll(async () => {
  await lehr(cwd, 'generate', 'flats', '--n', '120', '--seed', '1', '--output', 'flats.csv');
  writeFileSync(
    join(cwd, 'line.ts'),
    `import type { Model } from 'lehr';
const model: Model<Float64Array> = {
  name: 'line', rows: 4, size: 1,
  init: (rng) => Float64Array.of(rng.normal()),
  gradient(w, rows, from, to, into) { into[0] = w[0] - 3; return 0.5 * into[0] * into[0]; },
  evaluate: (w) => ({ loss: Math.abs(w[0] - 3) }),
};
export default model;
`,
  );
});

test('the winner is fitted on training and validation rows, and what is printed repeats it', async () => {
  const { code, stdout } = await lehr(cwd, 'tune', ...SEARCH, '--output', 'both.json', '--json', '--quiet');
  expect(code).toBe(0);
  const { winner, fitted } = JSON.parse(stdout) as Record<string, any>;
  expect(winner.schedules.rate).toBe('cosine(0.05, 0)');
  expect(fitted).toMatchObject({ keep: 'last', validation: null, epochs: 10, seed: 1 });
  expect(fitted.examples).toEqual({ training: 96, validation: 0, test: 24 });
  expect(decodeModel(readFileSync(join(cwd, 'both.json'), 'utf8'), 'both.json').training).toMatchObject({ controls: winner.schedules });
  const again = words(fitted.command as string).slice(2);
  expect(again).toContain('training+validation');
  expect((await trained(cwd, ...again)).digest).toBe(fitted.digest);
});

test('or as the trials were', async () => {
  const args = ['tune', ...SEARCH, '--refit', 'training', '--output', 'as.json', '--quiet'];
  const { code, stdout } = await lehr(cwd, ...args);
  expect(code).toBe(0);
  expect(stdout).toMatch(/fitted on +72 rows, the best on the validation rows kept: test loss [\d.]+, r2 0\.\d+/);
  expect(stdout).toMatch(/model +as\.json/);
  const { model } = decodeModel(readFileSync(join(cwd, 'as.json'), 'utf8'), 'as.json');
  expect(model).toBe('linear');
});

test('a gradient model of one’s own module is searched, compared and fitted', async () => {
  const grid = ['line.ts', '--rate', 'A', '--grid', 'A=0.001,0.5', '--steps', '40', '--seed', '1'];
  const { code, stdout, stderr } = await lehr(cwd, 'tune', ...grid, '--output', 'own.json', '--json', '--quiet');
  expect([code, stderr]).toEqual([0, '']);
  const json = JSON.parse(stdout) as Record<string, any>;
  expect(json).toMatchObject({ problem: 'line', objectiveName: 'held-out loss', winner: { schedules: { rate: '0.5' } } });
  expect(json.fitted.keep).toBe('best');
  expect(decodeModel(readFileSync(join(cwd, 'own.json'), 'utf8'), 'own.json').parameters[0]).toBeCloseTo(3, 6);
  const compared = await lehr(cwd, 'compare', 'line.ts', '--schedules', '0.001; 0.5', '--steps', '40', '--seeds', '3', '--json', '--quiet');
  expect(compared.code).toBe(0);
  expect(JSON.parse(compared.stdout)).toMatchObject({ objectiveName: 'held-out loss' });
});

test.each([
  [['line.ts', '--refit', 'training'], '--refit is "training", but a module of your own deals its rows out itself'],
  [['flats.csv', '--target', 'price', '--evaluations', '100', '--output', 'x.json'], 'but the budget is in evaluations'],
  [['flats.csv', '--target', 'price', '--output', '-', '--json'], '--output is "-", and --json writes to standard output, too'],
  [['flats.csv', '--target', 'price', '--fit', 'training+validation'], 'unknown option --fit.'],
])('%j: exit 2', async (args, message) => {
  const { code, stdout, stderr } = await lehr(cwd, 'tune', ...args, '--rate', 'A', '--grid', 'A=1,2');
  expect(stderr).toContain(message);
  expect([code, stdout]).toEqual([2, '']);
});
