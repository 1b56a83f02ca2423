import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, lehr, start, words } from './lehr.ts';

const cwd = folder();
const PAPER = '1709.02877';
/** Those that take no time to speak of; the others are tried in the long tests. */
const CLAIMS = [
  'speed-up-formula',
  'speed-up-limit',
  'four-are-enough',
  'val-completes-a-quarter',
  'p-val-completes-half',
  'blocks-of-50-track',
  'blocks-of-500-do-not',
];
const QUICK = ['--claims', CLAIMS.join(',')];
const FIELDS = ['id', 'source', 'statement', 'expected', 'measured', 'low', 'high', 'verdict', 'control'];

test('alone it lists the papers', async () => {
  const { code, stdout } = await lehr(cwd, 'reproduce');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^1709\.02877 {2}Variable Annealing Length and Parallelism in Simulated Annealing$/m);
  const json = JSON.parse((await lehr(cwd, 'reproduce', '--json')).stdout) as { paper: string }[];
  expect(json.map(({ paper }) => paper)).toContain(PAPER);
});

test('--json prints the claims as DESIGN fixes them, the same for the same seed', async () => {
  const { code, stdout, stderr } = await lehr(
    cwd,
    'reproduce',
    PAPER,
    ...QUICK,
    '--json',
    '--quiet',
    '--workers',
    '2',
    '--report',
    'r.html',
  );
  expect([code, stderr]).toEqual([0, '']);
  const json = JSON.parse(stdout) as Record<string, any>;
  expect(Object.keys(json)).toEqual(['paper', 'title', 'seconds', 'claims']);
  expect(json.paper).toBe(PAPER);
  expect(json.claims.map(({ id }: { id: string }) => id)).toEqual(CLAIMS);
  for (const claim of json.claims) {
    expect(Object.keys(claim).sort()).toEqual([...FIELDS].sort());
    expect(Object.keys(claim.control).sort()).toEqual(['high', 'low', 'measured', 'statement', 'verdict']);
    expect(['holds', 'fails', 'undecided']).toContain(claim.verdict);
    expect(['fails', 'undecided']).toContain(claim.control.verdict);
    for (const { measured, low, high } of [claim, claim.control]) expect(low <= measured && measured <= high).toBe(true);
  }
  const page = readFileSync(join(cwd, 'r.html'), 'utf8');
  for (const { id } of json.claims) expect(page).toContain(id);
  expect(page).toContain(`lehr reproduce ${PAPER} --claims ${CLAIMS.join(',')} --seed 1`);
  const again = JSON.parse((await lehr(cwd, 'reproduce', PAPER, ...QUICK, '--json', '--quiet', '--seed', '1', '--workers', '1')).stdout);
  expect(again.claims).toEqual(json.claims);
});

test('tells each claim: the statement, what was measured, the control', async () => {
  const { code, stdout } = await lehr(cwd, 'reproduce', PAPER, ...QUICK, '--seed', 'other');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^arXiv 1709\.02877: Variable/);
  expect(stdout).toMatch(
    /^speed-up-limit: holds\n {2}statement {2}With four instances.*\n {2}source .*\n {2}expected {3}.*: between 1\.8749 and 1\.8751\n {2}measured {3}1\.875, exact\n {2}control {4}One instance.*\n {13}1, exact: does not hold$/m,
  );
  expect(stdout).toMatch(/^7 claims: \d hold, \d do not, \d cannot be told at this size; .*\nseed other; again: lehr reproduce .*$/m);
  expect(words(/again: (.*)$/m.exec(stdout)![1])).toEqual(['lehr', 'reproduce', PAPER, ...QUICK, '--seed', 'other']);
});

test('Ctrl-C: the claims finished so far, exit code 130', async () => {
  const { child, ended } = start(cwd, ['reproduce', PAPER, '--full']);
  await new Promise<void>((resolve) => child.stdout!.on('data', (text: string) => text.includes('p-val-completes-half') && resolve()));
  child.kill('SIGINT');
  const { code, stdout, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).toContain('interrupted');
  expect(stdout).toMatch(/^5 claims: 5 hold/m);
});

test.each<[string[], RegExp]>([
  [['1709.2877'], /^lehr: PAPER is "1709\.2877", expected .*1709\.02877.*\. Maybe 1709\.02877\?\n$/],
  [['../papers'], /PAPER is "\.\.\/papers", expected/],
  [[PAPER, '--claims', 'speed-up-formular'], /claims: "speed-up-formular" is none of the paper's: .*\. Maybe speed-up-formula\?\n$/],
  [[PAPER, '--instances', 'nowhere'], /^lehr: --instances is nowhere/],
  [[PAPER, '--ful'], /unknown option '--ful'/],
  [[PAPER, '--workers', '0'], /--workers is "0"/],
  [[PAPER, '--report', 'nowhere/r.html'], /--report nowhere\/r\.html: the folder .* does not exist/],
  [[PAPER, '--quiet', '--verbose'], /both given/],
  [[PAPER, 'more'], /too many arguments/],
])('reproduce %j: one clear message, exit code 2', async (args, message) => {
  const { code, stdout, stderr } = await lehr(cwd, 'reproduce', ...args);
  expect(stderr).toMatch(message);
  expect([code, stdout]).toEqual([2, '']);
});
