import { LehrError } from '../../src/error.ts';

/** Sequences of points, one after the other. Plain data. */
export interface Observations {
  /** Numbers of a point. */
  readonly d: number;
  /** Sequence s has the points starts[s] … starts[s + 1] − 1; sequences + 1 of them. */
  readonly starts: Int32Array;
  /** points × d. */
  readonly values: Float64Array;
}

/**
 * Sequences of points from lists of numbers, `d` to a point.
 * @throws LehrError `input` for an empty sequence or one that is cut within a point, from 0.
 */
export function observations(lists: readonly ArrayLike<number>[], d: number): Observations {
  const starts = new Int32Array(lists.length + 1);
  lists.forEach((list, s) => {
    if (list.length % d !== 0)
      throw new LehrError('input', `sequence ${s} has ${list.length} numbers, expected ${d} for each of its points.`);
    starts[s + 1] = starts[s] + list.length / d;
  });
  const values = new Float64Array(starts[lists.length] * d);
  lists.forEach((list, s) => values.set(Array.from(list), starts[s] * d));
  const all = { d, starts, values };
  checkObservations(all);
  return all;
}

/** Throws an `input` error for sequences that are none, or empty. */
export function checkObservations({ d, starts, values }: Observations): void {
  if (!(Number.isSafeInteger(d) && d >= 1 && starts.length >= 2 && starts[0] === 0 && starts[starts.length - 1] * d === values.length))
    throw new LehrError(
      'input',
      `there are ${starts.length - 1} sequences of points of ${d} with ${values.length} values, expected at least one sequence, and starts from 0 to their end.`,
    );
  for (let s = 0; s + 1 < starts.length; s++)
    if (!(starts[s + 1] > starts[s])) throw new LehrError('input', `sequence ${s} is empty, expected at least one point.`);
}

/** Names a point by its sequence and place, from 0. */
export function placeIn({ starts }: Observations): (point: number) => string {
  return (point) => {
    let s = 0;
    while (s + 2 < starts.length && starts[s + 1] <= point) s++;
    return `sequence ${s}, place ${point - starts[s]},`;
  };
}
