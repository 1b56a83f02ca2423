import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, lehr, partitionModule, solved } from './lehr.ts';

const cwd = folder();
writeFileSync(join(cwd, 'partition.ts'), partitionModule());

const listeners = [
  'modified-lam(temperature: 20)',
  'self-tuning-lam',
  'target-acceptance(linear(0.8, 0.01), temperature: 20)',
  'huang',
  'adaptive-reheat(exponential(100, 1), patience: 0.05, factor: 3)',
  'reduce-on-plateau(100, factor: 0.9, patience: 3, min: 1)',
];

test('those that listen are listed with their parameters, and as JSON', async () => {
  const { stdout } = await lehr(cwd, 'schedules');
  const list = stdout.slice(stdout.indexOf('They listen to the run'));
  for (const signature of [
    'modified-lam(temperature: 0.5)',
    'self-tuning-lam ',
    'target-acceptance(target, temperature: 0.5, memory: 500, gain: 0.001)',
    'huang(stay: 0.005, lambda: 0.7, least: 0.5, acceptance: 0.9)',
    'adaptive-reheat(control, patience: LENGTH, factor: NUMBER)',
    'reduce-on-plateau(control, signal: energy, mode: min, factor: 0.1, patience: 10, threshold: 0.0001, threshold-mode: rel, accumulate: 1, cooldown: 0, min: 0, eps: 1e-8)',
  ])
    expect(list).toContain(`  ${signature}`);
  const rows = JSON.parse((await lehr(cwd, 'schedules', '--json')).stdout) as { name: string; kind: string; parameters: object[] }[];
  expect(rows.filter(({ kind }) => kind === 'controller').map(({ name, parameters }) => [name, parameters.length])).toEqual([
    ['modified-lam', 1],
    ['self-tuning-lam', 0],
    ['target-acceptance', 4],
    ['huang', 4],
    ['adaptive-reheat', 3],
    ['reduce-on-plateau', 11],
  ]);
});

test('one that steers plots its target, the others say why there is nothing to plot', async () => {
  const { stdout } = await lehr(cwd, 'schedules', 'self-tuning-lam');
  expect(stdout).toContain('self-tuning-lam  (it listens to the run: shown is the acceptance it aims at)');
  expect(stdout).toContain('t = 0: 1   t = ½: 0.44');
  const sampled = JSON.parse(
    (await lehr(cwd, 'schedules', 'target-acceptance(linear(0.8, 0.2))', '--blocks', '3', '--json')).stdout,
  ) as object;
  expect(sampled).toMatchObject({ of: { target: 'acceptance' }, value: [0.8, 0.5, 0.2] });
  const none = await lehr(cwd, 'schedules', 'huang');
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('so its values exist only in a run')]);
});

describe.each(listeners)('solve --temperature "%s"', (temperature) => {
  test('gives the same bits for one worker and two, by steps and by evaluations', async () => {
    const solve = (...args: string[]) => solved(cwd, 'partition.ts', '--temperature', temperature, '--seed', '1', '--chains', '2', ...args);
    const [one, two, paid] = [
      await solve('--steps', '20000', '--workers', '1'),
      await solve('--steps', '20000', '--workers', '2'),
      await solve('--evaluations', '20000', '--workers', '1'),
    ];
    expect(two.digest).toBe(one.digest);
    expect(paid.digest).toBe(one.digest);
    expect([one.steps, one.controls]).toEqual([40_000, { temperature }]);
  });
});

test('a signal that is not there is a usage error that names those that are', async () => {
  const { code, stderr } = await lehr(
    cwd,
    'solve',
    'partition.ts',
    '--steps',
    '1000',
    '--temperature',
    'reduce-on-plateau(1, signal: meanEnergi)',
  );
  expect(code).toBe(2);
  expect(stderr).toContain('listens to the signal "meanEnergi"');
  expect(stderr).toContain('Maybe meanEnergy?');
});
