import type { SparseRows } from '../../../problems/table/index.ts';
import type { TopicWord } from '../../../problems/topics/index.ts';
import { svi } from '../../dynamics/svi.ts';
import { anneal } from '../../run/anneal.ts';
import { stream } from '../../random/rng.ts';
import type { PlainTable } from '../../report/inference-record.ts';
import type { Matrix } from '../../report/matrix.ts';
import { formatCount, formatNumber, formatPercent } from '../../report/terminal.ts';
import { cell } from '../files/csv-cell.ts';
import { probabilityText } from './groups-assignments.ts';
import { boundFacts, type FoundParameters } from './inference-variational.ts';
import type { Conclusion } from './inference.ts';
import { shareMatrix, turned } from './share-matrix.ts';
import type { TopicsSubject } from './topics-subject.ts';

/** Words of a topic on a terminal and on a page; documents of a topic on a page; topics on a terminal. */
const BRIEF_WORDS = 8;
const WORDS = 20;
const DOCUMENTS = 3;
const BRIEF_TOPICS = 40;

/** The answer, its topics the larger ones first. */
interface Answer {
  /** Topics of the parameters, in order. */
  readonly order: readonly number[];
  /** Of all words, by topic in this order. */
  readonly shares: readonly number[];
  readonly words: readonly (readonly TopicWord[])[];
  /** documents × topics in this order, held-out ones by what is learned of the others. */
  readonly documents: Float64Array;
}

/** What chains found of the topics of documents. */
export function concludeTopics(subject: TopicsSubject, found: readonly FoundParameters[], best: number): Conclusion {
  const { training, options, rooms, corpus, heldOut, names } = subject;
  const { parameters, bound } = found[best];
  const answer = answerOf(subject, parameters);
  const tokens = training.values.reduce((sum, count) => sum + count, 0);
  const judged = heldOut.length === 0 ? null : judge(subject, parameters);
  const used = answer.shares.filter((share) => share * options.topics >= 0.1).length;
  const figures = {
    bound,
    boundPerWord: bound / tokens,
    topics: used,
    perplexity: judged?.perplexity ?? null,
    perplexityOfOneTopic: judged?.one ?? null,
  };
  return {
    facts: [
      { label: 'topics', value: `${used} of ${options.topics}`, note: 'have a tenth of an even share of the words, or more' },
      ...boundFacts(found, best, [tokens, 'word']),
      ...(judged === null
        ? []
        : [
            {
              label: 'held out',
              value: `perplexity ${formatNumber(judged.perplexity, 5)}`,
              note: `of half of the words of ${formatCount(heldOut.length)} documents, their topics from the other half; with one topic ${formatNumber(judged.one, 5)}`,
            },
          ]),
    ],
    figures,
    json: { topics: answer.order.map((_, k) => ({ share: answer.shares[k], words: answer.words[k].map(({ word }) => word) })) },
    brief: [briefTable(answer)],
    tables: [wordTable(subject, answer), ...documentTable(names, answer)],
    matrices: matricesOf(subject, answer),
    file: (inference, release) =>
      rooms.inferred.encodeInferred({
        lehr: 'inference',
        version: 1,
        release,
        model: 'lda',
        reading: subject.reading,
        words: corpus.names,
        topics: options.topics,
        alpha: options.alpha,
        eta: options.eta,
        parameters: reordered(parameters, answer.order),
        inference,
      }),
    assignments: () => assignmentsOf(subject, answer),
  };
}

/** Parameters, words × topics, with the topics in another order. */
function reordered(parameters: Float64Array, order: readonly number[]): Float64Array {
  const topics = order.length;
  return parameters.map((_, i) => parameters[i - (i % topics) + order[i % topics]]);
}

function answerOf({ corpus, training, options, relevance, rooms }: TopicsSubject, parameters: Float64Array): Answer {
  const { topics } = options;
  // All documents' shares by one rule, from the parameters alone; more rounds than while learning.
  const model = rooms.topics.topics(corpus, { ...options, iterations: 200, tolerance: 1e-4 });
  const shares = model.shares(parameters);
  const totals = new Float64Array(topics);
  for (let d = 0; d < corpus.rows; d++) {
    const length = lengthOf(corpus, d);
    for (let k = 0; k < topics; k++) totals[k] += length * shares[d * topics + k];
  }
  const all = totals.reduce((sum, value) => sum + value, 0);
  const order = Array.from(totals, (_, k) => k).sort((a, b) => totals[b] - totals[a] || a - b);
  const words = rooms.topics.topicWords(model.describe(parameters), training, WORDS, relevance);
  return {
    order,
    shares: order.map((k) => totals[k] / all),
    words: order.map((k) => words[k]),
    documents: reordered(shares, order),
  };
}

function lengthOf({ starts, values }: SparseRows, d: number): number {
  let sum = 0;
  for (let i = starts[d]; i < starts[d + 1]; i++) sum += values[i];
  return sum;
}

/** Perplexity of held-out documents by document completion, and that with a single topic. */
function judge({ corpus, training, heldOut, options, splitSeed, rooms }: TopicsSubject, parameters: Float64Array) {
  const { halves, perplexity, selectDocuments, topics } = rooms.topics;
  const unseen = halves(selectDocuments(corpus, heldOut), stream(splitSeed, 'halves'));
  const { alpha, eta } = options;
  const one = anneal({
    dynamics: svi(topics(training, { topics: 1, alpha, eta })),
    controls: {},
    budget: { steps: 2 },
    block: 1,
    seed: 1,
  }).result.parameters;
  return {
    perplexity: perplexity(parameters, unseen, { topics: options.topics, alpha, eta }),
    one: perplexity(one, unseen, { topics: 1, alpha, eta }),
  };
}

function briefTable({ shares, words }: Answer): PlainTable {
  const rest = shares.slice(BRIEF_TOPICS);
  return {
    id: 'topics',
    heading: '',
    heads: [{ text: 'topic' }, { text: 'share', number: true }, { text: 'words' }],
    rows: shares.slice(0, BRIEF_TOPICS).map((share, k) => ({
      head: String(k + 1),
      cells: [
        { text: formatPercent(share), number: true },
        {
          text: words[k]
            .slice(0, BRIEF_WORDS)
            .map(({ word }) => word)
            .join(' '),
        },
      ],
    })),
    note:
      rest.length === 0
        ? ''
        : `… and ${formatCount(rest.length)} smaller topics of ${formatPercent(rest.reduce((a, b) => a + b))} of the words`,
  };
}

function wordTable({ relevance }: TopicsSubject, { shares, words }: Answer): PlainTable {
  return {
    id: 'topics',
    heading: 'Topics',
    heads: [{ text: 'topic' }, { text: 'share', number: true }, { text: 'words' }],
    rows: shares.map((share, k) => ({
      head: String(k + 1),
      cells: [
        { text: formatPercent(share), number: true },
        { text: words[k].map(({ word, probability }) => `${word} ${formatPercent(Number(probability.toPrecision(2)))}`).join(', ') },
      ],
    })),
    note: `The share of all words; words by relevance ${relevance} (1: by probability in the topic, 0: by how much more frequent they are in it than in all documents), with their probability in the topic.`,
  };
}

/** The documents that are most of each topic. */
function documentTable(names: readonly string[], { order, documents }: Answer): PlainTable[] {
  const topics = order.length;
  return [
    {
      id: 'documents',
      heading: 'Documents of each topic',
      heads: [{ text: 'topic' }, { text: 'documents' }],
      rows: order.map((_, k) => {
        const share = (d: number): number => documents[d * topics + k];
        const first = names.map((__, d) => d).sort((a, b) => share(b) - share(a) || a - b);
        return {
          head: String(k + 1),
          cells: [
            {
              text: first
                .slice(0, DOCUMENTS)
                .map((d) => `${names[d]} ${formatPercent(share(d))}`)
                .join(', '),
            },
          ],
        };
      }),
      note: 'Those with the largest share of the topic.',
    },
  ];
}

function matricesOf({ names }: TopicsSubject, { order, documents }: Answer): Matrix[] {
  const shares = shareMatrix({
    id: 'shares',
    title: 'Topics of documents',
    caption: `Dark: the document is all of the topic. Topics from the top; ${formatCount(names.length)} documents from the left in the order of the data.`,
    values: documents,
    columns: order.map((_, k) => String(k + 1)),
  });
  // Documents are many and topics few: a page is wider than high.
  return [turned(shares)];
}

/** The topics of each document, the largest first named. */
function assignmentsOf({ names, seen }: TopicsSubject, { order, documents }: Answer): string {
  const topics = order.length;
  const learned = new Set(seen);
  const head = ['document', 'topic', 'share', ...order.map((_, k) => `topic ${k + 1}`), 'how'];
  const lines = names.map((name, d) => {
    const shares = documents.subarray(d * topics, (d + 1) * topics);
    let most = 0;
    for (let k = 1; k < topics; k++) if (shares[k] > shares[most]) most = k;
    return [
      cell(name),
      most + 1,
      probabilityText(shares[most]),
      ...Array.from(shares, probabilityText),
      learned.has(d) ? 'learned' : 'predicted',
    ].join(',');
  });
  return `${[head.join(','), ...lines].join('\n')}\n`;
}
