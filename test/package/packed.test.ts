import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'lehr-packed-'));
const own = join(folder, 'node_modules', 'lehr');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function node(...args: string[]): string {
  return execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** What the registry would give: the packed files alone, and beside them the packages they depend on. */
beforeAll(() => {
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], { cwd: root, encoding: 'utf8' }),
  ) as [{ filename: string }];
  mkdirSync(own, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', own, '--strip-components=1']);
  const modules = join(root, 'node_modules');
  for (const name of readdirSync(modules).filter((each) => !each.startsWith('.') && each !== 'lehr'))
    symlinkSync(join(modules, name), join(folder, 'node_modules', name));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
}, 60_000);

test('the packed files are what is needed: no sources, no tests', () => {
  const there = readdirSync(own).sort();
  expect(there).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'bin', 'dist', 'package.json']);
});

const CONSUMER = `
import { anneal, metropolis, type Outcome, type Problem } from 'lehr';
import { compare } from 'lehr/experiment';
import { multistart } from 'lehr/parallel';
import { families } from 'lehr/problems';
import { readInstance, tsp, tspFamily, writeInstance, type TspResult } from 'lehr/problems/tsp';
import { exponential, parse } from 'lehr/schedules';

const x = Float64Array.from({ length: 30 }, (_, i) => (i * 37) % 101);
const y = Float64Array.from({ length: 30 }, (_, i) => (i * 53) % 97);
const instance = readInstance(writeInstance({ name: 'mine', n: 30, metric: 'EUC_2D', x, y }), 'mine');
const problem: Problem<any> = tsp(instance);
const one: Outcome<{ energy: number }> = anneal({ dynamics: metropolis(problem), controls: { temperature: exponential(30, 1) }, budget: { steps: 20000 }, seed: 1 });
const search = await multistart<object, TspResult>({ module: tspFamily.recipe, params: { instance }, chains: 2, workers: 2, seed: 1, budget: { steps: 20000 }, controls: { temperature: 5 } });
// @ts-expect-error a control is missing
const wrong = () => anneal({ dynamics: metropolis(problem), controls: {}, budget: { steps: 1 }, seed: 1 });
console.log(JSON.stringify([one.energy > 0, search.outcome.result.tour.length, families.length > 0, typeof compare, typeof parse, typeof wrong]));
`;

test('from another folder, in ESM: a program with types compiles and runs, on worker threads, too', () => {
  writeFileSync(join(folder, 'consumer.ts'), CONSUMER);
  const options = ['--target', 'ES2023', '--module', 'NodeNext', '--strict', '--skipLibCheck', '--types', 'node', '--rootDir', folder];
  node(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), ...options, 'consumer.ts');
  expect(JSON.parse(node('consumer.js'))).toEqual([true, 30, true, 'function', 'function', 'function']);
});

test('the command line solves an instance that came with it, and a module that imports lehr', () => {
  const bin = join(own, 'bin', 'lehr.js');
  const solved = JSON.parse(
    node(bin, 'solve', join(own, 'dist/problems/instances/square-64.tsp'), '--steps', '1e5', '--seed', '1', '--json', '--quiet'),
  ) as object;
  expect(solved).toMatchObject({ problem: 'tsp', n: 64, gap: 0 });
  expect(node(bin, 'reproduce')).toContain('1709.02877');
});
