import * as fc from 'fast-check';
import { LehrError } from 'lehr';
import { parseCells } from '#problems/table/parse-cells';
import { scan, type Cells } from '#problems/table/scan';
import { expect, test } from 'vitest';

const shown = ({ rows, columns, lines, cell }: Cells): { lines: number[]; cells: string[][] } => ({
  lines: [...lines],
  cells: Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (__, k) => cell(row, k))),
});

/** What the parser makes of it: cells, or an error. */
function parsed(text: string, separator: string, comments: boolean): unknown {
  try {
    return shown(parseCells(text, separator, comments, 'f'));
  } catch (error) {
    if (error instanceof LehrError) return error.message;
    throw error;
  }
}

const piece = fc.constantFrom('a', '1', ' ', '  ', ',', ',', ';', '\t', '"', '""', '"x,y"', '"x\ny"', '"#"', '#', '\u00e9', '\u2603', '\f');
const line = fc.array(piece, { maxLength: 7 }).map((pieces) => pieces.join(''));

test.each(['\n', '\r\n', '\r'])('cells are those of the parser, line ends %j', (end) => {
  const seen = { cut: 0, length: 0, odd: 0 };
  const text = fc.tuple(fc.array(line, { minLength: 1, maxLength: 5 }), fc.constantFrom('', end), fc.constantFrom('', '\uFEFF'));
  fc.assert(
    fc.property(text, fc.constantFrom(',', ';', '\t'), fc.boolean(), ([rows, last, mark], separator, comments) => {
      const all = mark + rows.join(end).replaceAll('x\ny', `x${end}y`) + last;
      const found = scan(all, separator, comments);
      const expected = parsed(all, separator, comments);
      const how = 'cell' in found ? 'cut' : found.cells === null ? 'odd' : 'length';
      seen[how]++;
      const own = 'cell' in found ? shown(found) : null;
      // The parser counts CRLF within quotes twice.
      const lines = end !== '\r\n' || !all.includes('"');
      const both = lines ? [own, expected] : [own?.cells, (expected as { cells?: unknown }).cells];
      expect({ cut: both[0], length: typeof expected, odd: null }[how]).toEqual({ cut: both[1], length: 'string', odd: null }[how]);
    }),
    { seed: 8, numRuns: 4000 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
});

test('what the parser reads is cut here, quotes and all', () => {
  const quoted = fc.array(fc.constantFrom('a', ' ', '""', ',', '\n', '#', 'b'), { maxLength: 6 }).map((pieces) => `"${pieces.join('')}"`);
  const plain = fc.array(fc.constantFrom('a', ' ', '7', '#', 'b'), { maxLength: 4 }).map((pieces) => `z${pieces.join('')}`);
  const cell = fc.oneof(
    quoted,
    plain,
    fc.constant(''),
    quoted.map((text) => ` ${text} `),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(plain, cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
      const text = rows.map((row) => row.join(',')).join('\n');
      const found = scan(text, ',', false);
      expect('cell' in found && shown(found)).toEqual(parsed(text, ',', false));
    }),
    { seed: 9, numRuns: 2000 },
  );
});

test('line ends of all kinds in one file, and the lines of rows', () => {
  const found = scan('a,b\r\n1,2\n\r3,"x\r\ny"\r\n# c\n5,6', ',', true) as Cells;
  expect(shown(found)).toEqual({
    lines: [1, 2, 4, 7],
    cells: [
      ['a', 'b'],
      ['1', '2'],
      ['3', 'x\r\ny'],
      ['5', '6'],
    ],
  });
  expect(scan('a,b\n1\n', ',', true)).toEqual({ line: 2, cells: 1, columns: 2 });
  expect(scan('a,b\n1,x"y\n', ',', true)).toEqual({ line: 2, cells: null, columns: 2 });
  expect((scan('', ',', true) as Cells).rows).toBe(0);
});
