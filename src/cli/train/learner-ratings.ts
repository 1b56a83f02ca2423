import { basename, resolve } from 'node:path';
import type { TrainedModel } from '../../../problems/trained/index.ts';
import type { Weights } from '../../dynamics/model.ts';
import { LehrError } from '../../error.ts';
import { dealRows } from './deal-rows.ts';
import { averagedFrom, batchOf, keptOf, type Learner } from './learner.ts';
import type { TableSource } from '../data/open-table.ts';
import type { LearnerOptions } from './train-options.ts';
import { rated } from './usual-rates.ts';

/** Modules of problems are loaded by URL: `src/` never imports one but for its types. */
const PROBLEMS = new URL('../../../problems/', import.meta.url);
type Tables = typeof import('../../../problems/table/index.ts');
type Factorisations = typeof import('../../../problems/factorisation/index.ts');
type Trained = typeof import('../../../problems/trained/index.ts');

const RANK = 8;
/** As `factorisation` has it. */
const RIDGE = 0.02;
const OPTIMIZER = 'adam';
const PAIRS = 2000;

/** Matrix factorisation of a table of ratings. */
export async function ratingsLearner(
  given: string,
  options: LearnerOptions,
  source: TableSource,
  wanted: readonly string[],
): Promise<Learner> {
  const { target, rank = RANK, ridge } = options;
  const [tables, factorisations, trained] = (await Promise.all(
    ['table', 'factorisation', 'trained'].map((room) => import(new URL(`${room}/index.js`, PROBLEMS).href)),
  )) as [Tables, Factorisations, Trained];
  const { table, sha256, text } = source;
  if (target === undefined) throw new LehrError('option', '--target is missing, expected the column of ratings.');
  const columns = { ...factorisations.ratingColumns(table, target, options), rating: target };
  const { ratings, users, items } = factorisations.ratingsOf(table, columns);
  const split = dealRows(tables, table.rows, options);
  const training = factorisations.selectRatings(ratings, split.training);
  const mean = training.rating.reduce((a, b) => a + b) / training.rating.length;
  const heldOut = split.validation.length === 0 ? null : factorisations.selectRatings(ratings, split.validation);
  const batch = batchOf(options.batch, training.rating.length);
  const keep = keptOf(options.keep, heldOut !== null);
  const optimizer = rated(options.optimizer ?? OPTIMIZER, wanted, Infinity, true);
  const modelOf = (parameters: Weights, record: Readonly<Record<string, unknown>>, release: string): TrainedModel => ({
    lehr: 'model',
    version: 1,
    release,
    model: 'factorisation',
    ratings: { ...columns, users, items, rank, mean },
    parameters,
    training: record,
  });
  return {
    given,
    path: resolve(given),
    sha256,
    text,
    name: basename(given),
    model: 'factorisation',
    title: `matrix factorisation of rank ${rank}, ridge ${ridge ?? RIDGE}, ${users.length} users (${columns.user}) and ${items.length} items (${columns.item})`,
    target,
    features: rank,
    classes: 0,
    labels: [],
    rows: { training: split.training.length, validation: split.validation.length, test: split.test.length },
    epoch: Math.ceil(training.rating.length / batch),
    batch,
    keep,
    optimizer: (optimizer.optimizer as { name: string }).name,
    controls: optimizer.controls,
    usual: optimizer.usual,
    watch: ['loss', ...(heldOut === null ? [] : ['validation', 'rmse'])],
    notices: [],
    recipe: new URL('factorisation/recipe.js', PROBLEMS).href,
    params: (steps) => ({
      ratings: training,
      rank,
      ...(ridge === undefined ? {} : { ridge }),
      ...(heldOut === null ? {} : { heldOut }),
      optimizer: optimizer.optimizer,
      batch,
      keep,
      ...averagedFrom(keep, steps),
    }),
    weightsOf: (result) => (result as { weights: Weights }).weights,
    trained: modelOf,
    async judge(weights, part) {
      const rows = split[part];
      if (rows.length === 0) return null;
      const own = tables.selectRows(table, rows);
      const model = modelOf(weights, {}, '');
      const said = trained.predictTable(model, own);
      const { figures, confusion, targets } = trained.assess(model, said, own)!;
      const count = part === 'training' ? 0 : Math.min(PAIRS, rows.length);
      return { figures, confusion, pairs: Array.from({ length: count }, (_, row) => [targets[row], said.values[row]] as const) };
    },
  };
}
