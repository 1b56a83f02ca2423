import { show } from '../../src/error.ts';
import { badLine, linesOf, wholeNumber } from './lines.ts';
import type { SparseRows } from './sparse.ts';

/** More documents or words than this no file here can mean. */
const MOST = 10_000_000;

/**
 * Reads a bag of words in the form of the UCI repository: three lines with the numbers of documents, of words in the vocabulary and of entries, then
 * `document word count` a line, both counted from 1, in any order. Rows are documents, columns words.
 * @param vocabulary the words, as `readVocabulary` gives them; without it they are called w1, w2, ….
 * @throws LehrError `input` that begins `path:line: `.
 */
export function readDocword(text: string, vocabulary?: readonly string[], path = 'docword'): SparseRows {
  const lines = linesOf(text);
  while (lines.length > 0 && lines[lines.length - 1].trim() === '') lines.pop();
  const [documents, words, entries] = ['documents', 'words', 'entries'].map((what, k) => {
    if (k >= lines.length) throw badLine(path, Math.max(1, lines.length), `the file ends, expected the number of ${what}.`);
    return wholeNumber(lines[k].trim(), `the number of ${what}`, 1, MOST, path, k + 1);
  });
  if (vocabulary !== undefined && vocabulary.length !== words)
    throw badLine(path, 2, `there are ${words} words, but the vocabulary has ${vocabulary.length}, expected as many.`);
  if (lines.length - 3 !== entries)
    throw badLine(path, 3, `there are ${lines.length - 3} lines of entries, expected ${entries}. Maybe the file is cut.`);
  const triples = lines.slice(3).map((line, k) => {
    const parts = line.trim().split(/\s+/);
    if (parts.length !== 3) throw badLine(path, k + 4, `the line is ${show(line)}, expected document, word and count.`);
    const [document, word, count] = parts;
    return {
      line: k + 4,
      document: wholeNumber(document, 'the document', 1, documents, path, k + 4) - 1,
      word: wholeNumber(word, 'the word', 1, words, path, k + 4) - 1,
      count: wholeNumber(count, 'the count', 1, MOST, path, k + 4),
    };
  });
  triples.sort((a, b) => a.document - b.document || a.word - b.word);
  const starts = new Int32Array(documents + 1);
  triples.forEach(({ document, word, line }, k) => {
    const before = triples[k - 1];
    if (before !== undefined && before.document === document && before.word === word)
      throw badLine(path, line, `word ${word + 1} of document ${document + 1} is there twice, expected one count of each.`);
    starts[document + 1] = k + 1;
  });
  for (let d = 1; d <= documents; d++) starts[d] = Math.max(starts[d], starts[d - 1]);
  return {
    rows: documents,
    names: vocabulary ?? Array.from({ length: words }, (_, k) => `w${k + 1}`),
    starts,
    columns: Int32Array.from(triples, ({ word }) => word),
    values: Float64Array.from(triples, ({ count }) => count),
  };
}

/**
 * Reads a vocabulary: line k is word k.
 * @throws LehrError `input` that begins `path:line: ` for an empty line within, or a word that is there twice.
 */
export function readVocabulary(text: string, path = 'vocabulary'): string[] {
  const words = linesOf(text).map((line) => line.trim());
  while (words.length > 0 && words[words.length - 1] === '') words.pop();
  if (words.length === 0) throw badLine(path, 1, 'the file is empty, expected a word in each line.');
  const seen = new Map<string, number>();
  words.forEach((word, k) => {
    if (word === '') throw badLine(path, k + 1, 'the line is empty, expected a word.');
    const first = seen.get(word);
    if (first !== undefined) throw badLine(path, k + 1, `the word ${show(word)} stands in line ${first}, too, expected each once.`);
    seen.set(word, k + 1);
  });
  return words;
}
