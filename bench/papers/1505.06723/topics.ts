import type { Claim } from '../../../src/experiment/claim.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { against, overRestarts } from './against.ts';
import { run, spec, type Experiment, type Results } from './runs.ts';

/** Three fifths of a run are annealed, the rest is plain. */
const spanned = (from: number, to: number): ReturnType<typeof spec> => spec(`linear(${from}, ${to}) for 0.6 > constant(${to})`);

/**
 * Ten topics of 25 words, 200 documents of fifty, and 100 that are tried. Whether documents go on from their topics of the step before decides the outcome, so that both are tried, each
 * with the temperature and the noise that were the best of some on other data.
 */
function experimentOf(context: Context, remember: boolean): Promise<Results> {
  const experiment: Experiment = {
    source: { model: 'topics', documents: 200, length: 50, words: 25, topics: 10, remember },
    methods: {
      plain: {},
      'another start': { params: { start: 1 } },
      stochastic: remember
        ? { params: { noise: 'statistics' }, controls: { noiseScale: spanned(2, 0) } }
        : { params: { noise: 'local' }, controls: { noiseScale: spanned(1, 0) } },
      deterministic: { params: { temper: 'all' }, controls: { temperature: spanned(remember ? 1.5 : 1.1, 1) } },
      restarts: { params: { length: 50 } },
    },
    seeds: context.full ? 100 : 12,
    steps: 150,
  };
  return run(context, remember ? 'topics, documents remember' : 'topics, documents begin anew', experiment);
}

/** The claims about topics. */
export function topicClaims(context: Context): Claim[] {
  const remembered = (): Promise<Results> => experimentOf(context, true);
  const fresh = (): Promise<Results> => experimentOf(context, false);
  const abstract = 'abstract: on latent Dirichlet allocation performance tends to favour deterministic annealing';
  const unlikeStochastic = { method: 'deterministic', other: 'stochastic' };
  const unlikePlain = { method: 'deterministic', other: 'plain', margin: { above: 100 } };
  const restarts = 'There the temperature ends with a higher bound than the best of three plain runs that cost as much together.';
  return [
    against(remembered, {
      id: 'topics-deterministic-over-stochastic',
      source: `${abstract}; that documents remember, as in coordinate ascent by the letter, is our reading`,
      statement:
        'Where documents go on from their topics of the step before, all factors at a temperature that is cooled from 1.5 to 1 end with a higher bound than noise on the statistics that is cooled to 0.',
      ...unlikeStochastic,
      margin: { above: 0 },
      control: { statement: 'Plain coordinate ascent in the place of the temperature.', method: 'plain' },
    }),
    against(remembered, {
      id: 'topics-deterministic-predicts-better',
      source: `${abstract}; that performance means prediction of unseen words is our reading`,
      statement: 'There the temperature leaves a lower perplexity of unseen documents’ second halves than the noise.',
      ...unlikeStochastic,
      margin: { below: 0 },
      of: 'perplexities',
      control: { statement: 'Plain coordinate ascent in the place of the temperature.', method: 'plain' },
    }),
    against(remembered, {
      id: 'topics-deterministic-helps',
      source: 'ours: the abstract compares the two kinds of annealing; the margin of 100 nats, a hundredth of a nat a word, is ours',
      statement: 'There, from the same start, the temperature ends with a higher bound than plain coordinate ascent.',
      ...unlikePlain,
      control: { statement: 'Plain coordinate ascent from another start.', method: 'another start' },
    }),
    overRestarts(remembered, 'topics-deterministic-over-restarts', 'deterministic', restarts),
    against(fresh, {
      id: 'fresh-topics-deterministic-over-stochastic',
      source: `${abstract}; that documents begin anew at each step, as in the usual programs, is our reading`,
      statement:
        'Where documents begin anew at each step, a temperature that is cooled from 1.1 to 1 ends with a higher bound than Gumbel noise on the logits of words’ topics that is cooled to 0.',
      ...unlikeStochastic,
      margin: { above: 0 },
      control: { statement: 'Plain steps in the place of the temperature.', method: 'plain' },
    }),
    against(fresh, {
      id: 'fresh-topics-deterministic-helps',
      source: 'ours: the abstract compares the two kinds of annealing; the margin is that of the documents that remember',
      statement: 'There, from the same start, the temperature ends with a higher bound than plain steps.',
      ...unlikePlain,
      control: { statement: 'Plain steps from another start.', method: 'another start' },
    }),
    overRestarts(fresh, 'fresh-topics-deterministic-over-restarts', 'deterministic', restarts),
  ];
}
