import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { folder, lehr, solved } from './lehr.ts';

// A file that holds several problems, and a table of best known values that lists them.
const cwd = folder();

beforeAll(async () => {
  await lehr(cwd, 'generate', 'wt', '--n', '12', '--count', '3', '--seed', '1', '--output', 'three.txt');
  await lehr(cwd, 'generate', 'wt', '--n', '12', '--seed', '1', '--output', 'one.txt');
  writeFileSync(join(cwd, 'best-known.csv'), 'file,best_known\nthree.txt#2,77\nthree.txt#3,1\none.txt#1,5\n');
});

describe('a file of several problems', () => {
  test('is refused without a choice, with the choices', async () => {
    const { code, stdout, stderr } = await lehr(cwd, 'solve', 'three.txt', '--steps', '100');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(
      'three.txt: it holds 3 problems, expected one of three.txt#1 (three#1), three.txt#2 (three#2), three.txt#3 (three#3).',
    );
  });

  test.each(['0', '4', 'x'])('has no #%s', async (item) => {
    const { code, stderr } = await lehr(cwd, 'solve', `three.txt#${item}`, '--steps', '100');
    expect(code).toBe(2);
    expect(stderr).toContain(`three.txt#${item}: there is no problem "${item}" in three.txt, expected three.txt#1`);
  });

  test('#k is solved, checked and repeated, with its own best known value', async () => {
    const first = await solved(cwd, 'three.txt#2', '--steps', '20000', '--chains', '1', '--seed', '1', '--output', 'two.seq');
    expect([first.instance, first.problem, first.n, first.known]).toEqual(['three#2', 'wt', 12, 77]);
    expect((await solved(cwd, 'three.txt#1', '--steps', '100', '--seed', '1')).known).toBe(null);
    expect((await solved(cwd, 'one.txt', '--steps', '100', '--seed', '1')).known).toBe(5);
    const { stdout } = await lehr(cwd, 'check-solution', 'three.txt#2', 'two.seq', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, objective: first.objective, known: 77, digest: first.digest });
    const begun = await solved(cwd, 'three.txt#2', '--steps', '1', '--chains', '1', '--seed', '1', '--start', 'two.seq');
    expect(begun.objective).toBeLessThanOrEqual(first.objective);
  });

  test('is described, each problem with its best known value', async () => {
    const { stdout } = await lehr(cwd, 'info', 'three.txt', '--json');
    const said = JSON.parse(stdout);
    expect(said.problems.map(({ instance, known }: { instance: string; known: number | null }) => [instance, known])).toEqual([
      ['three#1', null],
      ['three#2', 77],
      ['three#3', 1],
    ]);
    const { stdout: lines } = await lehr(cwd, 'info', 'three.txt#3');
    expect(lines).toContain('three.txt#3 three#3');
    expect(lines).toMatch(/best known +1 /);
  });
});

test('a sequence that is none is exit code 1', async () => {
  writeFileSync(join(cwd, 'bad.seq'), '1 2 3\n');
  const { code, stdout, stderr } = await lehr(cwd, 'check-solution', 'one.txt', 'bad.seq', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ valid: false, objective: null });
  expect(stderr).toContain('bad.seq:1: the sequence has 3 of 12 jobs, job 4 is missing; expected each job once.');
});
