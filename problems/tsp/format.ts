import { LehrError, show } from '../../src/error.ts';
import type { Metric, TspInstance } from './instance.ts';
import { failSection, MATRIX_FORMATS, METRICS, readKeywordLine, KEYWORDS, SECTIONS, Specification } from './keywords.ts';
import { buildMatrix, readWeights, type Weights } from './matrix.ts';
import { buildPlaces, readRows, type Rows } from './places.ts';
import { Scanner } from './scan.ts';

export { canonicalTour, checkTour, readTour, writeTour } from './tour-file.ts';

/** A file as it stands, before its parts are held against each other. */
interface Parts {
  readonly specification: Specification;
  coordinates: Rows | null;
  display: Rows | null;
  weights: Weights | null;
}

/**
 * Reads a symmetric travelling-salesman instance in the TSPLIB95 format (Reinelt 1991), of every edge weight type that its symmetric instances
 * use. Lenient where files in the wild are careless: keywords in any case and order, blanks round the colon or no colon, any line ends, cities in any order, no TYPE,
 * no EOF, unknown `KEYWORD : value` lines (ignored). Unknown sections, FIXED_EDGES_SECTION and negative weights are refused.
 * @param path names the file in errors, and an instance without a NAME.
 * @throws LehrError `input`, `path:line: what is wrong, the value, what was expected`.
 */
export function readInstance(text: string, path: string): TspInstance {
  const scanner = new Scanner(text, path);
  const parts = readParts(scanner);
  const { specification } = parts;
  const n = specification.dimension();
  specification.need('EDGE_WEIGHT_TYPE', `one of ${METRICS.join(', ')}`);
  const metric = specification.choice('EDGE_WEIGHT_TYPE', METRICS) as Metric;
  const name = specification.entries.get('NAME')?.value || baseName(path);
  const comment = specification.comments.join('\n');
  const base = { name, ...(comment === '' ? {} : { comment }), n, metric };
  const display = parts.display === null ? null : buildPlaces(scanner, parts.display, n, null);
  if (display === null && specification.choice('DISPLAY_DATA_TYPE', ['COORD_DISPLAY', 'TWOD_DISPLAY', 'NO_DISPLAY']) === 'TWOD_DISPLAY') {
    scanner.fail(scanner.end, 'DISPLAY_DATA_SECTION is missing, expected one as DISPLAY_DATA_TYPE is TWOD_DISPLAY. Maybe the file is cut.');
  }
  if (metric !== 'EXPLICIT') {
    const { coordinates, weights } = parts;
    if (weights !== null)
      scanner.fail(weights.at, `EDGE_WEIGHT_SECTION in an instance of EDGE_WEIGHT_TYPE ${metric}, expected it with EXPLICIT only.`);
    if (coordinates === null)
      return scanner.fail(
        scanner.end,
        `NODE_COORD_SECTION is missing, expected one as EDGE_WEIGHT_TYPE is ${metric}. Maybe the file is cut.`,
      );
    return { ...base, ...buildPlaces(scanner, coordinates, n, metric) };
  }
  const places = parts.coordinates === null ? null : buildPlaces(scanner, parts.coordinates, n, null);
  const matrix = readMatrix(scanner, parts, n);
  return { ...base, matrix, ...(display ?? places) };
}

function readMatrix(scanner: Scanner, { specification, weights }: Parts, n: number): Float64Array {
  const { at, value } = specification.need('EDGE_WEIGHT_FORMAT', `one of ${MATRIX_FORMATS.join(', ')} as EDGE_WEIGHT_TYPE is EXPLICIT`);
  const format = specification.choice('EDGE_WEIGHT_FORMAT', ['FUNCTION', ...MATRIX_FORMATS])!;
  if (format === 'FUNCTION')
    scanner.fail(at, `EDGE_WEIGHT_FORMAT is ${show(value)}, expected one of ${MATRIX_FORMATS.join(', ')} as EDGE_WEIGHT_TYPE is EXPLICIT.`);
  if (weights === null)
    return scanner.fail(
      scanner.end,
      'EDGE_WEIGHT_SECTION is missing, expected one as EDGE_WEIGHT_TYPE is EXPLICIT. Maybe the file is cut.',
    );
  return buildMatrix(scanner, weights, n, format);
}

function readParts(scanner: Scanner): Parts {
  const specification = new Specification(scanner);
  const parts: Parts = { specification, coordinates: null, display: null, weights: null };
  const sections = new Map<string, number>();
  scanner.skipBlank();
  if (scanner.atEnd) scanner.fail(0, 'the file is empty, expected a TSPLIB instance.');
  for (; !scanner.atEnd; scanner.skipBlank()) {
    const at = scanner.at;
    const line = readKeywordLine(scanner, KEYWORDS);
    if (line === null)
      return scanner.failLine(at, sections.size + specification.entries.size === 0 ? ' Maybe the file is of another format.' : '');
    const { key } = line;
    if (line.kind === 'eof') {
      checkEnd(scanner);
      break;
    }
    if (line.kind === 'keyword') {
      specification.add(key, line.value, at);
      specification.checkSupported(key);
      continue;
    }
    specification.end ??= at;
    if (!SECTIONS.includes(key)) failSection(scanner, at, key);
    const before = sections.get(key);
    if (before !== undefined) scanner.fail(at, `${key} is given a second time, first in line ${scanner.lineOf(before)}; expected it once.`);
    sections.set(key, at);
    if (key === 'EDGE_WEIGHT_SECTION') parts.weights = readWeights(scanner, at);
    else if (key === 'NODE_COORD_SECTION') parts.coordinates = readRows(scanner, key, at);
    else parts.display = readRows(scanner, key, at);
  }
  return parts;
}

/** By the letter what follows EOF is no part of the file; but a second instance there would go unnoticed. */
function checkEnd(scanner: Scanner): void {
  const rest = scanner.at;
  const again = new RegExp(`^[ \\t]*(?:(?:${KEYWORDS.join('|')})[ \\t]*:|(?:${SECTIONS.join('|')})\\b)`, 'im').exec(
    scanner.text.slice(rest),
  );
  if (again !== null) {
    const at = rest + again.index;
    scanner.fail(at, `${show(scanner.lineAround(at))} follows EOF, expected the end of the file. Maybe two files were joined.`);
  }
}

/** A name for an instance without one: the file's, without folder and ending. */
function baseName(path: string): string {
  return path.replace(/^.*[\\/]/s, '').replace(/\.[A-Za-z0-9]+$/, '') || 'unnamed';
}

/**
 * An instance as a TSPLIB file; `readInstance` gives it back, to the bit. Matrices are written as FULL_MATRIX.
 * @throws LehrError `option` for a metric that TSPLIB has no name for.
 */
export function writeInstance(instance: TspInstance): string {
  const { name, comment, n, metric, x, y, matrix } = instance;
  if (!METRICS.includes(metric)) {
    throw new LehrError('option', `writeInstance: metric is ${show(metric)}, expected one of TSPLIB's, ${METRICS.join(', ')}.`);
  }
  const lines = [`NAME : ${oneLine(name)}`];
  if (comment !== undefined) for (const line of comment.split(/\r\n|\n|\r/)) lines.push(`COMMENT : ${line}`);
  lines.push('TYPE : TSP', `DIMENSION : ${n}`, `EDGE_WEIGHT_TYPE : ${metric}`);
  if (metric === 'EXPLICIT') {
    lines.push(
      'EDGE_WEIGHT_FORMAT : FULL_MATRIX',
      `DISPLAY_DATA_TYPE : ${x === undefined ? 'NO_DISPLAY' : 'TWOD_DISPLAY'}`,
      'EDGE_WEIGHT_SECTION',
    );
    for (let i = 0; i < n; i++) lines.push(matrix!.subarray(i * n, (i + 1) * n).join(' '));
  }
  if (x !== undefined && y !== undefined) {
    lines.push(metric === 'EXPLICIT' ? 'DISPLAY_DATA_SECTION' : 'NODE_COORD_SECTION');
    for (let i = 0; i < n; i++) lines.push(`${i + 1} ${digits(x[i])} ${digits(y[i])}`);
  }
  lines.push('EOF', '');
  return lines.join('\n');
}

function digits(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}
