import * as fc from 'fast-check';
import { LehrError } from 'lehr';
import { cellText, checkExamples, encode, encodeInputs, readCsv, readDocword, readIdx, readLibsvm, type Table } from 'lehr/problems/table';
import { expect, it } from 'vitest';

const CSV = [
  'age,colour,height,sold\n20,red,1.5,yes\n40,"blue, dark",1.7,no\n,red,1.9,yes\n60,,1.5,no\n40,"a ""b""",1.6,no\n',
  'a;b;c\r\n1,5;x;3\r\n2,5;y;4\r\n3,5;x;5\r\n',
  '\uFEFF1\t2\t3\n4\t5\t6\n7\t8\t9\n',
  `x,y\n${Array.from({ length: 15 }, (_, i) => `${i / 4},${'pq'[i % 2]}`).join('\n')}\n`,
];
const LIBSVM = ['+1 1:0.5 3:-2 # first\n-1 2:1 4:0.25\n+1\n', '3.5 1:1\n2 2:1e3\n'];
const DOCWORD = ['3\n4\n4\n3 1 2\n1 4 1\n1 2 5\n3 4 1\n'];
const WORDS = [
  'NaN',
  '-1',
  '0',
  '1e999',
  '"',
  '""',
  ',',
  ';',
  '\t',
  '\0',
  '\u00ff',
  '\r',
  '\n',
  '\uFEFF',
  '#',
  '?',
  'sold',
  ':',
  '9999999',
  '1e308',
];

type Accident = (text: string) => string;
const at = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const accident: fc.Arbitrary<Accident> = fc.oneof(
  fc.tuple(at, fc.integer({ min: 0, max: 255 })).map(([where, byte]): Accident => (text) => {
    const i = Math.floor(where * text.length);
    return text.slice(0, i) + String.fromCharCode(byte) + text.slice(i + 1);
  }),
  at.map(
    (where): Accident =>
      (text) =>
        text.slice(0, Math.floor(where * text.length)),
  ),
  fc.tuple(at, at).map(([a, b]): Accident => (text) => {
    const i = Math.floor(a * text.length);
    return text.slice(0, i) + text.slice(i + Math.floor(b * 20));
  }),
  fc.tuple(at, fc.constantFrom(...WORDS)).map(([where, word]): Accident => (text) => {
    const i = Math.floor(where * text.length);
    return text.slice(0, i) + word + text.slice(i);
  }),
  fc.tuple(at, at, fc.constantFrom('drop', 'repeat', 'move')).map(([a, b, what]): Accident => (text) => {
    const lines = text.split('\n');
    const i = Math.floor(a * lines.length);
    const line = lines[i];
    if (what !== 'repeat') lines.splice(i, 1);
    if (what !== 'drop') lines.splice(Math.floor(b * lines.length), 0, line);
    return lines.join('\n');
  }),
);

/** Reads something sound or refuses with the documented error, within seconds (a generous bound: it takes milliseconds). */
function tried<T>(read: () => T, sound: (value: T) => void, place = /^f:[1-9]\d*: [^]+, expected [^]+/): 'read' | 'refused' {
  const began = performance.now();
  let value: T;
  try {
    value = read();
  } catch (error) {
    if (!(error instanceof LehrError && error.code === 'input' && place.test(error.message))) throw error;
    return 'refused';
  } finally {
    expect(performance.now() - began).toBeLessThan(5000);
  }
  sound(value);
  return 'read';
}

/** A sound table is read again the same from its own cells, its numbers are finite or missing, its codes have labels. */
function soundTable(table: Table): void {
  expect(table.rows).toBeGreaterThan(0);
  expect(new Set(table.columns.map(({ name }) => name)).size).toBe(table.columns.length);
  const sound = table.columns.every((column) =>
    column.kind === 'number'
      ? column.values.every((value) => value !== value || Number.isFinite(value))
      : column.codes.every((code) => code >= -1 && code < column.labels.length),
  );
  expect(sound).toBe(true);
  const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
  const lines = Array.from({ length: table.rows }, (_, row) => table.columns.map((column) => quoted(cellText(column, row))).join(','));
  const types = Object.fromEntries(table.columns.map(({ name, kind }) => [name, kind]));
  const again = readCsv(`${table.columns.map(({ name }) => quoted(name)).join(',')}\n${lines.join('\n')}\n`, {
    header: true,
    separator: ',',
    types,
  });
  const cells = (read: Table): string[][] =>
    read.columns.map((column) => Array.from({ length: read.rows }, (_, row) => cellText(column, row)));
  // A one-column row that is missing is an empty line, and a first cell that begins with # a comment: neither comes back.
  const comparable = table.columns.length > 1 && !lines.some((line) => line.startsWith('#'));
  expect(comparable ? cells(again) : []).toEqual(comparable ? cells(table) : []);
}

it('separated values after accidents are read soundly or refused, and so is what is made of them', () => {
  const outcomes = { read: 0, refused: 0 };
  const encoded = { read: 0, refused: 0 };
  fc.assert(
    fc.property(fc.constantFrom(...CSV), fc.array(accident, { minLength: 1, maxLength: 3 }), (file, accidents) => {
      const text = accidents.reduce((spoilt, happens) => happens(spoilt), file);
      const how = tried(() => readCsv(text, { path: 'f' }), soundTable);
      outcomes[how]++;
      if (how === 'refused') return;
      const table = readCsv(text, { path: 'f' });
      const target = table.columns[table.columns.length - 1].name;
      const result = tried(
        () => encode(table, { target, missingTarget: 'drop', leaks: 'drop' }),
        ({ examples, encoder }) => {
          checkExamples(examples);
          expect(encodeInputs(encoder, table).features).toBe(examples.features);
        },
        /^(?:f|column "[^]*|f:[1-9]\d*)[^]*, expected [^]+/,
      );
      encoded[result]++;
    }),
    { seed: 5, numRuns: 3000 },
  );
  for (const count of [outcomes.read, outcomes.refused, encoded.read, encoded.refused]) expect(count).toBeGreaterThan(80);
});

it.each([
  ['libsvm', LIBSVM, (text: string) => readLibsvm(text, { path: 'f' }).inputs.rows],
  ['docword', DOCWORD, (text: string) => readDocword(text, undefined, 'f').rows],
] as const)('%s after accidents is read or refused', (_, files, read) => {
  const outcomes = { read: 0, refused: 0 };
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.array(accident, { minLength: 1, maxLength: 2 }), (file, accidents) => {
      const text = accidents.reduce((spoilt, happens) => happens(spoilt), file);
      outcomes[
        tried(
          () => read(text),
          (rows) => expect(rows).toBeGreaterThan(0),
        )
      ]++;
    }),
    { seed: 6, numRuns: 1500 },
  );
  expect(outcomes.read).toBeGreaterThan(50);
  expect(outcomes.refused).toBeGreaterThan(100);
});

it('idx files of any bytes are read or refused', () => {
  const header = [0, 0, 8, 1, 0, 0, 0, 4];
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), fc.integer({ min: 0, max: 8 }), (bytes, kept) => {
      const file = Uint8Array.from([...header.slice(0, kept), ...bytes]);
      tried(
        () => readIdx(file, 'f'),
        ({ shape, values }) => expect(shape.reduce((a, b) => a * b, 1)).toBe(values.length),
        /^f: [^]+ expected [^]+/,
      );
    }),
    { seed: 7, numRuns: 3000 },
  );
});
