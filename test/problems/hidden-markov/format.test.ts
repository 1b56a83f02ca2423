import { readSequences } from 'lehr/problems/hidden-markov';
import { describe, expect, test } from 'vitest';

describe('sequences of symbols', () => {
  const expected = { symbols: 3, starts: Int32Array.of(0, 3, 5), values: Int32Array.of(0, 1, 1, 2, 0) };

  test.each([
    ['a line each, with blanks', 'a b b\nc a\n'],
    ['a line each, with commas', 'a,b, b\nc,a\n\n'],
    ['a line each, with semicolons', '\uFEFFa;b;b\r\nc;a;\r\n'],
  ])('%s', (_, text) => {
    const read = readSequences(text, { path: 's.txt' });
    expect(read).toEqual({
      names: ['line 1', 'line 2'],
      path: 's.txt',
      lines: Int32Array.of(1, 1, 1, 2, 2),
      labels: ['a', 'b', 'c'],
      data: expected,
    });
  });

  test('a row each, mixed or not', () => {
    const read = readSequences('sequence,symbol,time\nx,a,1\ny,c,1\nx,b,2\nx,b,3\ny,a,2\n', { path: 's.csv' });
    expect(read.names).toEqual(['x', 'y']);
    expect([...read.lines]).toEqual([2, 4, 5, 3, 6]);
    expect(read.data).toEqual({ ...expected, values: Int32Array.of(0, 1, 1, 2, 0) });
    const one = readSequences('symbol\na\nb\nb\n');
    expect([one.names, [...one.data.starts]]).toEqual([['all'], [0, 3]]);
  });

  test('semicolons are parts of symbols beside blanks', () => {
    const read = readSequences('a; b\nb a;\n');
    expect('labels' in read && read.labels).toEqual(['a;', 'b']);
  });

  test('a table without a column of symbols is no sequences, unless that is asked for', () => {
    const rows = Array.from({ length: 6 }, (_, t) => `x,${t % 3}`).join('\n');
    const table = `who,time\n${rows}\n`;
    expect(() => readSequences(table, { path: 't.csv' })).toThrow(
      't.csv:1: the line has names of columns, "who", "time", none of them "symbol"',
    );
    expect(readSequences(table, { form: 'lines' }).names).toHaveLength(7);
    // A word that comes again, a number, or lines of another length: these are symbols.
    for (const text of [table.replace('who', 'x'), table.replace('who', '7'), `${table}y\n`])
      expect(readSequences(text).names.length).toBeGreaterThan(6);
  });

  test('labels that look like numbers are labels', () => {
    const read = readSequences('sequence,symbol\n1,10\n1,2\n2,10.0\n');
    expect('labels' in read && read.labels).toEqual(['10', '2', '10.0']);
    expect(readSequences('user;page\n7;3\n7;4\n', { sequence: 'user', symbol: 'page' }).names).toEqual(['7']);
  });

  test('of known labels', () => {
    const read = readSequences('b b a', { labels: ['a', 'b'] });
    expect([...(read.data.values as Int32Array)]).toEqual([1, 1, 0]);
    expect(() => readSequences('a b\na see', { path: 's.txt', labels: ['a', 'b', 'sea'] })).toThrow(
      's.txt:2: the symbol is "see", expected one of the 3 that the states were learned from: "a", "b", "sea". Maybe sea?',
    );
  });
});

test('sequences of points', () => {
  const read = readSequences('sequence,x,y,note\n1,0.5,2,a\n1,1,3,b\n2,-1,0,c\n', { points: ['y', 'x'] });
  expect(read).toMatchObject({ names: ['1', '2'], columns: ['y', 'x'], data: { d: 2 } });
  expect([...read.data.values]).toEqual([2, 0.5, 3, 1, 0, -1]);
});

test.each<[string, object, string]>([
  ['a b\n\nc', {}, 's.txt:2: the sequence is empty, expected at least one symbol in each line.'],
  ['\n', {}, 's.txt:1: the file is empty'],
  ['sequence,symbol\n1,a\n1,\n', {}, 's.txt:3: column "symbol" is empty, expected a symbol.'],
  ['sequence,symbol\n,a\n1,a\n', {}, 's.txt:2: column "sequence" is empty, expected the name of a sequence.'],
  ['sequence,symbol\n1,a\n', { sequence: 'who' }, 'there is no column "who"'],
  ['sequence,x\n1,2\n1,\n', { points: ['x'] }, 's.txt:3: column "x" is missing, expected a number in each place.'],
  ['sequence,x\n1,b\n1,c\n', { points: ['x'] }, 'column "x" is of categories'],
  ['a b', { form: 'wide' }, 'form is "wide"'],
])('refuses %j', (text, options, message) => expect(() => readSequences(text, { path: 's.txt', ...options })).toThrow(message));
