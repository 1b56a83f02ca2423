import type { SparseRows } from '../../../problems/table/index.ts';
import { LehrError } from '../../error.ts';
import { openCorpus, type CorpusOptions } from '../data/open-corpus.ts';

type Texts = typeof import('../../../problems/text/index.ts');

/** Documents by the words of a vocabulary. */
export interface KnownWords {
  readonly corpus: SparseRows;
  readonly names: readonly string[];
  /** Of each document: words, with repetitions, that the vocabulary does not have. */
  readonly unknown: Int32Array;
}

/**
 * Reads other documents as those were read that a vocabulary is of.
 * @throws LehrError `input` as `openCorpus` does, and if no word of any document is known.
 */
export async function knownWords(given: string, reading: CorpusOptions, words: readonly string[]): Promise<KnownWords> {
  const texts = (await import(new URL('../../../problems/text/index.js', import.meta.url).href)) as Texts;
  const { documents, counted } = await openCorpus(given, reading);
  const known = documents === null ? ofCounted(counted!, words) : texts.bagOfKnown(documents, words);
  if (known.corpus.values.length === 0)
    throw new LehrError(
      'input',
      `${given}: none of the words is among the ${words.length} that topics were learned of, expected some. Maybe it is another kind of file, or another language.`,
    );
  return known;
}

/** Words that are counted already, by their names. */
function ofCounted({ rows, names, starts, columns, values }: SparseRows, words: readonly string[]): KnownWords {
  const number = new Map(words.map((word, k) => [word, k]));
  const begins = new Int32Array(rows + 1);
  const unknown = new Int32Array(rows);
  const entries: [number, number][] = [];
  for (let d = 0; d < rows; d++) {
    const own: [number, number][] = [];
    for (let i = starts[d]; i < starts[d + 1]; i++) {
      const k = number.get(names[columns[i]]);
      if (k === undefined) unknown[d] += values[i];
      else own.push([k, values[i]]);
    }
    entries.push(...own.sort(([a], [b]) => a - b));
    begins[d + 1] = entries.length;
  }
  const corpus = {
    rows,
    names: words,
    starts: begins,
    columns: Int32Array.from(entries, ([k]) => k),
    values: Float64Array.from(entries, ([, count]) => count),
  };
  return { corpus, names: Array.from({ length: rows }, (_, d) => `document ${d + 1}`), unknown };
}
