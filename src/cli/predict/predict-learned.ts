import type { LearnedMixture, LearnedModel, LearnedStates, LearnedTopics } from '../../../problems/inferred/index.ts';
import { formatCount, formatCounted, formatNumber } from '../../report/terminal.ts';
import { cell } from '../files/csv-cell.ts';
import { EXIT } from '../exit.ts';
import { inFlagWords } from '../options/flag-words.ts';
import { probabilityText } from '../infer/groups-assignments.ts';
import type { ComponentsSubject } from '../infer/inference-components.ts';
import { dividedBy, logScale, numbersOf } from '../options/numbers-of.ts';
import { openTable } from '../data/open-table.ts';
import { writeOutput, writeStdout } from '../files/output.ts';
import type { CorpusOptions } from '../data/open-corpus.ts';
import type { PredictOptions } from './predict.ts';
import { knownWords } from './known-words.ts';
import { readText, sha256 } from '../files/read-input.ts';
import { saidOfSequences, statesText } from '../infer/states-said.ts';
import { sequenceOptions, type ChainsRoom, type TablesRoom } from '../infer/states-subject.ts';
import type { TopicsRoom } from '../infer/topics-subject.ts';

/** Modules of problems are loaded by URL: `src/` never imports one but for its types. */
const room = async <R>(name: string): Promise<R> =>
  (await import(new URL(`../../../problems/${name}/index.js`, import.meta.url).href)) as R;

/** Digits of a log density. */
const DIGITS = 6;

/** What a learned model says of other data: as comma-separated values, numbers for `--json`, and sentences for people. */
interface Said {
  readonly csv: string;
  readonly json: Readonly<Record<string, unknown>>;
  readonly told: readonly string[];
}

/** `lehr predict` of topics, states or components: those of other documents, sequences or rows. @param output absolute; null for standard output. @returns the exit code. */
export async function predictLearned(
  model: LearnedModel,
  modelPath: string,
  file: string,
  options: PredictOptions,
  output: string | null,
): Promise<number> {
  const { csv, json, told } = await inFlagWords(() =>
    model.model === 'lda'
      ? ofDocuments(model, file, options)
      : model.model === 'hmm'
        ? ofSequences(model, file)
        : ofRows(model, file, options),
  );
  if (output !== null) await writeOutput(output, csv);
  else if (options.json !== true) await writeStdout(csv);
  if (options.json === true) {
    const all = {
      model: model.model,
      modelFile: modelPath,
      data: file,
      ...json,
      ...(output === null ? {} : { output }),
      digest: sha256(csv),
    };
    await writeStdout(`${JSON.stringify(all, null, 2)}\n`);
  }
  if (options.quiet !== true) process.stderr.write(told.map((line) => `${file}: ${line}\n`).join(''));
  return EXIT.done;
}

/** Rounds of a new document: more than while learning, as each is looked at once. */
const ROUNDS = { iterations: 200, tolerance: 1e-4 };

/** How documents are read: as those were that were learned from, unless something else is said. */
function readingOf({ reading }: LearnedTopics, { documents, text }: PredictOptions): CorpusOptions {
  if (text !== undefined) return { ...('na' in reading ? { na: reading.na } : {}), text };
  return documents === undefined ? reading : { documents };
}

async function ofDocuments(model: LearnedTopics, file: string, options: PredictOptions): Promise<Said> {
  const { words, topics: count, alpha, eta, parameters } = model;
  const topics = await room<TopicsRoom>('topics');
  const { corpus, names, unknown } = await knownWords(file, readingOf(model, options), words);
  const shares = topics.topics(corpus, { topics: count, alpha, eta, ...ROUNDS }).shares(parameters);
  const of = (d: number): Float64Array => shares.subarray(d * count, (d + 1) * count);
  const largest = names.map((_, d) => of(d).indexOf(Math.max(...of(d))));
  const head = ['document', 'topic', 'share', ...Array.from({ length: count }, (_, k) => `topic ${k + 1}`), 'unknown words'];
  const lines = names.map((name, d) =>
    [cell(name), largest[d] + 1, probabilityText(of(d)[largest[d]]), ...Array.from(of(d), probabilityText), unknown[d]].join(','),
  );
  const [known, others] = [corpus.values, unknown].map((list) => Array.from(list).reduce((sum, n) => sum + n, 0));
  const without = names.filter((_, d) => corpus.starts[d + 1] === corpus.starts[d]).length;
  return {
    csv: `${[head.join(','), ...lines].join('\n')}\n`,
    json: { documents: names.length, knownWords: known, unknownWords: others, topics: largest.map((k) => k + 1) },
    told: [
      `${formatCounted(names.length, 'document')}; known words ${formatCount(known)}, unknown ${formatCount(others)}, which say nothing`,
      ...(without === 0
        ? []
        : [`${formatCounted(without, 'document')} without a known word: nothing is known of ${without === 1 ? 'its' : 'their'} topics`]),
    ],
  };
}

async function ofSequences({ emissions, reading }: LearnedStates, file: string): Promise<Said> {
  const chains = await room<ChainsRoom>('hidden-markov');
  const labels = emissions.kind === 'symbols' ? { labels: emissions.labels } : {};
  const read = chains.readSequences(readText(file, 'sequences').text, { ...sequenceOptions(reading, file), ...labels });
  const data =
    emissions.kind === 'symbols' ? read.data : { ...read.data, values: dividedBy(read.data.values as Float64Array, emissions.scales) };
  const said = saidOfSequences(chains, emissions, data as never);
  const places = data.starts[data.starts.length - 1];
  const mean = said.logLikelihood.reduce((sum, value) => sum + value, 0) / places;
  return {
    csv: statesText(read, said, null, data.starts),
    json: {
      sequences: read.names.length,
      places,
      meanLogLikelihood: mean,
      logLikelihood: Array.from(said.logLikelihood),
      states: Array.from(said.states, (state) => state + 1),
    },
    told: [
      `${formatCounted(read.names.length, 'sequence')} of ${formatCounted(places, 'place')}, mean log likelihood ${formatNumber(mean, 5)} nats a place`,
    ],
  };
}

async function ofRows({ columns, scales, law }: LearnedMixture, file: string, options: PredictOptions): Promise<Said> {
  const [tables, mixtures] = await Promise.all([
    room<TablesRoom>('table'),
    room<ComponentsSubject['rooms']['mixtures']>('gaussian-mixture'),
  ]);
  const { table } = await openTable(file, { na: options.na, types: Object.fromEntries(columns.map((name) => [name, 'number'])) });
  for (const name of columns) tables.columnOf(table, name);
  const values = numbersOf(table, columns, (row) => tables.placeOf(table, row), null);
  const { component, probabilities, logDensity } = mixtures.predictMixture(law, dividedBy(values, scales));
  const own = logDensity.map((value) => value - logScale(scales));
  const probability = Array.from(component, (k, row) => probabilities[row * law.components + k]);
  const lines = Array.from(component, (k, row) =>
    [k + 1, probabilityText(probability[row]), String(Number(own[row].toPrecision(DIGITS)))].join(','),
  );
  const mean = own.reduce((sum, value) => sum + value, 0) / table.rows;
  return {
    csv: `${['component,probability,log density', ...lines].join('\n')}\n`,
    json: {
      rows: table.rows,
      meanLogDensity: mean,
      components: Array.from(component, (k) => k + 1),
      probabilities: probability,
      logDensity: Array.from(own),
    },
    told: [`${formatCounted(table.rows, 'row')}, mean log density ${formatNumber(mean, 5)} nats a row`],
  };
}
