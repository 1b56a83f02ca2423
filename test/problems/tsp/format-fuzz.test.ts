import * as fc from 'fast-check';
import { LehrError, stream } from 'lehr';
import { generateInstance, readInstance, readTour, tspFamily, writeInstance, writeTour } from 'lehr/problems/tsp';
import { expect, it } from 'vitest';

/** Sound files of each kind, from which the spoilt ones are made. */
const EXPLICIT = `NAME: bays
TYPE: TSP
COMMENT: streets (and display data)
DIMENSION: 5
EDGE_WEIGHT_TYPE: EXPLICIT
EDGE_WEIGHT_FORMAT: LOWER_DIAG_ROW
DISPLAY_DATA_TYPE: TWOD_DISPLAY
EDGE_WEIGHT_SECTION
 0 633 0 257 390
 0 91 661 228 0 412 227 169 383 0
DISPLAY_DATA_SECTION
   1    1150.0  1760.0
   2     630.0  1660.0
   3      40.0  2090.0
   4     750.0  1100.0
   5     750.0  2030.0
EOF
`;
const GEO =
  'NAME: u\nTYPE: TSP\nDIMENSION: 3\nEDGE_WEIGHT_TYPE: GEO\nDISPLAY_DATA_TYPE: COORD_DISPLAY\nNODE_COORD_SECTION\n 1 38.24 20.42\n 2 39.57 26.15\n 3 -40.56e0 -125.32\n EOF\n';
const FILES = [
  EXPLICIT,
  GEO,
  generateInstance(20, 'uniform', stream(1)),
  generateInstance(30, 'clustered', stream(2)).replaceAll('\n', '\r\n'),
];
const TOURS = [writeTour([0, 2, 1, 4, 3], 't', 7), '1 2 3\n4 5 -1\n', 'TYPE : TOUR\r\nTOUR_SECTION\r\n5 4 3 2 1\r\n'];
const WORDS = [
  'NaN',
  '-1',
  '0',
  '1e999',
  '-0',
  '1000000000000',
  '9999999',
  'EOF',
  ':',
  '\0',
  '\u00ff',
  'DIMENSION : 9999999',
  '\r',
  '\uFEFF',
  '1 1 1',
];
WORDS.push('EDGE_WEIGHT_TYPE : EXPLICIT', 'NODE_COORD_SECTION', 'FIXED_EDGES_SECTION', 'TYPE : CVRP');

/** What happens to a file on its way: bytes changed, text cut out or put in, lines dropped, repeated or moved, the end missing. */
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
  fc.tuple(at, fc.constantFrom(...WORDS), fc.constantFrom('', ' ', '\n')).map(([where, word, blank]): Accident => (text) => {
    const i = Math.floor(where * text.length);
    return text.slice(0, i) + blank + word + blank + text.slice(i);
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

/** Reads a sound value, or refuses with the documented error, within seconds (a generous bound: it takes milliseconds); else throws. */
function readsOrRefuses<T>(read: () => T, sound: (value: T) => boolean): 'read' | 'refused' {
  const began = performance.now();
  let value: T;
  try {
    value = read();
  } catch (error) {
    const documented = error instanceof LehrError && error.code === 'input' && /^f:[1-9]\d*: [^]+[,;] expected [^]+/.test(error.message);
    if (!documented) throw error;
    return 'refused';
  } finally {
    expect(performance.now() - began).toBeLessThan(5000);
  }
  expect(sound(value)).toBe(true);
  return 'read';
}

function soundInstance(instance: ReturnType<typeof readInstance>): boolean {
  const { n, x, y, matrix, metric } = instance;
  expect(readInstance(writeInstance(instance), 'f')).toEqual(instance);
  const places = [x, y].every((values) => values === undefined || (values.length === n && values.every(Number.isFinite)));
  if (metric !== 'EXPLICIT') return places && x !== undefined && y !== undefined && matrix === undefined;
  const cities = Array.from({ length: n }, (_, i) => i);
  const symmetric = cities.every((i) => cities.every((j) => matrix![i * n + j] === (i === j ? 0 : matrix![j * n + i])));
  return places && matrix!.length === n * n && symmetric;
}

/** Whether a tour visits each of n cities once. */
function soundTour(n: number): (tour: Int32Array) => boolean {
  return (tour) => tour.length === n && [...tour].sort((a, b) => a - b).every((city, k) => city === k);
}

it('instances after accidents: read soundly or refused', () => {
  const outcomes = { read: 0, refused: 0 };
  fc.assert(
    fc.property(fc.constantFrom(...FILES), fc.array(accident, { minLength: 1, maxLength: 3 }), (file, accidents) => {
      const text = accidents.reduce((spoilt, happens) => happens(spoilt), file);
      outcomes[readsOrRefuses(() => readInstance(text, 'f'), soundInstance)]++;
      expect(typeof tspFamily.recognise(text)).toBe('boolean');
    }),
    { seed: 5, numRuns: 4000 },
  );
  // Both happen often, so neither half of the claim is empty.
  expect(outcomes.read).toBeGreaterThan(200);
  expect(outcomes.refused).toBeGreaterThan(200);
});

it('tours after accidents: a permutation or refused', () => {
  const outcomes = { read: 0, refused: 0 };
  fc.assert(
    fc.property(fc.constantFrom(...TOURS), fc.array(accident, { minLength: 1, maxLength: 3 }), (file, accidents) => {
      const text = accidents.reduce((spoilt, happens) => happens(spoilt), file);
      outcomes[readsOrRefuses(() => readTour(text, 'f', 5), soundTour(5))]++;
    }),
    { seed: 6, numRuns: 2000 },
  );
  expect(outcomes.read).toBeGreaterThan(100);
  expect(outcomes.refused).toBeGreaterThan(100);
});

it('any text at all: read or refused', () => {
  const lines = FILES.flatMap((file) => file.split('\n'));
  const line = fc.oneof(fc.constantFrom(...lines), fc.constantFrom(...WORDS), fc.string({ unit: 'binary', maxLength: 30 }));
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(line, { maxLength: 20 }).map((all) => all.join('\n')),
  );
  fc.assert(
    fc.property(text, (text) => {
      readsOrRefuses(() => readInstance(text, 'f'), soundInstance);
      readsOrRefuses(() => readTour(text, 'f', 3), soundTour(3));
      expect(typeof tspFamily.recognise(text)).toBe('boolean');
    }),
    { seed: 7, numRuns: 2000 },
  );
});

it('a DIMENSION that the file does not hold takes no memory', () => {
  const before = process.memoryUsage().arrayBuffers;
  for (const [metric, body] of [
    ['EUC_2D', 'NODE_COORD_SECTION\n1 0 0\n'],
    ['EXPLICIT\nEDGE_WEIGHT_FORMAT : UPPER_ROW', 'EDGE_WEIGHT_SECTION\n1 2 3\n'],
    ['EXPLICIT\nEDGE_WEIGHT_FORMAT : FULL_MATRIX', 'EDGE_WEIGHT_SECTION\n1 2 3\n'],
  ]) {
    const text = `DIMENSION : 9999999\nEDGE_WEIGHT_TYPE : ${metric}\n${body}`;
    expect(() => readInstance(text, 'f')).toThrow('Maybe the file is cut, or DIMENSION is wrong.');
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
});

it('long lines and long nonsense take time in proportion', () => {
  const blanks = ' '.repeat(2_000_000);
  const texts = [
    'x'.repeat(2_000_000),
    blanks,
    `A${blanks}b`,
    `NAME ${'\t '.repeat(1_000_000)}:`,
    '1 '.repeat(1_000_000),
    'A : b\n'.repeat(300_000),
  ];
  texts.push(
    `DIMENSION : ${'9'.repeat(2_000_000)}`,
    `${blanks}DIMENSION`,
    '\n'.repeat(2_000_000),
    '9'.repeat(2_000_000),
    `${FILES[2].replace('EOF', '')}EOF${blanks}.`,
  );
  for (const text of texts.slice(0, -1)) {
    expect(readsOrRefuses(() => readInstance(text, 'f'), soundInstance)).toBe('refused');
    expect(readsOrRefuses(() => readTour(text, 'f', 3), soundTour(3))).toBe('refused');
    expect(tspFamily.recognise(text.slice(0, 65_536))).toBe(text.startsWith('DIMENSION'));
  }
  expect(readsOrRefuses(() => readInstance(texts.at(-1)!, 'f'), soundInstance)).toBe('read');
});
