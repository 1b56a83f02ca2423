import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { allRows, trainingLoss, type Model, type Weights } from '../../dynamics/model.ts';
import { LehrError } from '../../error.ts';
import { loadable } from '../../parallel/modules.ts';
import { averagedFrom, batchOf, keptOf, type Learner } from './learner.ts';
import { modelIn, ownModel } from './own-model-recipe.ts';
import { sha256 } from '../files/read-input.ts';
import type { LearnerOptions } from './train-options.ts';
import { rated } from './usual-rates.ts';

const OPTIMIZER = 'sgd';

/** The gradient model that a user's module exports, and the module's URL; null where it exports something else, or does not load: that is told of by those who load it next. */
export async function modelOfModule(
  given: string,
  params: unknown,
): Promise<{ readonly url: string; readonly model: Model<any, string> } | null> {
  const loaded = await loadable(given);
  process.once('exit', () => loaded.cleanup());
  const model = await modelIn(loaded.url, params).catch(() => null);
  return model === null ? null : { url: loaded.url, model };
}

/**
 * A gradient model of a user's own module, with held-out data of its own, if it has any.
 * @throws LehrError `input` that begins with the path, if it does not compile or exports no model.
 */
export async function ownLearner(given: string, options: LearnerOptions, wanted: readonly string[]): Promise<Learner> {
  const loaded = await loadable(given);
  process.once('exit', () => loaded.cleanup());
  let model: Model<any, string>;
  try {
    model = await ownModel(loaded.url, options.params);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new LehrError(error instanceof LehrError ? error.code : 'input', `${given}: ${message}`, { cause: error });
  }
  const { rows, figures = [], controls = [] } = model;
  const judges = model.evaluate !== undefined;
  const batch = batchOf(options.batch, rows);
  const keep = keptOf(options.keep, judges);
  const optimizer = rated(
    options.optimizer ?? OPTIMIZER,
    wanted.filter((name) => !controls.includes(name)),
  );
  const all = allRows(rows);
  return {
    given,
    path: resolve(given),
    sha256: sha256(readFileSync(given)),
    text: null,
    name: basename(given),
    model: model.name,
    title: `a model of your own${model.name === '' ? '' : `, ${model.name}`}`,
    target: null,
    features: null,
    classes: 0,
    labels: [],
    rows: { training: rows, validation: NaN, test: 0 },
    epoch: Math.ceil(rows / batch),
    batch,
    keep,
    optimizer: (optimizer.optimizer as { name: string }).name,
    controls: [...optimizer.controls, ...controls],
    usual: { ...optimizer.usual, ...Object.fromEntries(controls.map((name) => [name, '0'])) },
    watch: ['loss', ...(judges ? ['validation', ...figures] : [])],
    notices: [],
    recipe: new URL('./own-model-recipe.js', import.meta.url).href,
    params: (steps) => ({
      url: loaded.url,
      params: options.params ?? null,
      training: {
        optimizer: optimizer.optimizer,
        batch,
        keep,
        ...averagedFrom(keep, steps),
      },
    }),
    weightsOf: (result) => (result as { weights: Weights }).weights,
    trained: (parameters, training, release) => ({
      lehr: 'model',
      version: 1,
      release,
      model: 'own',
      name: model.name,
      parameters,
      training,
    }),
    async judge(weights, part) {
      if (part === 'training') return { figures: { loss: trainingLoss(model, weights, all, weights.slice()) }, confusion: null, pairs: [] };
      if (part === 'test' || !judges) return null;
      return { figures: model.evaluate!(weights), confusion: null, pairs: [] };
    },
  };
}
