export { checkCorpus, drawCorpus, halves, selectDocuments, type DrawCorpusOptions } from './corpus.ts';
export { topics, type Topics, type TopicsOptions } from './model.ts';
export { perplexity } from './perplexity.ts';
export { matchTopics, topicWords, type TopicMatch, type TopicWord } from './words.ts';
export type { TopicsParams } from './recipe.ts';

/** The recipe's URL: what `lehr/parallel` and `lehr/experiment` run it by. */
export const topicsRecipe: string = new URL('./recipe.js', import.meta.url).href;
