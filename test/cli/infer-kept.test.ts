import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { stream } from 'lehr';
import { folder, hearing, inferred, lehr, pause, refusedHere, start } from './lehr.ts';

const cwd = folder();
const RUN = ['birds.csv', '--label', 'species', '--kinds', 'eggs:poisson', '--visits', '40', '--seed', '1', '--chains', '2'];
let whole: Record<string, any>;

beforeAll(async () => {
  await lehr(cwd, 'generate', 'birds', '--n', '700', '--output', 'birds.csv');
  whole = await inferred(cwd, ...RUN, '--trace', 'whole.jsonl', '--assignments', 'whole.csv');
}, 60_000);

test('killed at random moments and resumed, an inference ends with the same bits and tells its whole course', async () => {
  const rng = stream(1, 'kill');
  let { child, ended } = start(cwd, ['infer', ...RUN, '--checkpoint', 'kill', '--checkpoint-every', '0.02', '--quiet']);
  for (let kills = 0; kills < 3; kills++) {
    while (!existsSync(join(cwd, 'kill', 'chain-0.json')) && child.exitCode === null) await pause(10);
    await pause(20 + rng.below(100));
    child.kill('SIGKILL');
    await ended;
    ({ child, ended } = start(cwd, ['infer', '--resume', 'kill', '--checkpoint-every', '0.02', '--quiet']));
  }
  await pause(200);
  child.kill('SIGKILL');
  await ended;
  // The data may be gone: the folder has a copy.
  writeFileSync(join(cwd, 'birds.csv'), 'something else');
  const resumed = await inferred(cwd, '--resume', 'kill', '--trace', 'resumed.jsonl', '--assignments', 'resumed.csv', '--workers', '1');
  const { digest, steps, evaluations, figures, agreement, groupsInSamples, best, command } = whole;
  expect(resumed).toMatchObject({
    digest,
    steps,
    evaluations,
    figures,
    agreement,
    groupsInSamples,
    best,
    command,
    stopped: 'budget',
    reproducible: true,
  });
  expect(resumed.resumedAt).toBeGreaterThan(0);
  const read = (file: string): string => readFileSync(join(cwd, file), 'utf8');
  expect(read('resumed.csv')).toBe(read('whole.csv'));
  const timeless = (file: string): unknown[] =>
    read(file)
      .trim()
      .split('\n')
      .map((line) => ({ ...(JSON.parse(line) as object), seconds: 0 }));
  expect(timeless('resumed.jsonl')).toEqual(timeless('whole.jsonl'));
});

test('Ctrl-C saves the best so far, exit code 130, all rows assigned, and the run goes on from there', async () => {
  await lehr(cwd, 'generate', 'birds', '--n', '700', '--output', 'birds.csv');
  const args = [...RUN, '--visits', '100000', '--checkpoint', 'cut', '--assignments', 'cut.csv', '--report', 'cut.html', '--json'];
  const { child, ended } = start(cwd, ['infer', ...args]);
  await hearing(child, 'fraction ');
  await pause(700);
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  expect(code).toBe(130);
  const json = JSON.parse(stdout) as Record<string, any>;
  expect(json).toMatchObject({ stopped: 'interrupted', reproducible: false });
  const lines = readFileSync(join(cwd, 'cut.csv'), 'utf8').trim().split('\n');
  expect(lines).toHaveLength(701);
  expect(lines.filter((line) => line.endsWith('predicted')).length).toBeGreaterThan(70);
  expect(readFileSync(join(cwd, 'cut.html'), 'utf8')).toContain(json.digest as string);
  const again = start(cwd, ['infer', '--resume', 'cut', '--json']);
  await hearing(again.child, 'fraction ');
  await pause(500);
  again.child.kill('SIGINT');
  const resumed = JSON.parse((await again.ended).stdout) as Record<string, any>;
  expect(resumed.resumedAt).toBe(json.steps);
  expect(resumed.steps).toBeGreaterThan(json.steps as number);
});

test('what disagrees with what was started is exit code 2, and so is a folder of another verb', async () => {
  await lehr(cwd, 'generate', 'birds', '--n', '120', '--output', 'birds.csv');
  await lehr(cwd, 'generate', 'birds', '--n', '50', '--output', 'fewer.csv');
  const args = ['birds.csv', '--drop', 'species', '--visits', '3', '--seed', '1', '--chains', '1'];
  await inferred(cwd, ...args, '--checkpoint', 'kept');
  for (const [more, message] of [
    [['--seed', '2'], '--seed is 2, but the run in kept was started with 1'],
    [['--visits', '4'], '--steps is 1188, but the run in kept was started with --steps 864'],
    [['--steps', '5'], '--steps is 5, but the run in kept was started with --steps 864'],
    [['--fraction', '1'], '--fraction is "1", but'],
    [['--model', 'crosscat'], '--model is "crosscat", but the run in kept was started with none'],
    [['--label', 'species'], '--label is "species", but the run in kept was started with none'],
    [['fewer.csv'], 'FILE is "fewer.csv", but'],
  ] as const) {
    const { message: said, code } = await refusedHere(cwd, ['infer', '--resume', 'kept', ...more]);
    expect(said).toContain(message);
    expect(code).toBe(2);
  }
  const train = await lehr(cwd, 'train', '--resume', 'kept');
  expect(train.stderr).toContain('it holds a run of lehr infer, expected one of lehr train. Maybe lehr infer --resume kept.');
  expect(train.code).toBe(2);
  const same = await inferred(cwd, ...args, '--resume', 'kept');
  expect(same.resumedAt).toBe(same.steps);
});
