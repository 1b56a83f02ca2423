import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { folder, hearing, lehr, pause, start } from './lehr.ts';

const cwd = folder();

beforeAll(async () => {
  await lehr(cwd, 'generate', 'tsp', '--n', '100', '--output', 'c.tsp');
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s, delivered twice as npx may: the best is saved and told, exit code 130', async (signal) => {
  const { child, ended } = start(cwd, [
    'solve',
    'c.tsp',
    '--seconds',
    '60',
    '--json',
    '--output',
    'i.tour',
    '--report',
    'i.html',
    '--record',
    'i.json',
  ]);
  await hearing(child, 'temperature');
  await pause(700);
  child.kill(signal);
  await pause(5);
  child.kill(signal);
  const { code, stdout, stderr } = await ended;
  expect(code).toBe(130);
  const json = JSON.parse(stdout) as Record<string, any>;
  expect(json).toMatchObject({ stopped: 'interrupted', reproducible: false });
  expect(json.seconds).toBeLessThan(10);
  expect(stderr).toContain('interrupted');
  const tour = readFileSync(join(cwd, 'i.tour'), 'utf8');
  expect(createHash('sha256').update(tour).digest('hex')).toBe(json.digest);
  expect((await lehr(cwd, 'check-solution', 'c.tsp', 'i.tour')).code).toBe(0);
  expect(readFileSync(join(cwd, 'i.html'), 'utf8')).toContain(json.digest as string);
  const replayed = await lehr(cwd, 'solve', '--replay', 'i.json', '--json', '--quiet');
  expect(replayed.code).toBe(0);
  expect(JSON.parse(replayed.stdout)).toMatchObject({ digest: json.digest, steps: json.steps });
});

test('interrupted among several seeds: the runs made so far are told', async () => {
  const { child, ended } = start(cwd, ['solve', 'c.tsp', '--seconds', '1', '--seeds', '1..50', '--json']);
  await hearing(child, 'seed 1: ');
  await pause(300);
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  expect(code).toBe(130);
  const { runs } = JSON.parse(stdout) as { runs: { stopped: string }[] };
  expect(runs.length).toBeGreaterThan(0);
  expect(runs.length).toBeLessThan(50);
});
