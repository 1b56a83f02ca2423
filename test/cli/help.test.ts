import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { folder, lehr, partitionModule, quickly, words } from './lehr.ts';

const VERBS = [
  'solve',
  'train',
  'infer',
  'predict',
  'range-test',
  'compare',
  'tune',
  'check-solution',
  'info',
  'problems',
  'schedules',
  'generate',
  'check',
  'reproduce',
];

test.each(VERBS)('every example in the help of %s works', async (verb) => {
  const cwd = folder();
  writeFileSync(join(cwd, 'my-problem.ts'), partitionModule());
  const help = await lehr(cwd, verb, '--help');
  expect(help.code).toBe(0);
  expect(help.stderr).toBe('');
  const examples = help.stdout.split('\n').flatMap((line) => (line.startsWith('  lehr ') ? [words(line).slice(1)] : []));
  expect(examples.length).toBeGreaterThan(0);
  expect(examples.some(([first]) => first === verb)).toBe(true);
  for (const example of examples) {
    const quick = quickly(example);
    // A whole paper takes minutes.
    if (quick[0] === 'reproduce' && quick.length > 1 && !quick.includes('--claims')) quick.push('--claims', 'speed-up-limit');
    const { code, stderr } = await lehr(cwd, ...quick);
    expect(`${code} ${code === 0 ? '' : stderr}`).toBe('0 ');
  }
});

test('the program names its verbs, its release and its exit codes', async () => {
  const cwd = folder();
  const { code, stdout } = await lehr(cwd, '--help');
  expect(code).toBe(0);
  for (const verb of VERBS) expect(stdout).toMatch(new RegExp(`^  ${verb}\\b`, 'm'));
  expect(stdout).toContain('130 interrupted');
  expect((await lehr(cwd, '--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect((await lehr(cwd)).code).toBe(2);
});

test.each(['solve', 'train', 'infer', 'range-test'])('%s --help loads commander and nothing heavy', (verb) => {
  const bin = fileURLToPath(new URL('../../bin/lehr.js', import.meta.url));
  const hook = 'export async function resolve(s, c, next) { const found = await next(s, c); process._rawDebug(found.url); return found; }';
  const register = `import { register } from 'node:module'; register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hook)}`)});`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(register)}`, bin, verb, '--help'],
    { encoding: 'utf8' },
  );
  expect(stdout).toContain(`Usage: lehr ${verb}`);
  expect(stderr).toContain('node_modules/commander');
  expect(stderr).not.toMatch(
    /piscina|echarts|esbuild|zod|log-update|write-file-atomic|seedrandom|src\/(run|parallel|report|dynamics|experiment)\//,
  );
});
