import { LehrError } from '../../src/error.ts';
import { mlp } from '../network/mlp.ts';
import { sigmoid, softmaxOf } from '../regression/link.ts';
import { linearScore } from '../regression/single.ts';
import { scoresInto } from '../regression/softmax.ts';
import type { Examples } from '../table/examples.ts';
import { classesOf, type TrainedModel } from './model-file.ts';

/** Rows of inputs without targets. */
export type Inputs = Pick<Examples, 'rows' | 'features' | 'inputs'>;

/**
 * What a model of tables says of encoded rows: rows × classes probabilities, or a value a row in the unit of the training (see `decodeTarget`).
 * @throws LehrError `option` for a model of something else.
 */
export function outputsOf(model: TrainedModel, examples: Inputs): Float64Array {
  const { rows, features, inputs } = examples;
  switch (model.model) {
    case 'linear':
      return Float64Array.from({ length: rows }, (_, row) => linearScore(model.parameters, inputs, features, row));
    case 'logistic': {
      const said = new Float64Array(2 * rows);
      for (let row = 0; row < rows; row++) {
        const f = linearScore(model.parameters, inputs, features, row);
        said[2 * row] = sigmoid(-f);
        said[2 * row + 1] = sigmoid(f);
      }
      return said;
    }
    case 'softmax': {
      const classes = classesOf(model.encoder);
      const said = new Float64Array(classes * rows);
      for (let row = 0; row < rows; row++) {
        const scores = said.subarray(row * classes, (row + 1) * classes);
        scoresInto(scores, model.parameters, inputs, features, row);
        softmaxOf(scores, 0);
      }
      return said;
    }
    case 'mlp': {
      const { hidden, activation, encoder, parameters } = model;
      // A network is built for rows to learn from; none is needed to ask one, so one row of zeros stands for them.
      const nothing = { rows: 1, features, inputs: new Float64Array(features), targets: new Float64Array(1), classes: classesOf(encoder) };
      return mlp(nothing, { hidden, activation }).predict(parameters as Float32Array, examples);
    }
    default:
      throw new LehrError('option', `the model is ${model.model}, expected one of a table with a target.`);
  }
}
