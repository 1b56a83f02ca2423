import { readSequence, writeSequence } from 'lehr/problems/scheduling';
import { describe, expect, it } from 'vitest';
import { refused } from '../thrown.ts';

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
    expect(refused(() => read(text))).toBe(message);
  });
});
