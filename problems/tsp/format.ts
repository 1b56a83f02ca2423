import { LehrError, show } from '../../src/error.ts';
import { maybe } from '../../src/closest.ts';
import type { Metric, TspInstance } from './instance.ts';
import { readMatrix, MATRIX_FORMATS } from './matrix.ts';
import { Lines } from './lines.ts';

const METRICS: readonly Metric[] = ['EUC_2D', 'CEIL_2D', 'MAN_2D', 'MAX_2D', 'GEO', 'ATT', 'EXPLICIT'];
const SECTIONS = ['NODE_COORD_SECTION', 'EDGE_WEIGHT_SECTION', 'DISPLAY_DATA_SECTION', 'TOUR_SECTION', 'FIXED_EDGES_SECTION'];
const KEYWORDS = ['NAME', 'TYPE', 'COMMENT', 'DIMENSION', 'EDGE_WEIGHT_TYPE', 'EDGE_WEIGHT_FORMAT', 'NODE_COORD_TYPE', 'DISPLAY_DATA_TYPE', 'EDGE_DATA_FORMAT', 'CAPACITY'];
/** More cities than this are refused: candidate lists alone would take gigabytes. */
const MOST_CITIES = 10_000_000;

/** The specification part of a TSPLIB file: each keyword's value and line. */
type Header = Map<string, { readonly value: string; readonly line: number }>;

/**
 * Reads a symmetric travelling-salesman instance in the TSPLIB95 format (Reinelt 1991). Unknown `KEYWORD : value` lines are ignored, as files in the wild
 * carry their own; unknown sections are not.
 * @param path names the file in errors. @throws LehrError `input`, `path:line: what is wrong, the value, what was expected`.
 */
export function readInstance(text: string, path: string): TspInstance {
  const lines = new Lines(text, path);
  const header = readHeader(lines);
  const type = header.get('TYPE');
  if (type !== undefined && type.value.split(/\s/)[0].toUpperCase() !== 'TSP') {
    const hint = type.value.toUpperCase() === 'TOUR' ? ' Maybe it is a solution: give it to check-solution.' : '';
    lines.fail(type.line, `TYPE is ${show(type.value)}, expected TSP: only symmetric travelling-salesman instances are read.${hint}`);
  }
  const metric = readMetric(lines, header);
  const n = readDimension(lines, header);
  let coordinates: Float64Array[] | null = null;
  let display: Float64Array[] | null = null;
  let matrix: Float64Array | null = null;
  const seen = new Map<string, number>();
  for (let section = nextSection(lines, seen); section !== null; section = nextSection(lines, seen)) {
    if (section === 'NODE_COORD_SECTION') coordinates = readCoordinates(lines, n, section, metric);
    else if (section === 'DISPLAY_DATA_SECTION') display = readCoordinates(lines, n, section, 'EUC_2D');
    else if (section === 'EDGE_WEIGHT_SECTION') matrix = readMatrix(lines, n, readMatrixFormat(lines, header));
    else lines.fail(seen.get(section)!, `${section} is not supported, expected NODE_COORD_SECTION, EDGE_WEIGHT_SECTION or DISPLAY_DATA_SECTION.`);
  }
  const name = header.get('NAME')?.value || path.replace(/^.*[\\/]/, '').replace(/\.tsp$/i, '');
  const comment = header.get('COMMENT')?.value;
  const base = { name, ...(comment === undefined ? {} : { comment }), n, metric };
  if (metric === 'EXPLICIT') {
    if (matrix === null) lines.fail(lines.count, `the file ends without EDGE_WEIGHT_SECTION, expected one for EDGE_WEIGHT_TYPE EXPLICIT.`);
    const shown = display ?? coordinates;
    return { ...base, matrix: matrix!, ...(shown === null ? {} : { x: shown[0], y: shown[1] }) };
  }
  if (coordinates === null) lines.fail(lines.count, `the file ends without NODE_COORD_SECTION, expected one for EDGE_WEIGHT_TYPE ${metric}. Maybe the file is cut.`);
  return { ...base, x: coordinates![0], y: coordinates![1] };
}

/** Reads keyword lines up to the first section. */
function readHeader(lines: Lines): Header {
  const header: Header = new Map();
  if (lines.blank) lines.fail(1, 'the file is empty, expected a TSPLIB instance.');
  for (let line = lines.peek(); line !== null; line = lines.peek()) {
    const word = line.split(/[\s:]/, 1)[0].toUpperCase();
    if (word.endsWith('_SECTION') || word === 'EOF') break;
    lines.next();
    if (line === '') continue;
    const match = /^([A-Za-z][A-Za-z0-9_]*)\s*:\s*(.*)$/.exec(line) ?? /^([A-Z_]+)\s+(.+)$/.exec(line);
    if (match === null) lines.fail(lines.at, `${show(line)} is no keyword line, expected KEYWORD : value.${/[\0-\x08]/.test(line) ? ' Maybe the file is binary.' : ''}`);
    const key = match![1].toUpperCase();
    if (header.has(key) && key !== 'COMMENT') lines.fail(lines.at, `${key} is given twice, first at line ${header.get(key)!.line}.`);
    const previous = header.get(key);
    header.set(key, { value: previous === undefined ? match![2].trim() : `${previous.value} ${match![2].trim()}`, line: lines.at });
  }
  return header;
}

function readMetric(lines: Lines, header: Header): Metric {
  const given = header.get('EDGE_WEIGHT_TYPE');
  if (given === undefined) {
    const near = [...header.keys()].find((key) => !KEYWORDS.includes(key) && maybe(key, ['EDGE_WEIGHT_TYPE']) !== '');
    lines.fail(near === undefined ? lines.at + 1 : header.get(near)!.line, `EDGE_WEIGHT_TYPE is missing, expected one of ${METRICS.join(', ')}.${near === undefined ? '' : ` Maybe ${near} is misspelt.`}`);
  }
  const value = given!.value.toUpperCase();
  if (!(METRICS as readonly string[]).includes(value)) {
    lines.fail(given!.line, `EDGE_WEIGHT_TYPE is ${show(given!.value)}, expected one of ${METRICS.join(', ')}.${maybe(value, METRICS)}`);
  }
  return value as Metric;
}

function readDimension(lines: Lines, header: Header): number {
  const given = header.get('DIMENSION');
  if (given === undefined) lines.fail(lines.at + 1, 'DIMENSION is missing, expected the number of cities.');
  const n = Number(given!.value);
  if (!Number.isInteger(n) || n < 1 || n > MOST_CITIES) {
    lines.fail(given!.line, `DIMENSION is ${show(given!.value)}, expected a whole number from 1 to ${MOST_CITIES}.`);
  }
  return n;
}

function readMatrixFormat(lines: Lines, header: Header): string {
  const given = header.get('EDGE_WEIGHT_FORMAT');
  if (given === undefined) lines.fail(lines.at, `EDGE_WEIGHT_FORMAT is missing, expected one of ${MATRIX_FORMATS.join(', ')}.`);
  const value = given!.value.toUpperCase();
  if (!MATRIX_FORMATS.includes(value)) lines.fail(given!.line, `EDGE_WEIGHT_FORMAT is ${show(given!.value)}, expected one of ${MATRIX_FORMATS.join(', ')}.${maybe(value, MATRIX_FORMATS)}`);
  return value;
}

/** The next section's name, or null at EOF or the end; each may stand once. */
function nextSection(lines: Lines, seen: Map<string, number>): string | null {
  for (let line = lines.next(); line !== null; line = lines.next()) {
    if (line === '') continue;
    const word = line.replace(/\s*:?\s*$/, '').toUpperCase();
    if (word === 'EOF') return null;
    if (SECTIONS.includes(word)) {
      if (seen.has(word)) lines.fail(lines.at, `${word} is given twice, first at line ${seen.get(word)}.`);
      seen.set(word, lines.at);
      return word;
    }
    if (/^[A-Z_]+\s*:/i.test(line)) lines.fail(lines.at, `${show(line)} stands after a section, expected all keywords before the first section.`);
    lines.fail(lines.at, `${show(line)} is no section, expected ${SECTIONS.slice(0, 3).join(', ')} or EOF.${maybe(word, SECTIONS) || ' Maybe DIMENSION is too small.'}`);
  }
  return null;
}

/** n lines `city x y`, cities in any order, each once. */
function readCoordinates(lines: Lines, n: number, section: string, metric: Metric): Float64Array[] {
  lines.expectAtLeast(n, section);
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  const where = new Int32Array(n);
  for (let k = 0; k < n; k++) {
    const line = lines.nextFull();
    if (line === null || !/^[-+.\d]/.test(line)) {
      const got = line === null ? 'the file ends' : `${show(line)} follows`;
      lines.fail(lines.at, `${section}: ${got} after ${k} of ${n} cities, expected a line "city x y" for each. Maybe DIMENSION is wrong or the file is cut.`);
    }
    const parts = line!.split(/\s+/);
    if (parts.length !== 3) lines.fail(lines.at, `${section}: ${show(line)} has ${parts.length} values, expected 3: city x y.`);
    const city = Number(parts[0]);
    if (!Number.isInteger(city) || city < 1 || city > n) lines.fail(lines.at, `${section}: city ${show(parts[0])}, expected a whole number from 1 to ${n}.`);
    if (where[city - 1] !== 0) lines.fail(lines.at, `${section}: city ${city} is given twice, first at line ${where[city - 1]}.`);
    where[city - 1] = lines.at;
    x[city - 1] = coordinate(lines, parts[1], section);
    y[city - 1] = coordinate(lines, parts[2], section);
    if (metric === 'GEO' && (Math.abs(x[city - 1]) > 90.6 || Math.abs(y[city - 1]) > 180.6)) {
      lines.fail(lines.at, `${section}: ${show(line)} is no place on earth, expected latitude −90 to 90 and longitude −180 to 180 in DDD.MM for GEO.`);
    }
  }
  return [x, y];
}

/** Coordinates beyond this would overflow squared differences in exact integers. */
const LARGEST = 1e15;

function coordinate(lines: Lines, text: string, section: string): number {
  const value = Number(text);
  if (!(Math.abs(value) <= LARGEST)) lines.fail(lines.at, `${section}: coordinate ${show(text)}, expected a finite number of at most ${LARGEST} in size.`);
  return value;
}

/**
 * Reads a tour: a TSPLIB TOUR file, or a bare list of the cities from 1.
 * @returns cities from 0, a permutation.
 */
export function readTour(text: string, path: string, n: number): Int32Array {
  const lines = new Lines(text, path);
  if (lines.blank) lines.fail(1, 'the file is empty, expected a tour.');
  if (!/^\s*[-\d]/.test(text)) {
    const header = readHeader(lines);
    const type = header.get('TYPE');
    if (type !== undefined && type.value.toUpperCase() !== 'TOUR') lines.fail(type.line, `TYPE is ${show(type.value)}, expected TOUR.`);
    const dimension = header.get('DIMENSION');
    if (dimension !== undefined && Number(dimension.value) !== n) lines.fail(dimension.line, `DIMENSION is ${show(dimension.value)}, expected ${n}, the instance's.`);
    const section = lines.next();
    if (section === null || !/^TOUR_SECTION\s*:?$/i.test(section)) lines.fail(lines.at, `${show(section ?? 'the end')} stands where TOUR_SECTION was expected.`);
  }
  const tour = new Int32Array(n);
  const where = new Int32Array(n);
  let count = 0;
  for (let line = lines.nextFull(); line !== null && !/^(-1|EOF)\b/i.test(line); line = lines.nextFull()) {
    for (const word of line.split(/\s+/)) {
      if (word === '-1') break;
      const city = Number(word);
      if (!Number.isInteger(city) || city < 1 || city > n) lines.fail(lines.at, `city ${show(word)} in the tour, expected a whole number from 1 to ${n}.`);
      if (where[city - 1] !== 0) lines.fail(lines.at, `city ${city} is visited twice, first at line ${where[city - 1]}, expected each city once.`);
      where[city - 1] = lines.at;
      tour[count++] = city - 1;
    }
  }
  if (count < n) lines.fail(lines.at, `the tour visits ${count} of ${n} cities, city ${where.indexOf(0) + 1} is missing, expected each once.`);
  return tour;
}

/** A tour as a TSPLIB TOUR file; its length goes into the comment. */
export function writeTour(tour: ArrayLike<number>, name: string, length: number): string {
  const cities = Array.from(tour, (city) => city + 1).join('\n');
  return `NAME : ${name}.tour\nCOMMENT : Length ${length}\nTYPE : TOUR\nDIMENSION : ${tour.length}\nTOUR_SECTION\n${cities}\n-1\nEOF\n`;
}

/** An instance as a TSPLIB file; `readInstance` gives it back. */
export function writeInstance(instance: TspInstance): string {
  const { name, comment, n, metric, x, y, matrix } = instance;
  const head = [`NAME : ${name}`, ...(comment === undefined ? [] : [`COMMENT : ${comment}`]), 'TYPE : TSP', `DIMENSION : ${n}`, `EDGE_WEIGHT_TYPE : ${metric}`];
  const places = x === undefined ? [] : Array.from(x, (value, i) => `${i + 1} ${value} ${y![i]}`);
  if (metric !== 'EXPLICIT') return [...head, 'NODE_COORD_SECTION', ...places, 'EOF', ''].join('\n');
  const rows = Array.from({ length: n }, (_, i) => matrix!.subarray(i * n, (i + 1) * n).join(' '));
  const display = x === undefined ? [] : ['DISPLAY_DATA_SECTION', ...places];
  const kind = x === undefined ? 'NO_DISPLAY' : 'TWOD_DISPLAY';
  return [...head, 'EDGE_WEIGHT_FORMAT : FULL_MATRIX', `DISPLAY_DATA_TYPE : ${kind}`, 'EDGE_WEIGHT_SECTION', ...rows, ...display, 'EOF', ''].join('\n');
}

/** Throws an `option` error unless `tour` visits each of n cities once. */
export function checkTour(tour: ArrayLike<number>, n: number): void {
  const seen = new Uint8Array(n);
  if (tour.length !== n) throw new LehrError('input', `the tour has ${tour.length} cities, expected ${n}.`);
  for (let k = 0; k < n; k++) {
    const city = tour[k];
    if (!Number.isInteger(city) || city < 0 || city >= n) throw new LehrError('input', `the tour visits city ${city + 1}, expected 1 to ${n}.`);
    if (seen[city] !== 0) throw new LehrError('input', `the tour visits city ${city + 1} twice, expected each city once.`);
    seen[city] = 1;
  }
}
