import { LehrError, show } from '../../src/error.ts';
import { shuffle } from '../../src/random/distributions.ts';
import { stream } from '../../src/random/rng.ts';
import type { Seed } from '../../src/random/seed.ts';
import { checkKeys } from '../../src/run/plan.ts';

/** How rows are dealt out. */
export interface SplitOptions {
  readonly seed: Seed;
  /** Shares of the rows for validation and for test (0.2 and 0.2); training takes the rest. */
  readonly validation?: number;
  readonly test?: number;
  /** The class of each row: every part then has its share of each class, to within a row or two. */
  readonly classes?: ArrayLike<number>;
}

/** Rows of each part, ascending; every row is in one of them. */
export interface Split {
  readonly training: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

/**
 * Deals the rows 0 … rows − 1 at random into training, validation and test. It draws from the stream (seed, 'split') alone, so that one seed gives one
 * split whatever else is done with it.
 * @throws LehrError `option` for shares that leave nothing to train on, and for a part that would be empty though its share is above 0.
 */
export function split(rows: number, options: SplitOptions): Split {
  checkKeys('split', options, ['seed', 'validation', 'test', 'classes']);
  const { seed, validation = 0.2, test = 0.2, classes } = options;
  for (const [name, share] of Object.entries({ validation, test })) {
    if (!(typeof share === 'number' && share >= 0 && share < 1))
      throw new LehrError('option', `split: ${name} is ${show(share)}, expected a share from 0 to below 1.`);
  }
  if (!(validation + test < 1))
    throw new LehrError('option', `split: validation and test take ${validation + test} of the rows, expected less than 1 together.`);
  if (!(Number.isInteger(rows) && rows >= 1)) throw new LehrError('option', `split: rows is ${show(rows)}, expected at least one.`);
  if (classes !== undefined && classes.length !== rows)
    throw new LehrError('option', `split: there are ${classes.length} classes, expected one for each of ${rows} rows.`);
  const order = shuffle(
    stream(seed, 'split'),
    Int32Array.from({ length: rows }, (_, row) => row),
  );
  if (classes !== undefined) order.sort((a, b) => classes[a] - classes[b]); // stable: random within a class
  const shares = [1 - validation - test, validation, test];
  const counts = [0, 0, 0];
  const parts: number[][] = [[], [], []];
  for (let i = 0; i < rows; i++) {
    // The part that is furthest behind its share: after any number of rows each is within one of it, so each class gets its shares.
    let part = 0;
    for (let k = 1; k < 3; k++) if (shares[k] * (i + 1) - counts[k] > shares[part] * (i + 1) - counts[part] + 1e-9) part = k;
    counts[part]++;
    parts[part].push(order[i]);
  }
  const names = ['training', 'validation', 'test'] as const;
  names.forEach((name, k) => {
    if (shares[k] > 0 && counts[k] === 0)
      throw new LehrError('option', `split: ${name} takes ${shares[k]} of ${rows} rows, which is none, expected at least one row.`);
  });
  const [a, b, c] = parts.map((part) => Int32Array.from(part).sort());
  return { training: a, validation: b, test: c };
}

/** The same test rows, and all others to train on: for a last fit, when everything is chosen. */
export function withoutValidation({ training, validation, test }: Split): Split {
  return { training: Int32Array.from([...training, ...validation]).sort(), validation: new Int32Array(0), test };
}
