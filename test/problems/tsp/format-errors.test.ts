import { readInstance, readTour } from 'lehr/problems/tsp';
import { describe, expect, it } from 'vitest';
import { spoilt } from '../spoilt.ts';
import { thrownBy } from '../thrown.ts';

/** Sound instances to be spoilt, by lines. */
const SQUARE = [
  'NAME : square',
  'TYPE : TSP',
  'DIMENSION : 4',
  'EDGE_WEIGHT_TYPE : EUC_2D',
  'NODE_COORD_SECTION',
  '1 0 0',
  '2 0 10',
  '3 10 10',
  '4 10 0',
  'EOF',
  '',
];
const MATRIX = [
  'NAME : m',
  'TYPE : TSP',
  'DIMENSION : 3',
  'EDGE_WEIGHT_TYPE : EXPLICIT',
  'EDGE_WEIGHT_FORMAT : FULL_MATRIX',
  'EDGE_WEIGHT_SECTION',
  '0 1 2',
  '1 0 3',
  '2 3 0',
  'EOF',
  '',
];

const INSTANCES: readonly (readonly [title: string, text: string, message: string])[] = [
  ['empty', '', 'a.tsp:1: the file is empty, expected a TSPLIB instance.'],
  ['blank', '\n \r\n\t\n', 'a.tsp:1: the file is empty, expected a TSPLIB instance.'],
  [
    'binary',
    '\u001f\x8b\b\u0000\u0000\u0003',
    'a.tsp:1: a NUL character, expected text. Maybe the file is binary, compressed, or saved as UTF-16.',
  ],
  [
    'UTF-16 as bytes',
    'N\u0000A\u0000M\u0000E\u0000',
    'a.tsp:1: a NUL character, expected text. Maybe the file is binary, compressed, or saved as UTF-16.',
  ],
  [
    'prose',
    'Dear Sir,\nhello\n',
    'a.tsp:1: "Dear Sir," is no line of a TSPLIB file, expected KEYWORD : value, a section or EOF. Maybe the file is of another format.',
  ],
  [
    'JSON',
    '{"a": 1}',
    'a.tsp:1: "{\\"a\\": 1}" is no line of a TSPLIB file, expected KEYWORD : value, a section or EOF. Maybe the file is of another format.',
  ],
  [
    'numbers',
    '5\n1 2 3\n',
    'a.tsp:1: "5" is no line of a TSPLIB file, expected KEYWORD : value, a section or EOF. Maybe the file is of another format.',
  ],
  ['only a name', 'NAME : x\n', 'a.tsp:1: DIMENSION is missing, expected the number of cities. Maybe the file is cut.'],
  ['no DIMENSION', spoilt(SQUARE, { 3: null }), 'a.tsp:4: DIMENSION is missing, expected the number of cities.'],
  [
    'DIMENSION misspelt',
    spoilt(SQUARE, { 3: 'DIMENTION : 4' }),
    'a.tsp:3: DIMENSION is missing, expected the number of cities. Maybe DIMENTION is misspelt.',
  ],
  [
    'DIMENSION 0',
    spoilt(SQUARE, { 3: 'DIMENSION : 0' }),
    'a.tsp:3: DIMENSION is "0", expected a whole number of cities from 1 to 10000000.',
  ],
  [
    'DIMENSION negative',
    spoilt(SQUARE, { 3: 'DIMENSION : -4' }),
    'a.tsp:3: DIMENSION is "-4", expected a whole number of cities from 1 to 10000000.',
  ],
  [
    'DIMENSION fractional',
    spoilt(SQUARE, { 3: 'DIMENSION : 4.5' }),
    'a.tsp:3: DIMENSION is "4.5", expected a whole number of cities from 1 to 10000000.',
  ],
  [
    'DIMENSION no number',
    spoilt(SQUARE, { 3: 'DIMENSION : four' }),
    'a.tsp:3: DIMENSION is "four", expected a whole number of cities from 1 to 10000000.',
  ],
  [
    'DIMENSION empty',
    spoilt(SQUARE, { 3: 'DIMENSION :' }),
    'a.tsp:3: DIMENSION is "", expected a whole number of cities from 1 to 10000000.',
  ],
  [
    'DIMENSION with equals',
    spoilt(SQUARE, { 3: 'DIMENSION = 4' }),
    'a.tsp:3: DIMENSION is "= 4", expected a whole number of cities from 1 to 10000000.',
  ],
  [
    'DIMENSION absurd',
    spoilt(SQUARE, { 3: 'DIMENSION : 1000000000000' }),
    'a.tsp:3: DIMENSION is "1000000000000", expected a whole number of cities from 1 to 10000000.',
  ],
  [
    'DIMENSION 1e12',
    spoilt(SQUARE, { 3: 'DIMENSION : 1e12' }),
    'a.tsp:3: DIMENSION is "1e12", expected a whole number of cities from 1 to 10000000.',
  ],
  [
    'DIMENSION far too large',
    spoilt(SQUARE, { 3: 'DIMENSION : 10000000' }),
    'a.tsp:9: NODE_COORD_SECTION has 4 cities, expected 10000000, the DIMENSION. Maybe the file is cut, or DIMENSION is wrong.',
  ],
  [
    'DIMENSION too large',
    spoilt(SQUARE, { 3: 'DIMENSION : 5' }),
    'a.tsp:9: NODE_COORD_SECTION has 4 cities, expected 5, the DIMENSION. Maybe the file is cut, or DIMENSION is wrong.',
  ],
  [
    'DIMENSION too small',
    spoilt(SQUARE, { 3: 'DIMENSION : 3' }),
    'a.tsp:9: NODE_COORD_SECTION has 4 cities, expected 3, the DIMENSION. Maybe DIMENSION is wrong.',
  ],
  [
    'DIMENSION twice',
    spoilt(SQUARE, { 4: 'DIMENSION : 4\nEDGE_WEIGHT_TYPE : EUC_2D' }),
    'a.tsp:4: DIMENSION is given a second time, "4", after "4" in line 3; expected it once.',
  ],
  [
    'matrix, DIMENSION far too large',
    spoilt(MATRIX, { 3: 'DIMENSION : 9999999' }),
    'a.tsp:9: EDGE_WEIGHT_SECTION has 9 weights, expected 99999980000001 for 9999999 cities in FULL_MATRIX. Maybe the file is cut, or DIMENSION is wrong.',
  ],
  [
    'cut in a section',
    spoilt(SQUARE, { 8: null, 9: null, 10: null }),
    'a.tsp:7: NODE_COORD_SECTION has 2 cities, expected 4, the DIMENSION. Maybe the file is cut, or DIMENSION is wrong.',
  ],
  [
    'cut in a line',
    spoilt(SQUARE, { 8: '3 10', 9: null, 10: null }),
    'a.tsp:8: NODE_COORD_SECTION: "3 10" has 2 values, expected 3: city x y. Maybe the file is cut, or the cities are not numbered.',
  ],
  [
    'cut before the section',
    spoilt(SQUARE, { 5: null, 6: null, 7: null, 8: null, 9: null, 10: null }),
    'a.tsp:4: NODE_COORD_SECTION is missing, expected one as EDGE_WEIGHT_TYPE is EUC_2D. Maybe the file is cut.',
  ],
  [
    'section empty',
    spoilt(SQUARE, { 6: null, 7: null, 8: null, 9: null }),
    'a.tsp:5: NODE_COORD_SECTION has 0 cities, expected 4, the DIMENSION. Maybe the file is cut, or DIMENSION is wrong.',
  ],
  [
    'no EDGE_WEIGHT_TYPE',
    spoilt(SQUARE, { 4: null }),
    'a.tsp:4: EDGE_WEIGHT_TYPE is missing, expected one of EUC_2D, CEIL_2D, MAN_2D, MAX_2D, GEO, ATT, EXPLICIT.',
  ],
  [
    'EDGE_WEIGHT_TYPE misspelt',
    spoilt(SQUARE, { 4: 'EDGE_WEIGTH_TYPE : EUC_2D' }),
    'a.tsp:4: EDGE_WEIGHT_TYPE is missing, expected one of EUC_2D, CEIL_2D, MAN_2D, MAX_2D, GEO, ATT, EXPLICIT. Maybe EDGE_WEIGTH_TYPE is misspelt.',
  ],
  [
    'unknown metric',
    spoilt(SQUARE, { 4: 'EDGE_WEIGHT_TYPE : EUC2D' }),
    'a.tsp:4: EDGE_WEIGHT_TYPE is "EUC2D", expected one of EUC_2D, CEIL_2D, MAN_2D, MAX_2D, GEO, ATT, EXPLICIT. Maybe EUC_2D?',
  ],
  [
    'EUC_3D',
    spoilt(SQUARE, { 4: 'EDGE_WEIGHT_TYPE : EUC_3D' }),
    'a.tsp:4: EDGE_WEIGHT_TYPE is "EUC_3D", which is not supported, expected one of EUC_2D, CEIL_2D, MAN_2D, MAX_2D, GEO, ATT, EXPLICIT.',
  ],
  [
    'XRAY1',
    spoilt(SQUARE, { 4: 'EDGE_WEIGHT_TYPE : XRAY1' }),
    'a.tsp:4: EDGE_WEIGHT_TYPE is "XRAY1", which is not supported, expected one of EUC_2D, CEIL_2D, MAN_2D, MAX_2D, GEO, ATT, EXPLICIT.',
  ],
  [
    'SPECIAL',
    spoilt(SQUARE, { 4: 'EDGE_WEIGHT_TYPE : SPECIAL' }),
    'a.tsp:4: EDGE_WEIGHT_TYPE is "SPECIAL", which is not supported, expected one of EUC_2D, CEIL_2D, MAN_2D, MAX_2D, GEO, ATT, EXPLICIT.',
  ],
  [
    'ATSP',
    spoilt(SQUARE, { 2: 'TYPE : ATSP' }),
    'a.tsp:2: TYPE is "ATSP", an asymmetric travelling-salesman instance, which is not supported, expected TSP, a symmetric travelling-salesman instance.',
  ],
  [
    'CVRP',
    spoilt(SQUARE, { 2: 'TYPE : CVRP' }),
    'a.tsp:2: TYPE is "CVRP", a vehicle routing instance, which is not supported, expected TSP, a symmetric travelling-salesman instance.',
  ],
  [
    'HCP',
    spoilt(SQUARE, { 2: 'TYPE: HCP' }),
    'a.tsp:2: TYPE is "HCP", a Hamiltonian cycle instance, which is not supported, expected TSP, a symmetric travelling-salesman instance.',
  ],
  [
    'SOP',
    spoilt(SQUARE, { 2: 'TYPE: SOP' }),
    'a.tsp:2: TYPE is "SOP", a sequential ordering instance, which is not supported, expected TSP, a symmetric travelling-salesman instance.',
  ],
  [
    'TOUR',
    spoilt(SQUARE, { 2: 'TYPE : TOUR' }),
    'a.tsp:2: TYPE is "TOUR", a tour, a solution, which is not supported, expected TSP, a symmetric travelling-salesman instance. Maybe the instance and its solution are swapped.',
  ],
  [
    'unknown type',
    spoilt(SQUARE, { 2: 'TYPE : TPS' }),
    'a.tsp:2: TYPE is "TPS", expected TSP, a symmetric travelling-salesman instance. Maybe TSP?',
  ],
  [
    'CAPACITY',
    spoilt(SQUARE, { 3: 'CAPACITY : 100\nDIMENSION : 4' }),
    'a.tsp:3: CAPACITY is "100", a vehicle routing keyword, which is not supported, expected a travelling-salesman instance.',
  ],
  [
    'EDGE_DATA_FORMAT',
    spoilt(SQUARE, { 3: 'EDGE_DATA_FORMAT : EDGE_LIST' }),
    'a.tsp:3: EDGE_DATA_FORMAT is "EDGE_LIST", a graph without all edges, which is not supported, expected an instance in which every two cities are joined.',
  ],
  [
    'THREED_COORDS',
    spoilt(SQUARE, { 3: 'NODE_COORD_TYPE : THREED_COORDS' }),
    'a.tsp:3: NODE_COORD_TYPE is "THREED_COORDS", which is not supported, expected TWOD_COORDS or NO_COORDS.',
  ],
  [
    'NODE_COORD_TYPE unknown',
    spoilt(SQUARE, { 3: 'NODE_COORD_TYPE : POLAR' }),
    'a.tsp:3: NODE_COORD_TYPE is "POLAR", expected one of TWOD_COORDS, NO_COORDS.',
  ],
  [
    'DISPLAY_DATA_TYPE unknown',
    spoilt(SQUARE, { 3: 'DISPLAY_DATA_TYPE : TWO_DISPLAY' }),
    'a.tsp:3: DISPLAY_DATA_TYPE is "TWO_DISPLAY", expected one of COORD_DISPLAY, TWOD_DISPLAY, NO_DISPLAY. Maybe TWOD_DISPLAY?',
  ],
  [
    'FIXED_EDGES_SECTION',
    spoilt(SQUARE, { 10: 'FIXED_EDGES_SECTION\n1 2\n-1\nEOF' }),
    'a.tsp:10: FIXED_EDGES_SECTION (edges that every tour must take) is not supported, expected NODE_COORD_SECTION, EDGE_WEIGHT_SECTION, DISPLAY_DATA_SECTION or EOF.',
  ],
  [
    'DEMAND_SECTION',
    spoilt(SQUARE, { 10: 'DEMAND_SECTION\n1 2\nEOF' }),
    'a.tsp:10: DEMAND_SECTION (the demands of a vehicle routing instance) is not supported, expected NODE_COORD_SECTION, EDGE_WEIGHT_SECTION, DISPLAY_DATA_SECTION or EOF.',
  ],
  [
    'unknown section',
    spoilt(SQUARE, { 5: 'NODE_CORD_SECTION' }),
    'a.tsp:5: NODE_CORD_SECTION is no section of TSPLIB, expected NODE_COORD_SECTION, EDGE_WEIGHT_SECTION, DISPLAY_DATA_SECTION or EOF. Maybe NODE_COORD_SECTION?',
  ],
  [
    'section twice',
    spoilt(SQUARE, { 10: 'NODE_COORD_SECTION\n1 0 0\nEOF' }),
    'a.tsp:10: NODE_COORD_SECTION is given a second time, first in line 5; expected it once.',
  ],
  [
    'city twice',
    spoilt(SQUARE, { 8: '2 10 10' }),
    'a.tsp:8: NODE_COORD_SECTION: city 2 is given a second time, first in line 7; expected each city once.',
  ],
  [
    'city 0',
    spoilt(SQUARE, { 6: '0 0 0' }),
    'a.tsp:6: NODE_COORD_SECTION: city 0, expected a whole number from 1 to 4. Maybe the cities are numbered from 0.',
  ],
  ['city too large', spoilt(SQUARE, { 9: '5 10 0' }), 'a.tsp:9: NODE_COORD_SECTION: city 5, expected a whole number from 1 to 4.'],
  ['city fractional', spoilt(SQUARE, { 9: '3.5 10 0' }), 'a.tsp:9: NODE_COORD_SECTION: city 3.5, expected a whole number from 1 to 4.'],
  ['city negative', spoilt(SQUARE, { 9: '-4 10 0' }), 'a.tsp:9: NODE_COORD_SECTION: city -4, expected a whole number from 1 to 4.'],
  ['x NaN', spoilt(SQUARE, { 8: '3 NaN 10' }), 'a.tsp:8: NODE_COORD_SECTION: x is "NaN", expected a finite number.'],
  ['y infinite', spoilt(SQUARE, { 8: '3 10 Infinity' }), 'a.tsp:8: NODE_COORD_SECTION: y is "Infinity", expected a finite number.'],
  ['y overflows', spoilt(SQUARE, { 8: '3 10 1e999' }), 'a.tsp:8: NODE_COORD_SECTION: y is "1e999", expected a finite number.'],
  ['x a word', spoilt(SQUARE, { 8: '3 ten 10' }), 'a.tsp:8: NODE_COORD_SECTION: x is "ten", expected a finite number.'],
  ['hexadecimal', spoilt(SQUARE, { 8: '3 0x10 10' }), 'a.tsp:8: NODE_COORD_SECTION: x is "0x10", expected a finite number.'],
  [
    'city NaN',
    spoilt(SQUARE, { 8: 'nan 10 10' }),
    'a.tsp:8: "nan 10 10" is no line of a TSPLIB file, expected KEYWORD : value, a section or EOF.',
  ],
  [
    'coordinates huge',
    spoilt(SQUARE, { 8: '3 1e300 10' }),
    'a.tsp:8: NODE_COORD_SECTION: city 3 lies at 1e+300 10, expected coordinates of at most 562949953421311 in size, so that tours of 4 cities stay below 2^53.',
  ],
  [
    'coordinates beyond exact sums',
    spoilt(SQUARE, { 8: '3 10 -1e15' }),
    'a.tsp:8: NODE_COORD_SECTION: city 3 lies at 10 -1000000000000000, expected coordinates of at most 562949953421311 in size, so that tours of 4 cities stay below 2^53.',
  ],
  [
    'no city numbers',
    spoilt(SQUARE, { 8: '10 10' }),
    'a.tsp:8: NODE_COORD_SECTION: "10 10" has 2 values, expected 3: city x y. Maybe the file is cut, or the cities are not numbered.',
  ],
  [
    'three coordinates',
    spoilt(SQUARE, { 8: '3 10 10 10' }),
    'a.tsp:8: NODE_COORD_SECTION: "3 10 10 10" has 4 values, expected 3: city x y. Maybe the instance is three-dimensional, which is not supported.',
  ],
  [
    'commas',
    spoilt(SQUARE, { 8: '3, 10, 10' }),
    'a.tsp:8: NODE_COORD_SECTION: "3, 10, 10" has commas, expected blanks between and points within the numbers of city x y.',
  ],
  [
    'comma between',
    spoilt(SQUARE, { 8: '3,10,10' }),
    'a.tsp:8: NODE_COORD_SECTION: "3,10,10" has commas, expected blanks between and points within the numbers of city x y.',
  ],
  ['text in a section', spoilt(SQUARE, { 8: '# a comment' }), 'a.tsp:8: NODE_COORD_SECTION: city is "#", expected a finite number.'],
  [
    'words in a section',
    spoilt(SQUARE, { 8: 'three 10 10' }),
    'a.tsp:8: "three 10 10" is no line of a TSPLIB file, expected KEYWORD : value, a section or EOF.',
  ],
  [
    'weights in EUC_2D',
    spoilt(SQUARE, { 10: 'EDGE_WEIGHT_SECTION\n0 1\nEOF' }),
    'a.tsp:10: EDGE_WEIGHT_SECTION in an instance of EDGE_WEIGHT_TYPE EUC_2D, expected it with EXPLICIT only.',
  ],
  [
    'second file joined',
    spoilt(SQUARE, { 10: 'EOF\nNAME : two\nTYPE : TSP' }),
    'a.tsp:11: "NAME : two" follows EOF, expected the end of the file. Maybe two files were joined.',
  ],
  [
    'GEO latitude',
    spoilt(SQUARE, { 4: 'EDGE_WEIGHT_TYPE : GEO', 8: '3 90.01 10' }),
    'a.tsp:8: NODE_COORD_SECTION: city 3 lies at 90.01 10, expected a latitude from -90 to 90 and a longitude from -180 to 180, in DDD.MM. Maybe latitude and longitude are swapped.',
  ],
  [
    'GEO swapped',
    spoilt(SQUARE, { 4: 'EDGE_WEIGHT_TYPE : GEO', 8: '3 120.30 10' }),
    'a.tsp:8: NODE_COORD_SECTION: city 3 lies at 120.3 10, expected a latitude from -90 to 90 and a longitude from -180 to 180, in DDD.MM. Maybe latitude and longitude are swapped.',
  ],
  [
    'GEO longitude',
    spoilt(SQUARE, { 4: 'EDGE_WEIGHT_TYPE : GEO', 8: '3 45 190' }),
    'a.tsp:8: NODE_COORD_SECTION: city 3 lies at 45 190, expected a latitude from -90 to 90 and a longitude from -180 to 180, in DDD.MM.',
  ],
  [
    'coordinates for EXPLICIT',
    spoilt(SQUARE, { 4: 'EDGE_WEIGHT_TYPE : EXPLICIT' }),
    'a.tsp:5: EDGE_WEIGHT_FORMAT is missing, expected one of FULL_MATRIX, UPPER_ROW, LOWER_ROW, UPPER_DIAG_ROW, LOWER_DIAG_ROW, UPPER_COL, LOWER_COL, UPPER_DIAG_COL, LOWER_DIAG_COL as EDGE_WEIGHT_TYPE is EXPLICIT.',
  ],
  [
    'EXPLICIT without weights',
    spoilt(SQUARE, { 4: 'EDGE_WEIGHT_TYPE : EXPLICIT\nEDGE_WEIGHT_FORMAT : UPPER_ROW' }),
    'a.tsp:11: EDGE_WEIGHT_SECTION is missing, expected one as EDGE_WEIGHT_TYPE is EXPLICIT. Maybe the file is cut.',
  ],
  [
    'matrix for EUC_2D',
    spoilt(MATRIX, { 4: 'EDGE_WEIGHT_TYPE : EUC_2D' }),
    'a.tsp:6: EDGE_WEIGHT_SECTION in an instance of EDGE_WEIGHT_TYPE EUC_2D, expected it with EXPLICIT only.',
  ],
  [
    'no format',
    spoilt(MATRIX, { 5: null }),
    'a.tsp:5: EDGE_WEIGHT_FORMAT is missing, expected one of FULL_MATRIX, UPPER_ROW, LOWER_ROW, UPPER_DIAG_ROW, LOWER_DIAG_ROW, UPPER_COL, LOWER_COL, UPPER_DIAG_COL, LOWER_DIAG_COL as EDGE_WEIGHT_TYPE is EXPLICIT.',
  ],
  [
    'FUNCTION',
    spoilt(MATRIX, { 5: 'EDGE_WEIGHT_FORMAT : FUNCTION' }),
    'a.tsp:5: EDGE_WEIGHT_FORMAT is "FUNCTION", expected one of FULL_MATRIX, UPPER_ROW, LOWER_ROW, UPPER_DIAG_ROW, LOWER_DIAG_ROW, UPPER_COL, LOWER_COL, UPPER_DIAG_COL, LOWER_DIAG_COL as EDGE_WEIGHT_TYPE is EXPLICIT.',
  ],
  [
    'unknown format',
    spoilt(MATRIX, { 5: 'EDGE_WEIGHT_FORMAT : UPPER_ROWS' }),
    'a.tsp:5: EDGE_WEIGHT_FORMAT is "UPPER_ROWS", expected one of FUNCTION, FULL_MATRIX, UPPER_ROW, LOWER_ROW, UPPER_DIAG_ROW, LOWER_DIAG_ROW, UPPER_COL, LOWER_COL, UPPER_DIAG_COL, LOWER_DIAG_COL. Maybe UPPER_ROW?',
  ],
  [
    'asymmetric',
    spoilt(MATRIX, { 9: '2 4 0' }),
    'a.tsp:9: EDGE_WEIGHT_SECTION is not symmetric: from city 3 to 2 it is 4, from 2 to 3 it is 3, expected equal weights both ways. Maybe it is an ATSP instance, which is not supported.',
  ],
  [
    'weights cut',
    spoilt(MATRIX, { 9: '2 3' }),
    'a.tsp:9: EDGE_WEIGHT_SECTION has 8 weights, expected 9 for 3 cities in FULL_MATRIX. Maybe the file is cut, or DIMENSION is wrong.',
  ],
  [
    'weights cut short',
    spoilt(MATRIX, { 8: null, 9: null, 10: null }),
    'a.tsp:7: EDGE_WEIGHT_SECTION has 3 weights, expected 9 for 3 cities in FULL_MATRIX. Maybe EDGE_WEIGHT_FORMAT is a triangle without its diagonal, such as UPPER_ROW or LOWER_ROW.',
  ],
  [
    'no weights',
    spoilt(MATRIX, { 7: null, 8: null, 9: null }),
    'a.tsp:6: EDGE_WEIGHT_SECTION has 0 weights, expected 9 for 3 cities in FULL_MATRIX. Maybe the file is cut, or DIMENSION is wrong.',
  ],
  [
    'weight too many',
    spoilt(MATRIX, { 9: '2 3 0 7' }),
    'a.tsp:9: EDGE_WEIGHT_SECTION has 10 weights, expected 9 for 3 cities in FULL_MATRIX. Maybe DIMENSION or EDGE_WEIGHT_FORMAT is wrong.',
  ],
  [
    'a triangle',
    spoilt(MATRIX, { 5: 'EDGE_WEIGHT_FORMAT : LOWER_DIAG_ROW' }),
    'a.tsp:9: EDGE_WEIGHT_SECTION has 9 weights, expected 6 for 3 cities in LOWER_DIAG_ROW. Maybe EDGE_WEIGHT_FORMAT is FULL_MATRIX.',
  ],
  [
    'a triangle as full',
    spoilt(MATRIX, { 7: '0', 8: '1 0', 9: '2 3 0' }),
    'a.tsp:9: EDGE_WEIGHT_SECTION has 6 weights, expected 9 for 3 cities in FULL_MATRIX. Maybe EDGE_WEIGHT_FORMAT is a triangle with its diagonal, such as UPPER_DIAG_ROW or LOWER_DIAG_ROW.',
  ],
  [
    'triangle without diagonal',
    spoilt(MATRIX, { 5: 'EDGE_WEIGHT_FORMAT : UPPER_DIAG_ROW', 7: '1 2', 8: '3', 9: null }),
    'a.tsp:8: EDGE_WEIGHT_SECTION has 3 weights, expected 6 for 3 cities in UPPER_DIAG_ROW. Maybe EDGE_WEIGHT_FORMAT is a triangle without its diagonal, such as UPPER_ROW or LOWER_ROW.',
  ],
  ['weight NaN', spoilt(MATRIX, { 8: '1 NaN 3' }), 'a.tsp:8: EDGE_WEIGHT_SECTION: weight "NaN", expected a finite number of at least 0.'],
  [
    'weight infinite',
    spoilt(MATRIX, { 8: '1 0 inf' }),
    'a.tsp:8: EDGE_WEIGHT_SECTION: weight "inf", expected a finite number of at least 0.',
  ],
  [
    'weight negative',
    spoilt(MATRIX, { 8: '-1 0 3' }),
    'a.tsp:8: EDGE_WEIGHT_SECTION: weight "-1", expected a finite number of at least 0. Maybe add a constant to all weights: every tour grows by n times it, so the best one stays the best.',
  ],
  [
    'weight -inf',
    spoilt(MATRIX, { 8: '1 0 -inf' }),
    'a.tsp:8: EDGE_WEIGHT_SECTION: weight "-inf", expected a finite number of at least 0.',
  ],
  ['weight a word', spoilt(MATRIX, { 8: '1 - 3' }), 'a.tsp:8: EDGE_WEIGHT_SECTION: weight "-", expected a finite number of at least 0.'],
  [
    'weight huge',
    spoilt(MATRIX, { 7: '0 1e300 2', 8: '1e300 0 3' }),
    'a.tsp:7: EDGE_WEIGHT_SECTION: weight 1e+300, expected at most 3002399751580330, so that tours of 3 cities stay below 2^53.',
  ],
  [
    'word among weights',
    spoilt(MATRIX, { 8: '1 zero 3' }),
    'a.tsp:8: "1 zero 3" is no line of a TSPLIB file, expected KEYWORD : value, a section or EOF.',
  ],
  [
    'TWOD_DISPLAY without data',
    spoilt(MATRIX, { 5: 'EDGE_WEIGHT_FORMAT : FULL_MATRIX\nDISPLAY_DATA_TYPE : TWOD_DISPLAY' }),
    'a.tsp:11: DISPLAY_DATA_SECTION is missing, expected one as DISPLAY_DATA_TYPE is TWOD_DISPLAY. Maybe the file is cut.',
  ],
  [
    'display data short',
    spoilt(MATRIX, { 10: 'DISPLAY_DATA_SECTION\n1 0 0\nEOF' }),
    'a.tsp:11: DISPLAY_DATA_SECTION has 1 city, expected 3, the DIMENSION. Maybe the file is cut, or DIMENSION is wrong.',
  ],
];

const TOUR = ['NAME : t', 'TYPE : TOUR', 'DIMENSION : 4', 'TOUR_SECTION', '1', '3', '2', '4', '-1', 'EOF', ''];

const TOURS: readonly (readonly [title: string, text: string, message: string])[] = [
  ['empty', '', 'a.tour:1: the file is empty, expected a tour.'],
  ['binary', '1 2\u0000 3', 'a.tour:1: a NUL character, expected text. Maybe the file is binary, compressed, or saved as UTF-16.'],
  ['prose', 'once upon a time\n', 'a.tour:1: "once upon a time" is no line of a TSPLIB file, expected KEYWORD : value, a section or EOF.'],
  [
    'an instance',
    spoilt(TOUR, { 2: 'TYPE : TSP' }),
    'a.tour:2: TYPE is "TSP", expected TOUR. Maybe the instance and its solution are swapped.',
  ],
  [
    'DIMENSION of another',
    spoilt(TOUR, { 3: 'DIMENSION : 5' }),
    'a.tour:3: DIMENSION is "5", expected 4, the instance\'s. Maybe the tour is of another instance.',
  ],
  ['no TOUR_SECTION', spoilt(TOUR, { 4: null }), 'a.tour:4: "1" is no line of a TSPLIB file, expected KEYWORD : value, a section or EOF.'],
  [
    'cut in the header',
    spoilt(TOUR, { 4: null, 5: null, 6: null, 7: null, 8: null, 9: null, 10: null }),
    'a.tour:3: TOUR_SECTION is missing, expected one. Maybe the file is cut.',
  ],
  ['another section', spoilt(TOUR, { 4: 'NODE_COORD_SECTION' }), 'a.tour:4: NODE_COORD_SECTION in a tour, expected TOUR_SECTION.'],
  ['city 0', spoilt(TOUR, { 5: '0' }), 'a.tour:5: city "0", expected a whole number from 1 to 4. Maybe the cities are numbered from 0.'],
  ['city too large', spoilt(TOUR, { 6: '5' }), 'a.tour:6: city "5", expected a whole number from 1 to 4.'],
  ['city fractional', spoilt(TOUR, { 6: '3.5' }), 'a.tour:6: city "3.5", expected a whole number from 1 to 4.'],
  ['city no number', spoilt(TOUR, { 6: 'x3' }), 'a.tour:6: city "x3", expected a whole number from 1 to 4.'],
  ['city a symbol', spoilt(TOUR, { 6: '?' }), 'a.tour:6: city "?", expected a whole number from 1 to 4.'],
  ['city negative', spoilt(TOUR, { 6: '-3' }), 'a.tour:6: city "-3", expected a whole number from 1 to 4.'],
  ['city twice', spoilt(TOUR, { 7: '3' }), 'a.tour:7: city 3 is visited a second time, first in line 6; expected each city once.'],
  [
    'cut',
    spoilt(TOUR, { 7: null, 8: null, 9: null, 10: null }),
    'a.tour:6: the tour visits 2 of 4 cities, city 2 is missing; expected each city once. Maybe the file is cut.',
  ],
  [
    'ended early',
    spoilt(TOUR, { 7: '-1', 8: null, 9: null }),
    'a.tour:8: the tour visits 2 of 4 cities, city 2 is missing; expected each city once. Maybe the file is cut.',
  ],
  [
    'empty tour',
    spoilt(TOUR, { 5: null, 6: null, 7: null, 8: null }),
    'a.tour:6: the tour visits 0 of 4 cities, city 1 is missing; expected each city once.',
  ],
  [
    'closed by its first city',
    spoilt(TOUR, { 9: '1\n-1' }),
    'a.tour:9: city 1 is visited a second time, first in line 5; expected each city once. Maybe the first city is repeated at the end; a tour closes by itself.',
  ],
  [
    'one city too many',
    spoilt(TOUR, { 9: '2\n-1' }),
    'a.tour:9: city 2 is visited a second time, first in line 7; expected each city once.',
  ],
  [
    'two tours',
    spoilt(TOUR, { 10: '1 2 3 4 -1' }),
    'a.tour:10: "1" follows the −1 that ends the tour, expected EOF. Maybe the file holds several tours.',
  ],
  ['words behind', spoilt(TOUR, { 10: 'NAME : u' }), 'a.tour:10: "NAME : u" follows the tour, expected EOF.'],
  ['bare list, city 0', '0 1 2 3\n', 'a.tour:1: city "0", expected a whole number from 1 to 4. Maybe the cities are numbered from 0.'],
  [
    'bare list cut',
    '1 2\n3',
    'a.tour:2: the tour visits 3 of 4 cities, city 4 is missing; expected each city once. Maybe the file is cut.',
  ],
  [
    'keyword twice',
    spoilt(TOUR, { 3: 'TYPE : TOUR' }),
    'a.tour:3: TYPE is given a second time, "TOUR", after "TOUR" in line 2; expected it once.',
  ],
];

describe('bad instances', () => {
  it('the instances that are spoilt are sound', () => {
    expect(readInstance(SQUARE.join('\n'), 'a.tsp').n).toBe(4);
    expect(readInstance(MATRIX.join('\n'), 'a.tsp').n).toBe(3);
    expect([...readTour(TOUR.join('\n'), 'a.tour', 4)]).toEqual([0, 2, 1, 3]);
  });

  it.each(INSTANCES)('%s', (_title, text, message) => {
    const error = thrownBy(() => readInstance(text, 'a.tsp'));
    expect(error.message).toBe(message);
    expect(error.code).toBe('input');
  });

  it('counts lines whatever ends them', () => {
    const text = spoilt(SQUARE, { 8: '3 ten 10' });
    for (const end of ['\n', '\r\n', '\r']) {
      expect(thrownBy(() => readInstance(text.replaceAll('\n', end), 'a.tsp')).message).toBe(
        'a.tsp:8: NODE_COORD_SECTION: x is "ten", expected a finite number.',
      );
    }
  });

  it('shows little of a long line', () => {
    const error = thrownBy(() => readInstance(spoilt(SQUARE, { 8: `3 ${'9 '.repeat(100_000)}` }), 'a.tsp'));
    expect(error.message.length).toBeLessThan(300);
  });
});

describe('bad tours', () => {
  it.each(TOURS)('%s', (_title, text, message) => {
    const error = thrownBy(() => readTour(text, 'a.tour', 4));
    expect(error.message).toBe(message);
    expect(error.code).toBe('input');
  });
});
