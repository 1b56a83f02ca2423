import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { stream } from 'lehr';
import { folder, lehr, refusedHere, trained } from './lehr.ts';

const cwd = folder();
const rng = stream(1, 'forms');
/** Points on either side of a line, by their sum. */
const points = Array.from({ length: 200 }, () => {
  const [a, b] = [rng.normal(), rng.normal()].map((value) => Number(value.toFixed(3)));
  return { a, b, side: a + b > 0 ? 1 : 0 };
});
const csv = points.map(({ a, b, side }) => `${a},${b},${side}`).join('\n');

/** An idx file of bytes: the MNIST form. */
function idx(shape: readonly number[], bytes: readonly number[]): Buffer {
  const head = Buffer.alloc(4 + 4 * shape.length);
  head.set([0, 0, 8, shape.length]);
  shape.forEach((size, k) => head.writeUInt32BE(size, 4 + 4 * k));
  return Buffer.concat([head, Buffer.from(bytes)]);
}

test('a table is the same with a header, without one, with semicolons, as libsvm, and gzipped', async () => {
  const libsvm = points.map(
    ({ a, b, side }) => `${side} ${[a, b].flatMap((value, k) => (value === 0 ? [] : [`${k + 1}:${value}`])).join(' ')}`,
  );
  writeFileSync(join(cwd, 'plain.csv'), csv);
  writeFileSync(join(cwd, 'header.csv'), `x1,x2,label\n${csv}`);
  writeFileSync(join(cwd, 'semicolons.csv'), `x1;x2;label\n${csv.replaceAll(',', ';').replaceAll('.', ',')}`);
  writeFileSync(join(cwd, 'points.libsvm'), libsvm.join('\n'));
  writeFileSync(join(cwd, 'points.gz'), gzipSync(`x1,x2,label\n${csv}`));
  const runs = [];
  for (const [file, target] of [
    ['header.csv', 'label'],
    ['plain.csv', 'x3'],
    ['semicolons.csv', 'label'],
    ['points.libsvm', 'label'],
    ['points.gz', 'label'],
  ])
    runs.push(await trained(cwd, file, '--target', target, '--epochs', '20', '--seed', '1'));
  expect(runs[0].accuracy).toBeGreaterThan(0.9);
  for (const run of runs) expect(run.figures).toEqual(runs[0].figures);
});

test('images in MNIST’s form learn with their labels, go on, and are predicted', async () => {
  // Class 0 is bright on the left, class 1 on the right, of 3 × 4 pixels.
  const labels = Array.from({ length: 120 }, () => rng.below(2));
  const pixels = labels.flatMap((label) =>
    Array.from({ length: 12 }, (_, k) => (Number(k % 4 > 1) === label ? 150 + rng.below(100) : rng.below(100))),
  );
  writeFileSync(join(cwd, 'images.idx'), idx([120, 3, 4], pixels));
  writeFileSync(join(cwd, 'labels.idx.gz'), gzipSync(idx([120], labels)));
  const args = ['images.idx', '--labels', 'labels.idx.gz', '--target', 'label', '--scale', 'none', '--epochs', '30', '--seed', '1'];
  const json = await trained(cwd, ...args, '--checkpoint', 'run', '--output', 'images.json');
  expect(json).toMatchObject({ features: 12, classes: 2, accuracy: 1 });
  expect(await trained(cwd, '--resume', 'run')).toMatchObject({ digest: json.digest, command: json.command });
  const said = await lehr(cwd, 'predict', 'images.json', 'images.idx', '--labels', 'labels.idx.gz', '--json', '--quiet');
  expect(JSON.parse(said.stdout)).toMatchObject({ rows: 120, accuracy: 1 });
  const bare = await lehr(cwd, 'predict', 'images.json', 'images.idx', '--quiet');
  expect(bare.stdout.trim().split('\n').slice(1).map(Number)).toEqual(labels);
  const few = await lehr(cwd, 'train', 'images.idx', '--labels', 'images.idx', '--target', 'label');
  expect(few.stderr).toContain('images.idx: it has values of the shape 120 × 3 × 4, expected one label for each of 120 images.');
  expect(few.code).toBe(2);
  const changed = idx([120, 3, 4], pixels.toReversed());
  writeFileSync(join(cwd, 'images.idx'), changed);
  const resumed = await lehr(cwd, 'train', '--resume', 'run');
  expect(resumed.stderr).toContain('images.idx: its content has changed since the run was started');
  expect(resumed.code).toBe(2);
});

test('too few rows for a part are told of in the words of the options', async () => {
  writeFileSync(join(cwd, 'few.csv'), 'a,y\n1,2.5\n2,3.5\n3,1\n');
  const { code, stderr } = await lehr(cwd, 'train', 'few.csv', '--target', 'y', '--task', 'values', '--validation', '0.1');
  expect(stderr).toMatch(/^lehr: --(validation|test) takes 0\.\d of 3 rows, which is none, expected at least one row\.$/m);
  expect(code).toBe(2);
});

test('info says what a table is; what is no table is a problem that is not known', async () => {
  writeFileSync(join(cwd, 'info.csv'), 'a,kind,y\n1,red,2.5\n,blue,3.5\n3,red,1\n');
  const { code, stdout } = await lehr(cwd, 'info', 'info.csv');
  expect(code).toBe(0);
  expect(stdout.split('\n')).toEqual([
    'info.csv: a table of 3 rows and 3 columns',
    '  a     number   2 different, 1 missing, 1 to 3',
    '  kind  category 2 different, red | blue',
    '  y     number   3 different, 1 to 3.5',
    'learn to predict a column: lehr train info.csv --target y',
    'find groups in the rows: lehr infer info.csv',
    '',
  ]);
  const json = JSON.parse((await lehr(cwd, 'info', 'info.csv', '--json')).stdout) as Record<string, unknown>;
  expect(json).toMatchObject({ problem: 'table', rows: 3, columns: [{ name: 'a', type: 'number', missing: 1, distinct: 2 }, {}, {}] });
  writeFileSync(join(cwd, 'prose.txt'), 'no known format\nbegins like this\n');
  const prose = await lehr(cwd, 'info', 'prose.txt');
  expect(prose.stderr).toContain('prose.txt:1: no known format begins with');
  expect(prose.stderr).toContain('if its lines are documents or sequences, lehr infer prose.txt --model lda or --model hmm.');
  writeFileSync(join(cwd, 'long.csv'), 'sequence,symbol\n1,a\n1,b\n');
  expect((await lehr(cwd, 'info', 'long.csv')).stdout).toContain('find states of the sequences: lehr infer long.csv --model hmm\n');
  expect(prose.code).toBe(2);
  // What looks like a table is told of as one, and where a problem is expected it is said that it is none.
  writeFileSync(join(cwd, 'text.csv'), 'a,b\n1,2\nx,3\n4,5\n5,5\n');
  expect((await refusedHere(cwd, ['info', 'text.csv'])).message).toMatch(/text\.csv:3: column "a" is "x", expected a number .*\(--na\)/);
  expect((await refusedHere(cwd, ['compare', 'info.csv', '--schedules', '0.1; cosine(1, 0)'])).message).toContain(
    'Maybe it is a table, to learn from: lehr train, or lehr compare and tune with --target and rates.',
  );
});
