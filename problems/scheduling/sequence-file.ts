import { LehrError, show } from '../../src/error.ts';
import { Scanner } from '../tsp/scan.ts';

/**
 * Reads a sequence: the jobs in order, numbered from 1, in any number of lines; lines that begin with `#` are comments. Also a table of solutions with lines
 * `NAME VALUE : jobs`, where jobs are numbered from 0, of which the instance's own line is taken; the value stated there is not believed.
 * @param name the instance's, @param n its number of jobs. @returns jobs from 0, a permutation.
 * @throws LehrError `input`, `path:line: what is wrong`, also for a sequence that misses or repeats a job.
 */
export function readSequence(text: string, path: string, name: string, n: number): Int32Array {
  const scanner = new Scanner(text, path);
  skipComments(scanner);
  if (scanner.atEnd) scanner.fail(0, 'the file has no sequence, expected the jobs in order.');
  const table = scanner.atLetter;
  if (table) toLineOf(scanner, name);
  const base = table ? 0 : 1;
  const sequence = new Int32Array(n);
  const positions = new Float64Array(n).fill(-1);
  let count = 0;
  for (; table ? scanner.skipSpaces() : !scanner.atEnd; table || skipComments(scanner)) {
    const at = scanner.at;
    const job = scanner.number();
    if (!(job >= base && job < n + base && Number.isInteger(job))) {
      scanner.at = at;
      const hint = job === 0 ? ' Maybe the jobs are numbered from 0.' : '';
      scanner.fail(at, `job ${show(scanner.word())}, expected a whole number from ${base} to ${n + base - 1}.${hint}`);
    }
    const before = positions[job - base];
    if (before >= 0) scanner.fail(at, `job ${job} comes a second time, first in line ${scanner.lineOf(before)}; expected each job once.`);
    positions[job - base] = at;
    sequence[count++] = job - base;
  }
  if (count < n) {
    const at = table ? Math.max(0, scanner.at - 1) : scanner.end;
    const missing = positions.indexOf(-1) + base;
    scanner.fail(at, `the sequence has ${count} of ${n} jobs, job ${missing} is missing; expected each job once. Maybe the file is cut.`);
  }
  return sequence;
}

function skipComments(scanner: Scanner): void {
  for (scanner.skipBlank(); scanner.code === 35; scanner.skipBlank()) scanner.restOfLine();
}

/** To the jobs of the line of a table that has the instance's name. */
function toLineOf(scanner: Scanner, name: string): void {
  const names: string[] = [];
  for (; !scanner.atEnd; skipComments(scanner)) {
    const at = scanner.at;
    const line = scanner.restOfLine();
    const colon = line.indexOf(':');
    const words = line.slice(0, Math.max(0, colon)).trim().split(/\s+/);
    if (colon < 0 || words.length !== 2) {
      scanner.fail(at, `${show(line)} is no solution, expected NAME VALUE : jobs from 0, or jobs from 1 only.`);
    }
    if (words[0] === name) {
      scanner.at = at + colon + 1;
      return;
    }
    names.push(words[0]);
  }
  const shown = names.slice(0, 12).join(', ') + (names.length > 12 ? ', …' : '');
  scanner.fail(0, `no solution of ${name} is here, only of ${shown}; expected a line ${name} VALUE : jobs from 0.`);
}

/** A sequence as a file: a comment with its objective, and the jobs in order, numbered from 1. */
export function writeSequence(sequence: ArrayLike<number>, name: string, objective: number): string {
  const jobs = Array.from(sequence, (job) => job + 1);
  return `# ${name.replace(/[\r\n]+/g, ' ')}: total weighted tardiness ${objective}; the jobs in order, numbered from 1\n${jobs.join(' ')}\n`;
}

/**
 * Throws unless a sequence has each of n jobs once.
 * @param path begins the message, if given. @throws LehrError `input`.
 */
export function checkSequence(sequence: ArrayLike<number>, n: number, path?: string): void {
  const fail = (message: string): never => {
    throw new LehrError('input', `${path === undefined ? '' : `${path}: `}${message}`);
  };
  const seen = new Int32Array(n).fill(-1);
  for (let k = 0; k < sequence.length; k++) {
    const job = sequence[k];
    if (!Number.isInteger(job) || job < 0 || job >= n)
      fail(`the sequence has job ${job + 1} at place ${k + 1}, expected a job from 1 to ${n}.`);
    if (seen[job] >= 0) fail(`the sequence has job ${job + 1} twice, at places ${seen[job] + 1} and ${k + 1}; expected each job once.`);
    seen[job] = k;
  }
  if (sequence.length < n)
    fail(`the sequence has ${sequence.length} of ${n} jobs, job ${seen.indexOf(-1) + 1} is missing; expected each job once.`);
}
