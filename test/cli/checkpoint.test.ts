import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { stream } from 'lehr';
import { folder, hearing, lehr, pause, refusedHere, solved, start } from './lehr.ts';

const cwd = folder();
const RUN = ['c.tsp', '--steps', '8e6', '--seed', '1', '--chains', '3', '--workers', '2'];
let whole: Record<string, any>;

beforeAll(async () => {
  await lehr(cwd, 'generate', 'tsp', '--n', '150', '--seed', '2', '--output', 'c.tsp');
  whole = await solved(cwd, ...RUN, '--trace', 'whole.jsonl');
  await solved(cwd, 'c.tsp', '--steps', '1e4', '--seed', '1', '--checkpoint', 'kept');
});

test('killed at random moments and resumed, a run ends with the same bits', async () => {
  const rng = stream(1, 'kill');
  for (let round = 0; round < 2; round++) {
    const dir = `kill-${round}`;
    let { child, ended } = start(cwd, ['solve', ...RUN, '--checkpoint', dir, '--checkpoint-every', '0.02', '--quiet']);
    for (let kills = 0; kills < 4; kills++) {
      // Some kills come before the first checkpoint, some amid the run.
      while (kills > 0 && !existsSync(join(cwd, dir, 'run.json')) && child.exitCode === null) await pause(20);
      await pause(100 + rng.below(600));
      child.kill('SIGKILL');
      await ended;
      const begun = existsSync(join(cwd, dir, 'run.json'));
      const args = begun ? ['--resume', dir, '--checkpoint-every', '0.02'] : [...RUN, '--checkpoint', dir];
      ({ child, ended } = start(cwd, ['solve', ...args, '--quiet']));
    }
    while (!existsSync(join(cwd, dir, 'run.json')) && child.exitCode === null) await pause(20);
    child.kill('SIGKILL');
    await ended;
    const resumed = await solved(cwd, 'c.tsp', '--resume', dir);
    const { digest, steps, evaluations, objective, best, command } = whole;
    expect(resumed).toMatchObject({ digest, steps, evaluations, objective, best, command, stopped: 'budget', reproducible: true });
    const traces = ['trace-0.jsonl', 'trace-1.jsonl', 'trace-2.jsonl'];
    expect(readdirSync(join(cwd, dir)).sort()).toEqual([
      'chain-0.json',
      'chain-1.json',
      'chain-2.json',
      'problem.txt',
      'run.json',
      ...traces,
    ]);
  }
});

test('a resumed run tells its whole course: the trace is that of an uncut run, but for times', async () => {
  const timeless = (file: string): unknown[] =>
    readFileSync(join(cwd, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => ({ ...(JSON.parse(line) as object), seconds: 0 }));
  const { child, ended } = start(cwd, ['solve', ...RUN, '--checkpoint', 'traced', '--checkpoint-every', '0.02', '--quiet']);
  while (!existsSync(join(cwd, 'traced', 'chain-0.json')) && child.exitCode === null) await pause(20);
  await pause(400);
  child.kill('SIGKILL');
  await ended;
  const resumed = await solved(cwd, '--resume', 'traced', '--trace', 'resumed.jsonl');
  expect(resumed.resumedAt).toBeGreaterThan(0);
  expect(timeless('resumed.jsonl')).toEqual(timeless('whole.jsonl'));
  // Nor does a chain that was over tell its end twice.
  await solved(cwd, '--resume', 'traced', '--trace', 'again.jsonl');
  expect(timeless('again.jsonl')).toEqual(timeless('whole.jsonl'));
});

test('a folder alone suffices: the problem may be gone, and a finished run answers at once', async () => {
  const elsewhere = folder();
  const dir = join(elsewhere, 'kept');
  writeFileSync(join(elsewhere, 'gone.tsp'), readFileSync(join(cwd, 'c.tsp')));
  const first = await solved(elsewhere, 'gone.tsp', '--steps', '1e5', '--seed', '1', '--checkpoint', dir, '--output', 'a.tour');
  const text = readFileSync(join(elsewhere, 'a.tour'), 'utf8');
  writeFileSync(join(elsewhere, 'gone.tsp'), 'something else');
  writeFileSync(join(elsewhere, 'a.tour'), '');
  const again = await solved(elsewhere, '--resume', dir);
  expect(again).toMatchObject({ digest: first.digest, steps: first.steps, resumedAt: first.steps });
  expect(readFileSync(join(elsewhere, 'a.tour'), 'utf8')).toBe(text);
});

test('what disagrees with what was started is exit code 2; another run is never overwritten', async () => {
  const before = readFileSync(join(cwd, 'kept', 'run.json'), 'utf8');
  await lehr(cwd, 'generate', 'tsp', '--n', '9', '--output', 'other.tsp');
  for (const [args, message] of [
    [['--seed', '2'], '--seed is 2, but the run in kept was started with 1'],
    [['--steps', '2e4'], '--steps is 20000, but the run in kept was started with --steps 10000'],
    [['--seconds', '3'], '--seconds is 3, but'],
    [['--temperature', '3'], '--temperature is "3", but'],
    [['--chains', '7'], '--chains is 7, but'],
    [['--block', '7'], '--block is 7, but'],
    [['--target', '7'], '--target is 7, but'],
    [['--checkpoint', 'elsewhere'], '--checkpoint is elsewhere, but --resume kept'],
    [['other.tsp'], 'FILE is "other.tsp", but'],
  ] as const) {
    const { message: said, code } = await refusedHere(cwd, ['solve', '--resume', 'kept', ...args]);
    expect(said).toContain(message);
    expect(code).toBe(2);
  }
  const { code, stderr } = await lehr(cwd, 'solve', 'c.tsp', '--checkpoint', 'kept');
  expect(code).toBe(2);
  expect(stderr).toContain('it holds another run already');
  expect(readFileSync(join(cwd, 'kept', 'run.json'), 'utf8')).toBe(before);
});

test.each([
  ['chain-0.json', (text: string) => text.slice(0, 100)],
  ['chain-0.json', () => '{}'],
  ['run.json', (text: string) => text.slice(0, -20)],
  ['run.json', () => '[1]'],
  ['problem.txt', (text: string) => text.slice(0, -20)],
])('a damaged %s is an error that names it', async (name, damage) => {
  const dir = `damaged-${readdirSync(cwd).length}`;
  cpSync(join(cwd, 'kept'), join(cwd, dir), { recursive: true });
  const path = join(cwd, dir, name);
  writeFileSync(path, damage(readFileSync(path, 'utf8')));
  const { code, stderr } = await lehr(cwd, 'solve', '--resume', dir);
  expect(stderr).toContain(join(dir, name));
  expect(stderr).not.toMatch(/^ {4}at /m);
  expect(code).toBe(1);
});

test('an interrupted seconds run goes on where it was, and its record repeats it', async () => {
  const { child, ended } = start(cwd, [
    'solve',
    'c.tsp',
    '--seconds',
    '1.2',
    '--seed',
    '4',
    '--chains',
    '2',
    '--checkpoint',
    'cut',
    '--json',
  ]);
  await hearing(child, 'temperature');
  await pause(500);
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  expect(code).toBe(130);
  const { steps } = JSON.parse(stdout) as { steps: number };
  const resumed = await solved(cwd, '--resume', 'cut', '--record', 'cut.json');
  expect(resumed).toMatchObject({ resumedAt: steps, stopped: 'budget' });
  expect(resumed.steps).toBeGreaterThan(steps);
  expect(await solved(cwd, '--replay', 'cut.json')).toMatchObject({ digest: resumed.digest, steps: resumed.steps });
});
