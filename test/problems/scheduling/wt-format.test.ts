import { stream } from 'lehr';
import { generateWt, readWt, writeWt } from 'lehr/problems/scheduling';
import { describe, expect, it } from 'vitest';
import { refused } from '../thrown.ts';
import { random } from './instances.ts';

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
    expect(refused(() => readWt(text, 'a.txt'))).toBe(message);
  });
});
