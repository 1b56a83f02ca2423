import { LehrError, show } from '../../src/error.ts';
import { sample } from '../../src/random/distributions.ts';
import type { Rng } from '../../src/random/rng.ts';
import type { Examples } from './examples.ts';

/** Examples some of whose labels are wrong, and the rows where. */
export interface Mislabelled {
  readonly examples: Examples;
  /** The rows whose class was changed, ascending. */
  readonly wrong: Int32Array;
}

/**
 * Symmetric label noise: in a share of the rows, rounded to whole rows, the class is changed to one of the others, each equally likely. The
 * inputs are shared with the given examples, the targets a copy.
 * @throws LehrError `option` for a share outside [0, 1], and for examples whose targets are values.
 */
export function mislabel(examples: Examples, share: number, rng: Rng): Mislabelled {
  const { rows, classes } = examples;
  if (!(share >= 0 && share <= 1)) throw new LehrError('option', `mislabel: share is ${show(share)}, expected a number from 0 to 1.`);
  if (classes < 2) throw new LehrError('option', `mislabel: the examples have ${classes} classes, expected at least 2.`);
  const wrong = sample(rng, rows, Math.round(share * rows)).sort();
  const targets = examples.targets.slice();
  for (const row of wrong) targets[row] = (targets[row] + 1 + rng.below(classes - 1)) % classes;
  return { examples: { ...examples, targets }, wrong };
}

/**
 * Adds independent normal noise of the given standard deviation to targets that are values.
 * @throws LehrError `option` for a deviation below 0, and for examples of classes.
 */
export function noisyTargets(examples: Examples, deviation: number, rng: Rng): Examples {
  if (!(deviation >= 0 && deviation < Infinity))
    throw new LehrError('option', `noisyTargets: deviation is ${show(deviation)}, expected a finite number of at least 0.`);
  if (examples.classes > 0)
    throw new LehrError('option', `noisyTargets: the examples have ${examples.classes} classes, expected targets that are values.`);
  return { ...examples, targets: examples.targets.map((value) => value + deviation * rng.normal()) };
}
