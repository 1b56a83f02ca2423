import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { columnOf, readCsv, type NumberColumn } from '#problems/table/index';
import { beforeAll, describe, expect, test } from 'vitest';
import { folder, inferred, lehr, pause, refusedHere, start, words } from './lehr.ts';

const cwd = folder();
const read = (file: string): string => readFileSync(join(cwd, file), 'utf8');
const numbers = (text: string, name: string): Float64Array => (columnOf(readCsv(text), name) as NumberColumn).values;
const GMM = ['blobs.csv', '--model', 'gmm', '--label', 'label', '--components', '6', '--spread', '0.3', '--seed', '1'];
let json: Record<string, any>;

beforeAll(async () => {
  await lehr(cwd, 'generate', 'blobs', '--n', '200', '--classes', '4', '--spread', '0.5', '--seed', '2', '--output', 'blobs.csv');
  json = await inferred(cwd, ...GMM, '--output', 'm.json', '--assignments', 'm.csv', '--report', 'm.html', '--picture', 'p.json');
}, 60_000);

describe('components of planted clouds', () => {
  test('are found, the others stay empty, and held-out rows are told better than by one', () => {
    expect(json).toMatchObject({ model: 'gmm', counts: { rows: 200, columns: 2, heldOut: 20 }, stopped: 'settled', columns: ['x1', 'x2'] });
    expect(json.figures.label).toBeGreaterThan(0.9);
    expect(json.figures.components).toBeGreaterThanOrEqual(4);
    expect(json.figures.heldOut).toBeGreaterThan(json.figures.heldOutWithOneComponent + 0.5);
    expect(json.rows.reduce((a: number, b: number) => a + b)).toBe(200);
    expect(json.weights.reduce((a: number, b: number) => a + b)).toBeCloseTo(1, 9);
    expect(json.agreement.pairs).toHaveLength(6);
  });

  test('means are in the columns’ own units', () => {
    const [x, y, component] = ['x1', 'x2', 'component'].map((name) => numbers(read('m.csv'), name));
    for (let k = 0; k < 3; k++) {
      const rows = [...component.keys()].filter((row) => component[row] === k + 1);
      const mean = (values: Float64Array): number => rows.reduce((sum, row) => sum + values[row], 0) / rows.length;
      expect(Math.abs(mean(x) - json.means[2 * k])).toBeLessThan(0.3);
      expect(Math.abs(mean(y) - json.means[2 * k + 1])).toBeLessThan(0.3);
    }
  });

  test('rows of the largest are together in the picture; the page has the truth', () => {
    const [matrix] = JSON.parse(read('p.json')) as any[];
    expect([matrix.rows, matrix.per]).toEqual([180, 1]);
    expect(matrix.values[1]).toBe(1);
    for (const part of [json.digest, 'Rows that are together', 'Components against label']) expect(read('m.html')).toContain(part);
  });

  test('the command it prints gives the same bits', async () => {
    const again = await inferred(cwd, ...words(json.command).slice(2), '--workers', '1');
    expect(again).toMatchObject({ digest: json.digest, figures: json.figures, agreement: json.agreement });
  });

  test('other rows have their component and density', async () => {
    const { stdout, stderr, code } = await lehr(cwd, 'predict', 'm.json', 'blobs.csv');
    expect([code, stderr]).toEqual([0, expect.stringMatching(/blobs\.csv: 200 rows, mean log density -\d+\.\d+ nats a row/)]);
    expect(numbers(stdout, 'component')).toEqual(numbers(read('m.csv'), 'component'));
    const density = numbers(stdout, 'log density');
    const lines = read('m.csv').trim().split('\n').slice(1);
    const heldOut = density.filter((_, row) => lines[row].endsWith('predicted'));
    expect(heldOut.reduce((a, b) => a + b) / 20).toBeCloseTo(json.figures.heldOut, 3);
    writeFileSync(join(cwd, 'hole.csv'), 'x1,x2\n1,2\n3,\n');
    expect((await lehr(cwd, 'predict', 'm.json', 'hole.csv')).stderr).toContain('hole.csv:3: column "x2" is missing');
    writeFileSync(join(cwd, 'damaged.json'), read('m.json').replace(/"components":6/, '"components":7'));
    expect((await lehr(cwd, 'predict', 'damaged.json', 'blobs.csv')).stderr).toContain(
      'damaged.json: it is damaged: components: there are 48 numbers, expected 56',
    );
  });
});

test('diagonal, annealed, in minibatches, by the clock', async () => {
  const diagonal = await inferred(cwd, ...GMM, '--covariance', 'diagonal', '--noise', 'local', '--passes', '40', '--chains', '2');
  expect(diagonal).toMatchObject({ controls: { noiseScale: 'linear(3, 0) for 0.5 > 0' }, chains: 2 });
  expect(diagonal.figures.label).toBeGreaterThan(0.7);
  const online = await inferred(cwd, ...GMM, '--batch', '30', '--chains', '1');
  expect(online).toMatchObject({ budget: { steps: 20 * 6 }, stopped: 'budget' });
  const timed = await inferred(cwd, ...GMM, '--seconds', '0.2', '--settled', '0', '--chains', '2');
  expect(timed).toMatchObject({ stopped: 'budget', reproducible: false });
});

test('Ctrl-C keeps the best so far, and a resume goes on to the bits of a whole run', async () => {
  const long = [...GMM, '--settled', '0', '--passes', '30000', '--chains', '2'];
  const { child, ended } = start(cwd, ['infer', ...long, '--checkpoint', 'run', '--json']);
  while (!existsSync(join(cwd, 'run', 'chain-1.json'))) await pause(10);
  await pause(150);
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  const cut = JSON.parse(stdout) as Record<string, any>;
  expect([code, cut.stopped]).toEqual([130, 'interrupted']);
  expect(cut.steps).toBeLessThan(60_000);
  const [whole, resumed] = [
    await inferred(cwd, ...long),
    JSON.parse((await lehr(cwd, 'infer', '--resume', 'run', '--json', '--quiet')).stdout),
  ];
  expect(resumed.resumedAt).toBe(cut.steps);
  expect(resumed.digest).toBe(whole.digest);
}, 60_000);

describe('refuses, with exit 2', () => {
  beforeAll(() => {
    writeFileSync(join(cwd, 'tenth.csv'), `x,y\n${Array.from({ length: 7 }, (_, i) => `0.1,${i}\n`).join('')}`);
    writeFileSync(join(cwd, 'flat.csv'), 'x,y\n1,2\n1,3\n1,4\n1,7\n');
    writeFileSync(join(cwd, 'text.csv'), 'x,y\n1,a\n2,b\n3,a\n');
    writeFileSync(join(cwd, 'gap.csv'), 'x,y\n1,2\n2,\n3,5\n');
    writeFileSync(join(cwd, 'count.csv'), `id,y\n${Array.from({ length: 12 }, (_, i) => `${i},${Math.sin(i)}`).join('\n')}\n`);
  });
  test.each<[string[], string]>([
    [
      ['flat.csv', '--components', '2'],
      'flat.csv: column "x" is 1 in every row to learn from, expected values that differ. Maybe leave it out: --drop "x".',
    ],
    // The mean of these is not 0.1, so that their deviation is not 0.
    [['tenth.csv', '--components', '2'], 'tenth.csv: column "x" is 0.1 in every row to learn from'],
    [['text.csv', '--components', '2'], 'text.csv:2: column "y" is "a", expected numbers. Maybe leave the column out: --drop "y".'],
    [['gap.csv', '--components', '2'], 'gap.csv:3: column "y" is missing, expected a number in each row.'],
    [['gap.csv', '--drop', 'x,y'], 'gap.csv: no column is left, expected at least one of numbers.'],
    [['flat.csv', '--drop', 'x', '--components', '5'], '--components is 5, expected at most 4, the rows there are to learn from.'],
    [['flat.csv', '--drop', 'x', '--label', 'x'], '--label is "x", which --drop leaves out'],
    [['flat.csv', '--drop', 'x', '--components', '2', '--alpha', '0'], '--alpha is "0", expected a finite number above 0.'],
    [['flat.csv', '--drop', 'x', '--visits', '3'], '--visits is 3, but the model gmm takes no such option'],
  ])('%j', async (args, message) => {
    const refused = await refusedHere(cwd, ['infer', ...args, '--model', 'gmm', '--seed', '1', '--quiet']);
    expect(refused.message).toContain(message);
    expect(refused.code).toBe(2);
  });

  test('but only tells of a column that counts the rows', async () => {
    const { code, stderr } = await lehr(cwd, 'infer', 'count.csv', '--model', 'gmm', '--components', '2', '--seed', '1', '--chains', '1');
    expect(code).toBe(0);
    expect(stderr).toContain('column "id" looks as if it counted the rows: maybe --drop "id".');
  });
});
