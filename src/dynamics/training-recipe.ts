import type { Dynamics } from './dynamics.ts';
import { gradient } from './gradient.ts';
import type { GradientOptions } from './gradient-options.ts';
import type { Model, Weights } from './model.ts';
import { optimizerFrom, USUAL_CONTROLS, type OptimizerSpec } from './optimizers/by-name.ts';
import type { Trained, Training } from './training.ts';

/** How a model is trained, as plain data: what recipes of models take beside the model's own parameters. */
export interface TrainingParams extends Omit<GradientOptions, 'optimizer'> {
  /** `sgd` by default. */
  readonly optimizer?: OptimizerSpec;
}

/** What a recipe of a model gives: its dynamics, values for the controls beside `rate`, and the score by which runs are compared. */
export interface TrainingRecipe<W extends Weights> {
  readonly dynamics: Dynamics<Training<W>, string, Trained<W>>;
  readonly controls: Readonly<Record<string, number>>;
  /** The held-out loss of what is kept, the training loss where there are no held-out data. */
  score(outcome: { readonly result: Trained<W> }): number;
}

/** A recipe's answer for a model. Controls that a job does not set have their usual values; `rate` has none. */
export function trainingRecipe<W extends Weights>(model: Model<W, any>, params: TrainingParams): TrainingRecipe<W> {
  const { optimizer = 'sgd', batch, keep, averageFrom, averaging, evaluateEvery } = params;
  const options = Object.fromEntries(
    Object.entries({ batch, keep, averageFrom, averaging, evaluateEvery }).filter(([, value]) => value !== undefined),
  );
  const dynamics = gradient(model as Model<W, string>, { optimizer: optimizerFrom(optimizer), ...options });
  const controls = Object.fromEntries(dynamics.controls.filter((name) => name !== 'rate').map((name) => [name, USUAL_CONTROLS[name] ?? 0]));
  return { dynamics, controls, score: ({ result }) => result.validation ?? result.loss };
}
