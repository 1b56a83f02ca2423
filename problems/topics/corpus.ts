import { LehrError, show } from '../../src/error.ts';
import { gamma } from '../../src/random/distributions.ts';
import type { Rng } from '../../src/random/rng.ts';
import { weighted } from '../../src/random/weighted.ts';
import type { SparseRows } from '../table/sparse.ts';

/**
 * Throws unless a bag of words is one to learn topics from: documents × words, counts whole and at least 0, at least one word in all.
 * @throws LehrError `input` that names document and word, from 0 and by name.
 */
export function checkCorpus({ rows, names, starts, columns, values }: SparseRows): void {
  if (!(rows >= 1 && names.length >= 1))
    throw new LehrError('input', `the corpus has ${rows} documents and ${names.length} words, expected at least one each.`);
  let total = 0;
  for (let d = 0; d < rows; d++)
    for (let i = starts[d]; i < starts[d + 1]; i++) {
      const count = values[i];
      const column = columns[i];
      if (!(column >= 0 && column < names.length))
        throw new LehrError('input', `document ${d} has word number ${column}, expected 0 to ${names.length - 1}.`);
      if (!(Number.isSafeInteger(count) && count >= 0))
        throw new LehrError(
          'input',
          `document ${d} has ${show(count)} times the word ${show(names[column])}, expected a whole number of at least 0.`,
        );
      total += count;
    }
  if (total === 0) throw new LehrError('input', `the corpus has no words in its ${rows} documents, expected at least one.`);
}

/** Documents by their numbers, in that order; the same words. */
export function selectDocuments({ names, starts, columns, values }: SparseRows, documents: ArrayLike<number>): SparseRows {
  const picked = Array.from(documents, (d) => [starts[d], starts[d + 1]] as const);
  const begins = new Int32Array(picked.length + 1);
  picked.forEach(([from, to], k) => (begins[k + 1] = begins[k] + to - from));
  const all = { columns: new Int32Array(begins[picked.length]), values: new Float64Array(begins[picked.length]) };
  picked.forEach(([from, to], k) => {
    all.columns.set(columns.subarray(from, to), begins[k]);
    all.values.set(values.subarray(from, to), begins[k]);
  });
  return { rows: picked.length, names, starts: begins, ...all };
}

/**
 * Each document's words dealt out at random to two halves, word by word: from the first its topics are found, on the second they are tried (document completion; Wallach, Murray,
 * Salakhutdinov and Mimno, "Evaluation methods for topic models", ICML 2009).
 */
export function halves(corpus: SparseRows, rng: Rng): [SparseRows, SparseRows] {
  const { rows, names, starts, columns, values } = corpus;
  const sides = [0, 1].map(() => ({ starts: new Int32Array(rows + 1), columns: [] as number[], values: [] as number[] }));
  for (let d = 0; d < rows; d++) {
    for (let i = starts[d]; i < starts[d + 1]; i++) {
      let first = 0;
      for (let c = 0; c < values[i]; c++) first += rng.uint32() & 1;
      [first, values[i] - first].forEach((count, side) => {
        if (count === 0) return;
        sides[side].columns.push(columns[i]);
        sides[side].values.push(count);
      });
    }
    for (const side of sides) side.starts[d + 1] = side.columns.length;
  }
  const made = sides.map((side) => ({
    rows,
    names,
    starts: side.starts,
    columns: Int32Array.from(side.columns),
    values: Float64Array.from(side.values),
  }));
  return [made[0], made[1]];
}

/** A symmetric Dirichlet draw, as shares; where all gamma numbers are too small for a double, one of them is all. */
function dirichlet(rng: Rng, count: number, concentration: number): Float64Array {
  const parts = Float64Array.from({ length: count }, () => gamma(rng, concentration));
  let total = 0;
  for (const part of parts) total += part;
  if (total === 0) parts[rng.below(count)] = total = 1;
  return parts.map((part) => part / total);
}

/** How a corpus is drawn from the model. */
export interface DrawCorpusOptions {
  readonly documents: number;
  /** Words of each document. */
  readonly length: number;
  readonly words: number;
  readonly topics: number;
  /** Concentration of documents' topics (0.1) and of topics' words (0.05). */
  readonly alpha?: number;
  readonly eta?: number;
}

/** Documents drawn from latent Dirichlet allocation. */
export function drawCorpus({ documents, length, words, topics, alpha = 0.1, eta = 0.05 }: DrawCorpusOptions, rng: Rng): SparseRows {
  const tables = Array.from({ length: topics }, () => weighted(dirichlet(rng, words, eta)));
  const starts = new Int32Array(documents + 1);
  const columns: number[] = [];
  const values: number[] = [];
  for (let d = 0; d < documents; d++) {
    const shares = weighted(dirichlet(rng, topics, alpha));
    const drawn = Int32Array.from({ length }, () => tables[shares.draw(rng)].draw(rng)).sort();
    for (let i = 0; i < length;) {
      const word = drawn[i];
      let count = 0;
      for (; i < length && drawn[i] === word; i++) count++;
      columns.push(word);
      values.push(count);
    }
    starts[d + 1] = columns.length;
  }
  const names = Array.from({ length: words }, (_, w) => `w${w + 1}`);
  return { rows: documents, names, starts, columns: Int32Array.from(columns), values: Float64Array.from(values) };
}
