import { basename, resolve } from 'node:path';
import { formatCount, formatCounted } from '../../report/terminal.ts';
import type { InferenceOptions } from './infer-options.ts';
import type { Inference } from './inference.ts';
import { variationalInference } from './inference-variational.ts';
import type { CorpusSource } from '../data/open-corpus.ts';
import { topicsSubject, type InferredRoom, type TablesRoom, type TextsRoom, type TopicsRoom } from './topics-subject.ts';
import type { Heat } from './variational-course.ts';

/** Modules of problems are loaded by URL: `src/` never imports one but for its types. */
const PROBLEMS = new URL('../../../problems/', import.meta.url);

/** Documents that go on from step to step bear a temperature of 1.5 on all factors. */
const HEAT: Heat = { temperature: 1.5, noiseScale: { local: 1, statistics: 2, parameters: 1, metropolis: 100 } };

/** Topics of documents: latent Dirichlet allocation. */
export async function topicsInference(given: string, options: InferenceOptions, source: CorpusSource): Promise<Inference> {
  const [tables, texts, topics, inferred] = (await Promise.all(
    ['table', 'text', 'topics', 'inferred'].map((room) => import(new URL(`${room}/index.js`, PROBLEMS).href)),
  )) as [TablesRoom, TextsRoom, TopicsRoom, InferredRoom];
  const subject = topicsSubject(given, options, source, { tables, texts, topics, inferred });
  const { corpus, training, way, heldOut, options: own } = subject;
  const model = topics.topics(training, own);
  const tokens = corpus.values.reduce((sum, count) => sum + count, 0);
  return variationalInference(
    {
      given,
      path: resolve(given),
      sha256: source.sha256,
      text: source.text,
      name: basename(given),
      model: 'lda',
      title: `${formatCounted(own.topics, 'topic')} by latent Dirichlet allocation, α = ${own.alpha}, η = ${own.eta}`,
      size: `${formatCounted(corpus.rows, 'document')}${heldOut.length > 0 ? ` (${formatCount(heldOut.length)} held out)` : ''} of ${formatCounted(tokens, 'word')}, ${formatCount(corpus.names.length)} different`,
      counts: { documents: corpus.rows, words: corpus.names.length, tokens, heldOut: heldOut.length },
      notices: subject.notices,
      recipe: new URL('topics/recipe.js', PROBLEMS).href,
      way,
      heat: HEAT,
      params: { corpus: training, ...own },
      likeness: {
        name: 'probability that matched topics have in common',
        of(one, other) {
          const { overlap } = topics.matchTopics(model.describe(one), model.describe(other), own.topics);
          return overlap.reduce((sum, value) => sum + value, 0) / own.topics;
        },
      },
      conclude: async (found, best) => (await import('./topics-conclusion.ts')).concludeTopics(subject, found, best),
    },
    options,
  );
}
