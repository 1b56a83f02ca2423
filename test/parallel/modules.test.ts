import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadable, runJobs } from 'lehr/parallel';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { outcomes } from './runs.ts';

/** A user's folder without node_modules, far from Lehr. */
const folder = mkdtempSync(join(tmpdir(), 'lehr-user-'));
/** Where Lehr makes its temporary folders, and no other program any. */
const temporary = mkdtempSync(join(tmpdir(), 'lehr-user-tmp-'));
const temporaries = (): string[] => readdirSync(temporary);
const job = { params: { n: 5 }, seed: 1, budget: { steps: 500 }, controls: { temperature: 1 } };

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A user's problem; `types` tells whether it may use those. */
const problem = (types: boolean): string => `
import { Rng${types ? ', type Problem' : ''} } from 'lehr';
import { square } from './${types ? 'square.ts' : 'square.js'}';
import { readFileSync } from 'node:fs';
const text = readFileSync(new URL('./data.txt', import.meta.url), 'utf8');
${types ? 'interface State { x: number; move: number }' : ''}
export default function recipe({ n }${types ? ': { n: number }): Problem<State>' : ')'} {
  return {
    name: text.trim(),
    init: (rng) => ({ x: rng instanceof Rng ? n : NaN, move: 0 }),
    energy: ({ x }) => square(x),
    propose(state, rng) {
      state.move = rng.below(2) === 0 ? 1 : -1;
      return square(state.x + state.move) - square(state.x);
    },
    accept: (state) => void (state.x += state.move),
    reject() {},
    copy: (from, to) => void (to.x = from.x),
  };
}
`;

beforeAll(() => {
  vi.stubEnv('TMPDIR', temporary);
  file('data.txt', 'parabola\n');
  file('square.ts', 'export const square = (x: number): number => x * x;\n');
  file('square.js', 'export const square = (x) => x * x;\n');
});
afterAll(() => {
  vi.unstubAllEnvs();
  for (const made of [folder, temporary]) rmSync(made, { recursive: true });
});

describe.each([
  ['mine.ts', true],
  ['mine.mts', true],
  ['mine.mjs', false],
  ['mine.js', false],
])('%s in a folder without node_modules', (name, types) => {
  it.each([{ executor: 'inline' as const }, { workers: 2 }])(
    'runs with %o, with the classes of the running Lehr, and leaves nothing behind',
    async (way) => {
      const [outcome] = outcomes(await runJobs(file(name, problem(types)), [job], way));
      expect(outcome.result).toEqual({ state: { x: 0, move: expect.any(Number) }, energy: 0 });
      expect(temporaries()).toEqual([]);
    },
  );
});

it('tells the lines of the source when TypeScript throws in a worker', async () => {
  const path = file(
    'throws.ts',
    `interface Unused { a: number }\n\nexport default function recipe(): never {\n  throw new RangeError('mine');\n}\n`,
  );
  const [result] = await runJobs(path, [job], { workers: 1 });
  expect(result).toMatchObject({ error: { message: expect.stringMatching(/^job 0: RangeError: mine \(at \S+throws\.ts:4:9\)$/) } });
});

it('finds packages in the folder of the module, as they are', async () => {
  mkdirSync(join(folder, 'node_modules', 'three'), { recursive: true });
  file(
    'node_modules/three/package.json',
    '{ "name": "three", "type": "module", "exports": { "import": "./main.js", "require": "./wrong.cjs" } }',
  );
  file('node_modules/three/main.js', 'export const three = 3; export const url = import.meta.url;');
  const [result] = await runJobs(
    file('uses.ts', `import { three, url } from 'three';\nexport default () => { throw new Error(String(three as number) + url); };`),
    [job],
    { workers: 1 },
  );
  expect(result).toMatchObject({ error: { message: expect.stringMatching(/^job 0: 3file:\S+node_modules\/three\/main\.js/) } });
  rmSync(join(folder, 'node_modules'), { recursive: true });
});

it('imports JavaScript as it is where Node can', async () => {
  const alone = file('alone.mjs', 'export default 1;');
  expect((await loadable(alone)).url).toBe(`file://${alone}`);
  const ring = new URL('./fixtures/spins.mjs', import.meta.url);
  expect((await loadable(ring)).url).toBe(ring.href);
  expect((await loadable(fileURLToPath(ring))).url).toBe(ring.href);
  // A folder that links to the running Lehr needs no bundle either.
  mkdirSync(join(folder, 'linked', 'node_modules'), { recursive: true });
  symlinkSync(fileURLToPath(new URL('../..', import.meta.url)), join(folder, 'linked', 'node_modules', 'lehr'));
  const linked = file('linked/mine.mjs', problem(false));
  expect((await loadable(linked)).url).toBe(`file://${linked}`);
});

it('removes its file when asked', async () => {
  const { url, cleanup } = await loadable(file('mine.ts', problem(true)));
  expect(existsSync(new URL(url))).toBe(true);
  expect(temporaries()).toHaveLength(1);
  cleanup();
  expect(temporaries()).toEqual([]);
});

it('works from a program given on the command line', () => {
  const text = `import { runJobs } from 'lehr/parallel';
    const [result] = await runJobs(${JSON.stringify(file('mine.ts', problem(true)))}, [${JSON.stringify(job)}], { workers: 1 });
    console.log(result.status, result.outcome?.energy ?? result.error);`;
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  expect(execFileSync(process.execPath, ['--input-type=module', '-e', text], { cwd, encoding: 'utf8' })).toBe('done 0\n');
});

describe('a module that cannot be used', () => {
  it.each([
    ['nowhere.ts', null, /nowhere\.ts: there is no such file, expected a module \(\.js, \.mjs, \.ts, \.mts\)\.$/],
    ['folder.ts', undefined, /folder\.ts: it is a folder, expected a module/],
    ['data.txt', 'parabola', /data\.txt: its extension is "\.txt", expected a module/],
    ['syntax.ts', 'export default 1;\nconst x: = 3;\n', /syntax\.ts:2:10: Unexpected "="$/],
    ['absent.ts', "import './absence.ts';\nexport default 1;\n", /absent\.ts:1:8: Could not resolve ".\/absence\.ts"$/],
    [
      'unknown.ts',
      "\nimport three from 'three-that-is-not-there';\nexport default three;\n",
      /unknown\.ts:2:19: .*three-that-is-not-there/,
    ],
    [
      'inner.ts',
      "import { x } from 'lehr/inner/workings';\nexport default x;\n",
      /inner\.ts:1:19: Lehr has no entry "lehr\/inner\/workings", expected lehr, /,
    ],
  ])('%s says why', async (name, text, message) => {
    if (text === undefined) mkdirSync(join(folder, name));
    else if (text !== null) file(name, text);
    await expect(runJobs(join(folder, name), [job])).rejects.toMatchObject({ code: 'input', message: expect.stringMatching(message) });
    expect(temporaries()).toEqual([]);
  });
});
