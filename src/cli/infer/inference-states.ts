import { basename, resolve } from 'node:path';
import { adjustedRand } from '../../experiment/agreement.ts';
import { formatCount, formatCounted } from '../../report/terminal.ts';
import type { InferenceOptions } from './infer-options.ts';
import type { Inference } from './inference.ts';
import { variationalInference } from './inference-variational.ts';
import { readText, sha256 } from '../files/read-input.ts';
import { statesSubject, type ChainsRoom, type InferredRoom, type TablesRoom } from './states-subject.ts';
import type { Heat } from './variational-course.ts';

/** Modules of problems are loaded by URL: `src/` never imports one but for its types. */
const PROBLEMS = new URL('../../../problems/', import.meta.url);

/** More noise on the logits of emissions ends at laws that are the same for all states. */
const HEAT: Heat = { temperature: 1.1, noiseScale: { local: 0.3, statistics: 1, parameters: 5, metropolis: 20 } };

/** Hidden states of sequences. @param kept the text where a copy of it was kept. */
export async function statesInference(given: string, options: InferenceOptions, kept?: string): Promise<Inference> {
  const [tables, chains, inferred] = (await Promise.all(
    ['table', 'hidden-markov', 'inferred'].map((room) => import(new URL(`${room}/index.js`, PROBLEMS).href)),
  )) as [TablesRoom, ChainsRoom, InferredRoom];
  const { text, sha256: hash } = kept === undefined ? readText(given, 'sequences') : { text: kept, sha256: sha256(kept) };
  const subject = statesSubject(given, text, options, { tables, chains, inferred });
  const { read, data, training, way, heldOut, options: own } = subject;
  const model = chains.hiddenMarkovOf(training, own);
  const sequences = data.starts.length - 1;
  const places = data.starts[sequences];
  const what = 'labels' in read ? `of ${formatCounted(read.labels.length, 'symbol')}` : `of points (${read.columns.join(', ')})`;
  return variationalInference(
    {
      given,
      path: resolve(given),
      sha256: hash,
      text,
      name: basename(given),
      model: 'hmm',
      title: `hidden Markov model ${what}, ${formatCounted(own.states, 'state')}`,
      size: `${formatCounted(sequences, 'sequence')}${heldOut.length > 0 ? ` (${formatCount(heldOut.length)} held out)` : ''} of ${formatCounted(places, 'place')}`,
      counts: {
        sequences,
        places,
        ...('labels' in read ? { symbols: read.labels.length } : { columns: read.columns.length }),
        heldOut: heldOut.length,
      },
      notices: subject.notices,
      recipe: new URL('hidden-markov/recipe.js', PROBLEMS).href,
      way,
      heat: HEAT,
      params: { data: training, ...own },
      likeness: { name: 'adjusted Rand index of places', of: (one, other) => adjustedRand(model.decode(one), model.decode(other)) },
      conclude: async (found, best) => (await import('./states-conclusion.ts')).concludeStates(subject, model, found, best),
    },
    options,
  );
}
