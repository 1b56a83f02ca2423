import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { decodeModel } from '#problems/trained/index';
import { folder, lehr, trained, words } from './lehr.ts';

const cwd = folder();
const instance = (name: string): string => fileURLToPath(new URL(`../../problems/instances/federalist.${name}.txt`, import.meta.url));
const WORDS = [instance('docword'), '--vocabulary', instance('vocabulary')];
const ESSAYS = [...WORDS, '--labels', instance('authors'), '--target', 'label', '--missing-target', 'drop', '--frequencies', 'relative'];
/** 49 to 58, 62 and 63. */
const DISPUTED = [...Array.from({ length: 10 }, (_, k) => 49 + k), 62, 63];

test('a bag of words tells who wrote the disputed essays; the model remembers how words are counted', async () => {
  const args = [...ESSAYS, '--ridge', '0.1', '--rate', 'cosine(0.1, 0)', '--epochs', '300', '--seed', '1'];
  const json = await trained(cwd, ...args, '--output', 'm.json', '--checkpoint', 'run');
  expect(json).toMatchObject({ features: 70, classes: 2, examples: { training: 39, validation: 13, test: 13 } });
  expect(json.accuracy).toBeGreaterThan(0.9);
  expect(decodeModel(readFileSync(join(cwd, 'm.json'), 'utf8'), 'm.json').frequencies).toBe('relative');
  const { code, stdout } = await lehr(cwd, 'predict', 'm.json', ...WORDS, '--quiet');
  expect(code).toBe(0);
  const said = stdout.trim().split('\n').slice(1);
  expect(said).toHaveLength(85);
  expect(DISPUTED.filter((essay) => said[essay - 1] === 'Madison').length).toBeGreaterThanOrEqual(10);
  expect(said[0]).toBe('Hamilton');
  // Said again, and gone on with from the folder's copy.
  expect((await trained(cwd, ...words(json.command as string).slice(2))).digest).toBe(json.digest);
  expect((await trained(cwd, ...args, '--resume', 'run')).digest).toBe(json.digest);
  const other = await lehr(cwd, 'train', '--resume', 'run', '--frequencies', 'absolute');
  expect(other.stderr).toContain('--frequencies is "absolute", but the run in run was started with "relative"');
});

test('the other verbs take it alike', async () => {
  const test = await lehr(cwd, 'range-test', ...ESSAYS, '--steps', '50', '--json', '--quiet');
  expect([test.code, test.stderr]).toEqual([0, '']);
  const compare = await lehr(
    cwd,
    'compare',
    ...ESSAYS,
    '--rates',
    '0.1; 0.00001',
    '--epochs',
    '20',
    '--seeds',
    '3',
    '--seed',
    '1',
    '--json',
    '--quiet',
  );
  expect([compare.code, compare.stderr]).toEqual([0, '']);
  const { command } = JSON.parse(compare.stdout) as { command: string };
  expect(words(command)).toEqual(expect.arrayContaining(['--vocabulary', '--labels', '--frequencies']));
  const info = await lehr(cwd, 'info', instance('docword'));
  expect(info.stdout).toContain('a table of 85 rows and 70 columns');
});

test.each([
  [['w.txt', '--vocabulary', 'few.txt'], 'w.txt:2: there are 2 words, but the vocabulary has 1'],
  [['w.txt', '--labels', 'few.txt'], 'few.txt:1: there are 1 lines, expected one label for each of 3 rows.'],
  [['w.txt', '--min-documents', '4'], 'w.txt: no word is in 4 of the 3 documents'],
  [['t.csv', '--vocabulary', 'few.txt'], '--vocabulary is few.txt, but t.csv holds separated values or libsvm, expected a bag of words.'],
  [['t.csv', '--min-documents', '2'], '--min-documents is 2, but t.csv holds separated values or libsvm, expected a bag of words.'],
  [['t.csv', '--labels', 'few.txt'], "but t.csv holds separated values or libsvm, expected images in MNIST's form or a bag of words."],
])('%j: exit 2', async (args, message) => {
  writeFileSync(join(cwd, 'w.txt'), '3\n2\n3\n1 1 1\n2 2 1\n3 1 4\n');
  writeFileSync(join(cwd, 't.csv'), 'a,label\n1,2\n');
  writeFileSync(join(cwd, 'few.txt'), 'one\n');
  const { code, stderr } = await lehr(cwd, 'train', ...args, '--target', 'label');
  expect(stderr).toContain(message);
  expect(code).toBe(2);
});
