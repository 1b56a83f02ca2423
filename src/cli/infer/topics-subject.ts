import type { SparseRows } from '../../../problems/table/index.ts';
import type { TopicsOptions } from '../../../problems/topics/index.ts';
import type { BagOptions, LeftOut } from '../../../problems/text/index.ts';
import { LehrError } from '../../error.ts';
import { formatCount, formatCounted } from '../../report/terminal.ts';
import { dealt } from './held-out.ts';
import type { InferenceOptions } from './infer-options.ts';
import type { CorpusSource } from '../data/open-corpus.ts';
import { readText } from '../files/read-input.ts';
import { wayOf, type UsualWay, type VariationalWay } from './variational-course.ts';

export type TablesRoom = typeof import('../../../problems/table/index.ts');
export type TextsRoom = typeof import('../../../problems/text/index.ts');
export type TopicsRoom = typeof import('../../../problems/topics/index.ts');
export type InferredRoom = typeof import('../../../problems/inferred/index.ts');

/** Topics where nothing is said. */
const TOPICS = 10;
/** More documents than this are visited in minibatches. */
const USUAL: UsualWay = { large: 10_000, batch: 500, noise: 'none' };
/** Concentrations: on the Federalist papers, and on drawn corpora, better on held-out words than 1 / topics, which is much smaller or larger where topics are many or few. */
const ALPHA = 0.1;
const ETA = 0.05;
/** Which words are usual: those of two documents at least and of half of them at most. */
const MIN_DOCUMENTS = 2;
const MAX_SHARE = 0.5;
/** How words describe topics: see `topicWords`. */
const RELEVANCE = 0.6;

/** Documents whose topics are inferred, and how. */
export interface TopicsSubject {
  readonly given: string;
  /** All documents with the words that count, their names, and who is held out. */
  readonly corpus: SparseRows;
  readonly names: readonly string[];
  readonly seen: Int32Array;
  readonly heldOut: Int32Array;
  readonly training: SparseRows;
  readonly way: VariationalWay;
  readonly options: TopicsOptions & { readonly alpha: number; readonly eta: number };
  readonly relevance: number;
  readonly splitSeed: string | number;
  readonly reading: Readonly<Record<string, string>>;
  readonly notices: readonly string[];
  readonly rooms: { readonly topics: TopicsRoom; readonly inferred: InferredRoom };
}

/** @throws LehrError `input` or `option` for documents without words, or options that do not fit them. */
export function topicsSubject(
  given: string,
  options: InferenceOptions,
  source: CorpusSource,
  rooms: { readonly tables: TablesRoom; readonly texts: TextsRoom; readonly topics: TopicsRoom; readonly inferred: InferredRoom },
): TopicsSubject {
  const { texts, topics } = rooms;
  const chosen = wordsChosen(options);
  const { corpus, leftOut, emptied } =
    source.documents === null ? texts.selectWords(source.counted!, chosen) : texts.bagOfWords(source.documents, chosen);
  const names = source.documents?.map(({ name }) => name) ?? Array.from({ length: corpus.rows }, (_, d) => `document ${d + 1}`);
  const { seen, heldOut } = dealt(given, corpus.rows, options, rooms.tables, ['document', 'documents', 'to learn from']);
  const training = topics.selectDocuments(corpus, seen);
  const way = wayOf(seen.length, options, USUAL, 'documents');
  const annealed = way.temper !== 'none' || way.noise !== 'none';
  const { alpha = ALPHA, eta = ETA, topics: count = TOPICS, relevance = RELEVANCE, splitSeed = 1 } = options;
  if (!(relevance <= 1)) throw new LehrError('option', `--relevance is ${relevance}, expected a number from 0 to 1.`);
  const reading = Object.fromEntries(
    (['documents', 'text', 'title', 'na'] as const).flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  );
  return {
    given,
    corpus,
    names,
    seen,
    heldOut,
    training,
    way,
    options: {
      topics: count,
      alpha,
      eta,
      // The kernel in f32 is some ten times as fast, without temperature and noise; annealed documents gain where they go on from step to step.
      ...(annealed ? { precision: 'double', remember: way.batch === seen.length } : { precision: 'single' }),
    },
    relevance,
    splitSeed,
    reading,
    notices: [
      ...source.notices,
      ...wordNotices(corpus, leftOut, chosen),
      ...emptyNotices(emptied, names),
      ...heldOutNotices(heldOut, options),
    ],
    rooms,
  };
}

/** @throws LehrError `input` for a file of stop words that cannot be read. */
function wordsChosen({
  stopWords = 'english',
  minDocuments = MIN_DOCUMENTS,
  maxShare = MAX_SHARE,
  maxWords,
}: InferenceOptions): BagOptions {
  return {
    stopWords: stopWords === 'english' || stopWords === 'none' ? stopWords : readText(stopWords, 'stop words').text.split(/\s+/),
    minDocuments,
    maxShare,
    ...(maxWords === undefined ? {} : { maxWords }),
  };
}

function wordNotices({ names }: SparseRows, { stop, rare, frequent, cut }: LeftOut, { minDocuments, maxShare }: BagOptions): string[] {
  const parts = [
    [stop, 'stop words (--stop-words none keeps them)'],
    [rare, `of fewer than ${minDocuments} documents (--min-documents)`],
    [frequent, `of more than ${maxShare} of them (--max-share)`],
    [cut, 'rarer ones (--max-words)'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, why]) => `${formatCount(count)} ${why}`);
  return told.length === 0 ? [] : [`${formatCount(names.length)} words count; left out: ${told.join(', ')}.`];
}

const FEW = 3;

function emptyNotices(emptied: readonly number[], names: readonly string[]): string[] {
  if (emptied.length === 0) return [];
  const list = `${emptied
    .slice(0, FEW)
    .map((d) => names[d])
    .join(', ')}${emptied.length > FEW ? ', …' : ''}`;
  return [`${formatCounted(emptied.length, 'document')} with none of the words that count (${list}): nothing is known of their topics.`];
}

function heldOutNotices({ length }: Int32Array, { heldOut }: InferenceOptions): string[] {
  if (length === 0 || heldOut !== undefined) return [];
  return [`${formatCount(length)} documents are held out to judge by (--held-out 0 for none).`];
}
