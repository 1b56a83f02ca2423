import { LehrError, show } from '../../src/error.ts';
import { readKeywordLine, Specification } from './keywords.ts';
import { Scanner } from './scan.ts';

const TOUR_KEYWORDS = ['NAME', 'TYPE', 'COMMENT', 'DIMENSION'];

/**
 * Reads a tour: a TSPLIB TOUR file, or a bare list of the cities, numbered from 1, in any number of lines, ended by −1, EOF or nothing.
 * @param n the number of cities of the instance. @returns cities from 0, a permutation.
 * @throws LehrError `input`, `path:line: what is wrong`, also for a tour that misses or repeats a city.
 */
export function readTour(text: string, path: string, n: number): Int32Array {
  const scanner = new Scanner(text, path);
  scanner.skipBlank();
  if (scanner.atEnd) scanner.fail(0, 'the file is empty, expected a tour.');
  if (scanner.atLetter) readHeader(scanner, n);
  const tour = new Int32Array(n);
  const positions = new Float64Array(n).fill(-1);
  let count = 0;
  for (scanner.skipBlank(); !scanner.atEnd && !(scanner.atLetter && (count === n || /^EOF$/i.test(scanner.word()))); scanner.skipBlank()) {
    const at = scanner.at;
    const city = scanner.number();
    if (city === -1) break;
    if (!(city >= 1 && city <= n && Number.isInteger(city))) {
      scanner.at = at;
      const hint = city === 0 ? ' Maybe the cities are numbered from 0.' : '';
      scanner.fail(at, `city ${show(scanner.word())}, expected a whole number from 1 to ${n}.${hint}`);
    }
    if (positions[city - 1] >= 0) {
      const hint = count === n && tour[0] === city - 1 ? ' Maybe the first city is repeated at the end; a tour closes by itself.' : '';
      scanner.fail(
        at,
        `city ${city} is visited a second time, first in line ${scanner.lineOf(positions[city - 1])}; expected each city once.${hint}`,
      );
    }
    positions[city - 1] = at;
    tour[count++] = city - 1;
  }
  checkRest(scanner);
  if (count < n) {
    const missing = positions.indexOf(-1) + 1;
    scanner.fail(
      scanner.end,
      `the tour visits ${count} of ${n} cities, city ${missing} is missing; expected each city once.${count > 0 ? ' Maybe the file is cut.' : ''}`,
    );
  }
  return tour;
}

/** Reads keyword lines up to TOUR_SECTION. */
function readHeader(scanner: Scanner, n: number): void {
  const specification = new Specification(scanner);
  for (; !scanner.atEnd; scanner.skipBlank()) {
    const at = scanner.at;
    const line = readKeywordLine(scanner, TOUR_KEYWORDS);
    if (line === null) return scanner.failLine(at);
    if (line.kind === 'section' && line.key === 'TOUR_SECTION') return;
    if (line.kind !== 'keyword') return scanner.fail(at, `${line.key} in a tour, expected TOUR_SECTION.`);
    specification.add(line.key, line.value, at);
    if (line.key === 'TYPE' && !/^TOUR\b/i.test(line.value)) {
      scanner.fail(
        at,
        `TYPE is ${show(line.value)}, expected TOUR.${/^TSP\b/i.test(line.value) ? ' Maybe the instance and its solution are swapped.' : ''}`,
      );
    }
    if (line.key === 'DIMENSION' && Number(line.value) !== n) {
      scanner.fail(at, `DIMENSION is ${show(line.value)}, expected ${n}, the instance's. Maybe the tour is of another instance.`);
    }
  }
  scanner.fail(scanner.end, 'TOUR_SECTION is missing, expected one. Maybe the file is cut.');
}

/** After the tour only −1 (TSPLIB ends a list of tours with a second one) and EOF may follow. */
function checkRest(scanner: Scanner): void {
  for (scanner.skipBlank(); !scanner.atEnd; scanner.skipBlank()) {
    const at = scanner.at;
    if (scanner.atLetter) {
      const line = readKeywordLine(scanner, TOUR_KEYWORDS);
      if (line?.kind === 'eof') return;
      scanner.fail(at, `${show(scanner.lineAround(at))} follows the tour, expected EOF.`);
    }
    if (scanner.number() !== -1) {
      scanner.at = at;
      scanner.fail(at, `${show(scanner.word())} follows the −1 that ends the tour, expected EOF. Maybe the file holds several tours.`);
    }
  }
}

/** A tour as a TSPLIB TOUR file; its length goes into the comment. */
export function writeTour(tour: ArrayLike<number>, name: string, length: number): string {
  const lines = [
    `NAME : ${name.replace(/[\r\n]+/g, ' ')}.tour`,
    `COMMENT : Length ${length}`,
    'TYPE : TOUR',
    `DIMENSION : ${tour.length}`,
    'TOUR_SECTION',
  ];
  for (let k = 0; k < tour.length; k++) lines.push(String(tour[k] + 1));
  lines.push('-1', 'EOF', '');
  return lines.join('\n');
}

/** The same closed tour from city 0, towards the lower of its two neighbours: equal tours become equal arrays. */
export function canonicalTour(tour: ArrayLike<number>): Int32Array {
  const n = tour.length;
  let start = 0;
  while (start < n && tour[start] !== 0) start++;
  const forward = tour[(start + 1) % n] <= tour[(start + n - 1) % n];
  return Int32Array.from({ length: n }, (_, k) => tour[(start + (forward ? k : n - k)) % n]);
}

/**
 * Throws unless `tour` visits each of n cities once.
 * @param path begins the message, if given. @throws LehrError `input`.
 */
export function checkTour(tour: ArrayLike<number>, n: number, path?: string): void {
  const fail = (message: string): never => {
    throw new LehrError('input', `${path === undefined ? '' : `${path}: `}${message}`);
  };
  const seen = new Int32Array(n).fill(-1);
  for (let k = 0; k < tour.length; k++) {
    const city = tour[k];
    if (!Number.isInteger(city) || city < 0 || city >= n)
      fail(`the tour visits city ${city + 1} as number ${k + 1}, expected a city from 1 to ${n}.`);
    if (seen[city] >= 0) fail(`the tour visits city ${city + 1} twice, as number ${seen[city] + 1} and ${k + 1}; expected each city once.`);
    seen[city] = k;
  }
  if (tour.length < n)
    fail(`the tour visits ${tour.length} of ${n} cities, city ${seen.indexOf(-1) + 1} is missing; expected each city once.`);
}
