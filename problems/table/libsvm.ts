import { show } from '../../src/error.ts';
import { checkKeys } from '../../src/run/plan.ts';
import { isNumber } from './cells.ts';
import type { Examples } from './examples.ts';
import { badLine, linesOf, wholeNumber } from './lines.ts';
import { sparseExamples, type SparseRows } from './sparse.ts';

/** A libsvm file: sparse rows, and the label of each as it stands. */
export interface LibsvmData {
  readonly inputs: SparseRows;
  readonly labels: Float64Array;
}

/** Columns are numbered up to here. */
const MOST = 4_000_000;

/**
 * Reads libsvm's text form, `label index:value …` a line, indices from 1 and ascending; # begins a comment. Columns are called x1, x2, ….
 * @param options `features`: how many columns there are, if some file of the same data has more than this one; `path`, for messages.
 * @throws LehrError `input` that begins `path:line: `.
 */
export function readLibsvm(text: string, options: { readonly path?: string; readonly features?: number } = {}): LibsvmData {
  checkKeys('readLibsvm', options, ['path', 'features']);
  const { path = 'data', features } = options;
  const starts = [0];
  const columns: number[] = [];
  const values: number[] = [];
  const labels: number[] = [];
  let width = 0;
  linesOf(text).forEach((whole, i) => {
    const words = whole
      .replace(/#.*$/, '')
      .split(/[ \t]+/)
      .filter((word) => word !== '');
    if (words.length === 0) return;
    const line = i + 1;
    labels.push(numberOf(words[0], 'the label', path, line));
    let last = 0;
    for (const word of words.slice(1)) {
      const colon = word.indexOf(':');
      if (colon < 1) throw badLine(path, line, `an entry is ${show(word)}, expected index:value.`);
      if (word.startsWith('qid:')) throw badLine(path, line, `an entry is ${show(word)}, expected index:value: queries are not read.`);
      const index = wholeNumber(word.slice(0, colon), 'an index', 1, features ?? MOST, path, line);
      if (index <= last) throw badLine(path, line, `the index ${index} stands after ${last}, expected ascending indices.`);
      last = index;
      columns.push(index - 1);
      values.push(numberOf(word.slice(colon + 1), `the value of ${index}`, path, line));
    }
    width = Math.max(width, last);
    starts.push(columns.length);
  });
  if (labels.length === 0) throw badLine(path, 1, 'the file has no rows, expected `label index:value …` in each line.');
  const names = Array.from({ length: features ?? width }, (_, k) => `x${k + 1}`);
  return {
    inputs: {
      rows: labels.length,
      names,
      starts: Int32Array.from(starts),
      columns: Int32Array.from(columns),
      values: Float64Array.from(values),
    },
    labels: Float64Array.from(labels),
  };
}

/**
 * The examples of a libsvm file: classes in ascending order of their labels, or with `task: 'values'` the labels themselves.
 * @throws LehrError `input` for labels that are all alike.
 */
export function libsvmExamples({ inputs, labels }: LibsvmData, task: 'classes' | 'values'): Examples {
  const distinct = [...new Set(labels)].sort((a, b) => a - b);
  if (distinct.length < 2) throw badLine('data', 1, `every label is ${distinct[0]}, expected at least two different ones.`);
  if (task === 'values') return sparseExamples(inputs, labels, 0);
  const code = new Map(distinct.map((label, k) => [label, k]));
  return sparseExamples(
    inputs,
    labels.map((label) => code.get(label) as number),
    distinct.length,
  );
}

function numberOf(word: string, what: string, path: string, line: number): number {
  const value = isNumber(word) ? Number(word) : NaN;
  if (Number.isFinite(value)) return value;
  throw badLine(path, line, `${what} is ${show(word)}, expected a finite number.`);
}
