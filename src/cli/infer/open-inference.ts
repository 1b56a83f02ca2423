import { LehrError } from '../../error.ts';
import { inFlagWords } from '../options/flag-words.ts';
import type { InferenceOptions, InferredModelName } from './infer-options.ts';
import type { Inference } from './inference.ts';
import { isFolder, openCorpus } from '../data/open-corpus.ts';
import { openTable } from '../data/open-table.ts';
import { isModule } from '../solve/subject.ts';
import { checkTakes } from '../options/takes.ts';

type Name = keyof InferenceOptions;

/** What a model of rows in groups takes. */
const GROUPS: readonly Name[] = [
  'model',
  'categories',
  'na',
  'drop',
  'label',
  'heldOut',
  'splitSeed',
  'kinds',
  'alpha',
  'discount',
  'hyper',
  'method',
  'visits',
  'sweeps',
];

/** What each model takes. */
const VARIATIONAL: readonly Name[] = ['model', 'heldOut', 'splitSeed', 'batch', 'temper', 'noise', 'stride', 'settled', 'passes'];

const TAKES: Readonly<Record<InferredModelName, readonly Name[]>> = {
  mixture: GROUPS,
  crosscat: [...GROUPS, 'places'],
  lda: [
    ...VARIATIONAL,
    'na',
    'topics',
    'alpha',
    'eta',
    'documents',
    'text',
    'title',
    'vocabulary',
    'stopWords',
    'minDocuments',
    'maxShare',
    'maxWords',
    'relevance',
  ],
  hmm: [...VARIATIONAL, 'states', 'sticky', 'covariance', 'spread', 'sequence', 'symbol', 'points'],
  gmm: [...VARIATIONAL, 'na', 'drop', 'label', 'categories', 'components', 'alpha', 'covariance', 'spread'],
};

/** The model where none is asked for. */
const USUAL: InferredModelName = 'mixture';

/**
 * What a user names, ready to be inferred from.
 * @param kept the data's text where a copy of it was kept.
 * @throws LehrError `input` or `option` in the words of whoever finds fault with it.
 */
export async function openInference(given: string, options: InferenceOptions, kept?: string): Promise<Inference> {
  if (isModule(given))
    throw new LehrError('option', `FILE is ${given}, a module, expected a table. Maybe lehr solve, which takes modules of your own.`);
  if (options.model === undefined && kept === undefined && isFolder(given))
    throw new LehrError('option', `FILE is ${given}, a folder, expected a table. Maybe --model lda, which takes folders of documents.`);
  const { model = USUAL } = options;
  checkTakes<InferenceOptions>(TAKES, [model, `the model ${model}`], options, (each) => `--model ${each}`);
  const { categories, na } = options;
  if (model === 'lda')
    return inFlagWords(async () => {
      const source = await openCorpus(given, options, kept);
      return (await import('./inference-topics.ts')).topicsInference(given, options, source);
    }, given);
  if (model === 'hmm') return inFlagWords(async () => (await import('./inference-states.ts')).statesInference(given, options, kept));
  return inFlagWords(async () => {
    const source = await openTable(given, { categories, na, kept });
    if (model === 'gmm') return (await import('./inference-components.ts')).componentsInference(given, options, source);
    return (await import('./inference-groups.ts')).groupsInference(given, { ...options, model }, source);
  }, given);
}
