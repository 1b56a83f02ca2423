import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { decodeInferred, type InferredGroups } from '#problems/inferred/index';
import { folder, inferred, lehr, refusedHere } from './lehr.ts';

const cwd = folder();
const FILES: Record<string, string> = {
  'missing.csv': 'a,b,c\n1,,x\n2,,y\n3,,x\n',
  'constant.csv': 'a,b\n1,k\n2,k\n3,k\n',
  'negative.csv': 'a,b\n1,3\n2,-4\n7,5\n',
  'text.csv': 'a,b\n1,3\ntwo,4\n7,5\n8,5\n',
  'one.csv': 'a,b\n1,3\n',
  'head.csv': 'a,b\n',
  'texts.txt': `${Array.from({ length: 12 }, (_, i) => `the text number ${i}\n`).join('')}`,
  'twice.csv': 'a,a\n1,2\n3,4\n',
  'huge.csv': 'a,b\n1e300,1\n-1e300,2\n3,3\n',
  'scores.csv': `name,score,tall\n${Array.from({ length: 60 }, (_, i) => `n${i},${i % 4},${i % 2 === 0 ? 1 : 0}\n`).join('')}`,
};

beforeAll(async () => {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(cwd, name), text);
  await lehr(cwd, 'generate', 'birds', '--n', '120', '--output', 'birds.csv');
}, 60_000);

describe('bad input is one message and exit code 2', () => {
  test.each([
    [['missing.csv'], 'missing.csv: column "b" has no value in any of 3 rows, expected some. Maybe leave it out (--drop "b").'],
    [['constant.csv'], 'constant.csv:2: column "b" is "k" here and in every row that has it, expected at least two values.'],
    [['negative.csv', '--kinds', 'b:poisson'], 'negative.csv:3: column "b" is -4, expected a count'],
    [['text.csv'], 'text.csv:3: column "a" is "two", expected a number like 3 other cells of the column.'],
    [['birds.csv', '--kinds', 'colour:normal'], 'birds.csv:2: column "colour" is '],
    [['one.csv'], 'one.csv: there is 1 row to group, expected at least 2.'],
    [['head.csv'], 'head.csv:1: there is a header and no row below it'],
    [
      ['texts.txt'],
      'texts.txt: there is one column, with 11 different texts in 11 rows, expected something that rows have in common. Maybe lines are documents (--model lda) or sequences (--model hmm).',
    ],
    [
      ['twice.csv'],
      'twice.csv:1: the header names "a" more than once, expected different names. Maybe rename one, or the file has no header, which then',
    ],
    [['huge.csv'], 'huge.csv: column "a" has mean'],
    [['nothing.csv'], 'nothing.csv: no such file'],
    [['birds.csv', '--fraction', 'linear(1, 0.2)'], '--fraction goes down from 1 at t = 0 to'],
    [['birds.csv', '--fraction', 'linear(0, 0.9)'], '--fraction ends at 0.9, expected 1'],
    [['birds.csv', '--fraction', 'linear(0, 1) for 0.5 > constant(0.3)'], '--fraction goes down from 1 at t = 0.5 to 0.3'],
    [['birds.csv', '--fraction', 'linear(0, 0.5) for 300 steps > constant(0.7)'], '--fraction ends at 0.7, expected 1'],
    [['birds.csv', '--seconds', '1', '--fraction', 'linear(0, 0.5) for 0.5 > constant(0.7)'], '--fraction ends at 0.7, expected 1'],
    [['birds.csv', '--schedule', 'foo(1)'], '--fraction: schedule: unknown name "foo"'],
    [['birds.csv', '--label', 'specie'], 'there is no column "specie"'],
    [['birds.csv', '--label', 'specie'], 'Maybe species?'],
    [['birds.csv', '--drop', 'eggz'], 'Maybe eggs?'],
    [['birds.csv', '--kinds', 'egs:poisson'], 'there is no column "egs"'],
    [
      ['birds.csv', '--kinds', 'eggs:poison'],
      '--kinds: column "eggs" is "poison", expected bernoulli, categorical, poisson, normal. Maybe poisson?',
    ],
    [['birds.csv', '--kinds', 'eggs'], '--kinds has "eggs", expected a column and its kind'],
    [['birds.csv', '--label', 'species', '--drop', 'species'], '--label is "species", which --drop leaves out'],
    [
      ['birds.csv', '--temperature', '2'],
      '--temperature is "2", but nothing is driven by it, expected --fraction. Maybe --method tempered',
    ],
    [['birds.csv', '--discount', '1'], '--discount is 1, expected a number of at least 0 and below 1.'],
    [['birds.csv', '--alpha', '0'], '--alpha is "0", expected a finite number above 0.'],
    [['birds.csv', '--held-out', '1'], '--held-out is 1, of 120 rows, expected a share from 0 to below 1.'],
    [['birds.csv', '--held-out', '0.99'], '--held-out is 0.99, of 120 rows, expected a share that leaves two rows to group.'],
    [['birds.csv', '--visits', '3', '--steps', '5'], '--visits and --steps are both given: expected one budget.'],
    [['birds.csv', '--places', '3'], '--places is 3, but the model mixture takes no such option, expected it with --model crosscat.'],
    [['birds.csv', '--chain', '3'], 'unknown option --chain. Maybe --chains?'],
    [['birds.csv', '--assignments', '-', '--json'], '--assignments - and --json both write to standard output'],
    [['birds.csv', '--output', 'birds.csv'], 'birds.csv", which is the data too'],
    [['birds.csv', '--picture', 'p.jpg'], '--picture is "p.jpg", expected a file that ends in .svg, .png or .json.'],
    [['./mine.ts'], 'FILE is ./mine.ts, a module, expected a table.'],
    [[], 'FILE is missing, expected a table such as data.csv.'],
  ])('%j', async (args, message) => {
    const refused = await refusedHere(cwd, ['infer', ...args, '--seed', '1', '--quiet']);
    expect(refused.message).toContain(message);
    expect(refused.code).toBe(2);
  });

  test('told by the program itself, and nothing else', async () => {
    const { code, stdout, stderr } = await lehr(cwd, 'infer', 'negative.csv', '--kinds', 'b:poisson');
    expect(stderr).toBe('lehr: negative.csv:3: column "b" is -4, expected a count, a whole number of at least 0, for \'poisson\'.\n');
    expect([code, stdout]).toEqual([2, '']);
  });
});

test('scores are categories, two values are bernoulli, names of rows are told of', async () => {
  const said = await inferred(cwd, 'scores.csv', '--visits', '2', '--chains', '1', '--seed', '1');
  expect(said.notices[0]).toBe('columns: categorical name, score; bernoulli tall (--kinds for others).');
  expect(said.notices[1]).toBe('column "name" looks as if it named or counted the rows: maybe --drop "name".');
  expect(said.counts.heldOut).toBe(0);
  expect(said.agreement).toMatchObject({ pairs: [], mean: null });
  const other = await inferred(
    cwd,
    'scores.csv',
    '--visits',
    '2',
    '--chains',
    '1',
    '--seed',
    '1',
    '--drop',
    'name',
    '--kinds',
    'score:poisson',
  );
  expect(other.notices[0]).toBe('columns: poisson score; bernoulli tall.');
});

test('counts with many ties are told of, with the option that takes them for counts', async () => {
  const rows = Array.from({ length: 80 }, (_, i) => `${i % 15},${(i % 14) - 3},${(i * 7919) % 1009}`).join('\n');
  writeFileSync(join(cwd, 'counts.csv'), `eggs,degrees,weight\n${rows}\n`);
  const { notices } = await inferred(cwd, 'counts.csv', '--visits', '1', '--chains', '1', '--seed', '1');
  expect(notices[1]).toBe(
    'many rows have the same eggs, degrees: groups of equal values may come out, since a normal law has no ties; of counts that is better: --kinds "eggs:poisson".',
  );
});

test('wide tables are visited less often, and fewer kinds of columns are looked for; --places says otherwise', async () => {
  const [rows, columns] = [40, 80];
  const cells = (row: number): number[] => Array.from({ length: columns }, (_, j) => ((row >> (j % 5)) + j) % 3);
  const head = Array.from({ length: columns }, (_, j) => `c${j}`).join(',');
  writeFileSync(join(cwd, 'wide.csv'), `${head}\n${Array.from({ length: rows }, (_, row) => cells(row).join(',')).join('\n')}\n`);
  const args = ['wide.csv', '--model', 'crosscat', '--chains', '1', '--seed', '1'];
  const wide = await inferred(cwd, ...args, '--steps', '60');
  expect(wide.notices).toContain('at most 64 kinds of columns are looked for (--places for more, which takes longer).');
  const asked = await inferred(cwd, ...args, '--steps', '60', '--places', '2');
  expect(asked.notices.join()).not.toContain('are looked for');
  expect(asked.kinds.length).toBeLessThanOrEqual(2);
  expect(asked.command).toContain('--places 2');
  // 20,000 × 64 / 80 row moves, at most 200 visits to each row.
  const { openInference } = await import('#src/cli/infer/open-inference');
  const inference = await openInference(join(cwd, 'wide.csv'), { model: 'crosscat', heldOut: 0 });
  expect(inference.course(null, {}).words).toEqual(['--visits', '200', '--sweeps', '200']);
  const many = Array.from({ length: 200 }, (_, row) => cells(row).join(',')).join('\n');
  writeFileSync(join(cwd, 'long.csv'), `${head}\n${many}\n`);
  const long = await openInference(join(cwd, 'long.csv'), { model: 'crosscat', heldOut: 0 });
  expect(long.course(null, {}).words).toEqual(['--visits', '80', '--sweeps', '80']);
});

test('hyperparameters may be fixed, and a run be cut by steps, evaluations or the clock', async () => {
  const args = ['birds.csv', '--drop', 'species', '--chains', '2', '--seed', '1'];
  const fixed = await inferred(
    cwd,
    ...args,
    '--hyper',
    'fixed',
    '--alpha',
    '0.5',
    '--discount',
    '0.25',
    '--steps',
    '900',
    '--output',
    'fixed.json',
  );
  expect(fixed.title).toBe('Pitman–Yor mixture, α = 0.5, d = 0.25 and priors held');
  expect(fixed.kinds[0]).toMatchObject({ alpha: 0.5, discount: 0.25 });
  expect(fixed.steps).toBe(1800);
  expect(fixed.controls.fraction).toBe('linear(0, 1) for 0.667 > 1');
  const evaluations = await inferred(cwd, ...args, '--evaluations', '700');
  expect(evaluations.evaluations).toBe(1400);
  const clock = await inferred(cwd, ...args, '--seconds', '0.3', '--method', 'gibbs');
  expect(clock.reproducible).toBe(false);
  expect(clock.steps).toBeGreaterThan(0);
});

test('lehr predict of a table without a column that groups were learned of', async () => {
  await inferred(cwd, 'birds.csv', '--drop', 'species', '--visits', '2', '--chains', '1', '--seed', '1', '--output', 'few.json');
  writeFileSync(join(cwd, 'few.csv'), 'colour,diet,moves,weight,eggs\nbrown,fish,stays,100,3\n');
  const few = await refusedHere(cwd, ['predict', 'few.json', 'few.csv']);
  expect(few.message).toContain(
    'few.csv: there is no column "wing", expected each of the 6 that rows were grouped by. Maybe a column of that name with empty cells, where nothing is known of it.',
  );
  expect(few.code).toBe(2);
});

describe('lehr predict of a result', () => {
  test.each([
    ['pink', 'odd.csv:2: column "colour" is "pink", expected one of the'],
    ['', ''],
  ])('of a row whose colour is %j', async (colour, message) => {
    await inferred(cwd, 'birds.csv', '--drop', 'species', '--visits', '2', '--chains', '1', '--seed', '1', '--output', 'r.json');
    writeFileSync(join(cwd, 'odd.csv'), `colour,diet,moves,wing,weight,eggs\n${colour},fish,stays,20,100,3\n`);
    const { code, stdout, stderr } = await lehr(cwd, 'predict', 'r.json', 'odd.csv');
    expect(code).toBe(message === '' ? 0 : 2);
    expect(message === '' ? stdout : stderr).toContain(message === '' ? 'group,probability,log density\n' : message);
    const asked = await lehr(cwd, 'predict', 'r.json', 'odd.csv', '--probabilities');
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain('--probabilities is true, but r.json is a result of lehr infer');
  });
});

test('a run that is cut before its first row still tells what it has, which is nothing', async () => {
  const { infer } = await import('#src/cli/infer/infer');
  const options = { drop: 'species', chains: 1, seed: 1, quiet: true, json: true, visits: 2, others: {} };
  const outputs = {
    output: join(cwd, 'none.json'),
    assignments: join(cwd, 'none.csv'),
    picture: join(cwd, 'none.png'),
    report: join(cwd, 'none.html'),
  };
  const said = vi.spyOn(process.stdout, 'write').mockImplementation((_text, done: any) => {
    done();
    return true;
  });
  const code = await infer(join(cwd, 'birds.csv'), { ...options, ...outputs }, [], AbortSignal.abort());
  expect(JSON.parse(said.mock.calls[0][0] as string)).toMatchObject({ stopped: 'interrupted', steps: 0 });
  said.mockRestore();
  expect(code).toBe(130);
  const lines = readFileSync(join(cwd, 'none.csv'), 'utf8').trim().split('\n');
  expect(lines).toHaveLength(121);
  expect(lines.slice(1).every((line) => line.endsWith(',new,1,predicted'))).toBe(true);
  expect((decodeInferred(readFileSync(outputs.output, 'utf8'), 'none.json') as InferredGroups).kinds[0].sizes).toHaveLength(0);
});
