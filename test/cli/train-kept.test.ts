import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { stream } from 'lehr';
import { folder, hearing, lehr, pause, refusedHere, start, trained } from './lehr.ts';

const cwd = folder();
const RUN = [
  'digits.csv',
  '--target',
  'digit',
  '--model',
  'mlp',
  '--hidden',
  '64',
  '--optimizer',
  'adam',
  '--steps',
  '40000',
  '--seed',
  '1',
  '--chains',
  '2',
];
let whole: Record<string, any>;

beforeAll(async () => {
  await lehr(cwd, 'generate', 'digits', '--n', '400', '--output', 'digits.csv');
  whole = await trained(cwd, ...RUN, '--trace', 'whole.jsonl');
}, 60_000);

test('killed at random moments and resumed, a training ends with the same bits and tells its whole course', async () => {
  const rng = stream(1, 'kill');
  let { child, ended } = start(cwd, ['train', ...RUN, '--checkpoint', 'kill', '--checkpoint-every', '0.02', '--quiet']);
  for (let kills = 0; kills < 3; kills++) {
    while (!existsSync(join(cwd, 'kill', 'chain-0.json')) && child.exitCode === null) await pause(10);
    await pause(100 + rng.below(400));
    child.kill('SIGKILL');
    await ended;
    ({ child, ended } = start(cwd, ['train', '--resume', 'kill', '--checkpoint-every', '0.02', '--quiet']));
  }
  await pause(300);
  child.kill('SIGKILL');
  await ended;
  // The data may be gone: the folder has a copy.
  writeFileSync(join(cwd, 'digits.csv'), 'something else');
  const resumed = await trained(cwd, '--resume', 'kill', '--trace', 'resumed.jsonl', '--workers', '1');
  const { digest, steps, evaluations, figures, best, command } = whole;
  expect(resumed).toMatchObject({ digest, steps, evaluations, figures, best, command, stopped: 'budget', reproducible: true });
  expect(resumed.resumedAt).toBeGreaterThan(0);
  const timeless = (file: string): unknown[] =>
    readFileSync(join(cwd, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => ({ ...(JSON.parse(line) as object), seconds: 0 }));
  expect(timeless('resumed.jsonl')).toEqual(timeless('whole.jsonl'));
});

test('Ctrl-C saves the best so far, exit code 130, and the run goes on from there', async () => {
  await lehr(cwd, 'generate', 'digits', '--n', '400', '--output', 'digits.csv');
  const { child, ended } = start(cwd, [
    'train',
    ...RUN,
    '--steps',
    '4000000',
    '--checkpoint',
    'cut',
    '--output',
    'cut.json',
    '--report',
    'cut.html',
    '--json',
  ]);
  await hearing(child, 'rate ');
  await pause(700);
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  expect(code).toBe(130);
  const json = JSON.parse(stdout) as Record<string, any>;
  expect(json).toMatchObject({ stopped: 'interrupted', reproducible: false });
  // How good that is, only the clock knows.
  expect(json.steps).toBeGreaterThan(0);
  expect(
    createHash('sha256')
      .update(readFileSync(join(cwd, 'cut.json'), 'utf8'))
      .digest('hex'),
  ).toBe(json.digest);
  expect(readFileSync(join(cwd, 'cut.html'), 'utf8')).toContain(json.digest as string);
  const again = start(cwd, ['train', '--resume', 'cut', '--json']);
  await hearing(again.child, 'rate ');
  await pause(500);
  again.child.kill('SIGINT');
  const resumed = JSON.parse((await again.ended).stdout) as Record<string, any>;
  expect(resumed.resumedAt).toBe(json.steps);
  expect(resumed.steps).toBeGreaterThan(json.steps as number);
});

test('what disagrees with what was started is exit code 2, and so is a folder of another verb', async () => {
  await lehr(cwd, 'generate', 'digits', '--n', '400', '--output', 'digits.csv');
  await lehr(cwd, 'generate', 'flats', '--n', '50', '--output', 'flats.csv');
  const args = ['digits.csv', '--target', 'digit', '--epochs', '2', '--seed', '1'];
  await trained(cwd, ...args, '--checkpoint', 'kept');
  for (const [more, message] of [
    [['--seed', '2'], '--seed is 2, but the run in kept was started with 1'],
    [['--epochs', '3'], '--steps is 24, but the run in kept was started with --steps 16'],
    [['--rate', '0.5'], '--rate is "0.5", but'],
    [['--model', 'mlp'], '--model is "mlp", but the run in kept was started with none'],
    [['--target', 'x1'], '--target is "x1", but the run in kept was started with "digit"'],
    [['flats.csv'], 'FILE is "flats.csv", but'],
  ] as const) {
    const { message: said, code } = await refusedHere(cwd, ['train', '--resume', 'kept', ...more]);
    expect(said).toContain(message);
    expect(code).toBe(2);
  }
  const solve = await lehr(cwd, 'solve', '--resume', 'kept');
  expect(solve.stderr).toContain('it holds a run of lehr train, expected one of lehr solve. Maybe lehr train --resume kept.');
  expect(solve.code).toBe(2);
  const same = await trained(cwd, ...args, '--resume', 'kept');
  expect(same.resumedAt).toBe(same.steps);
});
