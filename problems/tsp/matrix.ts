import { show } from '../../src/error.ts';
import type { Lines } from './lines.ts';

/** TSPLIB95's forms of EDGE_WEIGHT_SECTION. A column form of one triangle is the row form of the other. */
export const MATRIX_FORMATS: readonly string[] = [
  'FULL_MATRIX',
  'UPPER_ROW',
  'LOWER_ROW',
  'UPPER_DIAG_ROW',
  'LOWER_DIAG_ROW',
  'UPPER_COL',
  'LOWER_COL',
  'UPPER_DIAG_COL',
  'LOWER_DIAG_COL',
];

/** Reads EDGE_WEIGHT_SECTION into a full symmetric matrix; the diagonal is ignored and stored as 0. */
export function readMatrix(lines: Lines, n: number, format: string): Float64Array {
  const full = format === 'FULL_MATRIX';
  const diagonal = format.includes('DIAG');
  const upper = format === 'UPPER_ROW' || format === 'UPPER_DIAG_ROW' || format === 'LOWER_COL' || format === 'LOWER_DIAG_COL';
  const expected = full ? n * n : (n * (n - 1)) / 2 + (diagonal ? n : 0);
  const { values, where } = readNumbers(lines, expected);
  const matrix = new Float64Array(n * n);
  let k = 0;
  for (let i = 0; i < n; i++) {
    const first = full ? 0 : upper ? (diagonal ? i : i + 1) : 0;
    const last = full || upper ? n - 1 : diagonal ? i : i - 1;
    for (let j = first; j <= last; j++) {
      const value = values[k];
      if (full && j < i && matrix[j * n + i] !== value) {
        lines.fail(where(k), `the distance from city ${i + 1} to ${j + 1} is ${value}, from ${j + 1} to ${i + 1} it is ${matrix[j * n + i]}, expected a symmetric matrix.`);
      }
      k++;
      if (i === j) continue;
      matrix[i * n + j] = value;
      if (!full) matrix[j * n + i] = value;
    }
  }
  return matrix;
}

/** Exactly `expected` numbers, however they are laid out in lines. */
function readNumbers(lines: Lines, expected: number): { values: number[]; where: (k: number) => number } {
  const values: number[] = [];
  const starts: [first: number, line: number][] = [];
  while (values.length < expected) {
    const line = lines.nextFull();
    if (line === null || /^[A-Za-z]/.test(line)) {
      const isNumber = line !== null && Number.isNaN(Number(line.split(/\s+/)[0])) && /^(nan|inf)/i.test(line);
      if (isNumber) lines.fail(lines.at, `EDGE_WEIGHT_SECTION: distance ${show(line!.split(/\s+/)[0])}, expected a finite number of at least 0.`);
      const got = line === null ? 'the file ends' : `${show(line)} follows`;
      lines.fail(lines.at, `EDGE_WEIGHT_SECTION: ${got} after ${values.length} of ${expected} numbers. Maybe DIMENSION or EDGE_WEIGHT_FORMAT is wrong, or the file is cut.`);
    }
    starts.push([values.length, lines.at]);
    for (const word of line!.split(/\s+/)) {
      const value = Number(word);
      if (!(value >= 0 && value <= 1e15)) lines.fail(lines.at, `EDGE_WEIGHT_SECTION: distance ${show(word)}, expected a finite number of at least 0.`);
      values.push(value);
    }
  }
  if (values.length > expected) {
    lines.fail(lines.at, `EDGE_WEIGHT_SECTION has at least ${values.length} numbers, expected ${expected}. Maybe DIMENSION or EDGE_WEIGHT_FORMAT is wrong.`);
  }
  return { values, where: (k) => starts.findLast(([first]) => first <= k)?.[1] ?? lines.at };
}
