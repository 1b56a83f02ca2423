import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { folder, lehr, refusedHere, trained } from './lehr.ts';

const cwd = folder();
let json: Record<string, any>;

beforeAll(async () => {
  await lehr(cwd, 'generate', 'flats', '--n', '400', '--output', 'flats.csv');
  await lehr(cwd, 'generate', 'moons', '--n', '300', '--output', 'moons.csv');
  await lehr(cwd, 'generate', 'ratings', '--n', '800', '--output', 'ratings.csv');
  await lehr(cwd, 'generate', 'digits', '--n', '200', '--output', 'digits.csv');
  await trained(cwd, 'flats.csv', '--target', 'price', '--seed', '1', '--output', 'flats.json');
  json = await trained(cwd, 'moons.csv', '--target', 'label', '--model', 'mlp', '--seed', '1', '--output', 'moons.json');
  await trained(
    cwd,
    'ratings.csv',
    '--target',
    'rating',
    '--model',
    'factorisation',
    '--rank',
    '2',
    '--seed',
    '1',
    '--output',
    'ratings.json',
  );
  await trained(
    cwd,
    'digits.csv',
    '--model',
    'rbm',
    '--drop',
    'digit',
    '--hidden',
    '8',
    '--epochs',
    '5',
    '--seed',
    '1',
    '--output',
    'digits.json',
  );
});

const asked = (...args: string[]) => lehr(cwd, 'predict', ...args);

test('predictions are one a row, under the target’s name; figures go to standard error', async () => {
  const { code, stdout, stderr } = await asked('flats.json', 'flats.csv');
  expect(code).toBe(0);
  const lines = stdout.trim().split('\n');
  expect(lines[0]).toBe('price');
  expect(lines).toHaveLength(401);
  expect(stderr).toMatch(/flats\.csv: 400 rows, loss [\d.]+, r2 0\.9\d+, rmse 1\d\./);
  expect(stderr).toMatch(/column "age": \d+ cells are missing and taken for what is usual/);
});

test('the test rows alone give the test figures of the training', async () => {
  // The rows of the test part, by the split that both verbs draw from the same stream.
  const { split } = await import('#problems/table/index');
  const [header, ...rows] = readFileSync(join(cwd, 'moons.csv'), 'utf8').trim().split('\n');
  const labels = rows.map((row) => row.split(',')[2]);
  const codes = labels.map((label) => [...new Set(labels)].indexOf(label));
  const { test: own } = split(rows.length, { seed: 1, classes: codes });
  writeFileSync(join(cwd, 'own.csv'), [header, ...Array.from(own, (row) => rows[row])].join('\n'));
  const said = JSON.parse((await asked('moons.json', 'own.csv', '--json', '--quiet')).stdout) as Record<string, any>;
  expect(said.rows).toBe(json.examples.test);
  expect(said.accuracy).toBe(json.figures.test.accuracy);
  expect(said.loss).toBeCloseTo(json.test as number, 12);
  expect(said.confusion.flat().reduce((a: number, b: number) => a + b, 0)).toBe(said.rows);
});

test('probabilities add up to 1, and labels that need it are quoted', async () => {
  writeFileSync(
    join(cwd, 'quoted.csv'),
    `a,what\n${Array.from({ length: 40 }, (_, i) => `${i},${i < 20 ? '"low, very"' : 'high'}\n`).join('')}`,
  );
  await trained(cwd, 'quoted.csv', '--target', 'what', '--seed', '1', '--output', 'quoted.json');
  const { stdout } = await asked('quoted.json', 'quoted.csv', '--probabilities', '--quiet');
  const [head, ...lines] = stdout.trim().split('\n');
  expect(head).toBe('what,"probability of low, very",probability of high');
  expect(lines[0]).toMatch(/^"low, very",/);
  for (const line of lines) {
    const [p, q] = line.split(',').slice(-2).map(Number);
    expect(p + q).toBeCloseTo(1, 12);
  }
});

test('columns in another order, others beside them and no target are no matter', async () => {
  writeFileSync(join(cwd, 'other.csv'), 'extra,heating,area,age\n1,gas,80,10\n2,oil,80,10\n');
  const { code, stdout, stderr } = await asked('flats.json', 'other.csv');
  expect(code).toBe(0);
  const [gas, oil] = stdout.trim().split('\n').slice(1).map(Number);
  // 20 + 3 · 80 − 0.5 · 10 + 10 = 265 for gas, 10 less for oil; noise 15 on 240 rows leaves a few thousands of error.
  expect(Math.abs(gas - 265)).toBeLessThan(8);
  expect(Math.abs(gas - oil - 10)).toBeLessThan(8);
  expect(stderr).toBe('other.csv: 2 rows\n');
});

test('a label never met is told of, or refused', async () => {
  writeFileSync(join(cwd, 'unseen.csv'), 'heating,area,age\nwood,80,10\noil,80,10\n');
  const told = await asked('flats.json', 'unseen.csv');
  expect(told.code).toBe(0);
  expect(told.stderr).toContain('column "heating": 1 cells have a label that the model has never met');
  const refused = await asked('flats.json', 'unseen.csv', '--unseen', 'refuse');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('unseen.csv: column "heating" has 1 cells with a label that the model has never met');
});

test('ratings and machines have their own predictions', async () => {
  writeFileSync(join(cwd, 'pairs.csv'), 'user,item\nu1,i1\nnobody,i1\nu1,nothing\nnobody,nothing\n');
  const { code, stdout, stderr } = await asked('ratings.json', 'pairs.csv');
  expect(code).toBe(0);
  const values = stdout.trim().split('\n').slice(1).map(Number);
  expect(values).toHaveLength(4);
  expect(values.every((value) => value > 0 && value < 6)).toBe(true);
  expect(stderr).toContain('column "user": 2 cells have a label');
  const machine = await asked('digits.json', 'digits.csv', '--quiet');
  expect(machine.stdout.split('\n')[0]).toBe('free energy');
});

test.each([
  [['flats.json', 'moons.csv'], 'moons.csv: there is no column "area", expected one of "x", "y", "label".'],
  [['flats.json', 'bad.csv'], 'bad.csv:3: column "area" is "big", expected a number'],
  [['moons.csv', 'moons.csv'], 'moons.csv: it is not JSON, expected a model that lehr train wrote'],
  [['cut.json', 'moons.csv'], 'cut.json: it is not JSON'],
  [['less.json', 'moons.csv'], 'less.json: it has 6 weights, expected 7. Maybe the file was changed.'],
  [['newer.json', 'moons.csv'], 'newer.json: the model has version 2, expected 1'],
  [['flats.json', 'flats.csv', '--probabilities'], 'the model predicts no classes'],
  [['flats.json', 'flats.csv', '--output', 'flats.json'], '--output is "flats.json", which is'],
  [['flats.json', 'no.csv'], 'no.csv: no such file'],
])('%j is exit code 2', async (args, message) => {
  const text = readFileSync(join(cwd, 'flats.json'), 'utf8');
  writeFileSync(join(cwd, 'bad.csv'), 'area,age,heating\n50,3,gas\nbig,4,oil\n60,5,gas\n');
  writeFileSync(join(cwd, 'cut.json'), text.slice(0, -50));
  writeFileSync(join(cwd, 'newer.json'), text.replace('"version":1', '"version":2'));
  const model = JSON.parse(text) as { parameters: { base64: string } };
  const weights = Buffer.from(model.parameters.base64, 'base64').subarray(0, 48);
  writeFileSync(
    join(cwd, 'less.json'),
    JSON.stringify({ ...model, parameters: { ...model.parameters, base64: weights.toString('base64') } }),
  );
  const { code, message: said } = await refusedHere(cwd, ['predict', ...args]);
  expect(said).toContain(message);
  expect(code).toBe(2);
});
