import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { folder, lehr, pause, start, trained, words } from './lehr.ts';

const cwd = folder();
const DIGITS = ['digits.csv', '--target', 'digit', '--model', 'mlp', '--hidden', '16'];
const bytes = (file: string): string => readFileSync(join(cwd, file), 'utf8');

beforeAll(async () => {
  await lehr(cwd, 'generate', 'digits', '--n', '300', '--output', 'digits.csv');
  await lehr(cwd, 'generate', 'flats', '--n', '300', '--output', 'flats.csv');
});

test('a training that the clock ended repeats bit for bit from its record', async () => {
  const args = ['--seconds', '0.3', '--chains', '3', '--workers', '2', '--keep', 'average', '--optimizer', 'adam'];
  const json = await trained(cwd, ...DIGITS, ...args, '--record', 'r.json', '--output', 'timed.json');
  expect(json.reproducible).toBe(false);
  expect(json.command).toBe('lehr train digits.csv --replay r.json');
  const [, , ...again] = words(json.command as string);
  const { digest, steps, evaluations, figures, best, seed } = json;
  const repeated = await trained(cwd, ...again, '--workers', '1', '--output', 'again.json');
  expect(repeated).toMatchObject({ digest, steps, evaluations, figures, best, seed, stopped: 'budget', reproducible: true });
  expect(repeated.command).toBe(json.command);
  expect(bytes('again.json')).toBe(bytes('timed.json'));
  const other = await lehr(cwd, 'train', '--replay', 'r.json', '--rate', '0.5');
  expect(other.stderr).toContain('--rate is "0.5", but the run of r.json was started with "warmup(0.05) > cosine(');
  expect(other.code).toBe(2);
});

test('so does one that Ctrl-C ended', async () => {
  const kept = ['--checkpoint', 'kept', '--checkpoint-every', '0.02', '--record', 'cut.json', '--json'];
  const { child, ended } = start(cwd, ['train', ...DIGITS, '--steps', '4000000', ...kept]);
  const trace = join(cwd, 'kept', 'trace-0.jsonl');
  while (child.exitCode === null && !(existsSync(trace) && /"steps":[1-9]/.test(readFileSync(trace, 'utf8')))) await pause(20);
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  expect(code).toBe(130);
  const { digest, steps } = JSON.parse(stdout) as Record<string, any>;
  expect(steps).toBeGreaterThan(0);
  expect(await trained(cwd, '--replay', 'cut.json')).toMatchObject({ digest, steps, stopped: 'interrupted' });
});

test('records know their verb, the data must be the same, and what says nothing cannot be repeated', async () => {
  await trained(cwd, 'flats.csv', '--target', 'price', '--seconds', '0.05', '--seed', '1', '--record', 'flats.json');
  const solve = await lehr(cwd, 'solve', '--replay', 'flats.json');
  expect(solve.stderr).toContain(
    'flats.json: it is the record of a run of lehr train, expected one of lehr solve. Maybe lehr train --replay flats.json.',
  );
  expect(solve.code).toBe(2);
  expect((await lehr(cwd, 'train', 'digits.csv', '--replay', 'flats.json')).stderr).toContain('FILE is "digits.csv", but the run of');
  await lehr(cwd, 'train', 'flats.csv', '--target', 'price', '--rate', '1e30', '--record', 'none.json', '--quiet');
  const none = await lehr(cwd, 'train', '--replay', 'none.json');
  expect(none.stderr).toContain('none.json: all chains of the run failed, expected at least one that can be repeated.');
  expect(none.code).toBe(2);
  expect((await lehr(cwd, 'train', 'flats.csv', '--target', 'price', '--seeds', '1..2', '--record', 'x.json')).stderr).toContain(
    '--seeds and --record are both given: several runs have no one record.',
  );
});

test('where all chains diverge the best of their last finite weights is saved, and all are told of', async () => {
  const diverging = async (chains: number): Promise<Record<string, any>> => {
    const args = ['flats.csv', '--target', 'price', '--model', 'mlp', '--hidden', '4', '--rate', '1e30', '--seed', '2'];
    const { code, stdout, stderr } = await lehr(cwd, 'train', ...args, '--chains', String(chains), '--json');
    expect(code).toBe(1);
    for (let chain = 1; chain <= chains; chain++) expect(stderr).toContain(`lehr: chain ${chain}: mlp`);
    return JSON.parse(stdout) as Record<string, any>;
  };
  const [one, three] = [await diverging(1), await diverging(3)];
  expect([one.best, three.best]).toEqual([0, 1]);
  expect(three.stopped).toBe('diverged');
  expect(three.failures).toHaveLength(3);
  expect(three.validation).toBeLessThan(one.validation);
});
