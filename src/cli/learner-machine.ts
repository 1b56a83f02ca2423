import { basename, resolve } from 'node:path';
import type { TrainedModel } from '../../problems/trained/index.ts';
import type { Weights } from '../dynamics/model.ts';
import { LehrError } from '../error.ts';
import { batchOf, type Learner } from './learner.ts';
import type { TableSource } from './open-table.ts';
import type { LearnerOptions } from './train-options.ts';
import { usualRate } from './usual-rates.ts';

/** Modules of problems are loaded by URL: `src/` never imports one but for its types. */
const PROBLEMS = new URL('../../problems/', import.meta.url);
type Tables = typeof import('../../problems/table/index.ts');
type Machines = typeof import('../../problems/rbm/index.ts');
type Trained = typeof import('../../problems/trained/index.ts');

const HIDDEN = 32;
const RATE = 0.1;

/** A restricted Boltzmann machine of a table's number columns, learned by contrastive divergence; a target that is named is left out. */
export async function machineLearner(given: string, options: LearnerOptions, source: TableSource): Promise<Learner> {
  const { target, drop, validation = 0.2, test = 0.2, splitSeed = 1, threshold, hidden = [HIDDEN], cd = 1, persistent = false } = options;
  const [tables, machines, trained] = (await Promise.all(
    ['table', 'rbm', 'trained'].map((room) => import(new URL(`${room}/index.js`, PROBLEMS).href)),
  )) as [Tables, Machines, Trained];
  const { table, sha256, text } = source;
  if (hidden.length !== 1)
    throw new LehrError('option', `--hidden is ${hidden.join(',')}, but a machine has one hidden layer, expected one number.`);
  if (options.keep === 'best')
    throw new LehrError(
      'option',
      '--keep is best, but the energy that contrastive divergence tells is an estimate, expected last or average.',
    );
  for (const name of ['optimizer', 'ridge', 'activation', 'task'] as const)
    if (options[name] !== undefined)
      throw new LehrError('option', `--${name} is ${String(options[name])}, but the model is rbm, expected it without.`);
  const split = tables.split(table.rows, { seed: splitSeed, validation, test });
  const left = [...(drop === undefined ? [] : drop.split(',').map((name) => name.trim())), ...(target === undefined ? [] : [target])];
  const { units, dropped } = machines.unitsOf(table, { drop: left, threshold, training: split.training });
  const training = machines.binaryRows(table, units, split.training);
  const visible = units.columns.length;
  const rows = split.training.length;
  const batch = batchOf(options.batch, rows);
  const keep = options.keep ?? 'last';
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
    epoch: Math.ceil(rows / batch),
    batch,
    keep,
    optimizer: null,
    controls: ['rate'],
    usual: { rate: usualRate(RATE) },
    watch: ['gradientNorm'],
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
      ...(persistent ? { persistent } : {}),
      ...(keep === 'average' ? { average: 'tail' } : {}),
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
