import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { folder, lehr, pause, refusedHere, solved, start } from './lehr.ts';

const cwd = folder();
const run = ['c.tsp', '--seed', '1', '--temperature', 'exponential(50000, 3000)'];

beforeAll(async () => {
  await lehr(cwd, 'generate', 'tsp', '--n', '80', '--seed', '2', '--output', 'c.tsp');
});

/** The words of a printed command after `lehr solve`. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].slice(2).map((match) => match[1] ?? match[2]);
}

test('p-val: lengths dealt to the chains, whatever the workers; the printed command repeats it', async () => {
  const first = await solved(cwd, ...run, '--strategy', 'p-val', '--chains', '3', '--workers', '2', '--steps', '1e5');
  // 100 steps for each of 80 cities: 8000, 64 000, …; 16 000, 128 000; 32 000, 256 000.
  expect(first).toMatchObject({ strategy: 'p-val', chains: 3, runs: 7, steps: 3e5, stopped: 'budget', reproducible: true });
  expect(first.command).toContain('--strategy p-val');
  const again = await solved(cwd, ...wordsOf(first.command as string), '--workers', '1');
  expect([again.digest, again.runs]).toEqual([first.digest, first.runs]);
});

test('val, luby and fixed: the length of runs in steps or for each variable', async () => {
  const runs = async (...args: string[]) => (await solved(cwd, ...run, '--steps', '70000', '--chains', '1', ...args)).runs;
  expect(await runs('--strategy', 'val', '--run-length', '10000')).toBe(3);
  expect(await runs('--strategy', 'val', '--run-length', '125n')).toBe(3);
  expect(await runs('--strategy', 'luby', '--run-length', '10000', '--again', 'incumbent')).toBe(6);
  expect(await runs('--strategy', 'fixed', '--run-length', '10000')).toBe(7);
  expect(await runs('--strategy', 'single')).toBe(1);
});

test('killed and resumed amid restarts, it ends with the same bits; a seconds run repeats from its record', async () => {
  const long = [...run, '--strategy', 'val', '--run-length', '1000', '--steps', '6e6', '--chains', '2', '--workers', '2'];
  const whole = await solved(cwd, ...long);
  const { child, ended } = start(cwd, ['solve', ...long, '--checkpoint', 'kept', '--checkpoint-every', '0.02', '--quiet']);
  while (!existsSync(join(cwd, 'kept', 'chain-1.json')) && child.exitCode === null) await pause(20);
  await pause(150);
  child.kill('SIGKILL');
  await ended;
  const resumed = await solved(cwd, '--resume', 'kept');
  expect([resumed.digest, resumed.steps, resumed.runs]).toEqual([whole.digest, whole.steps, whole.runs]);
  const timed = await solved(cwd, ...run, '--strategy', 'val', '--seconds', '0.5', '--chains', '2', '--record', 'r.json');
  const replayed = await solved(cwd, '--replay', 'r.json');
  expect([replayed.digest, replayed.steps, replayed.runs]).toEqual([timed.digest, timed.steps, timed.runs]);
});

test.each<[string[], RegExp]>([
  [['--strategy', 'vla'], /argument 'vla' is invalid\. Allowed choices are single, multistart, val, p-val, luby, fixed/],
  [['--strategy', 'fixed'], /--run-length is missing/],
  [['--run-length', '100'], /--run-length is for restarts, but --strategy is multistart\. Maybe --strategy val/],
  [['--strategy', 'val', '--run-length', '-3n'], /--run-length is "-3n", expected .*100n/],
  [['--strategy', 'val', '--run-length', '1.5'], /--run-length is "1.5"/],
  [['--again', 'incumbent'], /--again is for restarts/],
])('%j is exit code 2', async (args, message) => {
  const { message: said, code } = await refusedHere(cwd, ['solve', ...run, '--steps', '10', ...args]);
  expect(said).toMatch(message);
  expect(code).toBe(2);
});

test('a temperature chosen for restarts is one cooling in each run, however many the budget has room for', async () => {
  const told = async (...args: string[]): Promise<string> =>
    (await solved(cwd, 'c.tsp', '--seed', '1', '--chains', '1', '--steps', '1e7', ...args)).command as string;
  expect(await told()).toMatch(/--temperature "warm-restarts\(exponential\([^)]*\), 3, factor: 1\.1\)"/);
  expect(await told('--strategy', 'val')).toMatch(/--temperature "exponential\(/);
});
