import { basename, resolve } from 'node:path';
import type { TrainedModel } from '../../../problems/trained/index.ts';
import type { Weights } from '../../dynamics/model.ts';
import { LehrError } from '../../error.ts';
import { dealRows } from './deal-rows.ts';
import { batchOf, keptOf, type Learner } from './learner.ts';
import type { TableSource } from '../data/open-table.ts';
import type { LearnerOptions } from './train-options.ts';
import { usualRate } from './usual-rates.ts';

/** Modules of problems are loaded by URL: `src/` never imports one but for its types. */
const PROBLEMS = new URL('../../../problems/', import.meta.url);
type Tables = typeof import('../../../problems/table/index.ts');
type Machines = typeof import('../../../problems/rbm/index.ts');
type Trained = typeof import('../../../problems/trained/index.ts');

const HIDDEN = 32;
const RATE = 0.1;
/** Steps between two looks at the validation rows; an epoch if that is longer. */
const TELL = 100;

/** A restricted Boltzmann machine of a table's number columns, learned by contrastive divergence; a target that is named is left out. */
export async function machineLearner(given: string, options: LearnerOptions, source: TableSource): Promise<Learner> {
  const { target, drop, threshold, hidden = [HIDDEN], cd = 1, persistent = false } = options;
  const [tables, machines, trained] = (await Promise.all(
    ['table', 'rbm', 'trained'].map((room) => import(new URL(`${room}/index.js`, PROBLEMS).href)),
  )) as [Tables, Machines, Trained];
  const { table, sha256, text } = source;
  if (hidden.length !== 1)
    throw new LehrError('option', `--hidden is ${hidden.join(',')}, but a machine has one hidden layer, expected one number.`);
  const split = dealRows(tables, table.rows, options);
  const left = [...(drop === undefined ? [] : drop.split(',').map((name) => name.trim())), ...(target === undefined ? [] : [target])];
  const { units, dropped } = machines.unitsOf(table, { drop: left, threshold, training: split.training });
  const training = machines.binaryRows(table, units, split.training);
  const visible = units.columns.length;
  const rows = split.training.length;
  const batch = batchOf(options.batch, rows);
  const judged = split.validation.length > 0;
  const keep = keptOf(options.keep, judged);
  const epoch = Math.ceil(rows / batch);
  const modelOf = (parameters: Weights, record: Readonly<Record<string, unknown>>, release: string): TrainedModel => ({
    lehr: 'model',
    version: 1,
    release,
    model: 'rbm',
    units,
    hidden: hidden[0],
    parameters,
    training: record,
  });
  return {
    given,
    path: resolve(given),
    sha256,
    text,
    name: basename(given),
    model: 'rbm',
    title: `restricted Boltzmann machine, ${visible} visible and ${hidden[0]} hidden units, ${persistent ? `PCD-${cd}` : `CD-${cd}`}`,
    target: null,
    features: visible,
    classes: 0,
    labels: [],
    rows: { training: rows, validation: split.validation.length, test: split.test.length },
    epoch,
    batch,
    keep,
    optimizer: null,
    controls: ['rate'],
    usual: { rate: usualRate(RATE) },
    watch: ['gradientNorm', ...(judged ? ['training', 'validation'] : [])],
    notices: [
      `a unit is on from ${units.threshold} upwards (--threshold).`,
      ...dropped.map((name) => `column ${JSON.stringify(name)} is left out: it is of text.`),
    ],
    recipe: new URL('rbm/recipe.js', PROBLEMS).href,
    params: () => ({
      rows: training,
      visible,
      hidden: hidden[0],
      batch,
      m: cd,
      // The loss on the training rows is of the same kind as that on the others.
      energy: machines.judgedBy({ visible, hidden: hidden[0] }) === 'log-likelihood' ? 'exact' : 'pseudo',
      ...(persistent ? { persistent } : {}),
      keep: keep === 'best' ? keep : 'last',
      ...(keep === 'average' ? { average: 'tail' } : {}),
      // A look goes through all rows held out.
      ...(judged ? { heldOut: machines.binaryRows(table, units, split.validation), tell: Math.max(TELL, epoch) } : {}),
    }),
    weightsOf: (result) => (result as { parameters: Float64Array }).parameters,
    trained: modelOf,
    async judge(weights, part) {
      if (split[part].length === 0) return null;
      const own = tables.selectRows(table, split[part]);
      const model = modelOf(weights, {}, '');
      const { figures } = trained.assess(model, trained.predictTable(model, own), own)!;
      return { figures, confusion: null, pairs: [] };
    },
  };
}
