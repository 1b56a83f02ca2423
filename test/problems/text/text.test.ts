import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { readCsv } from 'lehr/problems/table';
import { bagOfKnown, bagOfWords, columnDocuments, cutText, ENGLISH, wordsOf } from 'lehr/problems/text';
import { describe, expect, test } from 'vitest';

test('words are runs of two letters or more, in lower case', () => {
  expect(wordsOf('The People’s don’t-well, 42 a Ærø ÉTÉ naïve x2y')).toEqual(['the', 'people', 'don', 'well', 'ærø', 'été', 'naïve']);
  // Composed and decomposed letters are the same word, and marks belong to their letters.
  expect(wordsOf('cafe\u0301 CAFÉ')).toEqual(['café', 'café']);
  expect(wordsOf('Ἀρχή Война हिन्दी')).toEqual(['ἀρχή', 'война', 'हिन्दी']);
  expect(wordsOf('1 2 3')).toEqual([]);
});

test('stop words are words', () => {
  for (const word of ENGLISH) expect(wordsOf(word)).toEqual([word]);
  for (const word of ['the', 'of', 'and', 'not', 'which']) expect(ENGLISH.has(word)).toBe(true);
  for (const word of ['law', 'people', 'state', 'power']) expect(ENGLISH.has(word)).toBe(false);
});

describe('texts are cut', () => {
  test('one document a line', () => {
    const { documents } = cutText('one two\r\nthree\n\n', 'line', 'c.txt');
    expect(documents).toEqual([
      { name: 'line 1', text: 'one two', place: 'c.txt:1' },
      { name: 'line 2', text: 'three', place: 'c.txt:2' },
    ]);
    expect(() => cutText('one\n\ntwo', 'line', 'c.txt')).toThrow('c.txt:2: the line is empty, expected a document in each line.');
    expect(() => cutText(' \n\n', 'line', 'c.txt')).toThrow('c.txt:1: the file has no words');
  });

  test('at blank lines', () => {
    expect(cutText('\n\na b\nc\n \n\nd', 'blank', 'c.txt').documents).toEqual([
      { name: 'line 3', text: 'a b\nc', place: 'c.txt:3' },
      { name: 'line 7', text: 'd', place: 'c.txt:7' },
    ]);
  });

  test('before lines of a form, which are titles', () => {
    const { documents, before } = cutText('preface\n\nNo. 1\nfirst\n\nNo. 2\n\nsecond\n', /^No\. \d+/, 'c.txt');
    expect(documents.map(({ name, text }) => [name, text.trim()])).toEqual([
      ['No. 1', 'first'],
      ['No. 2', 'second'],
    ]);
    expect(before).toBe(1);
    expect(() => cutText('a\nb', /^No/, 'c.txt')).toThrow('c.txt:1: no line of 2 matches "^No"');
    expect(() => cutText('No. 1\n\nNo. 2\nx', /^No/, 'c.txt')).toThrow('c.txt:1: the document "No. 1" has nothing below its first line');
  });

  test('by a column', () => {
    const table = readCsv('id,text\na,"one, two"\nb,three\n', { path: 't.csv' });
    expect(columnDocuments(table, 'text', 'id')).toEqual([
      { name: 'a', text: 'one, two', place: 't.csv:2' },
      { name: 'b', text: 'three', place: 't.csv:3' },
    ]);
    expect(columnDocuments(table, 'text')[1].name).toBe('row 2');
    expect(() => columnDocuments(readCsv('id,text\na,\nb,x\n', { path: 't.csv' }), 'text')).toThrow('t.csv:2: column "text" is empty');
    expect(() => columnDocuments(table, 'txt')).toThrow('there is no column "txt"');
  });
});

describe('words are counted', () => {
  const documents = cutText('The war of the law\nthe war again\nlaw law peace', 'line', 'c.txt').documents;

  test('all of them', () => {
    const { corpus, names } = bagOfWords(documents);
    expect(names).toEqual(['line 1', 'line 2', 'line 3']);
    expect(corpus.names).toEqual(['again', 'law', 'of', 'peace', 'the', 'war']);
    expect([...corpus.starts]).toEqual([0, 4, 7, 9]);
    expect([...corpus.columns]).toEqual([1, 2, 4, 5, 0, 4, 5, 1, 3]);
    expect([...corpus.values]).toEqual([1, 1, 2, 1, 1, 1, 1, 2, 1]);
  });

  test('but those that are asked to be left out, each for one reason', () => {
    const { corpus, leftOut, emptied } = bagOfWords(documents, { stopWords: 'english', minDocuments: 2 });
    expect(corpus.names).toEqual(['law', 'war']);
    expect(leftOut).toEqual({ stop: 3, rare: 1, frequent: 0, cut: 0 });
    expect(emptied).toEqual([]);
    expect(bagOfWords(documents, { maxShare: 0.5 }).corpus.names).toEqual(['again', 'of', 'peace']);
    // Three times law and the, then twice war: the first two stay.
    expect(bagOfWords(documents, { maxWords: 2 }).corpus.names).toEqual(['law', 'the']);
    expect(bagOfWords(documents, { maxWords: 2 }).leftOut.cut).toBe(4);
    expect(bagOfWords(documents, { stopWords: ['war', 'The', 'again'] }).emptied).toEqual([1]);
  });

  test('of a vocabulary, the others told of', () => {
    const { corpus, unknown } = bagOfKnown(documents, ['law', 'peace']);
    expect([...unknown]).toEqual([4, 3, 0]);
    expect([...corpus.starts]).toEqual([0, 1, 1, 3]);
    expect([...corpus.values]).toEqual([1, 2, 1]);
  });

  test('refuses', () => {
    expect(() => bagOfWords(cutText('a b\nword', 'line', 'c.txt').documents)).toThrow(
      'c.txt:1: the document "line 1" has no word of two letters or more',
    );
    expect(() => bagOfWords(documents, { minDocuments: 4 })).toThrow('no word is left of 6 (0 stop words, 6 of fewer than 4 documents');
    expect(() => bagOfWords(documents, { maxShare: 0 })).toThrow('maxShare is 0');
    expect(() => bagOfWords(documents, { stopWords: 'german' as 'english' })).toThrow('stopWords is "german"');
  });
});

const file = new URL('../../../../shared/instances/learn/federalist.txt.gz', import.meta.url);
test.skipIf(!existsSync(file))('the Federalist papers are 85 essays below their titles, one of them in two versions', () => {
  const text = gunzipSync(readFileSync(file)).toString('utf8');
  const { documents, before } = cutText(text, /^FEDERALIST\.? No\. \d+/, 'federalist.txt.gz');
  expect(documents.length).toBe(86);
  expect(before).toBe(0);
  const { corpus, emptied } = bagOfWords(documents, { stopWords: 'english', minDocuments: 2, maxShare: 0.9 });
  expect(emptied).toEqual([]);
  expect(corpus.names).toContain('constitution');
  expect(corpus.names).not.toContain('the');
  expect(corpus.values.reduce((a, b) => a + b)).toBeGreaterThan(60_000);
});
