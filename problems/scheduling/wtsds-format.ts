import { show } from '../../src/error.ts';
import { Scanner } from '../tsp/scan.ts';
import { checkExact, LARGEST, type SchedulingInstance } from './instance.ts';
import { baseName, wholeNumber } from './numbers.ts';

/** The lists of a specification, in the order of the files, and what one of their numbers is. */
const LISTS = [
  ['Process Times', 'processing time'],
  ['Weights', 'weight'],
  ['Duedates', 'due date'],
] as const;

/**
 * Reads an instance with sequence-dependent setups in the format of the weighted tardiness benchmark (Cicirello 2003): a size, how it was generated, lists of
 * processing times, weights and due dates, and a line `i j s` for the setup s of each job j after each other job i, numbered from 0, i = −1 where j
 * comes first. Lines may end in any way, setups come in any order, the generator's part may be missing.
 * @param path names the file in errors, and the instance. @throws LehrError `input`, `path:line: what is wrong, the value, what was expected`.
 */
export function readWtsds(text: string, path: string): SchedulingInstance {
  const scanner = new Scanner(text, path);
  scanner.skipBlank();
  if (scanner.atEnd) scanner.fail(0, 'the file is empty, expected an instance with setups.');
  const { label, n, generator } = readHead(scanner);
  const [processing, weights, due] = LISTS.map(([title, what]) => {
    expectLine(scanner, `${title}:`);
    const least = what === 'due date' ? -LARGEST : 0;
    return readList(scanner, title, n, (j) => wholeNumber(scanner, `${what} of job ${j}`, least, LARGEST));
  });
  expectLine(scanner, 'Setup Times:');
  const setups = readSetups(scanner, n);
  expectLine(scanner, 'End Problem Specification');
  scanner.skipBlank();
  if (!scanner.atEnd)
    scanner.fail(
      scanner.at,
      `${show(scanner.lineAround(scanner.at))} follows the specification, expected the end of the file. Maybe two files were joined.`,
    );
  const instance: SchedulingInstance = {
    name: baseName(path),
    ...(label === null ? {} : { label }),
    ...(generator === null ? {} : { generator }),
    n,
    processing,
    weights,
    due,
    setups,
  };
  checkExact(instance, () => `${path}:1`);
  return instance;
}

interface Head {
  label: string | null;
  n: number;
  generator: (readonly [string, string])[] | null;
}

function readHead(scanner: Scanner): Head {
  const head: Head = { label: null, n: 0, generator: null };
  const expected = 'Problem Instance:, Problem Size:, Begin Generator Parameters or Begin Problem Specification';
  for (; !scanner.atEnd; scanner.skipBlank()) {
    const at = scanner.at;
    const line = scanner.restOfLine();
    const [, key, value] = /^(.*?)\s*:\s*(.*)$/.exec(line.slice(0, 1000)) ?? [];
    if (/^Begin Problem Specification$/i.test(line)) {
      if (head.n === 0)
        scanner.fail(at, 'Problem Size is missing, expected Problem Size: and the number of jobs before the specification.');
      return head;
    } else if (/^Problem Instance$/i.test(key)) {
      head.label = value;
    } else if (/^Problem Size$/i.test(key)) {
      if (!/^\d{1,9}$/.test(value) || Number(value) < 1)
        scanner.fail(at, `Problem Size is ${show(value)}, expected a whole number of jobs, at least 1.`);
      head.n = Number(value);
    } else if (/^Begin Generator Parameters$/i.test(line) && head.generator === null) {
      head.generator = readGenerator(scanner);
    } else {
      scanner.fail(at, `${show(line)} before the specification, expected ${expected}.`);
    }
  }
  return scanner.fail(scanner.end, 'Begin Problem Specification is missing, expected one. Maybe the file is cut.');
}

function readGenerator(scanner: Scanner): (readonly [string, string])[] {
  const lines: (readonly [string, string])[] = [];
  for (scanner.skipBlank(); !scanner.atEnd; scanner.skipBlank()) {
    const at = scanner.at;
    const line = scanner.restOfLine();
    if (/^End Generator Parameters$/i.test(line)) return lines;
    const colon = line.indexOf(':');
    if (colon < 1) scanner.fail(at, `${show(line)} among the generator's parameters, expected KEY: value or End Generator Parameters.`);
    lines.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  return scanner.fail(scanner.end, 'End Generator Parameters is missing, expected one. Maybe the file is cut.');
}

function expectLine(scanner: Scanner, expected: string): void {
  scanner.skipBlank();
  if (scanner.atEnd) scanner.fail(scanner.end, `the file ends, expected ${expected.replace(/:$/, '')}. Maybe it is cut.`);
  const at = scanner.at;
  const line = scanner.restOfLine();
  if (line.replace(/\s*:$/, ':').toLowerCase() !== expected.toLowerCase()) scanner.fail(at, `${show(line)}, expected ${expected}`);
}

/** Reads n numbers; room is taken only as they come. */
function readList(scanner: Scanner, title: string, n: number, read: (j: number) => number): Int32Array {
  const values: number[] = [];
  for (scanner.skipBlank(); !scanner.atEnd && !scanner.atLetter; scanner.skipBlank()) {
    if (values.length === n)
      scanner.fail(
        scanner.at,
        `${title}: ${show(scanner.word())} is one number more than the ${n} that Problem Size says, expected the next list.`,
      );
    values.push(read(values.length));
  }
  if (values.length < n) {
    const at = scanner.atEnd ? scanner.end : scanner.at;
    scanner.fail(
      at,
      `${title}: the list has ${values.length} ${values.length === 1 ? 'number' : 'numbers'}, expected ${n}, as Problem Size says. Maybe the file is cut.`,
    );
  }
  return Int32Array.from(values);
}

function readSetups(scanner: Scanner, n: number): Int32Array {
  const rows: number[] = [];
  const places: number[] = [];
  for (scanner.skipBlank(); !scanner.atEnd && !scanner.atLetter; scanner.skipBlank()) {
    const at = scanner.at;
    const i = wholeNumber(scanner, 'the job before a setup', -1, n - 1);
    if (!scanner.skipSpaces()) failRow(scanner, at);
    const j = wholeNumber(scanner, 'the job after a setup', 0, n - 1);
    if (i === j) scanner.fail(at, `a setup of job ${j} after itself, expected two jobs.`);
    if (!scanner.skipSpaces()) failRow(scanner, at);
    const setup = wholeNumber(scanner, `setup of job ${j} ${i < 0 ? 'as the first' : `after job ${i}`}`, 0, LARGEST);
    if (scanner.skipSpaces()) failRow(scanner, at);
    rows.push(i < 0 ? n : i, j, setup);
    places.push(at);
  }
  const end = scanner.atEnd ? scanner.end : scanner.at;
  // Before a table is made: one for a size that the file does not hold would take all memory.
  if (rows.length < 3 * n * n && rows.length < 3e6 + 3 * n) {
    if (n > 3000)
      scanner.fail(
        end,
        `Setup Times: the list has ${places.length} lines, expected ${n * n}. Maybe the file is cut, or Problem Size is wrong.`,
      );
  } else if (n > 30_000) {
    scanner.fail(end, `Problem Size is ${n}, expected at most 30000 jobs with setups.`);
  }
  const setups = new Int32Array((n + 1) * n);
  const lines = new Int32Array((n + 1) * n).fill(-1);
  for (let row = 0; row < places.length; row++) {
    const slot = rows[3 * row] * n + rows[3 * row + 1];
    if (lines[slot] >= 0) {
      scanner.fail(
        places[row],
        `the setup of job ${pair(slot, n)} is given a second time, first in line ${scanner.lineOf(places[lines[slot]])}; expected it once.`,
      );
    }
    lines[slot] = row;
    setups[slot] = rows[3 * row + 2];
  }
  for (let slot = 0; slot < lines.length; slot++) {
    if (lines[slot] >= 0 || slot % n === Math.floor(slot / n)) continue;
    scanner.fail(
      end,
      `the setup of job ${pair(slot, n)} is missing, expected ${n * n} lines i j s, but there are ${places.length}. Maybe the file is cut.`,
    );
  }
  return setups;
}

function pair(slot: number, n: number): string {
  const before = Math.floor(slot / n);
  return `${slot % n} ${before === n ? 'as the first' : `after job ${before}`}`;
}

function failRow(scanner: Scanner, at: number): never {
  return scanner.fail(
    at,
    `${show(scanner.lineAround(at))} is no line of a setup, expected i j s: two jobs, from 0 (i −1 for the first), and the time.`,
  );
}

/** An instance with setups as a file; `readWtsds` gives it back, under the name of its path. */
export function writeWtsds({ label, generator, n, processing, weights, due, setups, name }: SchedulingInstance): string {
  const lines = [`Problem Instance: ${label ?? name}`, `Problem Size: ${n}`];
  if (generator !== undefined) {
    lines.push('Begin Generator Parameters', ...generator.map(([key, value]) => `${key}: ${value}`), 'End Generator Parameters');
  }
  lines.push('Begin Problem Specification');
  [processing, weights, due].forEach((values, k) => lines.push(`${LISTS[k][0]}:`, ...Array.from(values, String)));
  lines.push('Setup Times:');
  for (let i = -1; i < n; i++) {
    const row = (i < 0 ? n : i) * n;
    for (let j = 0; j < n; j++) if (j !== i) lines.push(`${i}\t${j}\t${setups![row + j]}`);
  }
  lines.push('End Problem Specification', '');
  return lines.join('\n');
}
