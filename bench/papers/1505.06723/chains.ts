import type { Claim } from '../../../src/experiment/claim.ts';
import type { Context } from '../../../src/experiment/paper.ts';
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
  const bound = 'final lower bound of the stochastic runs less that of';
  const compare = (method: string, other: string) => async () => ({ differences: (await experimentOf(context)).bounds(method, other) });
  return [
    {
      id: 'chains-stochastic-helps',
      source: 'abstract: clear improvement on hidden Markov models; the margin of 1 nat is ours',
      statement: 'From the same start, noise on the parameters that is cooled to 0 ends with a higher bound than plain coordinate ascent.',
      expected: { quantity: `${bound} the plain ones, in nats, mean over data sets`, above: 1 },
      measure: compare('stochastic', 'plain'),
      control: { statement: 'Plain coordinate ascent from another start.', measure: compare('another start', 'plain') },
    },
    {
      id: 'chains-stochastic-over-deterministic',
      source: 'abstract: improvement compared with deterministic annealing methods; the margin of 1 nat is ours',
      statement: 'It ends with a higher bound than local laws at a temperature that is cooled from 1.1 to 1, too.',
      expected: { quantity: `${bound} the deterministic ones, in nats, mean over data sets`, above: 1 },
      measure: compare('stochastic', 'deterministic'),
      control: { statement: 'Plain coordinate ascent in its place.', measure: compare('plain', 'deterministic') },
    },
    {
      id: 'chains-stochastic-over-restarts',
      source: 'ours: the abstract does not set it beside restarts',
      statement: 'It ends with a higher bound than the best of three plain runs that cost as much together.',
      expected: { quantity: `${bound} the best of the restarts, in nats, mean over data sets`, above: 0 },
      measure: compare('stochastic', 'restarts'),
      control: { statement: 'One plain run of that length in its place.', measure: compare('plain', 'restarts') },
    },
  ];
}
