import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommanderError } from 'commander';
import { afterAll } from 'vitest';

const BIN = fileURLToPath(new URL('../../bin/lehr.js', import.meta.url));

/** How a command ended, and what it said. */
export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder that is removed after the file's tests. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'lehr-cli-'));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Starts `node bin/lehr.js` in a folder. */
export function start(cwd: string, args: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Said> } {
  const child = spawn(process.execPath, [BIN, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Said>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

/** Waits until a started command has said something on standard error. */
export function hearing(child: ChildProcess, text: string): Promise<void> {
  let heard = '';
  return new Promise((resolve) => {
    child.stderr!.on('data', (part: string) => {
      heard += part;
      if (heard.includes(text)) resolve();
    });
    child.on('close', () => resolve());
  });
}

/** Runs `node bin/lehr.js` in a folder to its end. */
export function lehr(cwd: string, ...args: string[]): Promise<Said> {
  return start(cwd, args).ended;
}

/** Runs a solve that must succeed, and gives its JSON. */
export function solved(cwd: string, ...args: string[]): Promise<Record<string, any>> {
  return jsonOf(cwd, 'solve', ...args);
}

/** Runs a training that must succeed, and gives its JSON. */
export function trained(cwd: string, ...args: string[]): Promise<Record<string, any>> {
  return jsonOf(cwd, 'train', ...args);
}

/** Runs an inference that must succeed, and gives its JSON. */
export function inferred(cwd: string, ...args: string[]): Promise<Record<string, any>> {
  return jsonOf(cwd, 'infer', ...args);
}

/**
 * Runs a command line that must be refused in this process, as `bin/lehr.js` does it: its message without the folder, and the exit code. Words that are names of files are those in the folder.
 */
export async function refusedHere(cwd: string, args: readonly string[]): Promise<{ readonly message: string; readonly code: number }> {
  const { buildProgram } = await import('#src/cli/program');
  const { exitCodeOf } = await import('#src/cli/exit');
  const here = args.map((arg) => (/^\w+(?:\.[a-z]\w*)+$/.test(arg) || existsSync(join(cwd, arg)) ? join(cwd, arg) : arg));
  const error: unknown = await buildProgram(() => {})
    .parseAsync(here, { from: 'user' })
    .then(
      () => null,
      (thrown: unknown) => thrown,
    );
  const code = error === null ? 0 : error instanceof CommanderError ? 2 : exitCodeOf(error);
  return { message: String(error).replaceAll(`${cwd}/`, ''), code };
}

/** The words of an example, with budgets and repetitions cut to what shows that it works. */
export function quickly(example: readonly string[]): string[] {
  const atMost = (most: number, word: string): string => (Number(word) > most ? String(most) : word);
  return example.map((word, i) => {
    const option = example[i - 1];
    if (option === '--seconds') return atMost(0.2, word);
    if (option === '--steps') return atMost(1e4, word);
    if (option === '--epochs') return atMost(5, word);
    if (option === '--seeds') return word === '1..5' ? '1..2' : atMost(3, word);
    return option === '--trials' ? atMost(3, word) : word;
  });
}

async function jsonOf(cwd: string, verb: string, ...args: string[]): Promise<Record<string, any>> {
  const { code, stdout, stderr } = await lehr(cwd, verb, ...args, '--json', '--quiet');
  if (code !== 0) throw new Error(`exit ${code}: ${stderr}`);
  return JSON.parse(stdout) as Record<string, any>;
}

/** The words of a command line, double quotes taken away. */
export function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
}

/** Waits for a time in milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

/** A module of a user's own: number partitioning, solved to 0 or 1 in no time. `rise` plants a bug when not 0. */
export function partitionModule(rise = 0): string {
  return `import type { Problem } from 'lehr';
interface Sides { side: Int8Array; sum: number; i: number }
const weights = Float64Array.from({ length: 40 }, (_, i) => ((i * 7919) % 100) + 1);
const dot = (side: Int8Array): number => side.reduce((sum, s, i) => sum + s * weights[i], 0);
const partition: Problem<Sides> = {
  name: 'partition',
  size: 40,
  init(rng) { const side = Int8Array.from(weights, () => (rng.uniform() < 0.5 ? -1 : 1)); return { side, sum: dot(side), i: 0 }; },
  energy: ({ side }) => Math.abs(dot(side)),
  propose(s, rng) { s.i = rng.below(weights.length); return ${rise} + Math.abs(s.sum - 2 * s.side[s.i] * weights[s.i]) - Math.abs(s.sum); },
  accept(s) { s.sum -= 2 * s.side[s.i] * weights[s.i]; s.side[s.i] = -s.side[s.i]; },
  reject() {},
  copy(from, to) { to.side.set(from.side); to.sum = from.sum; to.i = from.i; },
};
export default partition;
`;
}
