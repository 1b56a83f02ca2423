import { show } from '../../src/error.ts';
import { counted } from './keywords.ts';
import type { Scanner } from './scan.ts';

/** The numbers of an EDGE_WEIGHT_SECTION as they stand, whatever their lines. */
export interface Weights {
  readonly values: Float64Array;
  readonly count: number;
  /** Where the section's name and where its data begin. */
  readonly at: number;
  readonly start: number;
}

/** Reads numbers up to the next keyword: as many as there are, so that memory is bounded by the file and not by what DIMENSION says. */
export function readWeights(scanner: Scanner, at: number): Weights {
  const start = scanner.at;
  let values = new Float64Array(1024);
  let count = 0;
  for (scanner.skipBlank(); !scanner.atEnd && (!scanner.atLetter || /^(nan|inf)/i.test(scanner.word())); scanner.skipBlank()) {
    const position = scanner.at;
    const value = scanner.number();
    if (!(value >= 0 && value < Infinity)) {
      scanner.at = position;
      const hint = value < 0 ? ' Maybe add a constant to all weights: every tour grows by n times it, so the best one stays the best.' : '';
      scanner.fail(position, `EDGE_WEIGHT_SECTION: weight ${show(scanner.word())}, expected a finite number of at least 0.${hint}`);
    }
    if (count === values.length) values = grown(values);
    values[count++] = value;
  }
  return { values, count, at, start };
}

/** The array with room for twice as much. */
export function grown(values: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * values.length);
  larger.set(values);
  return larger;
}

/** How many numbers a format has for n cities. */
function expectedCount(n: number, format: string): number {
  if (format === 'FULL_MATRIX') return n * n;
  return format.includes('_DIAG_') ? (n * (n + 1)) / 2 : (n * (n - 1)) / 2;
}

/** Which layouts have this many numbers, for the hint. */
function formatsOf(n: number, count: number): string {
  if (count === n * n) return 'FULL_MATRIX';
  if (count === (n * (n + 1)) / 2) return 'a triangle with its diagonal, such as UPPER_DIAG_ROW or LOWER_DIAG_ROW';
  if (count === (n * (n - 1)) / 2) return 'a triangle without its diagonal, such as UPPER_ROW or LOWER_ROW';
  return '';
}

/** The full symmetric matrix with a zero diagonal; what a file has on the diagonal is not used by any tour, and ignored. */
export function buildMatrix(scanner: Scanner, weights: Weights, n: number, format: string): Float64Array {
  const { values, count } = weights;
  const expected = expectedCount(n, format);
  if (count !== expected) {
    const like = formatsOf(n, count);
    const hint =
      like !== ''
        ? ` Maybe EDGE_WEIGHT_FORMAT is ${like}.`
        : count < expected
          ? ' Maybe the file is cut, or DIMENSION is wrong.'
          : ' Maybe DIMENSION or EDGE_WEIGHT_FORMAT is wrong.';
    const where = count === 0 ? weights.at : positionOf(scanner, weights, count < expected ? count - 1 : expected);
    scanner.fail(
      where,
      `EDGE_WEIGHT_SECTION has ${counted(count, 'weight', 'weights')}, expected ${expected} for ${counted(n, 'city', 'cities')} in ${format}.${hint}`,
    );
  }
  const matrix = new Float64Array(n * n);
  if (format === 'FULL_MATRIX') fillFull(scanner, weights, n, matrix);
  else {
    // Column by column, one triangle reads as the other does row by row.
    const upper = format.startsWith('UPPER') === format.endsWith('ROW');
    const diagonal = format.includes('_DIAG_') ? 0 : 1;
    let k = 0;
    for (let i = 0; i < n; i++) {
      const last = upper ? n - 1 : i - diagonal;
      for (let j = upper ? i + diagonal : 0; j <= last; j++) {
        const value = values[k++];
        if (i === j) continue;
        matrix[i * n + j] = value;
        matrix[j * n + i] = value;
      }
    }
  }
  checkExact(scanner, weights, n);
  return matrix;
}

function fillFull(scanner: Scanner, weights: Weights, n: number, matrix: Float64Array): void {
  const { values } = weights;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const value = values[i * n + j];
      if (j < i && values[j * n + i] !== value) {
        const where = positionOf(scanner, weights, i * n + j);
        const pair = `from city ${i + 1} to ${j + 1} it is ${value}, from ${j + 1} to ${i + 1} it is ${values[j * n + i]}`;
        scanner.fail(
          where,
          `EDGE_WEIGHT_SECTION is not symmetric: ${pair}, expected equal weights both ways. Maybe it is an ATSP instance, which is not supported.`,
        );
      }
      matrix[i * n + j] = i === j ? 0 : value;
    }
  }
}

/** Refuses weights whose tours could be longer than 2⁵³, where sums of integers are no longer exact. */
function checkExact(scanner: Scanner, weights: Weights, n: number): void {
  for (let k = 0; k < weights.count; k++) {
    if (weights.values[k] * n <= Number.MAX_SAFE_INTEGER) continue;
    const most = Math.floor(Number.MAX_SAFE_INTEGER / n);
    scanner.fail(
      positionOf(scanner, weights, k),
      `EDGE_WEIGHT_SECTION: weight ${weights.values[k]}, expected at most ${most}, so that tours of ${n} cities stay below 2^53.`,
    );
  }
}

/** Where weight k stands: counted again, as only an error wants to know. */
function positionOf(scanner: Scanner, weights: Weights, k: number): number {
  scanner.at = weights.start;
  for (scanner.skipBlank(); k > 0; k--) {
    scanner.number();
    scanner.skipBlank();
  }
  return scanner.at;
}
