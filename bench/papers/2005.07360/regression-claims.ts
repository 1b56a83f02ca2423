import type { Claim, Evidence } from '../../../src/experiment/claim.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { stream } from '../../../src/random/rng.ts';
import { breathe } from './breathe.ts';
import { pairInBasis, pairOf, randomFeatures, type Pair, type Training } from './regression.ts';
import { generated, sources, type Source } from './tables.ts';

const FEW = 40;
const MANY = 400;
const FEATURES = 60;

/** What is learned from samples of a source. */
interface Experiment extends Training {
  readonly rows: number;
  readonly noise: boolean;
  /** Random features in place of the inputs; then by closed forms, as the flow is too stiff to be integrated. */
  readonly features?: number;
}

function pairs(context: Context, source: Source, experiment: Experiment): Promise<readonly Pair[]> {
  const { rows, noise, features, ridge, steps, share } = experiment;
  const name = [source.name, `${rows} rows`, noise ? 'noise' : 'none', ridge ?? 0, features ?? 0, steps, share].join(', ');
  return context.once(name, async () => {
    const found: Pair[] = [];
    const count = context.full ? 200 : 40;
    for (let i = 0; i < count; i++) {
      await breathe(context, name, i, count);
      // One stream for all experiments on a source: fewer rows are the first of more.
      const sample = source.draw(rows, noise, stream(context.seedOf(source.name), i));
      const rng = stream(context.seedOf(source.name), i, 'features');
      found.push(features === undefined ? pairOf(sample, experiment) : pairInBasis(randomFeatures(sample, features, rng), experiment));
    }
    return found;
  });
}

/** Claims about regression, where the paper has its reasons from: with and without noise in the targets. */
export function regressionClaims(context: Context): Claim[] {
  const over = async (from: readonly Source[], experiment: Experiment): Promise<Evidence> => {
    const all: Pair[] = [];
    for (const source of from) all.push(...(await pairs(context, source, experiment)));
    return { numerators: all.map(({ small }) => small), denominators: all.map(({ largeThenSmall }) => largeThenSmall) };
  };
  const spectrum = [generated(20, 1)];
  const clean = { rows: FEW, noise: false, steps: 300, share: 0.01 };
  const noisy = { rows: FEW, noise: true, steps: 300, share: 0.03 };
  const tables = (experiment: Experiment): Promise<Evidence> => over(sources(context), experiment);
  const where =
    context.instances === null
      ? 'generated rows like a table’s, a quarter of the targets’ variance noise'
      : 'Boston and California housing';
  const ratio = 'mean test loss of the small rate over that of large-then-small, at equal training loss';
  const many = (experiment: Experiment, what: string) => ({
    statement: `${what} on ${MANY} rows, which tell of the population nearly all there is to tell.`,
    measure: () => tables({ ...experiment, rows: MANY }),
  });
  const source = 'the paper’s reasoning, tried by us where it makes no statement: train and test curvatures differ on few rows';
  return [
    {
      id: 'regression-without-noise',
      source,
      statement: `Linear regression without noise, 20 normal inputs of variances 1/k, ${FEW} rows: large-then-small generalises better.`,
      expected: { quantity: `${ratio}, 1 % of the first`, above: 1.5 },
      measure: () => over(spectrum, clean),
      control: {
        statement: '2000 rows: training and population curvatures hardly differ.',
        measure: () => over(spectrum, { ...clean, rows: 2000 }),
      },
    },
    {
      id: 'inputs-of-tables-without-noise',
      source,
      statement: `The same on ${FEW} rows of ${where}, the targets replaced by a linear function of the inputs.`,
      expected: { quantity: `${ratio}, 3 % of the first`, above: 1 },
      measure: () => tables({ ...noisy, noise: false }),
      control: { statement: 'The targets as they are.', measure: () => tables(noisy) },
    },
    {
      id: 'tables-as-they-are',
      source,
      statement: `On ${FEW} rows of ${where}: large-then-small generalises better.`,
      expected: { quantity: `${ratio}, 3 % above the least`, above: 1 },
      measure: () => tables(noisy),
      control: many(noisy, 'The same'),
    },
    {
      id: 'tables-with-ridge',
      source,
      statement: `The same with ridge regression, λ = 0.01.`,
      expected: { quantity: `${ratio}, 3 % above the least`, above: 1 },
      measure: () => tables({ ...noisy, ridge: 0.01 }),
      control: many({ ...noisy, ridge: 0.01 }, 'Ridge regression'),
    },
    {
      id: 'tables-with-random-features',
      source: `${source}; Beugnot, Mairal and Rudi (arXiv 2202.13733) have it for kernels`,
      statement: `The same with ${FEATURES} random features of the inputs, which approximate a Gaussian kernel.`,
      expected: { quantity: `${ratio}, 3 % above the least`, above: 1 },
      measure: () => tables({ ...noisy, features: FEATURES }),
      control: many({ ...noisy, features: FEATURES }, 'Random features'),
    },
  ];
}
