import { show } from '../../src/error.ts';
import { encodePlain } from '../../src/run/checkpoint.ts';
import { openResult, type ResultFile } from '../../src/run/result-file.ts';
import { sizeOf as factorisationSize, type RatingsCode } from '../factorisation/code.ts';
import { layersOf, shapeOf, type Activation } from '../network/shape.ts';
import { sizeOf as machineSize } from '../rbm/exact.ts';
import type { UnitsCode } from '../rbm/units.ts';
import type { Encoder } from '../table/encoder.ts';
import { checkModelFile } from './check-model-file.ts';

/** How a model came about, for people: options, steps, losses. Nothing is computed from it. */
export type TrainingRecord = Readonly<Record<string, unknown>>;

interface Common {
  readonly lehr: 'model';
  readonly version: 1;
  /** The release of Lehr that trained it. */
  readonly release: string;
  /** Its weights, in the order that the model's own documentation tells. */
  readonly parameters: Float64Array | Float32Array;
  readonly training: TrainingRecord;
  /** Set where its words are relative frequencies: bags of words are read so for it. */
  readonly frequencies?: 'relative';
}

/** A trained model, with all that is needed to use it on other rows: no data and no options of the training are asked for. Plain data. */
export type TrainedModel = Common &
  (
    | { readonly model: 'linear' | 'logistic' | 'softmax'; readonly encoder: Encoder }
    | { readonly model: 'mlp'; readonly encoder: Encoder; readonly hidden: readonly number[]; readonly activation: Activation }
    | { readonly model: 'factorisation'; readonly ratings: RatingsCode }
    | { readonly model: 'rbm'; readonly units: UnitsCode; readonly hidden: number }
    /** A module of somebody's own: what its weights mean is known there. */
    | { readonly model: 'own'; readonly name: string }
  );

const FILE: ResultFile = {
  lehr: 'model',
  what: 'model',
  writer: 'lehr train',
  models: ['linear', 'logistic', 'softmax', 'mlp', 'factorisation', 'rbm', 'own'],
};

/**
 * A model as text: JSON, weights as `{ "$array": "Float64Array" or "Float32Array", "base64": … }`, little-endian. The same model gives the same text.
 */
export function encodeModel(model: TrainedModel): string {
  return `${encodePlain(model)}\n`;
}

/**
 * The model in a text that `encodeModel` made.
 * @throws LehrError `input` that begins with the path: another file, another version, an encoder that does not fit together, weights that are not as many as the model has, or not finite.
 */
export function decodeModel(text: string, path: string): TrainedModel {
  const [model, fail] = openResult<TrainedModel>(text, path, FILE);
  const { parameters, frequencies } = model;
  if (frequencies !== undefined && frequencies !== 'relative')
    fail(`its frequencies are ${show(frequencies)}, expected relative or none. Maybe the file was changed.`);
  if (!(parameters instanceof Float64Array || parameters instanceof Float32Array)) fail('it has no weights. Maybe the file was changed.');
  checkModelFile(model, (fault) => fail(`${fault}. Maybe the file was changed.`));
  const size = weightsOf(model);
  if (parameters.length !== size) fail(`it has ${parameters.length} weights, expected ${size}. Maybe the file was changed.`);
  const odd = parameters.findIndex((weight) => !Number.isFinite(weight));
  if (odd >= 0) fail(`weight ${odd} is ${parameters[odd]}, expected finite numbers. Maybe the file was changed.`);
  return model;
}

/** How many weights a model has. */
function weightsOf(model: TrainedModel): number {
  switch (model.model) {
    case 'linear':
    case 'logistic':
      return model.encoder.features.length + 1;
    case 'softmax':
      return (model.encoder.features.length + 1) * classesOf(model.encoder);
    case 'mlp': {
      const { biases, outputs } = layersOf(
        shapeOf(model.encoder.features.length, model.hidden, Math.max(1, classesOf(model.encoder)), model.activation, 0.01),
      ).at(-1)!;
      return biases + outputs;
    }
    case 'factorisation':
      return factorisationSize(model.ratings);
    case 'rbm':
      return machineSize({ visible: model.units.columns.length, hidden: model.hidden });
    case 'own':
      return model.parameters.length;
  }
}

/** How many classes an encoder's target has; 0 for values. */
export function classesOf({ target }: Encoder): number {
  return target.kind === 'classes' ? target.labels.length : 0;
}
