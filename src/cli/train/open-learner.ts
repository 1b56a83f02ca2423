import { briefly, inFlagWords } from '../options/flag-words.ts';
import { checkForeign } from '../options/foreign-options.ts';
import type { Learner } from './learner.ts';
import { openTable } from '../data/open-table.ts';
import { isModule } from '../solve/subject.ts';
import type { LearnerOptions } from './train-options.ts';

/**
 * What a user names, ready to learn.
 * @param wanted controls beside the rate that are asked for. @param kept the data's text where a copy of it was kept.
 * @throws LehrError `input` or `option` in the words of whoever finds fault with it.
 */
export async function openLearner(given: string, options: LearnerOptions, wanted: readonly string[], kept?: string): Promise<Learner> {
  if (isModule(given)) {
    checkForeign('module', 'a module of your own', options);
    return (await import('./learner-own.ts')).ownLearner(given, options, wanted);
  }
  const { model } = options;
  const kind = model === 'factorisation' || model === 'rbm' ? model : 'table';
  checkForeign(kind, model === undefined ? 'a model of tables' : `the model ${model}`, options);
  const learner = await inFlagWords(() => tableLearnerOf(given, options, wanted, kept));
  return { ...learner, notices: briefly(learner.notices) };
}

async function tableLearnerOf(given: string, options: LearnerOptions, wanted: readonly string[], kept?: string): Promise<Learner> {
  const { labels, vocabulary, frequencies, minDocuments, model, categories, na } = options;
  const source = await openTable(given, { labels, vocabulary, frequencies, minDocuments, categories, na, kept });
  if (model === 'factorisation') return (await import('./learner-ratings.ts')).ratingsLearner(given, options, source, wanted);
  if (model === 'rbm') return (await import('./learner-machine.ts')).machineLearner(given, options, source);
  return (await import('./learner-table.ts')).tableLearner(given, options, source, wanted);
}
