import { LehrError, show } from '../../src/error.ts';
import { checkKeys } from '../../src/run/plan.ts';
import type { SparseRows } from '../table/sparse.ts';
import type { TextDocument } from './documents.ts';
import { ENGLISH } from './stop-words.ts';
import { wordsOf } from './tokens.ts';

/** Which words of documents are counted. */
export interface BagOptions {
  /** Words that are left out: `english` function words, a list of one's own, or none (the default). */
  readonly stopWords?: 'none' | 'english' | readonly string[];
  /** Words of fewer documents than this are left out (1). */
  readonly minDocuments?: number;
  /** Words of more than this share of the documents are left out (1: none). */
  readonly maxShare?: number;
  /** The most words: those that are there most often stay, of equals the first in the alphabet. */
  readonly maxWords?: number;
}

/** Words left out, and why. */
export interface LeftOut {
  readonly stop: number;
  readonly rare: number;
  readonly frequent: number;
  readonly cut: number;
}

/** Counted words: documents × words, the words in the order of their code points. */
export interface Bag {
  readonly corpus: SparseRows;
  /** Of the documents. */
  readonly names: readonly string[];
  readonly leftOut: LeftOut;
  /** Documents that had words but have none left, from 0. */
  readonly emptied: readonly number[];
}

const OPTIONS = ['stopWords', 'minDocuments', 'maxShare', 'maxWords'];

/**
 * Counts the words of documents; see `wordsOf` and `selectWords`.
 * @throws LehrError `input` that begins with the place of a document without any word, or if no word is left; `option` for options that do not fit.
 */
export function bagOfWords(documents: readonly TextDocument[], options: BagOptions = {}): Bag {
  const counts = documents.map(countsOf);
  const vocabulary = [...new Set(counts.flatMap((each) => [...each.keys()]))].sort();
  return { names: documents.map(({ name }) => name), ...selectWords(sparse(counts, vocabulary).corpus, options) };
}

/**
 * A corpus of some of its words; the others are left out, each for the first reason there is.
 * @throws LehrError `input` if no word is left; `option` for options that do not fit.
 */
export function selectWords(corpus: SparseRows, options: BagOptions): Omit<Bag, 'names'> {
  const { stop, minDocuments, maxShare, maxWords } = checkBag(options);
  const { rows, names, columns, values } = corpus;
  const [documents, tokens] = [new Float64Array(names.length), new Float64Array(names.length)];
  for (let i = 0; i < columns.length; i++) {
    documents[columns[i]]++;
    tokens[columns[i]] += values[i];
  }
  const leftOut = { stop: 0, rare: 0, frequent: 0, cut: 0 };
  let kept: number[] = [];
  names.forEach((word, w) => {
    if (stop.has(word)) leftOut.stop++;
    else if (documents[w] < minDocuments) leftOut.rare++;
    else if (documents[w] > maxShare * rows) leftOut.frequent++;
    else kept.push(w);
  });
  if (kept.length > maxWords) {
    leftOut.cut = kept.length - maxWords;
    // A stable sort: the order of the words decides between equals.
    kept = [...kept]
      .sort((a, b) => tokens[b] - tokens[a])
      .slice(0, maxWords)
      .sort((a, b) => a - b);
  }
  if (kept.length === 0)
    throw new LehrError(
      'input',
      `no word is left of ${names.length} (${leftOut.stop} stop words, ${leftOut.rare} of fewer than ${minDocuments} documents, ${leftOut.frequent} of more than ${maxShare} of them), expected at least one. Maybe leave out fewer (stopWords, minDocuments, maxShare).`,
    );
  const selected = onlyWords(corpus, kept);
  const emptied = Array.from({ length: rows }, (_, d) => d).filter(
    (d) => selected.starts[d + 1] === selected.starts[d] && corpus.starts[d + 1] > corpus.starts[d],
  );
  return { corpus: selected, leftOut, emptied };
}

/** @param kept the words' numbers, ascending. */
function onlyWords({ rows, names, starts, columns, values }: SparseRows, kept: readonly number[]): SparseRows {
  const number = new Int32Array(names.length).fill(-1);
  kept.forEach((w, k) => (number[w] = k));
  const begins = new Int32Array(rows + 1);
  const left = { columns: [] as number[], values: [] as number[] };
  for (let d = 0; d < rows; d++) {
    for (let i = starts[d]; i < starts[d + 1]; i++) {
      if (number[columns[i]] < 0) continue;
      left.columns.push(number[columns[i]]);
      left.values.push(values[i]);
    }
    begins[d + 1] = left.columns.length;
  }
  return {
    rows,
    names: kept.map((w) => names[w]),
    starts: begins,
    columns: Int32Array.from(left.columns),
    values: Float64Array.from(left.values),
  };
}

/** Counted words of a vocabulary. */
export interface KnownBag {
  readonly corpus: SparseRows;
  readonly names: readonly string[];
  /** Of each document: words (with repetitions) that are not in the vocabulary. */
  readonly unknown: Int32Array;
}

/**
 * Counts those words of documents that a vocabulary has.
 * @throws LehrError `input` that begins with the place of a document without any word.
 */
export function bagOfKnown(documents: readonly TextDocument[], vocabulary: readonly string[]): KnownBag {
  const { corpus, unknown } = sparse(documents.map(countsOf), vocabulary);
  return { corpus, names: documents.map(({ name }) => name), unknown };
}

function checkBag(options: BagOptions): Required<Omit<BagOptions, 'stopWords'>> & { stop: ReadonlySet<string> } {
  checkKeys('bagOfWords', options, OPTIONS);
  const { stopWords = 'none', minDocuments = 1, maxShare = 1, maxWords = Infinity } = options;
  const fail = (name: string, value: unknown, expected: string): never => {
    throw new LehrError('option', `bagOfWords: ${name} is ${show(value)}, expected ${expected}.`);
  };
  if (typeof stopWords === 'string' && stopWords !== 'none' && stopWords !== 'english')
    fail('stopWords', stopWords, "'none', 'english' or a list of words");
  if (!(Number.isSafeInteger(minDocuments) && minDocuments >= 1)) fail('minDocuments', minDocuments, 'a whole number from 1 on');
  if (!(maxShare > 0 && maxShare <= 1)) fail('maxShare', maxShare, 'a share above 0, at most 1');
  if (!(maxWords === Infinity || (Number.isSafeInteger(maxWords) && maxWords >= 1))) fail('maxWords', maxWords, 'a whole number from 1 on');
  const stop = stopWords === 'english' ? ENGLISH : new Set(stopWords === 'none' ? [] : stopWords.flatMap(wordsOf));
  return { stop, minDocuments, maxShare, maxWords };
}

function countsOf({ text, place, name }: TextDocument): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  if (counts.size === 0)
    throw new LehrError('input', `${place}: the document ${show(name)} has no word of two letters or more, expected at least one.`);
  return counts;
}

function sparse(
  counts: readonly ReadonlyMap<string, number>[],
  vocabulary: readonly string[],
): { corpus: SparseRows; unknown: Int32Array } {
  const number = new Map(vocabulary.map((word, k) => [word, k]));
  const starts = new Int32Array(counts.length + 1);
  const unknown = new Int32Array(counts.length);
  const columns: number[] = [];
  const values: number[] = [];
  counts.forEach((each, d) => {
    const entries: [number, number][] = [];
    for (const [word, count] of each) {
      const k = number.get(word);
      if (k === undefined) unknown[d] += count;
      else entries.push([k, count]);
    }
    entries.sort(([a], [b]) => a - b);
    for (const [k, count] of entries) {
      columns.push(k);
      values.push(count);
    }
    starts[d + 1] = columns.length;
  });
  const corpus = {
    rows: counts.length,
    names: vocabulary,
    starts,
    columns: Int32Array.from(columns),
    values: Float64Array.from(values),
  };
  return { corpus, unknown };
}
