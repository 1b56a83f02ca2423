import type { TrainedModel } from '../../../problems/trained/index.ts';
import type { Examples } from '../../../problems/table/index.ts';
import type { Weights } from '../../dynamics/model.ts';
import { averagedFrom, batchOf, keptOf, type Judged, type Learner } from './learner.ts';
import { openLearning, type LearningSubject, type Part } from './learning-subject.ts';
import type { TableSource } from '../data/open-table.ts';
import type { LearnerOptions } from './train-options.ts';
import { rated } from './usual-rates.ts';

const TRAINED = new URL('../../../problems/trained/index.js', import.meta.url).href;
type Trained = typeof import('../../../problems/trained/index.ts');

/** Ridge regression without a strength. */
const RIDGE = 0.01;
const OPTIMIZER = 'sgd';
/** Of so many pairs at most the truth and the prediction are shown. */
const PAIRS = 2000;

/** A model of a table with a target. */
export async function tableLearner(
  given: string,
  options: LearnerOptions,
  source: TableSource,
  wanted: readonly string[],
): Promise<Learner> {
  const { model, ...others } = options;
  const ridge = model === 'ridge';
  const known = {
    ...others,
    ...(ridge
      ? { model: 'linear' as const, ridge: options.ridge ?? RIDGE }
      : model === undefined
        ? {}
        : { model: model as LearningSubject['model'] }),
  };
  const subject = await openLearning(given, known, source, model);
  const trained = (await import(TRAINED)) as Trained;
  const { parts, encoder, params } = subject;
  const training = parts.training!;
  batchOf(options.batch, training.rows);
  const optimizer = rated(options.optimizer ?? OPTIMIZER, wanted, subject.model === 'linear' ? boundOf(training) : Infinity);
  const keep = keptOf(options.keep, parts.validation !== null);
  const modelOf = (parameters: Weights, record: Readonly<Record<string, unknown>>, release: string): TrainedModel => {
    const common = { lehr: 'model', version: 1, release, encoder, parameters, training: record } as const;
    if (subject.model !== 'mlp') return { ...common, model: subject.model };
    return { ...common, model: 'mlp', hidden: params.hidden ?? [], activation: params.activation ?? 'relu' };
  };
  return {
    given,
    path: subject.path,
    sha256: subject.sha256,
    text: source.text,
    name: subject.name,
    model: ridge ? 'ridge' : subject.model,
    title: titleOf(subject, ridge),
    target: subject.target,
    features: training.features,
    classes: training.classes,
    labels: encoder.target.kind === 'classes' ? encoder.target.labels : [],
    rows: { training: training.rows, validation: parts.validation?.rows ?? 0, test: parts.test?.rows ?? 0 },
    epoch: subject.epoch,
    batch: params.batch ?? training.rows,
    keep,
    optimizer: (optimizer.optimizer as { name: string }).name,
    controls: optimizer.controls,
    usual: optimizer.usual,
    watch: ['loss', ...(parts.validation === null ? [] : ['validation', subject.figure])],
    notices: [...chosen(subject, options), ...subject.notices],
    recipe: subject.recipe,
    params: (steps) => ({
      ...params,
      optimizer: optimizer.optimizer,
      keep,
      ...averagedFrom(keep, steps),
    }),
    weightsOf: (result) => (result as { weights: Weights }).weights,
    trained: modelOf,
    async judge(weights, part) {
      const own = parts[part];
      return own === null ? null : judged(trained, modelOf(weights, {}, ''), own, part);
    },
  };
}

function judged(trained: Trained, model: TrainedModel, part: Examples, name: Part): Judged {
  const said = trained.outputsOf(model, part);
  const { targets, classes } = part;
  if (classes > 0)
    return { figures: trained.judgeClasses(said, targets, classes), confusion: trained.confusionOf(said, targets, classes), pairs: [] };
  const { centre, scale } = (model as TrainedModel & { encoder: { target: { centre: number; scale: number } } }).encoder.target;
  const count = name === 'training' ? 0 : Math.min(PAIRS, part.rows);
  const pairs = Array.from({ length: count }, (_, row) => [targets[row] * scale + centre, said[row] * scale + centre] as const);
  return { figures: trained.judgeValues(said, targets, scale), confusion: null, pairs };
}

/** A rate that least squares bear on any minibatch's average row: half of 1 / (mean of |x|² + 1), the trace of their Hessian. */
function boundOf({ rows, inputs }: Examples): number {
  let squares = 0;
  for (let i = 0; i < inputs.length; i++) squares += inputs[i] * inputs[i];
  return 0.5 / (squares / rows + 1);
}

/** What was chosen for the user. */
function chosen({ model, parts, target, params }: LearningSubject, options: LearnerOptions): string[] {
  if (options.model !== undefined) return [];
  const { classes } = parts.training!;
  const why = classes === 0 ? 'numbers' : classes === 2 ? 'two classes' : `${classes} classes`;
  return [
    `the target ${JSON.stringify(target)} is of ${why}: the model is ${model}${params.ridge === undefined ? '' : ` with ridge ${params.ridge}`} (--model for another).`,
  ];
}

function titleOf({ model, params, parts }: LearningSubject, ridge: boolean): string {
  const { features, classes } = parts.training!;
  if (model === 'mlp')
    return `multilayer perceptron ${[features, ...(params.hidden ?? []), Math.max(1, classes)].join('-')}, ${params.activation ?? 'relu'}`;
  const strength = params.ridge === undefined ? '' : `, ridge ${params.ridge}`;
  return `${ridge ? 'ridge' : model} regression${strength}`;
}
