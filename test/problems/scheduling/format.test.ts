import { existsSync, readFileSync } from 'node:fs';
import { stream } from 'lehr';
import {
  generateWt,
  readSequence,
  readWt,
  readWtsds,
  weightedTardiness,
  writeSequence,
  writeWt,
  writeWtsds,
} from 'lehr/problems/scheduling';
import { describe, expect, it } from 'vitest';
import { thrownBy } from '../tsp/thrown.ts';
import { random } from './instances.ts';

const shared = new URL('../../../../shared/instances/', import.meta.url);
const text = (name: string): string => readFileSync(new URL(name, shared), 'utf8');

/** Two jobs with setups, by lines. */
const TWO = [
  'Problem Instance: 7',
  'Problem Size: 2',
  'Begin Generator Parameters',
  'Tau: 0.3',
  'R: 0.25',
  'End Generator Parameters',
  'Begin Problem Specification',
  'Process Times:',
  '3',
  '5',
  'Weights:',
  '5',
  '0',
  'Duedates:',
  '1',
  '8',
  'Setup Times:',
  '-1\t0\t1',
  '-1\t1\t2',
  '0\t1\t4',
  '1\t0\t6',
  'End Problem Specification',
  '',
];

/** The lines with some replaced, by their number from 1; `null` drops one. */
function spoilt(lines: readonly string[], changes: Readonly<Record<number, string | null>>): string {
  return lines
    .map((line, i) => (changes[i + 1] === undefined ? line : changes[i + 1]))
    .filter((line) => line !== null)
    .join('\n');
}

function messageOf(act: () => unknown): string {
  const { code, message } = thrownBy(act);
  expect(code).toBe('input');
  return message;
}

describe('a file with setups', () => {
  const instance = readWtsds(TWO.join('\n'), 'some/two.instance');

  it('is read as it stands', () => {
    expect(instance).toEqual({
      name: 'two',
      label: '7',
      generator: [
        ['Tau', '0.3'],
        ['R', '0.25'],
      ],
      n: 2,
      processing: Int32Array.of(3, 5),
      weights: Int32Array.of(5, 0),
      due: Int32Array.of(1, 8),
      setups: Int32Array.of(0, 4, 6, 0, 1, 2),
    });
  });

  it('is written as it was', () => {
    expect(writeWtsds(instance)).toBe(TWO.join('\n'));
    for (const n of [1, 2, 9]) {
      const some = random(n, true, 3);
      expect(readWtsds(writeWtsds(some), `${some.name}.instance`)).toEqual({ ...some, label: some.name });
    }
  });

  it.each([
    ['CRLF', TWO.join('\r\n')],
    ['CR', TWO.join('\r')],
    ['a byte order mark', `\uFEFF${TWO.join('\n')}`],
    ['no final newline', TWO.join('\n').trimEnd()],
    ['blank lines and blanks', TWO.map((line) => `  ${line} \n\n`).join('')],
    ['numbers in one line', spoilt(TWO, { 9: '3 5', 10: null })],
    ['setups in any order', spoilt(TWO, { 18: TWO[20], 21: TWO[17] })],
    ['blanks in setups', spoilt(TWO, { 18: ' -1   0 1' })],
    ['other case', spoilt(TWO, { 8: 'process times :', 22: 'end problem specification' })],
  ])('may have %s', (_title, text) => {
    expect(readWtsds(text, 'two.instance')).toEqual(instance);
  });

  it('may leave out what was generated how, and its label', () => {
    const { label: _, generator: __, ...rest } = instance;
    expect(readWtsds(TWO.filter((_line, i) => i === 1 || i >= 6).join('\n'), 'two.instance')).toEqual(rest);
  });

  it.each<readonly [title: string, text: string, message: string]>([
    ['nothing', ' \n', 'a.instance:1: the file is empty, expected an instance with setups.'],
    ['binary', 'Problem\0', 'a.instance:1: a NUL character, expected text. Maybe the file is binary, compressed, or saved as UTF-16.'],
    [
      'prose',
      'Dear Sir\n',
      'a.instance:1: "Dear Sir" before the specification, expected Problem Instance:, Problem Size:, Begin Generator Parameters or Begin Problem Specification.',
    ],
    [
      'no size',
      spoilt(TWO, { 2: null }),
      'a.instance:6: Problem Size is missing, expected Problem Size: and the number of jobs before the specification.',
    ],
    [
      'a size of 0',
      spoilt(TWO, { 2: 'Problem Size: 0' }),
      'a.instance:2: Problem Size is "0", expected a whole number of jobs, at least 1.',
    ],
    [
      'a size of 2.5',
      spoilt(TWO, { 2: 'Problem Size: 2.5' }),
      'a.instance:2: Problem Size is "2.5", expected a whole number of jobs, at least 1.',
    ],
    [
      'a larger size',
      spoilt(TWO, { 2: 'Problem Size: 3' }),
      'a.instance:11: Process Times: the list has 2 numbers, expected 3, as Problem Size says. Maybe the file is cut.',
    ],
    [
      'a smaller size',
      spoilt(TWO, { 2: 'Problem Size: 1' }),
      'a.instance:10: Process Times: "5" is one number more than the 1 that Problem Size says, expected the next list.',
    ],
    [
      'an open generator',
      spoilt(TWO, { 6: null }),
      'a.instance:6: "Begin Problem Specification" among the generator\'s parameters, expected KEY: value or End Generator Parameters.',
    ],
    [
      'a negative time',
      spoilt(TWO, { 10: '-5' }),
      'a.instance:10: processing time of job 1 is "-5", expected a whole number from 0 to 1000000000.',
    ],
    [
      'half a time',
      spoilt(TWO, { 9: '3.5' }),
      'a.instance:9: processing time of job 0 is "3.5", expected a whole number from 0 to 1000000000.',
    ],
    [
      'a time in words',
      spoilt(TWO, { 9: '?' }),
      'a.instance:9: processing time of job 0 is "?", expected a whole number from 0 to 1000000000.',
    ],
    [
      'a negative weight',
      spoilt(TWO, { 12: '-1' }),
      'a.instance:12: weight of job 0 is "-1", expected a whole number from 0 to 1000000000.',
    ],
    [
      'a huge due date',
      spoilt(TWO, { 15: '1e10' }),
      'a.instance:15: due date of job 0 is "1e10", expected a whole number from -1000000000 to 1000000000.',
    ],
    ['lists in another order', spoilt(TWO, { 8: 'Weights:', 11: 'Process Times:' }), 'a.instance:8: "Weights:", expected Process Times:'],
    [
      'no setups',
      spoilt(TWO, { 17: null, 18: null, 19: null, 20: null, 21: null }),
      'a.instance:17: "End Problem Specification", expected Setup Times:',
    ],
    [
      'a missing setup',
      spoilt(TWO, { 20: null }),
      'a.instance:21: the setup of job 1 after job 0 is missing, expected 4 lines i j s, but there are 3. Maybe the file is cut.',
    ],
    [
      'a missing first setup',
      spoilt(TWO, { 18: null }),
      'a.instance:21: the setup of job 0 as the first is missing, expected 4 lines i j s, but there are 3. Maybe the file is cut.',
    ],
    [
      'a second setup',
      spoilt(TWO, { 20: TWO[20] }),
      'a.instance:21: the setup of job 0 after job 1 is given a second time, first in line 20; expected it once.',
    ],
    ['a setup after itself', spoilt(TWO, { 20: '1\t1\t0' }), 'a.instance:20: a setup of job 1 after itself, expected two jobs.'],
    [
      'a setup of job 2',
      spoilt(TWO, { 20: '0\t2\t0' }),
      'a.instance:20: the job after a setup is "2", expected a whole number from 0 to 1.',
    ],
    [
      'a setup after job −2',
      spoilt(TWO, { 20: '-2\t1\t0' }),
      'a.instance:20: the job before a setup is "-2", expected a whole number from -1 to 1.',
    ],
    [
      'a negative setup',
      spoilt(TWO, { 20: '0\t1\t-4' }),
      'a.instance:20: setup of job 1 after job 0 is "-4", expected a whole number from 0 to 1000000000.',
    ],
    [
      'a short setup',
      spoilt(TWO, { 20: '0\t1' }),
      'a.instance:20: "0\\t1" is no line of a setup, expected i j s: two jobs, from 0 (i −1 for the first), and the time.',
    ],
    [
      'a long setup',
      spoilt(TWO, { 20: '0\t1\t4\t4' }),
      'a.instance:20: "0\\t1\\t4\\t4" is no line of a setup, expected i j s: two jobs, from 0 (i −1 for the first), and the time.',
    ],
    ['no end', spoilt(TWO, { 22: null }), 'a.instance:21: the file ends, expected End Problem Specification. Maybe it is cut.'],
    [
      'cut in a list',
      TWO.slice(0, 11).join('\n'),
      'a.instance:11: Weights: the list has 0 numbers, expected 2, as Problem Size says. Maybe the file is cut.',
    ],
    [
      'cut before the lists',
      TWO.slice(0, 6).join('\n'),
      'a.instance:6: Begin Problem Specification is missing, expected one. Maybe the file is cut.',
    ],
    [
      'two files',
      TWO.join('\n') + TWO.join('\n'),
      'a.instance:23: "Problem Instance: 7" follows the specification, expected the end of the file. Maybe two files were joined.',
    ],
  ])('is refused: %s', (_title, text, message) => {
    expect(messageOf(() => readWtsds(text, 'a.instance'))).toBe(message);
  });
});

describe('a file without setups', () => {
  const ONE = '3 5 4 1\n5 2 1 0\n1 8 -4 7\n';
  const [one] = readWt(ONE, 'some/one.txt');

  it('is read as it stands, one instance or several', () => {
    expect(one).toEqual({
      name: 'one',
      n: 4,
      processing: Int32Array.of(3, 5, 4, 1),
      weights: Int32Array.of(5, 2, 1, 0),
      due: Int32Array.of(1, 8, -4, 7),
    });
    const three = readWt(`${ONE}${ONE}1 2 3 4\n1 1 1 1\n9 9 9 9\n`, 'three.txt');
    expect(three.map(({ name }) => name)).toEqual(['three#1', 'three#2', 'three#3']);
    expect(three[1]).toEqual({ ...one, name: 'three#2' });
    expect([...three[2].processing]).toEqual([1, 2, 3, 4]);
  });

  it('is written as it was', () => {
    expect(writeWt([one])).toBe(ONE);
    const some = [1, 2, 3].map((seed) => ({ ...random(6, false, seed), name: `f#${seed}` }));
    expect(readWt(writeWt(some), 'f.txt')).toEqual(some);
  });

  it.each([
    ['CRLF', ONE.replaceAll('\n', '\r\n')],
    ['no final newline', ONE.trimEnd()],
    ['blank lines, blanks and tabs', `\n${ONE.replaceAll(' ', ' \t ').replaceAll('\n', '  \n\n')}`],
    ['a byte order mark', `\uFEFF${ONE}`],
  ])('may have %s', (_title, text) => {
    expect(readWt(text, 'one.txt')).toEqual([one]);
  });

  it.each([40, 50, 100])('may have broken lines, if there are 125 instances of %i jobs', (n) => {
    const rows = generateWt(n, { tardiness: '0.8', range: '0.4', count: '125' }, stream(1));
    const instances = readWt(rows, 'f.txt');
    expect(instances.length).toBe(125);
    const numbers = rows.trim().split(/\s+/);
    for (const width of [20, 7, 1]) {
      const lines: string[] = [];
      for (let from = 0; from < numbers.length; from += n) {
        for (let k = 0; k < n; k += width) lines.push(numbers.slice(from + k, from + Math.min(n, k + width)).join(' '));
      }
      expect(readWt(lines.join('\n'), 'f.txt')).toEqual(instances);
    }
  });

  it('of 15,000 numbers that are no weights of OR-Library is read by lines', () => {
    const rows = generateWt(20, { tardiness: '0.8', range: '0.4', count: '250' }, stream(1));
    const instances = readWt(rows, 'f.txt');
    expect([instances.length, instances[0].n]).toEqual([250, 20]);
  });

  it.each<readonly [title: string, text: string, message: string]>([
    ['nothing', '\n', 'a.txt:1: the file is empty, expected lines of whole numbers.'],
    ['binary', '1\0', 'a.txt:1: a NUL character, expected text. Maybe the file is binary, compressed, or saved as UTF-16.'],
    ['words', '1 2\n1 x\n', 'a.txt:2: a number is "x", expected a whole number from -9007199254740991 to 9007199254740991.'],
    ['half a number', '1 2.5\n', 'a.txt:1: a number is "2.5", expected a whole number from -9007199254740991 to 9007199254740991.'],
    ['a negative time', '1 -2\n1 1\n5 5\n', 'a.txt:1: processing time of job 2 is "-2", expected a whole number from 0 to 1000000000.'],
    [
      'a negative weight of a later one',
      `${ONE}${ONE.replace('5 2', '5 -2')}`,
      'a.txt:5: weight of job 2 of instance 2 is "-2", expected a whole number from 0 to 1000000000.',
    ],
    [
      'a huge due date',
      '1 2\n1 1\n5 2000000000\n',
      'a.txt:3: due date of job 2 is "2000000000", expected a whole number from -1000000000 to 1000000000.',
    ],
    [
      'two lines',
      '1 2\n1 1\n',
      'a.txt:2: the file has 2 lines of numbers, expected three for each instance: processing times, weights and due dates. Maybe the file is cut.',
    ],
    [
      'a short last line',
      '1 2\n1 1\n5',
      'a.txt:3: a line of 1 numbers, expected 2 as in line 1: lines of n processing times, n weights and n due dates, or a file of 125 instances of 40, 50, 100 jobs. Maybe the file is cut.',
    ],
    [
      'broken lines',
      '1 2\n3\n1 1\n1\n5 5\n5\n',
      'a.txt:2: a line of 1 numbers, expected 2 as in line 1: lines of n processing times, n weights and n due dates, or a file of 125 instances of 40, 50, 100 jobs. Maybe write each row of an instance as one line.',
    ],
  ])('is refused: %s', (_title, text, message) => {
    expect(messageOf(() => readWt(text, 'a.txt'))).toBe(message);
  });
});

describe('a sequence', () => {
  const read = (text: string): number[] => [...readSequence(text, 's', 'abc', 4)];

  it('is read as it was written', () => {
    expect(writeSequence([2, 0, 3, 1], 'abc', 12)).toBe(
      '# abc: total weighted tardiness 12; the jobs in order, numbered from 1\n3 1 4 2\n',
    );
    expect(read(writeSequence([2, 0, 3, 1], 'a\nb', 12))).toEqual([2, 0, 3, 1]);
  });

  it.each([
    ['a bare list', '3 1 4 2'],
    ['lines', '3\n1\n4\n2\n'],
    ['CRLF and comments', '# one\r\n3 1\r\n# two\r\n4 2\r\n'],
    ['a table', 'abd 1 : 0 1 2 3\nabc 12 : 2 0 3 1\n'],
    ['a table with more', 'abc 12 : 2 0 3 1\nabd 3 : nonsense'],
  ])('may be %s', (_title, text) => {
    expect(read(text)).toEqual([2, 0, 3, 1]);
  });

  it.each([
    ['', 's:1: the file has no sequence, expected the jobs in order.'],
    ['# 1 2 3 4', 's:1: the file has no sequence, expected the jobs in order.'],
    ['3 1\n4', 's:2: the sequence has 3 of 4 jobs, job 2 is missing; expected each job once. Maybe the file is cut.'],
    ['3 1\n4 1', 's:2: job 1 comes a second time, first in line 1; expected each job once.'],
    ['3 1 4 2 2', 's:1: job 2 comes a second time, first in line 1; expected each job once.'],
    ['3 1 0 2', 's:1: job "0", expected a whole number from 1 to 4. Maybe the jobs are numbered from 0.'],
    ['3 1 5 2', 's:1: job "5", expected a whole number from 1 to 4.'],
    ['3 1 x 2', 's:1: job "x", expected a whole number from 1 to 4.'],
    ['3 1.5 4 2', 's:1: job "1.5", expected a whole number from 1 to 4.'],
    ['abd 1 : 0 1 2 3\nabe 1 : 0 1 2 3', 's:1: no solution of abc is here, only of abd, abe; expected a line abc VALUE : jobs from 0.'],
    ['abc 1 : 0 1 2\n', 's:1: the sequence has 3 of 4 jobs, job 3 is missing; expected each job once. Maybe the file is cut.'],
    ['abc 1 : 0 1 2 4\n', 's:1: job "4", expected a whole number from 0 to 3.'],
    ['Dear Sir', 's:1: "Dear Sir" is no solution, expected NAME VALUE : jobs from 0, or jobs from 1 only.'],
  ])('%j is refused', (text, message) => {
    expect(messageOf(() => read(text))).toBe(message);
  });
});

describe.skipIf(!existsSync(new URL('best-known.csv', shared)))('public files', () => {
  const rows = existsSync(new URL('best-known.csv', shared))
    ? text('best-known.csv')
        .split('\n')
        .map((line) => line.split(','))
    : [];

  it('with setups are read, and written byte for byte', () => {
    const files = rows.filter(([family]) => family === 'wtsds').map(([, , file]) => file);
    expect(files.length).toBe(48);
    for (const file of files) {
      const content = text(file);
      const instance = readWtsds(content, file);
      expect([file, instance.n, `wt_sds_${instance.label}`]).toEqual([file, 60, instance.name]);
      expect(writeWtsds(instance)).toBe(content);
    }
  });

  it('have sequences of the published tardiness', () => {
    const known = new Map(rows.filter(([family]) => family === 'wtsds').map((row) => [row[1], row]));
    const solutions = text('wtsds/solutions.txt');
    let checked = 0;
    for (const line of solutions.trim().split('\n')) {
      const name = line.split(' ')[0];
      const [, , file, , , , best] = known.get(name)!;
      const instance = readWtsds(text(file), file);
      expect([name, weightedTardiness(instance, readSequence(solutions, 's', name, 60))]).toEqual([name, Number(best)]);
      checked++;
    }
    expect(checked).toBeGreaterThan(10);
  });

  it('without setups are read, and written row by row', () => {
    for (const [file, n] of [
      ['wt/wt40-a.txt', 40],
      ['wt/wt50-a.txt', 50],
      ['wt/wt100-a.txt', 100],
    ] as const) {
      const instances = readWt(text(file), file);
      expect([instances.length, instances[0].n]).toEqual([75, n]);
      expect(writeWt(instances)).toBe(text(file).replaceAll(/ +$/gm, ''));
    }
  });
});
