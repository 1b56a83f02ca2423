import { show } from '../../src/error.ts';
import { counted } from './keywords.ts';
import { grown } from './matrix.ts';
import type { Scanner } from './scan.ts';

/** The lines `city x y` of a section as they stand. */
export interface Rows {
  readonly section: string;
  /** Three numbers a row. */
  readonly values: Float64Array;
  readonly count: number;
  /** Where the section's name and where its data begin. */
  readonly at: number;
  readonly start: number;
}

export interface Places {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Reads lines of three numbers up to the next keyword: as many as there are, so that memory is bounded by the file. */
export function readRows(scanner: Scanner, section: string, at: number): Rows {
  const start = scanner.at;
  let values = new Float64Array(3 * 512);
  let count = 0;
  for (scanner.skipBlank(); !scanner.atEnd && !scanner.atLetter; scanner.skipBlank()) {
    const position = scanner.at;
    if (3 * count === values.length) values = grown(values);
    for (let k = 0; k < 3; k++) {
      const value = scanner.skipSpaces() ? scanner.number() : NaN;
      if (!(value > -Infinity && value < Infinity)) failRow(scanner, section, position);
      values[3 * count + k] = value;
    }
    if (scanner.skipSpaces()) failRow(scanner, section, position);
    count++;
  }
  return { section, values, count, at, start };
}

function failRow(scanner: Scanner, section: string, position: number): never {
  const words = scanner.wordsAround(position);
  if (words.some((word) => word.includes(','))) {
    scanner.fail(
      position,
      `${section}: ${show(scanner.lineAround(position))} has commas, expected blanks between and points within the numbers of city x y.`,
    );
  }
  if (words.length !== 3) {
    const hints: Record<number, string> = {
      2: ' Maybe the file is cut, or the cities are not numbered.',
      4: ' Maybe the instance is three-dimensional, which is not supported.',
    };
    scanner.fail(
      position,
      `${section}: ${show(scanner.lineAround(position))} has ${counted(words.length, 'value', 'values')}, expected 3: city x y.${hints[words.length] ?? ''}`,
    );
  }
  scanner.at = position;
  let wrong = 0;
  while (wrong < 2 && Number.isFinite(scanner.number())) {
    scanner.skipSpaces();
    wrong++;
  }
  return scanner.fail(position, `${section}: ${['city', 'x', 'y'][wrong]} is ${show(words[wrong])}, expected a finite number.`);
}

/**
 * The coordinates by city from rows in any order, each city once.
 * @param metric whether they are places on earth (GEO), lengths to be summed, or for display only (null).
 */
export function buildPlaces(scanner: Scanner, rows: Rows, n: number, metric: string | null): Places {
  const { section, values, count } = rows;
  if (count !== n) {
    const where = count === 0 ? rows.at : positionOf(scanner, rows, count < n ? count - 1 : n);
    scanner.fail(
      where,
      `${section} has ${counted(count, 'city', 'cities')}, expected ${n}, the DIMENSION. Maybe ${count < n ? 'the file is cut, or ' : ''}DIMENSION is wrong.`,
    );
  }
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  const rowOf = new Int32Array(n).fill(-1);
  for (let k = 0; k < n; k++) {
    const city = values[3 * k];
    if (!(city >= 1 && city <= n && Number.isInteger(city))) {
      scanner.fail(
        positionOf(scanner, rows, k),
        `${section}: city ${city}, expected a whole number from 1 to ${n}.${city === 0 ? ' Maybe the cities are numbered from 0.' : ''}`,
      );
    }
    const before = rowOf[city - 1];
    if (before >= 0) {
      const line = scanner.lineOf(positionOf(scanner, rows, before));
      scanner.fail(
        positionOf(scanner, rows, k),
        `${section}: city ${city} is given a second time, first in line ${line}; expected each city once.`,
      );
    }
    rowOf[city - 1] = k;
    x[city - 1] = values[3 * k + 1];
    y[city - 1] = values[3 * k + 2];
  }
  if (metric === 'GEO') checkGeo(scanner, rows);
  else if (metric !== null) checkExact(scanner, rows);
  return { x, y };
}

function checkGeo(scanner: Scanner, rows: Rows): void {
  for (let k = 0; k < rows.count; k++) {
    const latitude = rows.values[3 * k + 1];
    const longitude = rows.values[3 * k + 2];
    if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) continue;
    const hint = Math.abs(latitude) <= 180 && Math.abs(longitude) <= 90 ? ' Maybe latitude and longitude are swapped.' : '';
    const expected = 'expected a latitude from -90 to 90 and a longitude from -180 to 180, in DDD.MM';
    scanner.fail(
      positionOf(scanner, rows, k),
      `${rows.section}: city ${rows.values[3 * k]} lies at ${latitude} ${longitude}, ${expected}.${hint}`,
    );
  }
}

/** Refuses coordinates so far apart that tours could be longer than 2⁵³, where sums of integers are no longer exact. */
function checkExact(scanner: Scanner, rows: Rows): void {
  const { values, count } = rows;
  const most = Math.floor(Number.MAX_SAFE_INTEGER / (4 * count));
  for (let k = 0; k < count; k++) {
    if (Math.abs(values[3 * k + 1]) <= most && Math.abs(values[3 * k + 2]) <= most) continue;
    const city = `city ${values[3 * k]} lies at ${values[3 * k + 1]} ${values[3 * k + 2]}`;
    scanner.fail(
      positionOf(scanner, rows, k),
      `${rows.section}: ${city}, expected coordinates of at most ${most} in size, so that tours of ${count} cities stay below 2^53.`,
    );
  }
}

/** Where row k stands: counted again, as only an error wants to know. */
function positionOf(scanner: Scanner, rows: Rows, k: number): number {
  scanner.at = rows.start;
  for (scanner.skipBlank(); k > 0; k--) {
    scanner.restOfLine();
    scanner.skipBlank();
  }
  return scanner.at;
}
