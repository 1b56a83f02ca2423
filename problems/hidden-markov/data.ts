import { LehrError, show } from '../../src/error.ts';
import type { Rng } from '../../src/random/rng.ts';

/** Sequences of symbols 0 … symbols − 1, one after the other. Plain data. */
export interface Sequences {
  readonly symbols: number;
  /** Sequence s is values[starts[s]] … values[starts[s + 1] − 1]; sequences + 1 of them. */
  readonly starts: Int32Array;
  readonly values: Int32Array;
}

/**
 * Sequences from lists of symbols.
 * @param symbols how many there are; one more than the largest unless it is said.
 * @throws LehrError `input` for an empty sequence or a value that is no symbol, by sequence and place from 0.
 */
export function sequences(lists: readonly ArrayLike<number>[], symbols?: number): Sequences {
  const starts = new Int32Array(lists.length + 1);
  lists.forEach((list, s) => (starts[s + 1] = starts[s] + list.length));
  const values = new Int32Array(starts[lists.length]);
  let most = -1;
  lists.forEach((list, s) => {
    for (let t = 0; t < list.length; t++) {
      const value = list[t];
      if (!(Number.isSafeInteger(value) && value >= 0 && value < (symbols ?? 0x7fffffff)))
        throw new LehrError(
          'input',
          `sequence ${s} has ${show(value)} at place ${t}, expected a whole number from 0${symbols === undefined ? ' on' : ` to ${symbols - 1}`}.`,
        );
      values[starts[s] + t] = value;
      most = Math.max(most, value);
    }
  });
  const all = { symbols: symbols ?? most + 1, starts, values };
  checkSequences(all);
  return all;
}

/** Throws an `input` error for sequences that are none, empty, or hold what is no symbol. */
export function checkSequences({ symbols, starts, values }: Sequences): void {
  if (!(starts.length >= 2 && starts[0] === 0 && starts[starts.length - 1] === values.length))
    throw new LehrError(
      'input',
      `there are ${starts.length - 1} sequences with ${values.length} values, expected at least one sequence, and starts from 0 to their end.`,
    );
  if (!(Number.isSafeInteger(symbols) && symbols >= 1))
    throw new LehrError('input', `symbols is ${show(symbols)}, expected a whole number from 1 on.`);
  for (let s = 0; s + 1 < starts.length; s++) {
    if (!(starts[s + 1] > starts[s])) throw new LehrError('input', `sequence ${s} is empty, expected at least one symbol.`);
    for (let t = starts[s]; t < starts[s + 1]; t++)
      if (!(values[t] >= 0 && values[t] < symbols))
        throw new LehrError(
          'input',
          `sequence ${s} has ${values[t]} at place ${t - starts[s]}, expected a symbol from 0 to ${symbols - 1}.`,
        );
  }
}

/** Sequences by their numbers, in that order; of symbols or of points. */
export function selectSequences<D extends { readonly starts: Int32Array; readonly values: Int32Array | Float64Array; readonly d?: number }>(
  data: D,
  numbers: ArrayLike<number>,
): D {
  const { starts, values, d = 1 } = data;
  const begins = new Int32Array(numbers.length + 1);
  for (let i = 0; i < numbers.length; i++) begins[i + 1] = begins[i] + starts[numbers[i] + 1] - starts[numbers[i]];
  const picked = values instanceof Int32Array ? new Int32Array(begins[numbers.length]) : new Float64Array(begins[numbers.length] * d);
  for (let i = 0; i < numbers.length; i++)
    picked.set(values.subarray(starts[numbers[i]] * d, starts[numbers[i] + 1] * d) as Int32Array, begins[i] * d);
  return { ...data, starts: begins, values: picked };
}

/** A chain's probabilities: of its first state, from state to state (row by row), and of symbols in each state (row by row). */
export interface Chain {
  readonly initial: ArrayLike<number>;
  readonly transitions: ArrayLike<number>;
  readonly emissions: ArrayLike<number>;
}

/** Draws sequences of a length from a chain. */
export function drawSequences({ initial, transitions, emissions }: Chain, count: number, length: number, rng: Rng): Sequences {
  const states = initial.length;
  const symbols = emissions.length / states;
  const pick = (table: ArrayLike<number>, at: number, size: number): number => {
    let left = rng.uniform();
    for (let k = 0; k < size - 1; k++) {
      left -= table[at + k];
      if (left < 0) return k;
    }
    return size - 1;
  };
  const lists = Array.from({ length: count }, () => {
    let state = pick(initial, 0, states);
    return Int32Array.from({ length }, (_, t) => {
      if (t > 0) state = pick(transitions, state * states, states);
      return pick(emissions, state * symbols, symbols);
    });
  });
  return sequences(lists, symbols);
}
