import {
  dense,
  idxExamples,
  libsvmExamples,
  readDocword,
  readIdx,
  readLibsvm,
  readTable,
  readVocabulary,
  sparseExamples,
  sparseTable,
  tableFormat,
  type NumberColumn,
} from 'lehr/problems/table';
import { describe, expect, test } from 'vitest';
import { refused } from '../thrown.ts';

describe('libsvm', () => {
  test('rows, comments, empty rows, CRLF', () => {
    const data = readLibsvm('+1 1:0.5 3:-2e1 # first\r\n\r\n-1\r\n# all\r\n+1 2:.25\r\n');
    expect(data.inputs.names).toEqual(['x1', 'x2', 'x3']);
    expect([...dense(data.inputs)]).toEqual([0.5, 0, -20, 0, 0, 0, 0, 0.25, 0]);
    expect([...data.labels]).toEqual([1, -1, 1]);
    const { targets, classes } = libsvmExamples(data, 'classes');
    expect([[...targets], classes]).toEqual([[1, 0, 1], 2]);
    expect([...libsvmExamples(data, 'values').targets]).toEqual([1, -1, 1]);
    expect(readLibsvm('1 1:2\n', { features: 4 }).inputs.names.length).toBe(4);
  });

  test.each([
    ['', 'f:1: the file has no rows'],
    ['a 1:2\n', 'f:1: the label is "a", expected a finite number.'],
    ['1 1:2\n1 2\n', 'f:2: an entry is "2", expected index:value.'],
    ['1 0:2\n', 'f:1: an index is "0", expected a whole number from 1 to'],
    ['1 2:1 2:3\n', 'f:1: the index 2 stands after 2, expected ascending indices.'],
    ['1 1:x\n', 'f:1: the value of 1 is "x", expected a finite number.'],
    ['1 1:1e999\n', 'f:1: the value of 1 is "1e999", expected a finite number.'],
    ['1 qid:3 1:1\n', 'f:1: an entry is "qid:3", expected index:value: queries are not read.'],
  ])('%j is refused', (text, message) => {
    expect(refused(() => readLibsvm(text, { path: 'f' }))).toContain(message);
  });

  test('indices beyond the features that were said are refused, and labels all alike', () => {
    expect(refused(() => readLibsvm('1 5:1\n', { features: 4 }))).toContain('from 1 to 4');
    expect(refused(() => libsvmExamples(readLibsvm('1 1:1\n1 1:2\n'), 'classes'))).toContain('every label is 1');
  });
});

describe('idx', () => {
  const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
  const IMAGES = bytes(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255, 51, 102);

  test('images and labels', () => {
    const images = readIdx(IMAGES);
    expect(images.shape).toEqual([2, 1, 2]);
    const examples = idxExamples(images, readIdx(bytes(0, 0, 8, 1, 0, 0, 0, 2, 3, 1)));
    expect(examples).toMatchObject({ rows: 2, features: 2, classes: 4 });
    expect([...examples.inputs]).toEqual([0, 1, 0.2, 0.4]);
    expect([...examples.targets]).toEqual([3, 1]);
    expect(refused(() => idxExamples(images, readIdx(bytes(0, 0, 8, 1, 0, 0, 0, 1, 3))))).toContain('the shape 1 for 2 images');
  });

  test.each<[string, Uint8Array, string]>([
    ['nothing', bytes(), 'begins nowhere'],
    ['gzip', bytes(0x1f, 0x8b, 8, 0), 'gzipped'],
    ['another magic number', bytes(1, 2, 3, 4), 'begins 01 02 03 04'],
    ['floats', bytes(0, 0, 0x0d, 1), 'its type is 0d'],
    ['no dimensions', bytes(0, 0, 8, 0), '0 dimensions'],
    ['a cut header', bytes(0, 0, 8, 2, 0, 0), 'ends after 6 bytes'],
    ['a cut body', IMAGES.slice(0, -1), 'it has 3 values, expected 2 × 1 × 2 = 4. Maybe the file is cut.'],
    ['sizes beyond any file', bytes(0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 255), 'it has 0 values'],
    ['no values', bytes(0, 0, 8, 1, 0, 0, 0, 0), 'expected at least one'],
  ])('refuses %s', (_, file, message) => {
    expect(refused(() => readIdx(file, 'f'))).toContain(message);
  });
});

describe('docword', () => {
  const FILE = '3\n4\n4\n3 1 2\n1 4 1\n1 2 5\n3 4 1\n';

  test('documents in any order, also empty ones', () => {
    const words = readVocabulary('ant\nbee\ncat\ndog\n\n');
    const sparse = readDocword(FILE, words);
    expect([...dense(sparse)]).toEqual([0, 5, 0, 1, 0, 0, 0, 0, 2, 0, 0, 1]);
    expect([...sparse.starts]).toEqual([0, 2, 2, 4]);
    const table = sparseTable(sparse);
    expect(table.columns[1]).toEqual({ kind: 'number', name: 'bee', values: Float64Array.of(5, 0, 0) });
    expect(sparseExamples(sparse, Float64Array.of(0, 1, 1), 2)).toMatchObject({ rows: 3, features: 4, classes: 2 });
    expect(readDocword(FILE).names).toEqual(['w1', 'w2', 'w3', 'w4']);
  });

  test.each([
    ['', 'f:1: the number of documents is "", expected a whole number'],
    ['3\n4\n', 'f:2: the file ends, expected the number of entries.'],
    ['3\nx\n1\n', 'f:2: the number of words is "x"'],
    ['3\n4\n2\n1 1 1\n', 'f:3: there are 1 lines of entries, expected 2. Maybe the file is cut.'],
    ['3\n4\n1\n1 1\n', 'f:4: the line is "1 1", expected document, word and count.'],
    ['3\n4\n1\n4 1 1\n', 'f:4: the document is "4", expected a whole number from 1 to 3.'],
    ['3\n4\n1\n1 5 1\n', 'f:4: the word is "5", expected a whole number from 1 to 4.'],
    ['3\n4\n1\n1 1 0\n', 'f:4: the count is "0", expected a whole number from 1'],
    ['3\n4\n2\n1 1 1\n1 1 2\n', 'f:5: word 1 of document 1 is there twice, expected one count of each.'],
  ])('%j is refused', (text, message) => {
    const lines = text === '' ? '\n1\n1\n1 1 1\n' : text;
    expect(refused(() => readDocword(lines, undefined, 'f'))).toContain(message);
  });

  test('vocabularies that do not fit, have gaps or repeat are refused', () => {
    expect(refused(() => readDocword(FILE, ['a'], 'f'))).toBe('f:2: there are 4 words, but the vocabulary has 1, expected as many.');
    expect(refused(() => readVocabulary('a\n\nb\n', 'v'))).toBe('v:2: the line is empty, expected a word.');
    expect(refused(() => readVocabulary('a\nb\na\n', 'v'))).toBe('v:3: the word "a" stands in line 1, too, expected each once.');
    expect(refused(() => readVocabulary('\n', 'v'))).toBe('v:1: the file is empty, expected a word in each line.');
  });
});

describe('readTable', () => {
  test.each([
    ['1 1:2 3:4\n-1 2:5\n', 'libsvm'],
    ['# rows\n3.5\n2 1:1\n', 'libsvm'],
    ['a,b\n1,2\n', 'csv'],
    ['1 2 3\n', 'csv'],
    ['time,n\n1:30,2\n', 'csv'],
    ['12:30,1\n12:45,2\n', 'csv'],
    ['', 'csv'],
    ['2\n3\n1\n1 2 5\n', 'docword'],
    ['2\n3\n1\n', 'csv'],
    ['2\n3\n1\n1 2\n', 'csv'],
  ])('%j is %s', (text, format) => {
    expect(tableFormat(text)).toBe(format);
  });

  test('a libsvm file’s label is a column', () => {
    const { columns } = readTable('1 1:2 3:4\n-1 2:5\n');
    expect(columns.map((column) => [column.name, ...(column as NumberColumn).values])).toEqual([
      ['x1', 2, 0],
      ['x2', 0, 5],
      ['x3', 4, 0],
      ['label', 1, -1],
    ]);
    expect(readTable('a;b\n1;2\n').columns.map(({ name }) => name)).toEqual(['a', 'b']);
  });
});
