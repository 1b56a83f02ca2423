import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { dense, encode, idxExamples, readCsv, readDocword, readIdx, readVocabulary, split, type Table } from 'lehr/problems/table';
import { describe, expect, test } from 'vitest';

const shared = new URL('../../../../shared/instances/learn/', import.meta.url);

function bytes(file: string): Uint8Array {
  const read = readFileSync(new URL(file, shared));
  return file.endsWith('.gz') ? gunzipSync(read) : read;
}

const text = (file: string): string => new TextDecoder().decode(bytes(file));
const table = (file: string): Table => readCsv(text(file), { path: file });

describe.skipIf(!existsSync(shared))('public files', () => {
  test.each([
    ['iris.csv', 'Species', 150, 4, 3],
    ['boston.csv', 'medv', 506, 13, 0],
    ['biopsy.csv', 'class', 699, 10, 2],
    ['wdbc.data', 'x32', 569, 31, 2],
    ['wine.data', 'class', 178, 13, 3],
    ['optdigits.tra', 'x65', 2999, 61, 10],
    ['optdigits.tes', 'x65', 1797, 61, 10],
    ['house-votes-84.data', 'Class', 435, 32, 2],
    ['california-housing.csv.gz', 'medianHouseValue', 20_640, 8, 0],
    ['faithful.csv', 'waiting', 272, 1, 0],
  ])('%s: target %s, %i rows, %i features, %i classes', (file, target, rows, features, classes) => {
    const { examples } = encode(table(file), { target, leaks: 'drop' });
    expect({ rows: examples.rows, features: examples.features, classes: examples.classes }).toEqual({ rows, features, classes });
  });

  test('known counts: 16 NA in biopsy, 392 ? in the votes, 212 malignant in wdbc, 50 of each iris', () => {
    const missing = (file: string): number =>
      table(file).columns.reduce(
        (sum, column) =>
          sum + (column.kind === 'number' ? column.values.filter((v) => v !== v).length : column.codes.filter((code) => code < 0).length),
        0,
      );
    expect(missing('biopsy.csv')).toBe(16);
    expect(missing('house-votes-84.data')).toBe(392);
    const wdbc = encode(table('wdbc.data'), { target: 'x32', leaks: 'drop' });
    expect(wdbc.examples.targets.reduce((sum, y) => sum + y, 0)).toBe(212);
    expect(wdbc.encoder.dropped).toEqual([{ name: 'x33', why: 'by its values it repeats the target' }]);
    const iris = encode(table('iris.csv'), { target: 'Species' });
    const parts = split(150, { seed: 1, validation: 0, test: 0.2, classes: iris.examples.targets });
    const counts = [0, 0, 0];
    for (const row of parts.test) counts[iris.examples.targets[row]]++;
    expect(counts).toEqual([10, 10, 10]);
  });

  test('MNIST: 10 000 images of 784 pixels, 980 zeros', () => {
    const examples = idxExamples(readIdx(bytes('mnist-t10k-images-idx3-ubyte.gz')), readIdx(bytes('mnist-t10k-labels-idx1-ubyte.gz')));
    expect([examples.rows, examples.features, examples.classes]).toEqual([10_000, 784, 10]);
    expect(examples.targets.filter((y) => y === 0).length).toBe(980);
    expect(Math.max(...examples.inputs.subarray(0, 784))).toBe(1);
  });

  test('Federalist: 85 essays, 3955 words, 43 083 entries', () => {
    const words = readVocabulary(text('vocab.federalist.txt'));
    const sparse = readDocword(text('docword.federalist.txt'), words);
    expect([sparse.rows, sparse.names.length, sparse.values.length]).toEqual([85, 3955, 43_083]);
    expect(dense(sparse).filter((count) => count > 0).length).toBe(43_083);
  });
});
