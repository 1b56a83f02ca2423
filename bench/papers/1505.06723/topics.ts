import type { Claim } from '../../../src/experiment/claim.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { run, spec, type Experiment, type Results } from './runs.ts';

/** Three fifths of a run are annealed, the rest is plain. */
const HEAT = { temperature: spec('linear(1.5, 1) for 0.6 > constant(1)') };
const NOISE = { noiseScale: spec('linear(2, 0) for 0.6 > constant(0)') };

/** Ten topics of 25 words, 200 documents of fifty, and 100 that are tried. */
function experimentOf(context: Context): Promise<Results> {
  const experiment: Experiment = {
    source: { model: 'topics', documents: 200, length: 50, words: 25, topics: 10 },
    methods: {
      plain: {},
      'another start': { params: { start: 1 } },
      stochastic: { params: { noise: 'statistics' }, controls: NOISE },
      deterministic: { params: { temper: 'all' }, controls: HEAT },
      restarts: { params: { length: 50 } },
    },
    seeds: context.full ? 100 : 16,
    steps: 150,
  };
  return run(context, 'topics', experiment);
}

/** The claims about topics. */
export function topicClaims(context: Context): Claim[] {
  const bound = 'final lower bound of the deterministic runs less that of';
  const bounds = (method: string, other: string) => async () => ({ differences: (await experimentOf(context)).bounds(method, other) });
  const perplexities = (method: string, other: string) => async () => ({
    differences: (await experimentOf(context)).perplexities(method, other),
  });
  return [
    {
      id: 'topics-deterministic-over-stochastic',
      source: 'abstract: on latent Dirichlet allocation performance tends to favour deterministic annealing',
      statement:
        'All factors at a temperature that is cooled from 1.5 to 1 end with a higher bound than noise on the statistics that is cooled to 0.',
      expected: { quantity: `${bound} the stochastic ones, in nats, mean over data sets`, above: 0 },
      measure: bounds('deterministic', 'stochastic'),
      control: { statement: 'Plain coordinate ascent in the place of the temperature.', measure: bounds('plain', 'stochastic') },
    },
    {
      id: 'topics-deterministic-predicts-better',
      source: 'abstract: as above; that performance means prediction of unseen words is our reading',
      statement: 'The temperature leaves a lower perplexity of unseen documents’ second halves than the noise.',
      expected: { quantity: 'perplexity after the deterministic runs less that after the stochastic ones, mean over data sets', below: 0 },
      measure: perplexities('deterministic', 'stochastic'),
      control: { statement: 'Plain coordinate ascent in the place of the temperature.', measure: perplexities('plain', 'stochastic') },
    },
    {
      id: 'topics-deterministic-helps',
      source: 'ours: the abstract compares the two kinds of annealing; the margin of 100 nats, a hundredth of a nat a word, is ours',
      statement: 'From the same start, the temperature ends with a higher bound than plain coordinate ascent.',
      expected: { quantity: `${bound} the plain ones, in nats, mean over data sets`, above: 100 },
      measure: bounds('deterministic', 'plain'),
      control: { statement: 'Plain coordinate ascent from another start.', measure: bounds('another start', 'plain') },
    },
    {
      id: 'topics-deterministic-over-restarts',
      source: 'ours: the abstract does not set it beside restarts',
      statement: 'The temperature ends with a higher bound than the best of three plain runs that cost as much together.',
      expected: { quantity: `${bound} the best of the restarts, in nats, mean over data sets`, above: 0 },
      measure: bounds('deterministic', 'restarts'),
      control: { statement: 'One plain run of that length in its place.', measure: bounds('plain', 'restarts') },
    },
    {
      id: 'topics-stochastic-helps',
      source: 'ours: the abstract compares the two kinds of annealing; the margin is that of the temperature',
      statement: 'From the same start, noise on the statistics ends with a higher bound than plain coordinate ascent.',
      expected: {
        quantity: 'final lower bound of the stochastic runs less that of the plain ones, in nats, mean over data sets',
        above: 100,
      },
      measure: bounds('stochastic', 'plain'),
      control: { statement: 'Plain coordinate ascent from another start.', measure: bounds('another start', 'plain') },
    },
  ];
}
