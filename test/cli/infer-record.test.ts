import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { folder, inferred, lehr, pause, refusedHere, start, words } from './lehr.ts';

const cwd = folder();
const bytes = (file: string): string => readFileSync(join(cwd, file), 'utf8');
const BIRDS = ['birds.csv', '--label', 'species', '--chains', '3', '--seed', '1'];

beforeAll(async () => {
  await lehr(cwd, 'generate', 'birds', '--n', '300', '--seed', '1', '--output', 'birds.csv');
  await lehr(cwd, 'generate', 'corpus', '--n', '120', '--topics', '4', '--words', '200', '--seed', '1', '--output', 'corpus.txt');
}, 60_000);

test('an inference that the clock ended repeats bit for bit from its record', async () => {
  const results = ['--output', 'timed.json', '--assignments', 'timed.csv'];
  const json = await inferred(cwd, ...BIRDS, '--seconds', '0.4', '--workers', '2', '--record', 'r.json', ...results);
  expect(json.reproducible).toBe(false);
  expect(json.command).toBe('lehr infer birds.csv --replay r.json');
  const [, , ...again] = words(json.command as string);
  const { digest, steps, evaluations, figures, agreement, groupsInSamples, best, seed, command } = json;
  const repeated = await inferred(cwd, ...again, '--workers', '1', '--output', 'again.json', '--assignments', 'again.csv');
  const same = { digest, steps, evaluations, figures, agreement, groupsInSamples, best, seed, command, stopped: 'budget' };
  expect(repeated).toMatchObject({ ...same, reproducible: true });
  for (const kind of ['json', 'csv']) expect(bytes(`again.${kind}`)).toBe(bytes(`timed.${kind}`));
  for (const [more, message] of [
    [['--fraction', '1'], '--fraction is "1", but the run of r.json was started with "linear(0, 1) for'],
    [['--visits', '3'], 'but the run of r.json was started with --seconds 0.4'],
    [['--label', 'colour'], '--label is "colour", but the run of r.json was started with "species"'],
    [['corpus.txt'], 'FILE is "corpus.txt", but the run of r.json'],
    [['--resume', 'x'], '--resume and --replay are both given'],
  ] as const) {
    const refused = await refusedHere(cwd, ['infer', '--replay', 'r.json', ...more]);
    expect(refused.message).toContain(message);
    expect(refused.code).toBe(2);
  }
  expect((await refusedHere(cwd, ['train', '--replay', 'r.json'])).message).toContain('Maybe lehr infer --replay r.json.');
});

test('so does one of topics that Ctrl-C ended, in minibatches', async () => {
  const topics = ['corpus.txt', '--model', 'lda', '--topics', '4', '--seed', '1', '--chains', '2', '--batch', '30', '--passes', '1000000'];
  const kept = ['--checkpoint', 'kept', '--checkpoint-every', '0.02', '--record', 'cut.json', '--json'];
  const { child, ended } = start(cwd, ['infer', ...topics, ...kept]);
  const trace = join(cwd, 'kept', 'trace-0.jsonl');
  while (child.exitCode === null && !(existsSync(trace) && /"steps":[1-9]/.test(readFileSync(trace, 'utf8')))) await pause(20);
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  expect(code).toBe(130);
  const { digest, steps, value } = JSON.parse(stdout) as Record<string, any>;
  expect(steps).toBeGreaterThan(0);
  expect(await inferred(cwd, '--replay', 'cut.json')).toMatchObject({ digest, steps, value, stopped: 'interrupted' });
  // A file that is another by now, and one that cannot be read any more.
  for (const line of ['another document\n', '\n\nthe end\n']) {
    appendFileSync(join(cwd, 'corpus.txt'), line);
    const changed = await refusedHere(cwd, ['infer', '--replay', 'cut.json']);
    expect(changed.message).toContain('corpus.txt: its content has changed since the run was started');
    expect(changed.code).toBe(2);
  }
});

test('a run that nothing cut is repeated by its own command, record or not', async () => {
  const json = await inferred(cwd, ...BIRDS, '--visits', '2', '--record', 'whole.json');
  expect(json.command).not.toContain('--replay');
  const { digest, reproducible } = await inferred(cwd, '--replay', 'whole.json');
  expect([digest, reproducible]).toEqual([json.digest, true]);
});
