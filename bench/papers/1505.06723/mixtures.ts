import type { Claim } from '../../../src/experiment/claim.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { against, overRestarts } from './against.ts';
import { run, spec, type Experiment, type Results } from './runs.ts';

/** Two thirds of a run are annealed, the rest is plain. */
const NOISE = { noiseScale: spec('exponential(3, 0.055) for 0.667 > constant(0)') };
const HEAT = { temperature: spec('exponential(1.5, 1.01) for 0.667 > constant(1)') };
/** Four fifths: more components need a slower cooling. */
const SLOW = { noiseScale: spec('exponential(2, 0.122) for 0.8 > constant(0)') };

/** Twelve components in the plane. */
function plane(context: Context): Promise<Results> {
  const experiment: Experiment = {
    source: { model: 'mixture', points: 500, components: 12 },
    methods: {
      plain: {},
      'another start': { params: { start: 1 } },
      stochastic: { params: { noise: 'local' }, controls: NOISE },
      deterministic: { params: { temper: 'local' }, controls: HEAT },
      restarts: { params: { length: 50 } },
    },
    seeds: context.full ? 1000 : 200,
    steps: 150,
  };
  return run(context, 'mixtures in the plane', experiment);
}

/** Two components, which every start finds. */
function easy(context: Context): Promise<Results> {
  const experiment: Experiment = {
    source: { model: 'mixture', points: 500, components: 2 },
    methods: { plain: {}, stochastic: { params: { noise: 'local' }, controls: NOISE }, restarts: { params: { length: 50 } } },
    seeds: context.full ? 300 : 60,
    steps: 150,
  };
  return run(context, 'mixtures of two', experiment);
}

/** Thirty components on five axes, where a start seldom has a point of each. */
function wide(context: Context): Promise<Results> {
  const experiment: Experiment = {
    source: { model: 'mixture', points: 900, components: 30, axes: 5, half: 3 },
    methods: {
      plain: {},
      stochastic: { params: { noise: 'local' }, controls: SLOW },
      restarts: { params: { length: 40 } },
    },
    seeds: context.full ? 300 : 48,
    steps: 400,
  };
  return run(context, 'mixtures on five axes', experiment);
}

/** The claims about Gaussian mixtures. */
export function mixtureClaims(context: Context): Claim[] {
  const results = (): Promise<Results> => plane(context);
  return [
    against(results, {
      id: 'mixtures-stochastic-helps',
      source: 'abstract: clear improvement on Gaussian mixtures; the margin of 1 nat is ours',
      statement:
        'From the same start, Gumbel noise that is cooled to 0 on the responsibilities’ logits ends with a higher bound than plain coordinate ascent.',
      method: 'stochastic',
      other: 'plain',
      margin: { above: 1 },
      control: { statement: 'Two components, which plain coordinate ascent finds from every start.', results: () => easy(context) },
    }),
    against(results, {
      id: 'mixtures-stochastic-over-deterministic',
      source: 'abstract: improvement compared with deterministic annealing methods; the margin of 1 nat is ours',
      statement: 'It ends with a higher bound than responsibilities at a temperature that is cooled from 1.5 to 1, too.',
      method: 'stochastic',
      other: 'deterministic',
      margin: { above: 1 },
      control: { statement: 'Plain coordinate ascent in its place.', method: 'plain' },
    }),
    against(results, {
      id: 'mixtures-deterministic-helps',
      source: 'ours: the abstract does not say whether deterministic annealing helps mixtures at all',
      statement: 'The temperature ends with a higher bound than plain coordinate ascent.',
      method: 'deterministic',
      other: 'plain',
      margin: { above: 1 },
      control: { statement: 'Plain coordinate ascent from another start.', method: 'another start' },
    }),
    overRestarts(
      results,
      'mixtures-stochastic-over-restarts',
      'stochastic',
      'In the plane, noise ends with a higher bound than the best of three plain runs that cost as much together.',
    ),
    overRestarts(
      () => wide(context),
      'wide-mixtures-stochastic-over-restarts',
      'stochastic',
      'Of thirty components on five axes, noise ends with a higher bound than the best of ten plain runs that cost as much together.',
      'ours: where components are many, and far apart on many axes, no restart has them all',
    ),
  ];
}
