import { drawCorpus } from '../topics/corpus.ts';
import { numberOf, type Sample } from './sample.ts';

const ONSETS = ['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'z'];
const VOWELS = ['a', 'e', 'i', 'o', 'u'];

/** A word of three syllables for each number below 343,000: no two alike. */
function wordOf(number: number): string {
  const syllables = ONSETS.length * VOWELS.length;
  // A step that shares no factor with the number of syllables spreads numbers that follow each other.
  const syllable = (k: number): string => ONSETS[k % ONSETS.length] + VOWELS[Math.floor(k / ONSETS.length)];
  const spread = (number * 120_011) % (syllables * syllables * syllables);
  return [spread, spread / syllables, spread / (syllables * syllables)].map((k) => syllable(Math.floor(k) % syllables)).join('');
}

/** Documents of words from topics: latent Dirichlet allocation with a known number of topics. */
export const corpus: Sample = {
  name: 'corpus',
  title: 'documents, one a line, whose words come from topics',
  target: null,
  options: [
    { name: 'topics', description: 'how many topics', default: '5' },
    { name: 'words', description: 'different words at most', default: '400' },
    { name: 'length', description: 'words of each document', default: '80' },
    { name: 'alpha', description: 'concentration of a document’s topics: the smaller, the fewer', default: '0.1' },
    { name: 'eta', description: 'concentration of a topic’s words', default: '0.05' },
  ],
  make(n, options, rng) {
    const [topics, words, length] = ['topics', 'words', 'length'].map((name) => numberOf(options, name, 1, 100_000, true));
    const [alpha, eta] = ['alpha', 'eta'].map((name) => numberOf(options, name, 1e-3, 1000));
    const { starts, columns, values } = drawCorpus({ documents: n, length, words, topics, alpha, eta }, rng);
    const lines = Array.from({ length: n }, (_, d) => {
      const list: string[] = [];
      for (let i = starts[d]; i < starts[d + 1]; i++) for (let c = 0; c < values[i]; c++) list.push(wordOf(columns[i]));
      return list.join(' ');
    });
    return `${lines.join('\n')}\n`;
  },
};
