import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { folder, lehr, words } from './lehr.ts';

const cwd = folder();

beforeAll(async () => {
  await lehr(cwd, 'generate', 'blobs', '--n', '400', '--output', 'blobs.csv');
});

test('a rate is suggested with which training ends well, and the command to do so', async () => {
  const { code, stdout } = await lehr(cwd, 'range-test', 'blobs.csv', '--target', 'label', '--model', 'mlp');
  expect(code).toBe(0);
  expect(stdout).toMatch(/suggested +0\.\d+, a tenth of the rate of the least loss/);
  const line = /^ {2}train +(.*)$/m.exec(stdout)![1];
  const run = await lehr(cwd, ...words(line).slice(1), '--epochs', '10', '--seed', '1', '--json', '--quiet');
  expect(run.code).toBe(0);
  expect((JSON.parse(run.stdout) as { accuracy: number }).accuracy).toBeGreaterThan(0.8);
});

test('the JSON, the table and the page tell the same, and the command repeats it', async () => {
  const args = ['blobs.csv', '--target', 'label', '--from', '1e-4', '--to', '100', '--steps', '60', '--seed', '3'];
  const { stdout } = await lehr(cwd, 'range-test', ...args, '--output', 'rates.csv', '--report', 'rates.html', '--json', '--quiet');
  const json = JSON.parse(stdout) as Record<string, any>;
  const rows = readFileSync(join(cwd, 'rates.csv'), 'utf8').trim().split('\n');
  expect(rows[0]).toBe('rate,loss,smoothed');
  expect(rows.slice(1).map((row) => Number(row.split(',')[1]))).toEqual(json.losses);
  expect(json.rates[0]).toBe(1e-4);
  expect(json.suggested).toBe(json.minimum / 10);
  expect(readFileSync(join(cwd, 'rates.html'), 'utf8')).toContain('Loss over the rate');
  const again = await lehr(cwd, ...words(json.command as string).slice(1), '--json');
  expect(JSON.parse(again.stdout)).toEqual(json);
});

test.each([
  [['blobs.csv', '--target', 'label', '--rate', '1'], 'unknown option --rate'],
  [['blobs.csv', '--target', 'label', '--from', '1', '--to', '0.1'], 'from is 1 and to 0.1, expected finite rates'],
  [['blobs.csv', '--model', 'rbm', '--drop', 'label'], 'which tells of no loss'],
  [[], 'FILE is missing'],
])('%j is exit code 2', async (args, message) => {
  const { code, stderr } = await lehr(cwd, 'range-test', ...args);
  expect(stderr).toContain(message);
  expect(code).toBe(2);
});
