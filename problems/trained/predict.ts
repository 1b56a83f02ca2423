import { LehrError, show } from '../../src/error.ts';
import { expectedRatings, valuesOf } from '../factorisation/code.ts';
import { logWeight } from '../rbm/exact.ts';
import { judgeMachine } from '../rbm/judge.ts';
import { binaryRows } from '../rbm/units.ts';
import { argmax } from '../regression/link.ts';
import { decodeTarget, encodeInputs, encodeTargets } from '../table/encoder.ts';
import type { Table } from '../table/table.ts';
import { confusionOf, judgeClasses, judgeValues, type Judgement } from './judge.ts';
import { classesOf, type TrainedModel } from './model-file.ts';
import { outputsOf } from './outputs.ts';

/** What a model says of the rows of a table. */
export interface Predictions {
  /** The name of the predicted column. */
  readonly name: string;
  readonly rows: number;
  /** The labels of classes; null for values. */
  readonly classes: readonly string[] | null;
  /** One a row: values in the table's own unit, or the places of labels in `classes`. */
  readonly values: Float64Array;
  /** Rows × classes; null for values. */
  readonly probabilities: Float64Array | null;
  /** Cells whose label the model has never met, and missing cells that were filled, by column; columns without any are not named. */
  readonly unseen: Readonly<Record<string, number>>;
  readonly filled: Readonly<Record<string, number>>;
}

/** How good predictions are where the truth is known. */
export interface Assessed {
  readonly figures: Judgement;
  /** How often each class (row) was taken for each (column); null for values. */
  readonly confusion: readonly (readonly number[])[] | null;
  /** The truth as predictions have it. */
  readonly targets: Float64Array;
}

/**
 * What a model says of a table's rows; other columns are passed over.
 * @throws LehrError `input` if a column it needs is not there or holds text for numbers; `option` for a model of a module of one's own.
 */
export function predictTable(model: TrainedModel, table: Table): Predictions {
  const { rows } = table;
  const plain = { rows, classes: null, probabilities: null, unseen: {}, filled: {} };
  switch (model.model) {
    case 'own':
      throw new LehrError(
        'option',
        `the model is ${show(model.name)}, a module of your own, expected one of Lehr's: what its weights say is known to that module alone.`,
      );
    case 'factorisation':
      return { ...plain, name: model.ratings.rating, ...expectedRatings(model.ratings, model.parameters, table) };
    case 'rbm': {
      const visible = model.units.columns.length;
      const bits = binaryRows(table, model.units);
      const parameters = Float64Array.from(model.parameters);
      const values = Float64Array.from(
        { length: rows },
        (_, row) => -logWeight({ visible, hidden: model.hidden }, parameters, bits, row * visible),
      );
      return { ...plain, name: 'free energy', values };
    }
    default: {
      const { encoder } = model;
      const { unseen, filled, ...examples } = encodeInputs(encoder, table);
      const said = outputsOf(model, examples);
      const { target } = encoder;
      if (target.kind === 'values')
        return { ...plain, name: target.name, values: said.map((value) => decodeTarget(encoder, value) as number), unseen, filled };
      const width = target.labels.length;
      const values = Float64Array.from({ length: rows }, (_, row) => argmax(said, row * width, width));
      return { name: target.name, rows, classes: target.labels, values, probabilities: said, unseen, filled };
    }
  }
}

/**
 * Judges predictions by a table that has the target, too; null if it has not, or the model has none. Of machines see `judgeMachine`.
 * @throws LehrError `input` for a target that is missing in a row, or a class the model does not know.
 */
export function assess(model: TrainedModel, predictions: Predictions, table: Table): Assessed | null {
  const has = table.columns.some(({ name }) => name === predictions.name);
  if (model.model === 'rbm') {
    const shape = { visible: model.units.columns.length, hidden: model.hidden };
    const parameters = Float64Array.from(model.parameters);
    const rows = binaryRows(table, model.units);
    return { figures: judgeMachine(shape, parameters, rows), confusion: null, targets: new Float64Array(0) };
  }
  if (!has || model.model === 'own') return null;
  if (model.model === 'factorisation') {
    const targets = valuesOf(table, model.ratings.rating);
    return { figures: judgeValues(predictions.values, targets, 1), confusion: null, targets };
  }
  const { encoder } = model;
  const targets = encodeTargets(encoder, table);
  const { target } = encoder;
  const classes = classesOf(encoder);
  if (target.kind === 'classes') {
    const said = predictions.probabilities!;
    return { figures: judgeClasses(said, targets, classes), confusion: confusionOf(said, targets, classes), targets };
  }
  const { centre, scale } = target;
  const own = targets.map((value) => value * scale + centre);
  const said = predictions.values.map((value) => (value - centre) / scale);
  return { figures: judgeValues(said, targets, scale), confusion: null, targets: own };
}
