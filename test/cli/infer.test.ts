import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { adjustedRand } from 'lehr/experiment';
import { asCategories, columnOf, readCsv } from '#problems/table/index';
import { decodeInferred, type InferredGroups } from '#problems/inferred/index';
import { folder, inferred, lehr, words } from './lehr.ts';

const cwd = folder();
const BIRDS = ['birds.csv', '--label', 'species', '--visits', '8', '--seed', '1', '--chains', '3'];
const read = (file: string): string => readFileSync(join(cwd, file), 'utf8');
let json: Record<string, any>;

beforeAll(async () => {
  await lehr(cwd, 'generate', 'birds', '--n', '160', '--seed', '1', '--output', 'birds.csv');
  json = await inferred(
    cwd,
    ...BIRDS,
    '--output',
    'r.json',
    '--assignments',
    'a.csv',
    '--report',
    'r.html',
    '--picture',
    'p.json',
    '--trace',
    't.jsonl',
  );
}, 60_000);

describe('a mixture of planted groups', () => {
  test('finds them, and chains agree', () => {
    expect(json).toMatchObject({
      model: 'mixture',
      counts: { rows: 160, columns: 6, heldOut: 16 },
      chains: 3,
      stopped: 'budget',
      reproducible: true,
      resumedAt: 0,
      budget: { steps: (2 * 8 - 1 + 8) * 144 },
      chosen: ['fraction'],
    });
    expect(json.figures.label).toBeGreaterThan(0.9);
    expect(json.figures.heldOut).toBeGreaterThan(json.figures.heldOutAsOneGroup + 1);
    expect(json.agreement.pairs).toHaveLength(3);
    expect(json.agreement.mean).toBeGreaterThan(0.8);
    expect(json.agreement.samples).toBeGreaterThanOrEqual(8);
    expect(json.agreement.rhat).toBeGreaterThan(0.9);
    expect(json.kinds[0].groups.reduce((a: number, b: number) => a + b)).toBe(144);
  });

  test('all rows have their group in the table, those held out by prediction', () => {
    const table = readCsv(read('a.csv'), { types: { group: 'category' } });
    expect(table.rows).toBe(160);
    const [group, species, how] = ['group', 'species', 'how'].map((name) => asCategories(columnOf(table, name)));
    expect(how.codes.filter((code) => how.labels[code] === 'predicted')).toHaveLength(16);
    expect(adjustedRand(group.codes, species.codes)).toBeCloseTo(json.figures.label, 12);
    const first = group.codes.filter((code) => group.labels[code] === '1').length;
    expect(first).toBeGreaterThanOrEqual(json.kinds[0].groups[0]);
    expect(columnOf(table, 'probability').kind).toBe('number');
    // Its own columns are as they were.
    expect(
      read('a.csv')
        .split('\n')[1]
        .startsWith(`${read('birds.csv').split('\n')[1]},`),
    ).toBe(true);
  });

  test('the file is the digest’s, and says where other rows belong without the data', async () => {
    expect(createHash('sha256').update(read('r.json')).digest('hex')).toBe(json.digest);
    const model = decodeInferred(read('r.json'), 'r.json') as InferredGroups;
    expect(model.inference).toMatchObject({ seed: 1, chain: json.best, figures: json.figures });
    expect(model.assignments[0].filter((group) => group >= 0)).toHaveLength(144);
    const { code, stdout, stderr } = await lehr(cwd, 'predict', 'r.json', 'birds.csv');
    expect(code).toBe(0);
    expect(stderr).toMatch(/birds\.csv: 160 rows, mean log density -\d+\.\d+ nats a row/);
    const said = readCsv(stdout, { types: { group: 'category' } });
    const assigned = readCsv(read('a.csv'), { types: { group: 'category' } });
    const [now, then] = [said, assigned].map((table) => asCategories(columnOf(table, 'group')));
    expect(adjustedRand(now.codes, then.codes)).toBeGreaterThan(0.95);
    const densities = (columnOf(said, 'log density') as any).values as Float64Array;
    const how = asCategories(columnOf(assigned, 'how'));
    const heldOut = densities.filter((_, row) => how.labels[how.codes[row]] === 'predicted');
    expect(heldOut.reduce((a, b) => a + b) / 16).toBeCloseTo(json.figures.heldOut, 3);
    const whole = JSON.parse((await lehr(cwd, 'predict', 'r.json', 'birds.csv', '--json', '--quiet')).stdout) as Record<string, any>;
    expect(whole.kinds[0].groups).toHaveLength(160);
  });

  test('the picture’s data has rows of one group together, and the page has everything', () => {
    const [matrix] = JSON.parse(read('p.json')) as any[];
    expect([matrix.rows, matrix.per]).toEqual([144, 1]);
    const [{ cells }] = matrix.down;
    expect(cells).toBe(json.kinds[0].groups[0]);
    const mean = (from: number, to: number): number => {
      let sum = 0;
      for (let i = 0; i < cells; i++) for (let j = from; j < to; j++) sum += matrix.values[i * 144 + j];
      return sum / cells / (to - from);
    };
    expect(mean(0, cells)).toBeGreaterThan(0.8);
    expect(mean(cells, 144)).toBeLessThan(0.1);
    const page = read('r.html').replaceAll('&quot;', '"').replaceAll('&gt;', '>');
    for (const part of [json.digest, json.command, 'Rows that are together', 'Groups against species', 'Whether chains agree'])
      expect([part, page.includes(part)]).toEqual([part, true]);
    expect(read('t.jsonl').split('\n').length).toBeGreaterThan(300);
  });

  test('the command it prints gives the same bits, on any number of workers', async () => {
    const again = await inferred(cwd, ...words(json.command).slice(2), '--workers', '1');
    expect(again).toMatchObject({ digest: json.digest, figures: json.figures, agreement: json.agreement, command: json.command });
    // Chain 1 draws from its own stream, whatever others there are.
    const alone = await inferred(cwd, ...BIRDS, '--chains', '1', '--trace', 'alone.jsonl');
    expect(alone.value).toBeLessThanOrEqual(json.value);
    const told = (file: string): unknown[] =>
      read(file)
        .trim()
        .split('\n')
        .map((line) => ({ ...(JSON.parse(line) as { chain: number }), seconds: 0 }))
        .filter(({ chain }) => chain === 0);
    expect(told('alone.jsonl')).toEqual(told('t.jsonl'));
  });
});

test('without options about results it prints groups, and what else there is to know', async () => {
  const { code, stdout, stderr } = await lehr(cwd, 'infer', ...BIRDS, '--kinds', 'eggs:poisson');
  expect(code).toBe(0);
  expect(stderr).toContain('poisson eggs');
  expect(stderr).toContain('column "species" is left out of the model');
  expect(stderr).toContain('fraction linear(0, 1) for 2160 steps > 1 (chosen: --fraction for another)');
  expect(stdout).toMatch(/group +rows +share +what distinguishes it/);
  expect(stdout).toMatch(/1 +\d\d +\d+\.?\d* % .*wing \d+/);
  expect(stdout).toMatch(/held out +-\d+\.\d+ nats a row/);
  // What is compared is of all rows: what it was of fewer says nothing.
  expect(stdout).toMatch(/curve +[▁▂▃▄▅▆▇█]+ {2}log joint in the best chain, once all rows are in: -[\d.,]+ to -[\d.,]+\n/);
  expect(stdout).toContain('result                  not saved: --output RESULT.json does');
});

test('columns in kinds: each has its own groups, and its own columns in the assignments', async () => {
  // Two tables of planted groups beside each other, their rows unrelated.
  const lines = (file: string): string[] => read(file).trim().split('\n');
  await lehr(cwd, 'generate', 'birds', '--n', '160', '--seed', '2', '--groups', '3', '--output', 'other.csv');
  const other = lines('other.csv').map((line, i) =>
    i === 0
      ? line
          .split(',')
          .map((name) => `${name}2`)
          .join(',')
      : line,
  );
  const { writeFileSync } = await import('node:fs');
  writeFileSync(
    join(cwd, 'both.csv'),
    lines('birds.csv')
      .map((line, i) => `${line},${other[i]}`)
      .join('\n'),
  );
  const args = [
    'both.csv',
    '--drop',
    'species2',
    '--label',
    'species',
    '--model',
    'crosscat',
    '--seed',
    '1',
    '--chains',
    '2',
    '--visits',
    '8',
    '--held-out',
    '0',
  ];
  const said = await inferred(cwd, ...args, '--assignments', 'both.a.csv', '--picture', 'both.svg', '--output', 'both.json');
  expect(said.counts).toEqual({ rows: 160, columns: 12, heldOut: 0 });
  expect(said.figures.heldOut).toBeNull();
  expect(said.figures.kinds).toBeGreaterThanOrEqual(2);
  const kind = said.kinds.find(({ columns }: any) => columns.includes('wing'));
  expect(kind.columns).not.toContain('wing2');
  expect(kind.label).toBeGreaterThan(0.9);
  const table = readCsv(read('both.a.csv'), { types: { 'group 1': 'category' } });
  expect(table.columns.map(({ name }) => name)).toEqual(expect.arrayContaining(['group 1', 'probability 1', 'group 2', 'probability 2']));
  expect(read('both.svg')).toContain('Columns of one kind');
  const { stdout } = await lehr(cwd, 'predict', 'both.json', 'both.csv', '--quiet');
  expect(stdout.split('\n')[0]).toMatch(/^group 1,probability 1,group 2,probability 2,.*log density$/);
});

test.each([
  ['sequential', ['fraction']],
  ['gibbs', ['fraction']],
  ['tempered', ['fraction', 'temperature']],
])('the method %s', async (method, controls) => {
  const said = await inferred(cwd, ...BIRDS, '--method', method, '--held-out', '0', '--chains', '2');
  expect(Object.keys(said.controls)).toEqual(controls);
  expect(said.controls.fraction).toBe('1');
  expect(said.budget).toEqual({ steps: 16 * 160 });
  expect(said.agreement.samples).toBeGreaterThanOrEqual(7);
  expect(said.agreement.samples).toBeLessThanOrEqual(9);
  expect(said.figures.label).toBeGreaterThan(0.4);
});

const VOTES = '../shared/instances/learn/house-votes-84.data';

test.skipIf(!existsSync(VOTES))('the votes of 1984 fall into groups that know the parties', async () => {
  const said = await inferred(process.cwd(), VOTES, '--label', 'Class', '--visits', '6', '--seed', '1', '--chains', '2', '--alpha', '0.5');
  expect(said.counts).toEqual({ rows: 435, columns: 16, heldOut: 43 });
  expect(said.figures.label).toBeGreaterThan(0.25);
  expect(said.figures.heldOut).toBeGreaterThan(said.figures.heldOutAsOneGroup + 1);
});
