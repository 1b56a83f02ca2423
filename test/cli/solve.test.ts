import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { folder, lehr, solved, words } from './lehr.ts';

const cwd = folder();

beforeAll(async () => {
  await lehr(cwd, 'generate', 'tsp', '--n', '120', '--seed', '1', '--output', 'c.tsp');
});

const SCHEMA = z.object({
  problem: z.literal('tsp'),
  instance: z.string(),
  n: z.literal(120),
  sense: z.enum(['min', 'max']),
  objective: z.number().int().positive(),
  energy: z.number(),
  known: z.number().nullable(),
  gap: z.number().nullable(),
  steps: z.number().int().nonnegative(),
  evaluations: z.number().int().nonnegative(),
  seconds: z.number().nonnegative(),
  stepsPerSecond: z.number().nonnegative(),
  chains: z.number().int().positive(),
  workers: z.number().int().positive(),
  seed: z.union([z.string(), z.number()]),
  stopped: z.enum(['budget', 'target', 'stalled', 'interrupted']),
  resumedAt: z.number().int().nonnegative(),
  reproducible: z.boolean(),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  command: z.string().startsWith('lehr solve c.tsp '),
});

function sha256(path: string): string {
  return createHash('sha256')
    .update(readFileSync(join(cwd, path)))
    .digest('hex');
}

test('the JSON has all that was promised; the solution is what its digest says and as long as check-solution finds', async () => {
  const json = await solved(cwd, 'c.tsp', '--steps', '1e5', '--seed', '1', '--chains', '2', '--output', 'c.tour');
  expect(SCHEMA.parse(json)).toMatchObject({
    known: null,
    gap: null,
    steps: 2e5,
    evaluations: 2e5,
    resumedAt: 0,
    reproducible: true,
    stopped: 'budget',
  });
  expect(json.digest).toBe(sha256('c.tour'));
  const check = JSON.parse((await lehr(cwd, 'check-solution', 'c.tsp', 'c.tour', '--json')).stdout) as {
    objective: number;
    digest: string;
  };
  expect(check).toMatchObject({ valid: true, objective: json.objective, digest: json.digest });
});

test('the same bits for one worker and for two, and from the printed command', async () => {
  const args = ['c.tsp', '--steps', '1e5', '--seed', 'été', '--chains', '3'];
  const one = await solved(cwd, ...args, '--workers', '1');
  const two = await solved(cwd, ...args, '--workers', '2');
  const { seconds: _, stepsPerSecond: __, workers: ___, ...same } = one;
  expect(two).toMatchObject(same);
  expect(one.seed).toBe('été');
  expect(one.suggested.proposals).toBeGreaterThan(0);
  const [, , ...again] = words(one.command as string);
  const repeated = await solved(cwd, ...again);
  expect(repeated.digest).toBe(one.digest);
  expect(repeated.suggested).toBe(null);
  expect(repeated.command).toBe(one.command);
});

test('a seconds run says that it is not reproducible, and repeats bit for bit from its record', async () => {
  const json = await solved(cwd, 'c.tsp', '--seconds', '0.3', '--chains', '3', '--workers', '2', '--record', 'r.json');
  expect(json.reproducible).toBe(false);
  expect(json.command).toBe('lehr solve c.tsp --replay r.json');
  const [, , ...again] = words(json.command as string);
  const { digest, steps, objective, seed } = json;
  expect(await solved(cwd, ...again, '--workers', '1')).toMatchObject({
    digest,
    steps,
    objective,
    seed,
    stopped: 'budget',
    reproducible: true,
  });
  expect((await lehr(cwd, 'solve', '--replay', 'r.json', '--seed', '77')).stderr).toContain(
    '--seed is 77, but the run of r.json was started with',
  );
});

test('a target: the chain that needs fewest steps, whatever the workers', async () => {
  const args = ['c.tsp', '--steps', '3e5', '--seed', '5', '--chains', '3'];
  const { objective } = await solved(cwd, ...args);
  const target = String(Math.ceil(objective * 1.02));
  const one = await solved(cwd, ...args, '--target', target, '--workers', '1', '--record', 'race.json');
  const two = await solved(cwd, ...args, '--target', target, '--workers', '2');
  expect(one.stopped).toBe('target');
  expect(one.objective).toBeLessThanOrEqual(Number(target));
  const { digest, steps, best } = one;
  expect(two).toMatchObject({ digest, steps, best });
  expect(await solved(cwd, '--replay', 'race.json')).toMatchObject({ digest, steps, best, stopped: 'target' });
});

test('gaps: signed percent of the known value, given or from a list beside the file', async () => {
  const args = ['c.tsp', '--steps', '1e4', '--seed', '1', '--chains', '1'];
  const { objective } = await solved(cwd, ...args);
  expect((await solved(cwd, ...args, '--known', String(2 * objective))).gap).toBe(-50);
  expect((await solved(cwd, ...args, '--known', '0')).gap).toBe(null);
  writeFileSync(
    join(cwd, 'best-known.csv'),
    `family,instance,file,best_known,source\ntsp,other,d.tsp,1,x\ntsp,c,c.tsp,${objective / 2},"a, ""b"""\n`,
  );
  const listed = await lehr(cwd, 'solve', ...args, '--json');
  expect(JSON.parse(listed.stdout)).toMatchObject({ known: objective / 2, gap: 100 });
  expect(listed.stderr).toContain('best-known.csv');
  writeFileSync(join(cwd, 'best-known.csv'), '');
});

test('several seeds: each run as if alone, median and spread', async () => {
  const all = await solved(cwd, 'c.tsp', '--steps', '2e4', '--seeds', '1..3', '--chains', '1', '--output', 'best.tour');
  expect(all.runs.map((run: { seed: number }) => run.seed)).toEqual([1, 2, 3]);
  const objectives = all.runs.map((run: { objective: number }) => run.objective).sort((a: number, b: number) => a - b);
  expect(all.spread).toMatchObject({ runs: 3, best: objectives[0], median: objectives[1], worst: objectives[2] });
  expect(all.digest).toBe(sha256('best.tour'));
  expect(await solved(cwd, 'c.tsp', '--steps', '2e4', '--seed', '2', '--chains', '1')).toMatchObject({ digest: all.runs[1].digest });
});

test('a start is no worse at the end, and begins colder than the temperature chosen without it', async () => {
  const args = ['c.tsp', '--steps', '5e4', '--seed', '3', '--chains', '1'];
  const first = await solved(cwd, ...args, '--output', 'first.tour');
  const second = await solved(cwd, ...args, '--start', 'first.tour');
  expect(second.objective).toBeLessThanOrEqual(first.objective);
  expect(second.suggested.from).toBeLessThan(first.suggested.from);
  expect(second.command).toContain('--start first.tour');
});

test('a report, a trace and a summary for people; --output - is the solution alone', async () => {
  const args = ['solve', 'c.tsp', '--steps', '5e4', '--seed', '1', '--chains', '2'];
  const { stdout, stderr } = await lehr(cwd, ...args, '--report', 'r.html', '--trace', 't.jsonl', '--output', 'p.tour');
  const digest = sha256('p.tour');
  for (const part of [
    'tour length',
    'exponential(',
    '100,000',
    digest,
    'lehr solve c.tsp --steps 50000 --seed 1 --chains 2 --temperature "exponential(',
  ])
    expect(stdout).toContain(part);
  expect(stderr).toMatch(/temperature exponential\(.*, chosen from [\d,]+ proposals/);
  const html = readFileSync(join(cwd, 'r.html'), 'utf8');
  for (const part of ['<svg', digest, '--seed 1']) expect(html).toContain(part);
  const rows = readFileSync(join(cwd, 't.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { chain: number; steps: number });
  expect(new Set(rows.map((row) => row.chain))).toEqual(new Set([0, 1]));
  expect(rows.filter((row) => row.chain === 0).at(-1)).toMatchObject({ steps: 50_000, stopped: 'budget' });
  const bare = await lehr(cwd, ...args, '--output', '-', '--quiet');
  expect(bare.stdout).toBe(readFileSync(join(cwd, 'p.tour'), 'utf8'));
});

test('check-solution: an invalid solution is exit code 1, with why', async () => {
  writeFileSync(join(cwd, 'bad.tour'), 'TYPE : TOUR\nTOUR_SECTION\n1 2 3 -1\nEOF\n');
  const { code, stdout, stderr } = await lehr(cwd, 'check-solution', 'c.tsp', 'bad.tour', '--json');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^lehr: bad\.tour/);
  expect(JSON.parse(stdout)).toMatchObject({ valid: false, objective: null });
});

test('info, problems and schedules say what there is, in JSON, too', async () => {
  expect(JSON.parse((await lehr(cwd, 'info', 'c.tsp', '--json')).stdout)).toMatchObject({
    problem: 'tsp',
    n: 120,
    objectiveName: 'tour length',
    sense: 'min',
  });
  expect((await lehr(cwd, 'info', 'c.tsp')).stdout).toMatch(/n +120/);
  expect(JSON.parse((await lehr(cwd, 'problems', '--json')).stdout)[0]).toMatchObject({ name: 'tsp' });
  expect((await lehr(cwd, 'schedules')).stdout).toContain('exponential(from, to)');
  const sampled = JSON.parse((await lehr(cwd, 'schedules', 'linear(10, 0)', '--blocks', '3', '--json')).stdout) as {
    value: number[];
    schedule: string;
  };
  expect(sampled).toMatchObject({ schedule: 'linear(10, 0)', value: [10, 5, 0] });
  expect((await lehr(cwd, 'schedules', 'modified-lam')).stdout).toContain('acceptance');
});
