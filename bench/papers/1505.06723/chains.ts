import type { Claim } from '../../../src/experiment/claim.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { against, overRestarts } from './against.ts';
import { run, spec, type Experiment, type Results } from './runs.ts';

/** Three fifths of a run are annealed, the rest is plain. */
const NOISE = { noiseScale: spec('linear(5, 0) for 0.6 > constant(0)') };
/** Without a little noise a temperature ends at laws that are the same for all states: so heated, each method is given some, as long as it is hot. */
const HEAT = {
  temperature: spec('linear(1.1, 1) for 0.6 > constant(1)'),
  noiseScale: spec('constant(0.1) for 0.6 > constant(0)'),
};

/** Eight states and ten symbols, ten sequences of a hundred. */
function experimentOf(context: Context): Promise<Results> {
  const experiment: Experiment = {
    source: { model: 'chains', sequences: 10, length: 100, states: 8, symbols: 10 },
    methods: {
      plain: {},
      'another start': { params: { start: 1 } },
      stochastic: { params: { noise: 'parameters' }, controls: NOISE },
      deterministic: { params: { temper: 'local', noise: 'parameters' }, controls: HEAT },
      restarts: { params: { length: 200 } },
    },
    seeds: context.full ? 400 : 48,
    steps: 600,
  };
  return run(context, 'hidden Markov models', experiment);
}

/** The claims about hidden Markov models. */
export function chainClaims(context: Context): Claim[] {
  const results = (): Promise<Results> => experimentOf(context);
  return [
    against(results, {
      id: 'chains-stochastic-helps',
      source: 'abstract: clear improvement on hidden Markov models; the margin of 1 nat is ours',
      statement: 'From the same start, noise on the parameters that is cooled to 0 ends with a higher bound than plain coordinate ascent.',
      method: 'stochastic',
      other: 'plain',
      margin: { above: 1 },
      control: { statement: 'Plain coordinate ascent from another start.', method: 'another start' },
    }),
    against(results, {
      id: 'chains-stochastic-over-deterministic',
      source: 'abstract: improvement compared with deterministic annealing methods; the margin of 1 nat is ours',
      statement: 'It ends with a higher bound than local laws at a temperature that is cooled from 1.1 to 1, too.',
      method: 'stochastic',
      other: 'deterministic',
      margin: { above: 1 },
      control: { statement: 'Plain coordinate ascent in its place.', method: 'plain' },
    }),
    overRestarts(
      results,
      'chains-stochastic-over-restarts',
      'stochastic',
      'It ends with a higher bound than the best of three plain runs that cost as much together.',
    ),
  ];
}
