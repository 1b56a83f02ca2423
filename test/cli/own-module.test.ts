import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { folder, lehr, partitionModule, solved } from './lehr.ts';

const cwd = folder();

const WALK = `import { metropolis } from 'lehr';
const problem = (n) => ({
  name: 'walk', size: 1,
  init: () => ({ x: n, step: 0 }),
  energy: ({ x }) => Math.abs(x),
  propose(s, rng) { s.step = rng.uniform() < 0.5 ? -1 : 1; return Math.abs(s.x + s.step) - Math.abs(s.x); },
  accept(s) { s.x += s.step; }, reject() {},
  copy(from, to) { to.x = from.x; to.step = from.step; },
});
export default ({ n = 5, fail = false }) => {
  if (fail) throw new Error('asked to fail');
  const { advance, ...dynamics } = metropolis(problem(n));
  // The same under another name of its control, and with one more that it ignores.
  return { dynamics: { ...dynamics, name: 'heat walk', controls: ['heat', 'wind'], advance: (s, c, ...rest) => advance(s, { temperature: c.heat }, ...rest) }, controls: { wind: 1 } };
};
`;

beforeAll(() => {
  writeFileSync(join(cwd, 'partition.ts'), partitionModule());
  writeFileSync(join(cwd, 'wrong.ts'), partitionModule(5));
  writeFileSync(join(cwd, 'walk.mjs'), WALK);
});

test('a Problem in TypeScript, in a folder without node_modules: solved on workers, temperatures chosen', async () => {
  const one = await solved(cwd, './partition.ts', '--steps', '2e4', '--seed', '1', '--chains', '2', '--workers', '2', '--output', 'p.json');
  expect(one).toMatchObject({ problem: 'partition', n: 40, objectiveName: 'energy', steps: 4e4 });
  expect(one.objective).toBeLessThanOrEqual(2);
  const { side } = JSON.parse(readFileSync(join(cwd, 'p.json'), 'utf8')) as { side: number[] };
  const sum = side.reduce((total, sign, i) => total + sign * (((i * 7919) % 100) + 1), 0);
  expect(Math.abs(sum)).toBe(one.objective);
  expect((await solved(cwd, './partition.ts', '--steps', '2e4', '--seed', '1', '--chains', '2', '--workers', '1')).digest).toBe(one.digest);
});

test('its solution is checked by its own full energy, and begins another run', async () => {
  const one = await solved(cwd, './partition.ts', '--steps', '2e4', '--seed', '1', '--chains', '1', '--output', 'p.json');
  const checked = await lehr(cwd, 'check-solution', './partition.ts', 'p.json', '--json');
  expect(JSON.parse(checked.stdout)).toMatchObject({ valid: true, objective: one.objective, digest: one.digest });
  const again = await solved(cwd, './partition.ts', '--steps', '0', '--seed', '9', '--chains', '1', '--start', 'p.json');
  expect([again.objective, again.digest]).toEqual([one.objective, one.digest]);
  const state = JSON.parse(readFileSync(join(cwd, 'p.json'), 'utf8')) as Record<string, unknown>;
  for (const [wrong, message] of [
    [{ ...state, side: [300, ...(state.side as number[]).slice(1)] }, 'state.side[0] is 300, expected a number that Int8 can hold'],
    [{ ...state, side: [1, 1] }, 'state.side has 2 numbers, expected 40'],
    [{ ...state, side: [1, 'x'] }, 'state.side[1] is "x", expected a number'],
    [{ ...state, side: 1 }, 'state.side is 1, expected a list of numbers'],
    [{ sum: 1, i: 0 }, 'state has no field "side", expected side, sum, i'],
    [{ ...state, more: 1 }, 'state has a field "more"'],
    [[], 'state is [], expected an object'],
  ] as const) {
    writeFileSync(join(cwd, 'bad.json'), JSON.stringify(wrong));
    const { code, stderr } = await lehr(cwd, 'check-solution', './partition.ts', 'bad.json');
    expect(stderr).toContain(`bad.json: ${message}`);
    expect(code).toBe(1);
  }
  const recipe = await lehr(cwd, 'solve', './walk.mjs', '--heat', '1', '--steps', '10', '--start', 'p.json');
  expect([recipe.code, recipe.stderr]).toEqual([2, expect.stringContaining('a solution file of a Recipe cannot be read')]);
});

test('a Recipe: its parameters, its controls as options, their misspellings', async () => {
  const args = ['./walk.mjs', '--steps', '2000', '--seed', '1', '--chains', '1'];
  const json = await solved(cwd, ...args, '--params', '{"n": 30}', '--heat', 'linear(2,0)');
  expect(json).toMatchObject({ objective: 0, controls: { heat: 'linear(2, 0)' } });
  expect(json.command).toBe(`lehr solve ./walk.mjs --params '{"n":30}' --steps 2000 --seed 1 --chains 1 --heat "linear(2, 0)"`);
  expect((await solved(cwd, ...args, '--params', '{"n": 30}', '--schedule', 'linear(2, 0)')).digest).toBe(json.digest);
  expect((await lehr(cwd, 'solve', ...args, '--haet', '1')).stderr).toContain('unknown option --haet. Maybe --heat?');
  expect((await lehr(cwd, 'solve', ...args, '--temperature', '1')).stderr).toContain(
    'this dynamics has no temperature, expected --heat, --wind',
  );
  const missing = await lehr(cwd, 'solve', ...args);
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain('--heat is missing');
  expect((await lehr(cwd, 'solve', ...args, '--params', '{"fail": true}')).stderr).toContain('./walk.mjs: asked to fail');
});

test('a module is kept by its place and content: changed, it is not resumed', async () => {
  await solved(cwd, './partition.ts', '--steps', '1e4', '--seed', '1', '--checkpoint', 'kept');
  expect((await solved(cwd, '--resume', 'kept')).resumedAt).toBeGreaterThan(0);
  writeFileSync(join(cwd, 'partition.ts'), `${partitionModule()}// changed\n`);
  const { code, stderr } = await lehr(cwd, 'solve', '--resume', 'kept');
  writeFileSync(join(cwd, 'partition.ts'), partitionModule());
  expect(stderr).toContain('its content has changed');
  expect(code).toBe(2);
});

test('lehr check: the contract kept, and a planted bug found', async () => {
  expect(await lehr(cwd, 'check', './partition.ts')).toMatchObject({ code: 0, stderr: '' });
  const wrong = await lehr(cwd, 'check', './wrong.ts', '--json');
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toMatch(/^lehr: partition: after move \d+ the energy is/);
  expect(JSON.parse(wrong.stdout)).toMatchObject({ ok: false });
  const solving = await lehr(cwd, 'solve', './wrong.ts', '--steps', '1e4', '--check', 'step', '--quiet');
  expect(solving.code).toBe(1);
  expect(solving.stderr).toContain('its energy changes add up to');
});
