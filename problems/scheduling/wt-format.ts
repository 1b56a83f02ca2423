import { Scanner } from '../tsp/scan.ts';
import { checkExact, LARGEST, type SchedulingInstance } from './instance.ts';
import { baseName, wholeNumber } from './numbers.ts';

/** The sizes of OR-Library's files, and how many instances each file holds. */
const ORIGINAL = [40, 50, 100];
const HELD = 125;

/** What the three rows of an instance hold. */
const ROWS = ['processing time', 'weight', 'due date'] as const;

/** The numbers of a file, where they stand, and the index of the first of each line. */
interface Numbers {
  readonly values: number[];
  readonly places: number[];
  readonly lines: number[];
}

/**
 * Reads the instances without setups of a file as OR-Library has them (Beasley 1990): for each the processing times, the weights and the due dates of all jobs, no header.
 * Either each of these is one line, so that all lines have n numbers; or the lines are broken anywhere, if the file is like one of OR-Library's
 * own: 125 instances of 40, 50 or 100 jobs, processing times from 1 to 100 and weights from 1 to 10.
 * @param path names the file in errors, and the instances: `base#k`, or `base` if there is one only.
 * @throws LehrError `input`, `path:line: what is wrong, the value, what was expected`.
 */
export function readWt(text: string, path: string): SchedulingInstance[] {
  const scanner = new Scanner(text, path);
  const numbers = readNumbers(scanner);
  const n = originalSize(numbers) ?? rowSize(scanner, numbers);
  const held = numbers.values.length / (3 * n);
  const base = baseName(path);
  const instances: SchedulingInstance[] = [];
  for (let k = 0; k < held; k++) {
    const [processing, weights, due] = ROWS.map((what, row) => {
      const from = (3 * k + row) * n;
      for (let j = 0; j < n; j++)
        checkNumber(scanner, numbers.places[from + j], numbers.values[from + j], what, j, held > 1 ? ` of instance ${k + 1}` : '');
      return Int32Array.from(numbers.values.slice(from, from + n));
    });
    const instance = { name: held > 1 ? `${base}#${k + 1}` : base, n, processing, weights, due };
    checkExact(instance, () => `${path}:${scanner.lineOf(numbers.places[3 * k * n])}`);
    instances.push(instance);
  }
  return instances;
}

function checkNumber(scanner: Scanner, at: number, value: number, what: string, j: number, where: string): void {
  const least = what === 'due date' ? -LARGEST : 0;
  if (value >= least && value <= LARGEST) return;
  scanner.at = at;
  wholeNumber(scanner, `${what} of job ${j + 1}${where}`, least, LARGEST);
}

function readNumbers(scanner: Scanner): Numbers {
  const numbers: Numbers = { values: [], places: [], lines: [] };
  scanner.skipBlank();
  if (scanner.atEnd) scanner.fail(0, 'the file is empty, expected lines of whole numbers.');
  for (; !scanner.atEnd; scanner.skipBlank()) {
    numbers.lines.push(numbers.values.length);
    while (scanner.skipSpaces()) {
      numbers.places.push(scanner.at);
      numbers.values.push(wholeNumber(scanner, 'a number', -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER));
    }
  }
  numbers.lines.push(numbers.values.length);
  return numbers;
}

/** The size n of which the file holds 125 instances that look like OR-Library's, or null. */
function originalSize({ values }: Numbers): number | null {
  for (const n of ORIGINAL) {
    if (values.length !== 3 * n * HELD) continue;
    const like = values.every((value, i) => {
      const row = Math.floor(i / n) % 3;
      return row === 2 || (value >= 1 && value <= (row === 0 ? 100 : 10));
    });
    if (like) return n;
  }
  return null;
}

/** The size n of a file whose lines all have n numbers, three lines an instance. */
function rowSize(scanner: Scanner, { places, lines }: Numbers): number {
  const count = lines.length - 1;
  const n = lines[1];
  for (let line = 1; line < count; line++) {
    const size = lines[line + 1] - lines[line];
    if (size === n) continue;
    const first = `${n} as in line ${scanner.lineOf(places[0])}`;
    const hint = line === count - 1 && size < n ? 'the file is cut' : 'write each row of an instance as one line';
    scanner.fail(
      places[lines[line]],
      `a line of ${size} numbers, expected ${first}: lines of n processing times, n weights and n due dates, or a file of ${HELD} instances of ${ORIGINAL.join(', ')} jobs. Maybe ${hint}.`,
    );
  }
  if (count % 3 !== 0) {
    scanner.fail(
      places[places.length - 1],
      `the file has ${count} lines of numbers, expected three for each instance: processing times, weights and due dates. Maybe the file is cut.`,
    );
  }
  return n;
}

/** Instances without setups as a file, three lines each; `readWt` gives them back, under the name of its path. */
export function writeWt(instances: readonly SchedulingInstance[]): string {
  return instances.map(({ processing, weights, due }) => `${processing.join(' ')}\n${weights.join(' ')}\n${due.join(' ')}\n`).join('');
}
