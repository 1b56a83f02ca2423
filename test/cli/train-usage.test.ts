import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeModel } from '#problems/trained/index';
import { folder, lehr, refusedHere, trained } from './lehr.ts';

const cwd = folder();
const FLATS = ['flats.csv', '--target', 'price', '--seed', '1'];

beforeAll(async () => {
  await lehr(cwd, 'generate', 'flats', '--n', '400', '--output', 'flats.csv');
  await lehr(cwd, 'generate', 'digits', '--n', '300', '--output', 'digits.csv');
  await lehr(cwd, 'generate', 'ratings', '--n', '1200', '--rank', '2', '--output', 'ratings.csv');
});

describe('bad input is one message and exit code 2', () => {
  test.each([
    [['flats.csv'], '--target is missing, expected the column to predict: "area"'],
    [
      ['flats.csv', '--target', 'prise'],
      'flats.csv: there is no column "prise", expected one of "area", "age", "heating", "price". Maybe price?',
    ],
    [
      ['text.csv', '--target', 'y'],
      'text.csv:3: column "a" is "x", expected a number like 3 other cells of the column. Maybe it means a missing value (--na), or the column is of categories (--categories).',
    ],
    [
      ['constant.csv', '--target', 'y'],
      'no column is left to learn from, expected at least one besides the target. Left out are "a": it is constant',
    ],
    [['one.csv', '--target', 'y'], 'the target "y" is "p" throughout'],
    [['leak.csv', '--target', 'price'], 'the target "price" leaks into the features: "price_copy"'],
    [['leak.csv', '--target', 'price'], '(--leaks drop)'],
    [['flats.csv', '--target', 'price', '--batch', '0'], '--batch is "0", expected a whole number of at least 1'],
    [
      ['flats.csv', '--target', 'price', '--batch', '300'],
      '--batch is 300, expected at most 240, the rows to train on. Maybe --batch all.',
    ],
    [['flats.csv', '--target', 'price', '--model', 'softmax'], '--model is softmax, but the target has values'],
    [['flats.csv', '--target', 'price', '--momentum', '0.9'], '--momentum is given, but sgd has no momentum, expected --rate, --decay.'],
    [['flats.csv', '--target', 'price', '--optimizer', 'adan'], 'Maybe adam?'],
    [['flats.csv', '--target', 'price', '--rate', 'cosin(1, 0)'], '--rate: schedule: unknown name "cosin"'],
    [['flats.csv', '--target', 'price', '--split', '0.7,0.2'], '--split is "0.7,0.2", expected shares'],
    [['flats.csv', '--target', 'price', '--modle', 'mlp'], 'unknown option --modle. Maybe --model?'],
    [['flats.csv', '--target', 'price', '--epochs', '2', '--steps', '9'], '--epochs and --steps are both given'],
    [['flats.csv', '--target', 'price', '--validation', '0', '--keep', 'best'], 'there are no validation rows to choose by'],
    [['flats.csv', '--target', 'price', '--output', 'flats.csv'], 'flats.csv", which is the data too'],
    [['ratings.csv', '--target', 'rating', '--model', 'factorisation', '--user', 'usr'], 'there is no column "usr"'],
    [
      ['digits.csv', '--model', 'rbm', '--ridge', '1'],
      '--ridge is 1, but the model rbm takes no such option, expected it with another model or --model factorisation.',
    ],
    [
      ['flats.csv', '--target', 'price', '--rank', '2'],
      '--rank is 2, but a model of tables takes no such option, expected it with --model factorisation.',
    ],
    [['flats.csv', '--target', 'price', '--params', '{}'], 'expected it with a module of your own'],
    [
      ['ratings.csv', '--target', 'rating', '--model', 'factorisation', '--validation', '0', '--keep', 'best'],
      'no validation rows to choose by',
    ],
    [['digits.csv', '--model', 'rbm', '--hidden', '8,4'], 'a machine has one hidden layer'],
    [['nothing.csv', '--target', 'y'], 'nothing.csv: no such file'],
    [['empty.csv', '--target', 'y'], 'there is a header and no row below it'],
    [
      ['flats.csv', '--target', 'price', '--rate', 'linear(0.1, -0.1)'],
      '--rate is -0.0010000000000000009 at t = 0.505, expected a number of at least 0.',
    ],
    [
      ['flats.csv', '--target', 'price', '--optimizer', 'momentum', '--momentum', '2'],
      '--momentum is 2 at t = 0, expected a number from 0 to 1. Maybe the schedule goes beyond it.',
    ],
    [
      ['one.csv', '--target', 'y', '--model', 'ridge'],
      'the target "y" is "p" throughout (18 rows), expected at least two classes. Maybe another column is meant.',
    ],
    [['digits.csv', '--target', 'digit', '--model', 'ridge'], '--model is ridge, but the target has 10 classes, expected softmax or mlp.'],
    [['digits.csv'], '"x12" … (65).'],
    [
      ['twice.csv', '--target', 'y'],
      'twice.csv:1: the header names "a" more than once, expected different names. Maybe rename one, or the file has no header, which then must be given one.',
    ],
    [['latin.csv', '--target', 'y'], 'latin.csv:2: bytes that are not UTF-8, expected text in it. Maybe the file is in Latin-1'],
    [['bag.txt', '--target', 'label'], 'bag.txt: there is no column "label", expected one of "w1", "w2".'],
  ])('%j', async (args, message) => {
    writeFileSync(join(cwd, 'text.csv'), 'a,b,y\n1,2,0\nx,3,1\n4,5,0\n5,5,1\n');
    writeFileSync(join(cwd, 'constant.csv'), `a,y\n${'1,0\n1,1\n'.repeat(9)}`);
    writeFileSync(join(cwd, 'one.csv'), `a,y\n${'1,p\n2,p\n'.repeat(9)}`);
    writeFileSync(join(cwd, 'empty.csv'), 'a,y\n');
    const rows = readFileSync(join(cwd, 'flats.csv'), 'utf8').trim().split('\n');
    writeFileSync(join(cwd, 'leak.csv'), rows.map((row, i) => `${row},${i === 0 ? 'price_copy' : row.split(',').at(-1)}\n`).join(''));
    writeFileSync(join(cwd, 'twice.csv'), 'a,a,y\n1,2,p\n3,4,q\n');
    writeFileSync(join(cwd, 'latin.csv'), Buffer.from('a,y\n1,gr\xfcn\n2,rot\n3,gr\xf6n\n', 'latin1'));
    writeFileSync(join(cwd, 'bag.txt'), '2\n2\n3\n1 1 4\n1 2 1\n2 2 3\n');
    const { message: said, code } = await refusedHere(cwd, ['train', ...args]);
    expect(said).toContain(message);
    expect(code).toBe(2);
  });

  test('it is one line on standard error, and nothing on standard output', async () => {
    expect(await lehr(cwd, 'train', 'flats.csv', '--target', 'prise')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'lehr: flats.csv: there is no column "prise", expected one of "area", "age", "heating", "price". Maybe price?\n',
    });
  });

  test('text that means a missing value, and numbers that are categories, can be said', async () => {
    writeFileSync(
      join(cwd, 'odd.csv'),
      `zip,a,y\n${Array.from({ length: 40 }, (_, i) => `${i % 4},${i % 7 === 0 ? 'none' : i},${i % 3}\n`).join('')}`,
    );
    const json = await trained(cwd, 'odd.csv', '--target', 'y', '--na', 'none', '--categories', 'zip', '--epochs', '2', '--seed', '1');
    // Four labels and a number.
    expect(json.features).toBe(5);
  });
});

test('a loss that is no number ends the run: step and rate are named, the last finite weights are saved, exit code 1', async () => {
  const { code, stdout, stderr } = await lehr(
    cwd,
    'train',
    ...FLATS,
    '--rate',
    '50',
    '--checkpoint',
    'diverging',
    '--output',
    'd.json',
    '--json',
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /lehr: chain 1: linear: at step \d+, rate 50, the training loss is \S+, expected a finite number\..*Maybe the rate is too large/,
  );
  const json = JSON.parse(stdout) as Record<string, any>;
  expect(json.stopped).toBe('diverged');
  expect(json.failures).toHaveLength(1);
  const file = readFileSync(join(cwd, 'd.json'), 'utf8');
  expect(createHash('sha256').update(file).digest('hex')).toBe(json.digest);
  expect(decodeModel(file, 'd.json').parameters.every((weight) => Number.isFinite(weight))).toBe(true);
  expect(existsSync(join(cwd, 'diverging', 'chain-0.json'))).toBe(true);
  const machine = await lehr(
    cwd,
    'train',
    'digits.csv',
    '--model',
    'rbm',
    '--rate',
    '1e300',
    '--seed',
    '1',
    '--output',
    'b.json',
    '--quiet',
  );
  expect(machine.code).toBe(1);
  expect(decodeModel(readFileSync(join(cwd, 'b.json'), 'utf8'), 'b.json').model).toBe('rbm');
});
