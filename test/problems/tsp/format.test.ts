import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { distance, readInstance, readTour, tourLength, writeInstance, writeTour, type Metric, type TspInstance } from 'lehr/problems/tsp';
import { describe, expect, it } from 'vitest';

const shared = new URL('../../../../shared/instances/', import.meta.url);

/** All distances, row by row. */
function table(instance: TspInstance): number[][] {
  const d = distance(instance);
  const cities = Array.from({ length: instance.n }, (_, i) => i);
  return cities.map((i) => cities.map((j) => d(i, j)));
}

function places(metric: string, rows: readonly string[]): TspInstance {
  return readInstance(
    `TYPE : TSP\nDIMENSION : ${rows.length}\nEDGE_WEIGHT_TYPE : ${metric}\nNODE_COORD_SECTION\n${rows.join('\n')}\nEOF\n`,
    'x.tsp',
  );
}

describe('metrics, by hand', () => {
  // Differences: cities 1–2 (1, 1), 1–3 (3, 4), 2–3 (2, 3).
  const rows = ['1 0 0', '2 1 1', '3 3 4'];
  it.each([
    ['EUC_2D', 1, 5, 4], // √2 = 1.41, 5, √13 = 3.61
    ['CEIL_2D', 2, 5, 4],
    ['MAN_2D', 2, 7, 5],
    ['MAX_2D', 1, 4, 3],
    ['ATT', 1, 2, 2], // √(2/10) = 0.45 up to 1; √2.5 = 1.58; √1.3 = 1.14 up to 2
  ] as const)('%s', (metric, a, b, c) => {
    expect(table(places(metric, rows))).toEqual([
      [0, a, b],
      [a, 0, c],
      [b, c, 0],
    ]);
  });

  it('MAN_2D and MAX_2D round as TSPLIB writes them: the sum, and each side', () => {
    const halves = ['1 0 0', '2 0.5 0.25'];
    expect(table(places('MAN_2D', halves))[0][1]).toBe(1); // nint(0.75)
    expect(table(places('MAX_2D', halves))[0][1]).toBe(1); // max(nint(0.5), nint(0.25))
    expect(table(places('EUC_2D', halves))[0][1]).toBe(1); // nint(0.559)
  });

  it('GEO: a degree of a great circle, 60 minutes to the degree, and one kilometre at least', () => {
    // 6378.388 · 3.141592 / 180 = 111.32 km a degree, one added and cut.
    const [first] = table(
      places('GEO', ['1 0.00 0.00', '2 1.00 0.00', '3 0.00 -1.00', '4 0.30 0.00', '5 0.00 0.00', '6 60.00 1.00', '7 60.00 0.00']),
    );
    expect(first.slice(0, 5)).toEqual([0, 112, 112, 56, 1]);
    const last = table(places('GEO', ['1 60.00 1.00', '2 60.00 0.00', '3 -60.30 0.00', '4 60.30 0.00']));
    expect(last[0][1]).toBe(56);
    expect(last[2][3]).toBe(Math.trunc(6378.388 * ((3.141592 * 121) / 180)) + 1);
  });

  it('GEO is a distance for all places, the poles and opposite ends of the earth among them', () => {
    const place = fc
      .tuple(fc.integer({ min: -9000, max: 9000 }), fc.integer({ min: -18000, max: 18000 }))
      .map(([a, b]) => [a / 100, b / 100]);
    const edge = fc.constantFrom([90, 0], [90, 120], [-90, 0], [-90, -77.3], [0, 180], [0, -180], [0, 0], [45.3, 180], [-45.3, 0]);
    fc.assert(
      fc.property(fc.oneof(place, edge), fc.oneof(place, edge), (a, b) => {
        const d = distance({ name: '', n: 2, metric: 'GEO', x: Float64Array.of(a[0], b[0]), y: Float64Array.of(a[1], b[1]) });
        expect(d(0, 1)).toBe(d(1, 0));
        expect(d(0, 1)).toBeGreaterThanOrEqual(1);
        expect(d(0, 1)).toBeLessThanOrEqual(20039); // half of the equator, one added
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});

describe('matrix formats, by hand', () => {
  //      a   b   c
  // a    0   1   2
  // b    1   0   4
  // c    2   4   0   (d: 3, 5, 6)
  const full = [
    [0, 1, 2, 3],
    [1, 0, 4, 5],
    [2, 4, 0, 6],
    [3, 5, 6, 0],
  ];
  it.each([
    ['FULL_MATRIX', '0 1 2 3\n1 0 4 5\n2 4 0 6\n3 5 6 0'],
    ['UPPER_ROW', '1 2 3\n4 5\n6'],
    ['LOWER_ROW', '1\n2 4\n3 5 6'],
    ['UPPER_DIAG_ROW', '0 1 2 3\n0 4 5\n0 6\n0'],
    ['LOWER_DIAG_ROW', '0\n1 0\n2 4 0\n3 5 6 0'],
    ['UPPER_COL', '1\n2 4\n3 5 6'],
    ['LOWER_COL', '1 2 3\n4 5\n6'],
    ['UPPER_DIAG_COL', '0\n1 0\n2 4 0\n3 5 6 0'],
    ['LOWER_DIAG_COL', '0 1 2 3\n0 4 5\n0 6\n0'],
  ])('%s, in any lines, whatever stands on the diagonal', (format, rows) => {
    const read = (body: string): TspInstance =>
      readInstance(`DIMENSION: 4\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: ${format}\nEDGE_WEIGHT_SECTION\n${body}\nEOF`, 'x.tsp');
    expect(table(read(rows))).toEqual(full);
    expect(table(read(rows.replaceAll(/\s/g, '\n')))).toEqual(full);
    expect(table(read(rows.replaceAll('\n', '  ')))).toEqual(full);
    expect(table(read(rows.replaceAll('0', '9999')))).toEqual(full);
  });

  it('takes display data, or else node coordinates, for the picture', () => {
    const head = 'DIMENSION: 2\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: UPPER_ROW\nEDGE_WEIGHT_SECTION\n7\n';
    const nodes = 'NODE_COORD_SECTION\n1 1 2\n2 3 4\n';
    const display = 'DISPLAY_DATA_SECTION\n2 7 8\n1 5 6\n';
    expect(readInstance(head, 'x').x).toBeUndefined();
    expect([...readInstance(head + nodes, 'x').x!]).toEqual([1, 3]);
    expect([...readInstance(head + nodes + display, 'x').y!]).toEqual([6, 8]);
    expect([...readInstance(display + head, 'x').x!]).toEqual([5, 7]);
  });

  it('takes fractional weights', () => {
    const instance = readInstance(
      'DIMENSION: 2\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: UPPER_ROW\nEDGE_WEIGHT_SECTION\n1.25e0\n',
      'x',
    );
    expect(table(instance)[0][1]).toBe(1.25);
  });
});

describe('careless files', () => {
  const plain = [
    'NAME : three',
    'COMMENT : a',
    'TYPE : TSP',
    'DIMENSION : 3',
    'EDGE_WEIGHT_TYPE : EUC_2D',
    'NODE_COORD_SECTION',
    '1 0 0',
    '2 3 4',
    '3 -3.5 4',
    'EOF',
    '',
  ];
  const expected = { name: 'three', comment: 'a', n: 3, metric: 'EUC_2D', x: Float64Array.of(0, 3, -3.5), y: Float64Array.of(0, 4, 4) };
  const text = plain.join('\n');
  it.each([
    ['as it should be', text],
    ['CRLF', plain.join('\r\n')],
    ['CR', plain.join('\r')],
    ['a BOM', `\uFEFF${text}`],
    ['no EOF', text.replace('EOF\n', '')],
    ['no EOF, no last line end', text.replace('\nEOF\n', '')],
    ['blank lines', plain.join('\n\n \t\n')],
    ['indented, with blanks behind', plain.map((line) => `  ${line} \t`).join('\n')],
    ['EOF indented and text behind it', `${text.replace('EOF', ' EOF ')}\n\u001a thanks for all the fish`],
    ['no blank before the colon', text.replaceAll(' :', ':')],
    ['no blanks round the colon', text.replaceAll(' : ', ':')],
    ['tabs round the colon', text.replaceAll(' : ', '\t:\t')],
    ['no colon', text.replaceAll(' : ', ' ')],
    ['a colon behind the section', text.replace('SECTION', 'SECTION :')],
    [
      'lower case',
      text
        .replace('NAME', 'name')
        .replace('DIMENSION', 'Dimension')
        .replace('EDGE_WEIGHT_TYPE : EUC_2D', 'edge_weight_type : euc_2d')
        .replace('NODE_COORD_SECTION', 'node_coord_section')
        .replace('EOF', 'eof'),
    ],
    ['cities in another order', text.replace('1 0 0\n2 3 4', '2 3 4\n1 0 0')],
    ['exponents and other notations', text.replace('1 0 0\n2 3 4\n3 -3.5 4', '0001 0.00e+00 .0\n2.0 +3. 4E0\n3 -35e-1 0.4e+01')],
    ['tabs between numbers', text.replaceAll(/(?<=\d) (?=[-\d])/g, '\t')],
    ['no TYPE', text.replace('TYPE : TSP\n', '')],
    ['TYPE with a remark', text.replace('TYPE : TSP', 'TYPE : TSP (M.~Hofmeister)')],
    [
      'keywords in another order',
      ['EDGE_WEIGHT_TYPE : EUC_2D', 'DIMENSION : 3', 'COMMENT : a', 'TYPE : TSP', 'NAME : three', ...plain.slice(5)].join('\n'),
    ],
    ['keywords behind the section', [...plain.slice(5, 9), ...plain.slice(0, 5), 'EOF'].join('\n')],
    ['stray keywords', text.replace('NODE_COORD_SECTION', 'BEST_KNOWN : 17\nOptimal: yes\nNODE_COORD_SECTION')],
    [
      'keywords that say nothing new',
      text.replace(
        'NODE_COORD_SECTION',
        'EDGE_WEIGHT_FORMAT : FUNCTION\nNODE_COORD_TYPE : TWOD_COORDS\nDISPLAY_DATA_TYPE : COORD_DISPLAY\nNODE_COORD_SECTION',
      ),
    ],
    ['display data beside coordinates', text.replace('EOF', 'DISPLAY_DATA_SECTION\n1 9 9\n2 9 9\n3 9 9\nEOF')],
  ])('%s', (_title, given) => {
    expect(readInstance(given, 'x.tsp')).toEqual(expected);
  });

  it('names an instance without a name after its file', () => {
    const nameless = text.replace('NAME : three\n', '');
    for (const path of ['three.tsp', '/some/folder/three.tsp', 'C:\\folder\\three.tsp', 'three', 'http://host/three.TSP']) {
      expect(readInstance(nameless, path).name).toBe('three');
    }
    expect(readInstance(nameless, '').name).toBe('unnamed');
    expect(readInstance(text.replace('NAME : three', 'NAME :'), 'other.tsp').name).toBe('other');
  });

  it('keeps comments of several lines', () => {
    expect(readInstance(text.replace('COMMENT : a', 'COMMENT : a : b\nCOMMENT:c'), 'x').comment).toBe('a : b\nc');
  });

  it('reads 1, 2 and 3 cities, also without any weight', () => {
    for (const n of [1, 2, 3]) {
      const rows = Array.from({ length: n }, (_, i) => `${i + 1} ${i} 0`);
      expect(tourLength(places('EUC_2D', rows), [0, 1, 2].slice(0, n))).toBe([0, 2, 4][n - 1]);
    }
    expect(
      readInstance('DIMENSION: 1\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: UPPER_ROW\nEDGE_WEIGHT_SECTION\nEOF', 'x').matrix,
    ).toEqual(new Float64Array(1));
  });

  it('reads every decimal as Number does', () => {
    const notation = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }).map(String),
      fc
        .tuple(fc.integer({ min: -999_999, max: 999_999 }), fc.nat(999_999_999), fc.integer({ min: -30, max: 5 }))
        .map(([a, b, e]) => `${a}.${b}e${e}`),
      fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.integer({ min: -40, max: -20 })).map(([a, e]) => `+${a}E${e}`),
      fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => `-${a}.${b}`),
      fc.constantFrom('.5', '5.', '-0', '-.0e-5', '000123', '1e-400', '9007199254740993e-5', '123456789012345678901234567890e-25'),
    );
    fc.assert(
      fc.property(notation, (word) => {
        expect(places('EUC_2D', [`1 ${word} 0`]).x![0]).toBe(Number(word));
      }),
      { seed: 2, numRuns: 3000 },
    );
  });
});

describe('tours', () => {
  const tour = [0, 2, 1, 4, 3];
  it.each([
    ['a TOUR file', 'NAME : t\nCOMMENT : Length 5\nTYPE : TOUR\nDIMENSION : 5\nTOUR_SECTION\n1\n3\n2\n5\n4\n-1\nEOF\n'],
    ['several cities a line, no EOF', 'TYPE: TOUR\nTOUR_SECTION\n 1 3 2\n 5 4 -1'],
    ['a second -1', 'TYPE: TOUR\nTOUR_SECTION\n1 3 2 5 4\n-1\n-1\nEOF'],
    ['no -1', 'TOUR_SECTION\n1 3 2 5 4\nEOF\n'],
    ['on the line of the section, in lower case', 'type tour\ndimension 5\ntour_section 1 3 2 5 4'],
    ['a bare list', '1\r\n3\r\n2\r\n5\r\n4\r\n'],
    ['a bare list in one line with -1', '1 3 2 5 4 -1'],
    ['a BOM', '\uFEFF1 3 2 5 4'],
  ])('%s', (_title, text) => {
    expect([...readTour(text, 't.tour', 5)]).toEqual(tour);
  });

  it('reads what it wrote', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }).chain((n) =>
          fc.shuffledSubarray(
            Array.from({ length: n }, (_, i) => i),
            { minLength: n },
          ),
        ),
        (tour) => {
          expect([...readTour(writeTour(tour, 'x', 12.5), 'x', tour.length)]).toEqual(tour);
        },
      ),
      { seed: 3 },
    );
    expect(writeTour([1, 0], 'two', 8)).toBe(
      'NAME : two.tour\nCOMMENT : Length 8\nTYPE : TOUR\nDIMENSION : 2\nTOUR_SECTION\n2\n1\n-1\nEOF\n',
    );
  });
});

describe('writing instances', () => {
  const word = fc
    .stringMatching(/^[A-Za-z0-9:.][A-Za-z0-9 :.()-]{0,20}$/)
    .map((s) => s.trim())
    .filter((s) => !s.startsWith(':'));
  const coordinate = fc.oneof(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.double({ noNaN: true, min: -1e9, max: 1e9 }));
  const axis = (n: number, value: fc.Arbitrary<number>): fc.Arbitrary<Float64Array> =>
    fc.array(value, { minLength: n, maxLength: n }).map((a) => Float64Array.from(a));
  const instance: fc.Arbitrary<TspInstance> = fc
    .record({
      n: fc.integer({ min: 1, max: 12 }),
      metric: fc.constantFrom<Metric>('EUC_2D', 'CEIL_2D', 'MAN_2D', 'MAX_2D', 'GEO', 'ATT', 'EXPLICIT'),
      name: word,
      comment: fc.option(word),
      shown: fc.boolean(),
    })
    .chain(({ n, metric, name, comment, shown }) => {
      const base = { name, ...(comment === null ? {} : { comment: `${comment}\n${name}` }), n, metric };
      const xy =
        metric === 'GEO'
          ? {
              x: axis(
                n,
                fc.integer({ min: -9000, max: 9000 }).map((v) => v / 100),
              ),
              y: axis(n, fc.double({ noNaN: true, min: -180, max: 180 })),
            }
          : { x: axis(n, coordinate), y: axis(n, coordinate) };
      if (metric !== 'EXPLICIT') return fc.record(xy).map((places) => ({ ...base, ...places }));
      const weights = axis(n * n, fc.oneof(fc.nat(1_000_000), fc.double({ noNaN: true, min: 0, max: 1e6 }))).map((matrix) => {
        for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) matrix[i * n + j] = i === j ? 0 : matrix[j * n + i];
        return matrix;
      });
      return fc.record({ matrix: weights, ...(shown ? xy : {}) }).map((data) => ({ ...base, ...data }) as TspInstance);
    });

  it('reads what it wrote, to the bit, and writes it again alike', () => {
    fc.assert(
      fc.property(instance, (given) => {
        const text = writeInstance(given);
        const read = readInstance(text, 'x.tsp');
        expect(read).toEqual(given);
        expect(writeInstance(read)).toBe(text);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('keeps names and comments to their lines, and refuses what TSPLIB has no name for', () => {
    const one = {
      name: 'a\nTYPE : TOUR',
      comment: 'b\r\nc',
      n: 1,
      metric: 'EUC_2D' as const,
      x: Float64Array.of(1),
      y: Float64Array.of(2),
    };
    expect(readInstance(writeInstance(one), 'x')).toEqual({ ...one, name: 'a TYPE : TOUR', comment: 'b\nc' });
    expect(() => writeInstance({ ...one, metric: 'STRAIGHT' as Metric })).toThrow(
      'writeInstance: metric is "STRAIGHT", expected one of TSPLIB\'s, EUC_2D, CEIL_2D, MAN_2D, MAX_2D, GEO, ATT, EXPLICIT.',
    );
  });
});

describe('published files', () => {
  const present = existsSync(new URL('best-known.csv', shared));
  it.skipIf(!present)('have the published number of cities, and their optimal tours the published length', () => {
    const rows = readFileSync(new URL('best-known.csv', shared), 'utf8')
      .split('\n')
      .map((line) => line.split(','));
    const files = readdirSync(new URL('tsp/', shared));
    let tours = 0;
    for (const file of files.filter((name) => name.endsWith('.tsp'))) {
      const [, , , n, , , best] = rows.find((row) => row[2] === `tsp/${file}`)!;
      const instance = readInstance(readFileSync(new URL(`tsp/${file}`, shared), 'utf8'), file);
      expect([file, instance.n]).toEqual([file, Number(n)]);
      expect(readInstance(writeInstance(instance), file)).toEqual(instance);
      const tour = file.replace('.tsp', '.opt.tour');
      if (!files.includes(tour)) continue;
      tours++;
      const cities = readTour(readFileSync(new URL(`tsp/${tour}`, shared), 'utf8'), tour, instance.n);
      expect([file, tourLength(instance, cities)]).toEqual([file, Number(best)]);
    }
    expect(tours).toBe(files.filter((name) => name.endsWith('.opt.tour')).length);
    expect(tours).toBeGreaterThan(0);
  });
});
