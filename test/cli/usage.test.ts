import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folder, lehr, refusedHere } from './lehr.ts';

const cwd = folder();
const SQUARE =
  'NAME : square\nTYPE : TSP\nDIMENSION : 4\nEDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 0 10\n3 10 10\n4 10 0\nEOF\n';

// Paths that are refused are relative to where the user is.
const before = process.cwd();
afterAll(() => process.chdir(before));

beforeAll(() => {
  process.chdir(cwd);
  mkdirSync(join(cwd, 'folder'));
  writeFileSync(join(cwd, 'square.tsp'), SQUARE);
  writeFileSync(join(cwd, 'empty.tsp'), '');
  writeFileSync(join(cwd, 'binary.tsp'), Buffer.from([84, 89, 0, 1, 2, 3, 255]));
  writeFileSync(join(cwd, 'cut.tsp'), SQUARE.split('\n').slice(0, 7).join('\n'));
  writeFileSync(join(cwd, 'text.txt'), 'hello world\n');
  writeFileSync(join(cwd, 'cut.tsp.gz'), Buffer.from([0x1f, 0x8b, 8, 0, 0]));
  writeFileSync(join(cwd, 'short.tour'), 'TYPE : TOUR\nDIMENSION : 4\nTOUR_SECTION\n1 2 3 -1\nEOF\n');
  writeFileSync(join(cwd, 'broken.ts'), 'export default {\n');
  writeFileSync(join(cwd, 'number.mjs'), 'export default 3;\n');
});

const solve = ['solve', 'square.tsp', '--steps', '1000'];

test.each<[string[], RegExp]>([
  [['slove'], /unknown command 'slove'\n\(Did you mean solve\?\)/],
  [['solve'], /FILE is missing/],
  [['solve', 'square.tsp', 'text.txt'], /2 files are given/],
  [[...solve, '--secnds', '1'], /unknown option --secnds\. Maybe --seconds\?/],
  [['solve', '--jsn', 'square.tsp'], /unknown option --jsn\. Maybe --json\?/],
  [[...solve, '--seconds', '1'], /--seconds and --steps are both given/],
  [['solve', 'square.tsp', '--evaluations', '5', '--seconds', '1'], /--seconds and --evaluations are both given/],
  [[...solve, '--temperature', '1', '--schedule', '2'], /--temperature and --schedule are both given/],
  [[...solve, '--temperature', 'exponental(3, 1)'], /--temperature: .*"exponental".*Maybe exponential\?[\s\S]*\^/],
  [[...solve, '--temperature', '-1'], /temperature is -1, expected a number of at least 0/],
  [['solve', 'square.tsp', '--seconds', 'soon'], /--seconds is "soon", expected a finite number above 0/],
  [['solve', 'square.tsp', '--steps', '1.5'], /--steps is "1.5", expected a whole number/],
  [[...solve, '--chains', '0'], /--chains is "0"/],
  [[...solve, '--method', 'magic'], /argument 'magic' is invalid\. Allowed choices are metropolis/],
  [[...solve, '--strategy', 'single', '--chains', '2'], /--strategy single runs one chain/],
  [[...solve, '--seeds', '3..1'], /--seeds is "3\.\.1", expected first\.\.last/],
  [[...solve, '--seeds', '1..2', '--seed', '1'], /--seed and --seeds are both given/],
  [[...solve, '--problem', 'tps'], /--problem is "tps", expected .*Maybe tsp\?/],
  [[...solve, '--params', '{'], /--params is "\{", expected JSON/],
  [[...solve, '--params', '{}'], /--params is for a module of your own/],
  [[...solve, '--output', 'nowhere/a.tour'], /--output .*nowhere.* does not exist/],
  [[...solve, '--output', 'folder'], /--output .*folder: it is a directory/],
  [[...solve, '--output', 'square.tsp'], /--output is .*square\.tsp", which is the problem/],
  [[...solve, '--output', 'a', '--report', './a'], /--report is .* which is the file of --output too/],
  [[...solve, '--output', '-', '--json'], /both write to standard output/],
  [[...solve, '--checkpoint', 'text.txt/x'], /--checkpoint .*the folder cannot be made/],
  [[...solve, '--resume', 'nowhere'], /--resume nowhere: no such folder/],
  [['solve', '--resume', 'folder'], /--resume folder: it holds no run/],
  [['solve', '--replay', 'text.txt'], /text\.txt: it is not JSON/],
  [['solve', 'missing.tsp'], /missing\.tsp: no such file/],
  [['solve', 'folder'], /folder: it is a directory/],
  [['solve', 'empty.tsp'], /empty\.tsp: the file is empty/],
  [['solve', 'binary.tsp'], /binary\.tsp: the file is binary/],
  [['solve', 'cut.tsp.gz'], /cut\.tsp\.gz: it begins like a gzip file/],
  [['solve', 'cut.tsp'], /cut\.tsp:\d+: /],
  [['solve', 'text.txt'], /text\.txt:1: no known format begins with "hello world", expected TSPLIB/],
  [['solve', 'square.tsp#2'], /there is no problem "2" in square\.tsp, expected square\.tsp#1 \(square\)/],
  [['solve', 'broken.ts'], /broken\.ts:2:\d+: /],
  [['solve', 'number.mjs'], /number\.mjs: .*expected a Problem/],
  [['solve', 'missing.ts'], /missing\.ts: .*no such file/],
  [[...solve, '--start', 'short.tour'], /short\.tour/],
  [['check-solution', 'square.tsp', 'missing.tour'], /missing\.tour: no such file/],
  [['check-solution', 'square.tsp'], /missing required argument 'SOLUTION'/],
  [['schedules', 'exponential(1'], /\^/],
  [['generate', 'tsp'], /required option '--n <N>' not specified/],
  [['generate', 'tsp', '--n', '0'], /--n is "0"/],
  [['generate', 'tsp', '--n', '9', '--kind', 'clusterd'], /--kind is "clusterd", expected .*Maybe clustered\?/],
  [['generate', 'tsp', '--n', '9', '--knd', 'clustered'], /unknown option --knd\. Maybe --kind\?/],
  [['generate', 'tspp', '--n', '9'], /KIND is "tspp", expected tsp/],
])('%j: one clear message, exit code 2, nothing left behind', async (args, message) => {
  const before = readdirSync(cwd, { recursive: true });
  const { code, message: said } = await refusedHere(cwd, [...args, ...(args[0] === 'solve' ? ['--quiet'] : [])]);
  expect(said).toMatch(message);
  expect(code).toBe(2);
  expect(readdirSync(cwd, { recursive: true })).toEqual(before);
});

test.each<[string[], RegExp]>([
  [['slove'], /^lehr: unknown command 'slove'\n\(Did you mean solve\?\)\n$/],
  [[...solve, '--secnds', '1'], /^lehr: unknown option --secnds\. Maybe --seconds\?\n$/],
  [[...solve, '--temperature', '-1', '--quiet'], /^lehr: .*temperature is -1, expected a number of at least 0.*\n$/],
  [['solve', 'cut.tsp', '--quiet'], /^lehr: cut\.tsp:\d+: .*\n$/],
  [['check-solution', 'square.tsp'], /^lehr: missing required argument 'SOLUTION'\n$/],
])('%j: on standard error alone, without a stack', async (args, message) => {
  const { code, stdout, stderr } = await lehr(cwd, ...args);
  expect(stderr).toMatch(message);
  expect([code, stdout]).toEqual([2, '']);
});

test('--verbose shows where an error came from', async () => {
  const { stderr } = await lehr(cwd, 'solve', 'missing.tsp', '--verbose');
  expect(stderr).toMatch(/^ {4}at /m);
});

test.each([1, 2, 3])('%i cities: the exact tour', async (n) => {
  const points = ['1 0 0', '2 0 3', '3 4 0'].slice(0, n).join('\n');
  const file = `tiny-${n}.tsp`;
  writeFileSync(join(cwd, file), `DIMENSION: ${n}\r\nEDGE_WEIGHT_TYPE: EUC_2D\r\nNODE_COORD_SECTION\r\n${points}`);
  const { code, stdout } = await lehr(cwd, 'solve', file, '--steps', '100', '--json', '--quiet');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ n, objective: [0, 0, 6, 12][n], stopped: 'budget' });
});
