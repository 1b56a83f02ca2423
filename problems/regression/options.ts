import { LehrError, show } from '../../src/error.ts';
import type { Examples } from '../table/examples.ts';

/** Options of every regression. */
export interface RegressionOptions {
  /** Examples that are judged on, never trained on. */
  readonly heldOut?: Examples;
  /** L2 regularisation: ½ · ridge · Σ w² of all weights but intercepts, added to the mean training loss (0). */
  readonly ridge?: number;
}

/** Throws an error unless the examples are of the kind that a model is for, and the held-out ones like them. @param classes what the model needs. */
export function checkFit(model: string, examples: Examples, options: RegressionOptions, classes: 'none' | 'two' | 'some'): void {
  const { ridge = 0, heldOut, ...unknown } = options;
  for (const name of Object.keys(unknown))
    throw new LehrError('option', `${model}: unknown option ${show(name)}, expected heldOut, ridge.`);
  if (!(Number.isFinite(ridge) && ridge >= 0))
    throw new LehrError('option', `${model}: ridge is ${show(ridge)}, expected a finite number of at least 0.`);
  if (examples.rows < 1) throw new LehrError('input', `${model}: there are ${examples.rows} rows, expected at least one.`);
  if (classes === 'none' ? examples.classes !== 0 : classes === 'two' ? examples.classes !== 2 : examples.classes < 2) {
    const expected = { none: 'values', two: 'two classes', some: 'two classes or more' }[classes];
    const are = examples.classes === 0 ? 'values' : `${examples.classes} classes`;
    const better = examples.classes === 0 ? 'linear' : examples.classes === 1 ? 'take out the target: it is always the same' : 'softmax';
    throw new LehrError('input', `${model}: the targets are ${are}, expected ${expected}. Maybe ${better}.`);
  }
  if (heldOut === undefined) return;
  for (const key of ['features', 'classes'] as const) {
    if (heldOut[key] === examples[key]) continue;
    throw new LehrError('input', `${model}: the held-out examples have ${heldOut[key]} ${key}, expected ${examples[key]} as in training.`);
  }
}
