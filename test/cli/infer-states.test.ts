import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { adjustedRand } from 'lehr/experiment';
import { asCategories, columnOf, readCsv, type NumberColumn } from '#problems/table/index';
import { beforeAll, describe, expect, test } from 'vitest';
import { folder, inferred, lehr, refusedHere, words } from './lehr.ts';

const cwd = folder();
const read = (file: string): string => readFileSync(join(cwd, file), 'utf8');
const HMM = ['weather.csv', '--model', 'hmm', '--states', '3', '--seed', '1', '--held-out', '0.2'];
let json: Record<string, any>;

beforeAll(async () => {
  await lehr(cwd, 'generate', 'weather', '--n', '30', '--seed', '1', '--output', 'weather.csv');
  json = await inferred(cwd, ...HMM, '--output', 's.json', '--assignments', 's.csv', '--report', 's.html', '--picture', 'p.json');
}, 60_000);

describe('states of planted weather', () => {
  test('are found, and tell held-out sequences better than one state', () => {
    expect(json).toMatchObject({
      model: 'hmm',
      counts: { sequences: 30, places: 1800, symbols: 5, heldOut: 6 },
      stopped: 'settled',
      controls: { noiseScale: 'linear(5, 0) for 0.5 > 0' },
      figures: { states: 3 },
    });
    expect(json.figures.heldOut).toBeGreaterThan(json.figures.heldOutWithOneState + 0.05);
    // Snow is of one state alone, as planted.
    const snow = json.symbols.indexOf('snow');
    const shares = json.emissions.map((row: number[]) => row[snow]).toSorted((a: number, b: number) => a - b);
    expect(shares[1]).toBeLessThan(0.05);
    expect(shares[2]).toBeGreaterThan(0.3);
    for (let k = 0; k < 3; k++) expect(json.transitions[k][k]).toBeGreaterThan(0.75);
  });

  test('each place has its state, snow always that of snow', () => {
    const table = readCsv(read('s.csv'));
    expect(table.rows).toBe(1800);
    const symbol = asCategories(columnOf(table, 'symbol'));
    const state = (columnOf(table, 'state') as NumberColumn).values;
    const snowy = state.filter((_, row) => symbol.labels[symbol.codes[row]] === 'snow');
    const wintry = 1 + json.emissions.findIndex((row: number[]) => row[json.symbols.indexOf('snow')] > 0.3);
    expect(snowy.filter((k) => k === wintry).length / snowy.length).toBeGreaterThan(0.95);
    const path = (columnOf(table, 'path') as NumberColumn).values;
    expect(adjustedRand(state, path)).toBeGreaterThan(0.8);
    expect(read('s.csv').match(/predicted/g)).toHaveLength(360);
  });

  test('pictures of transitions and symbols, and a page', () => {
    const [transitions, symbols] = JSON.parse(read('p.json')) as any[];
    expect([transitions.values.length, symbols.values.length]).toEqual([9, 15]);
    for (const part of [json.digest, 'From state to state', 'Symbols of the states']) expect(read('s.html')).toContain(part);
  });

  test('the command it prints gives the same bits, and so does a run of few workers', async () => {
    const again = await inferred(cwd, ...words(json.command).slice(2), '--workers', '1');
    expect(again).toMatchObject({ digest: json.digest, agreement: json.agreement, transitions: json.transitions });
  });

  test('other sequences have their states; an unseen symbol is an error that names the line', async () => {
    const { stdout, code } = await lehr(cwd, 'predict', 's.json', 'weather.csv', '--quiet');
    expect(code).toBe(0);
    const [now, then] = [stdout, read('s.csv')].map((text) => (columnOf(readCsv(text), 'state') as NumberColumn).values);
    expect(now).toEqual(then);
    const { meanLogLikelihood } = JSON.parse((await lehr(cwd, 'predict', 's.json', 'weather.csv', '--json', '--quiet')).stdout);
    expect(Math.abs(meanLogLikelihood - json.figures.heldOut)).toBeLessThan(0.1);
    writeFileSync(join(cwd, 'hail.csv'), 'sequence,symbol\na,sun\na,hail\n');
    const odd = await lehr(cwd, 'predict', 's.json', 'hail.csv');
    expect([odd.code, odd.stderr]).toEqual([2, expect.stringContaining('hail.csv:3: the symbol is "hail", expected one of the 5')]);
  });
});

test('sequences a line each, annealed by noise, in minibatches', async () => {
  const lines = Array.from({ length: 12 }, (_, s) => (s % 2 === 0 ? 'a a b a b a a' : 'c d c c d c d')).join('\n');
  writeFileSync(join(cwd, 'lines.txt'), lines);
  const few = ['lines.txt', '--model', 'hmm', '--states', '2', '--seed', '1', '--chains', '2'];
  const noisy = await inferred(cwd, ...few, '--passes', '60');
  expect(noisy).toMatchObject({
    controls: { noiseScale: 'linear(5, 0) for 0.5 > 0' },
    chosen: ['noiseScale'],
    symbols: ['a', 'b', 'c', 'd'],
  });
  expect(noisy.figures.states).toBe(2);
  const online = await inferred(cwd, ...few, '--batch', '4', '--passes', '10', '--noise', 'local', '--noise-scale', 'linear(0.5, 0)');
  expect(online).toMatchObject({
    controls: { rate: 'robbins-monro(1)', noiseScale: 'linear(0.5, 0)' },
    chosen: ['rate'],
    stopped: 'budget',
  });
  const hot = await inferred(cwd, ...few, '--noise', 'local', '--noise-scale', '0.2', '--passes', '5');
  expect(hot.notices).toContain(
    '--noise-scale ends at 0.2, not at 0: the run never settles, and its bound is below what plain steps would reach.',
  );
  expect(noisy.notices).toEqual([]);
});

test('symbols that are measurements are told of', async () => {
  writeFileSync(join(cwd, 'measured.txt'), Array.from({ length: 6 }, (_, s) => `0.5, 1.25, ${s}.75, 2`).join('\n'));
  const { notices } = await inferred(cwd, 'measured.txt', '--model', 'hmm', '--states', '2', '--seed', '1', '--passes', '3');
  expect(notices[0]).toBe(
    'symbols look like measurements, such as "0.5", and are taken as so many names: --points takes columns of numbers, of a table with a row for each place.',
  );
});

test('sequences of points: states are Gaussians in the columns’ own units', async () => {
  const rows = Array.from({ length: 240 }, (_, t) => `${1000 + 50 * (Math.floor(t / 20) % 2) + Math.sin(7 * t)},${0.01 * Math.cos(5 * t)}`);
  writeFileSync(join(cwd, 'points.csv'), `high,low\n${rows.join('\n')}\n`);
  const points = await inferred(
    cwd,
    'points.csv',
    '--model',
    'hmm',
    '--points',
    'high, low',
    '--states',
    '2',
    '--seed',
    '1',
    '--output',
    'g.json',
    '--assignments',
    'g.csv',
  );
  expect(points).toMatchObject({ counts: { sequences: 1, places: 240, columns: 2 }, figures: { states: 2 } });
  for (const row of points.transitions as number[][]) expect(Math.max(...row)).toBeGreaterThan(0.9);
  const state = (columnOf(readCsv(read('g.csv')), 'state') as NumberColumn).values;
  expect(
    adjustedRand(
      state,
      Array.from({ length: 240 }, (_, t) => Math.floor(t / 20) % 2),
    ),
  ).toBe(1);
  const { stdout } = await lehr(cwd, 'predict', 'g.json', 'points.csv', '--quiet');
  expect((columnOf(readCsv(stdout), 'state') as NumberColumn).values).toEqual(state);
});

describe('refuses, with exit 2', () => {
  beforeAll(() => {
    writeFileSync(join(cwd, 'gap.txt'), 'a b\n\nc d\n');
    writeFileSync(join(cwd, 'hole.csv'), 'sequence,symbol,x\n1,a,1\n1,,2\n');
    writeFileSync(join(cwd, 'same.txt'), 'a a a\na a\n');
    writeFileSync(join(cwd, 'table.csv'), `who,time,high\n${Array.from({ length: 9 }, (_, t) => `ann,${t},${t % 4}.5\n`).join('')}`);
    writeFileSync(join(cwd, 'flat.csv'), 'x,y\n1,2\n1,3\n1,4\n');
  });
  test.each<[string[], string]>([
    [['gap.txt'], 'gap.txt:2: the sequence is empty, expected at least one symbol in each line.'],
    [['same.txt'], 'same.txt:1: the symbol is "a" here and at every place, expected at least two symbols.'],
    [
      ['table.csv'],
      'table.csv:1: the line has names of columns, "who", "time", "high", none of them "symbol", expected a column of symbols, or a sequence of symbols in each line without a head. Maybe --symbol COLUMN, or --points "COLUMN, COLUMN" of numbers.',
    ],
    [['hole.csv'], 'hole.csv:3: column "symbol" is empty, expected a symbol.'],
    [['hole.csv', '--symbol', 'sign'], 'there is no column "sign"'],
    [
      ['flat.csv', '--points', 'x,y'],
      'flat.csv: column "x" is 1 in every row to learn from, expected values that differ. Maybe leave it out of --points.',
    ],
    [['hole.csv', '--points', 'symbol'], 'column "symbol" is of categories, expected numbers for a point.'],
    [['weather.csv', '--covariance', 'full'], '--covariance is "full", but the sequences are of symbols, expected it with --points.'],
    [['hole.csv', '--symbol', 'x', '--states', '9'], '--states is 9, expected at most 2, the places there are to learn from.'],
    [
      ['weather.csv', '--held-out', '0.999'],
      '--held-out is 0.999, of 30 sequences, expected a share that leaves a sequence to learn from.',
    ],
    [['weather.csv', '--topics', '3'], '--topics is 3, but the model hmm takes no such option, expected it with --model lda'],
  ])('%j', async (args, message) => {
    const refused = await refusedHere(cwd, ['infer', ...args, '--model', 'hmm', '--seed', '1', '--passes', '5', '--quiet']);
    expect(refused.message).toContain(message);
    expect(refused.code).toBe(2);
  });
});
