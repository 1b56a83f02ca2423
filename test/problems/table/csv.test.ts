import { cellText, readCsv, summarise, type CsvOptions, type Table } from 'lehr/problems/table';
import { describe, expect, test } from 'vitest';
import { refused } from '../thrown.ts';

/** A table in short: name, kind's first letter, and cells as text. */
const shown = (table: Table): string[] =>
  table.columns.map(
    (column) => `${column.name}:${column.kind[0]} ${Array.from({ length: table.rows }, (_, row) => cellText(column, row)).join('|')}`,
  );
const read = (text: string, options?: CsvOptions): string[] => shown(readCsv(text, options));

describe('readCsv reads', () => {
  test.each<[string, string, string[]]>([
    ['numbers and categories', 'a,b\n1,x\n2.5,y\n', ['a:n 1|2.5', 'b:c x|y']],
    ['numbers in all forms', 'a\n.28\n-1e-3\n+2.\n 07 \n', ['a:n 0.28|-0.001|2|7']],
    ['missing values', 'a,b\n1,\nNA,x\n?,nan\n2,?\n', ['a:n 1|||2', 'b:c |x||']],
    ['a byte order mark and CRLF', '\uFEFFa,b\r\n1,2\r\n', ['a:n 1', 'b:n 2']],
    ['CR alone', 'a,b\r1,2\r3,4\r', ['a:n 1|3', 'b:n 2|4']],
    ['no line end at the end', 'a,b\n1,2', ['a:n 1', 'b:n 2']],
    ['quotes with separators, line ends and quotes in them', 'a,b\n"x, ""y""\nz",1\nw,2\n', ['a:c x, "y"\nz|w', 'b:n 1|2']],
    ['semicolons', 'a;b\n1;x,y\n2;z\n', ['a:n 1|2', 'b:c x,y|z']],
    ['decimal commas', 'a;b\n1,5;x\n-2,25e1;y\n', ['a:n 1.5|-22.5', 'b:c x|y']],
    ['tabs, with empty cells', 'a\tb\tc\n1\t\tx\n\t2\ty\n', ['a:n 1|', 'b:n |2', 'c:c x|y']],
    ['comments and empty lines', '# hello\na,b\n\n1,2\n# 3\n', ['a:n 1', 'b:n 2']],
    ['no header, as a cell of it is a number', '5,x\n6,y\n', ['x1:n 5|6', 'x2:c x|y']],
    ['no header, as its cells appear again', 'y,n\nn,n\ny,y\n', ['x1:c y|n|y', 'x2:c n|n|y']],
    ['a header without some names', ',b\n1,2\n', ['x1:n 1', 'b:n 2']],
    ['one column', 'a\nx\ny\n', ['a:c x|y']],
    ['a column without values', 'a,b\n1,\n2,NA\n', ['a:n 1|2', 'b:n |']],
    ['text with a few numbers in it', 'a\nx\ny\n7\n', ['a:c x|y|7']],
    [
      'names that objects have',
      '__proto__,constructor\n1,toString\n2,__proto__\n',
      ['__proto__:n 1|2', 'constructor:c toString|__proto__'],
    ],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test('as options say', () => {
    expect(read('1,2\n3,4\n', { header: true })).toEqual(['1:n 3', '2:n 4']);
    expect(read('a,b\nc,d\n', { header: false })).toEqual(['x1:c a|c', 'x2:c b|d']);
    expect(read('a,b\n#1,2\n3,4\n', { comments: true })).toEqual(['a:n 3', 'b:n 4']);
    expect(read('a,b\n#1,2\n#f,4\n', { comments: false })).toEqual(['a:c #1|#f', 'b:n 2|4']);
    expect(read('a,b\n"x\n#1,2",2\n')).toEqual(['a:c x\n#1,2', 'b:n 2']);
    expect(read('a|b\n1|2\n', { separator: '|' })).toEqual(['a:n 1', 'b:n 2']);
    expect(read('a,b\n01,1\n1,-\n', { types: { a: 'category' }, missing: ['-'] })).toEqual(['a:c 01|1', 'b:n 1|']);
    expect(read('a;b\n1,5;2\n', { decimal: '.' })).toEqual(['a:c 1,5', 'b:n 2']);
  });

  test('the line of each row, also behind a cell of several lines', () => {
    expect([...readCsv('a,b\n"x\ny",1\n\n# c\nz,2\n').source!.lines]).toEqual([2, 6]);
  });

  test('and tells types: number, category, constant, missing', () => {
    const { columns } = readCsv('a,b,c,d,e\n1,x,3,y,\n2,z,3,,?\n');
    expect(columns.map((column) => summarise(column).type)).toEqual(['number', 'category', 'constant', 'constant', 'missing']);
    expect(summarise(columns[3])).toEqual({ type: 'constant', missing: 1, distinct: 1 });
    expect(summarise(columns[1], [0]).type).toBe('constant');
  });
});

describe('readCsv refuses', () => {
  test.each<[string, string, string, CsvOptions?]>([
    ['an empty file', '', 'f:1: the file has no records, expected rows of values.'],
    ['blank lines alone', '\n \n', 'f:1: the file has no records, expected rows of values.'],
    ['a header alone', 'a,b\n', 'f:1: there is a header and no row below it, expected at least one row.'],
    ['a short row', 'a,b\n1,2\n3\n', 'f:3: the row has 1 cells, expected 2. Maybe a separator within a cell, which then must be quoted.'],
    ['a long row', 'a,b\n1,2\n3,4,5\n', 'f:3: the row has 3 cells, expected 2.'],
    ['an open quote', 'a,b\n1,"x\n2,y\n', 'the file ends within a quoted cell, expected its closing quote.'],
    ['a misplaced quote', 'a,b\n1,x"y\n', 'f:2: a misplaced quote'],
    [
      'names that are there twice',
      'a,b,a,b\n1,2,3,4\n',
      'f:1: the header names "a", "b" more than once, expected different names. Maybe rename one, or the file has no header (header: false).',
    ],
    ['text among numbers', 'a,b\n1,2\n3,x\n5,6\n', 'f:3: column "b" is "x", expected a number like 2 other cells of the column.'],
    ['text where numbers are declared', 'a\nx\ny\n', 'f:2: column "a" is "x", expected a number.', { types: { a: 'number' } }],
    ['a number beyond doubles', 'a\n1\n1e999\n', 'f:3: column "a" is "1e999", expected a number within the range of doubles.'],
    [
      'a row that may be a comment',
      'a,b\n#1,2\n3,4\n',
      'f:2: the line begins with #, "#1,2", and has 2 cells, expected a comment or a row.',
    ],
    ['a NUL', 'a,b\n1,\0\n', 'f:2: a NUL character, expected text.'],
    [
      'types of a column that is not there',
      'alpha\n1\n',
      'f: there is no column "alhpa", expected one of "alpha". Maybe alpha?',
      { types: { alhpa: 'number' } },
    ],
  ])('%s', (_, text, message, options = {}) => {
    expect(refused(() => readCsv(text, { path: 'f', ...options }))).toContain(message);
  });

  test('options it does not know', () => {
    expect(refused(() => readCsv('a\n1\n', { seperator: ',' } as CsvOptions), 'option')).toContain('Maybe separator?');
    expect(refused(() => readCsv('a\n1\n', { separator: '""' }), 'option')).toContain('separator');
  });
});
