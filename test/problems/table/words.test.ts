import {
  commonColumns,
  dense,
  readDocword,
  readLabels,
  readTable,
  relativeFrequencies,
  withLabels,
  type NumberColumn,
} from 'lehr/problems/table';
import { expect, test } from 'vitest';
import { refused } from '../thrown.ts';

// Three documents of words 1 to 4; the second is empty, word 3 is nowhere.
const FILE = '3\n4\n4\n1 2 5\n1 4 1\n3 1 2\n3 4 1\n';
const bag = readDocword(FILE, ['ant', 'bee', 'cat', 'dog']);

test('relative frequencies are of a thousand words of each document', () => {
  expect([...dense(relativeFrequencies(bag))].map(Math.round)).toEqual([0, 833, 0, 167, 0, 0, 0, 0, 667, 0, 0, 333]);
  // What is handed over stays as it is.
  expect([...bag.values]).toEqual([5, 1, 2, 1]);
});

test('words of few documents are left out', () => {
  const common = commonColumns(bag, 2);
  expect(common.names).toEqual(['dog']);
  expect([...dense(common)]).toEqual([1, 0, 1]);
  expect(commonColumns(bag, 1).names).toEqual(['ant', 'bee', 'dog']);
  expect([...dense(commonColumns(bag, 0))]).toEqual([...dense(bag)]);
});

test('a bag becomes a table; frequencies count the words that are left out, too', () => {
  const { rows, columns } = readTable(FILE, { path: 'f' }, { vocabulary: bag.names, frequencies: 'relative', least: 2 });
  expect(rows).toBe(3);
  expect(columns.map(({ name }) => name)).toEqual(['dog']);
  expect([...(columns[0] as NumberColumn).values].map(Math.round)).toEqual([167, 0, 333]);
  expect(readTable(FILE).columns.map(({ name }) => name)).toEqual(['w1', 'w2', 'w4']);
  expect(refused(() => readTable(FILE, { path: 'f' }, { least: 3 }))).toBe(
    'f: no word is in 3 of the 3 documents, expected some. Maybe ask for fewer.',
  );
});

test('labels stand in a file of their own, one a line, an empty one for none', () => {
  expect(readLabels('a\n\nb\n', 3)).toEqual({ kind: 'category', name: 'label', codes: Int32Array.of(0, -1, 1), labels: ['a', 'b'] });
  expect(readLabels('1\r\n2\r\n\r\n', 3)).toEqual({ kind: 'number', name: 'label', values: Float64Array.of(1, 2, NaN) });
  expect(readLabels('-\nb', 2, 'l', ['-'])).toMatchObject({ codes: Int32Array.of(-1, 0) });
  expect(refused(() => readLabels('a\nb\n', 3, 'l'))).toBe('l:2: there are 2 lines, expected one label for each of 3 rows.');
  expect(refused(() => readLabels('1\n2\nx\n', 3, 'l'))).toContain('l:3: column "label" is "x", expected a number');
  const table = readTable('label,x\n1,2\n');
  expect(refused(() => withLabels(table, readLabels('a', 1), 'f'))).toContain('f: it has a column "label" itself');
});
