import type { Machine } from './machine.ts';
import type { SequenceState } from './sequence.ts';

/** What the moves need to know: the machine, and how moves are drawn. */
export interface Moves {
  readonly machine: Machine;
  /** Insertions of a uniform job at a uniform other place, and nothing else. */
  readonly insertion: boolean;
  /** Of 256 proposals, how many are swaps, and how many are swaps or insertions; the others exchange neighbouring stretches. */
  readonly swaps: number;
  readonly insertions: number;
  /** Lengths of stretches and distances by 10 random bits: k with probability in proportion to 1 / k. */
  readonly lengths: Int32Array;
}

/** How many jobs a swapped stretch has, by 6 random bits: k with probability 2^−k, at most 6. */
const FEW = Int32Array.from({ length: 64 }, (_, bits) => Math.clz32(bits | 1) - 25);

/** 1 … n − 1 with probabilities in proportion to 1 / k: near moves are tried most, and no distance is out of reach. */
export function harmonicLengths(n: number): Int32Array {
  const lengths = new Int32Array(1024).fill(1);
  let total = 0;
  for (let k = 1; k < n; k++) total += 1 / k;
  let slot = 0;
  let sum = 0;
  for (let k = 1; k < n; k++) {
    sum += 1 / k;
    while (slot < 1024 && (slot + 0.5) * total <= 1024 * sum) lengths[slot++] = k;
  }
  while (slot < 1024 && n > 1) lengths[slot++] = n - 1;
  return lengths;
}

/**
 * Notes the move that two random words stand for; false, and no move, if it is longer than the sequence. The first word says what changes places: bits 0–7 the
 * kind, 22–31 and 12–21 the lengths of two neighbouring stretches, of which an insertion makes one a single job (which, bit 8); for swaps 9–14 and 15–20
 * the lengths, 22–31 the distance. The second word says where, uniform over all places it fits. A move and its inverse are equally likely.
 */
export function noteMove({ machine, swaps, insertions, lengths }: Moves, state: SequenceState, word: number, where: number): boolean {
  const kind = word & 255;
  let one: number;
  let between = 0;
  let other = lengths[word >>> 22];
  if (kind < swaps) {
    between = other - 1;
    one = FEW[(word >>> 9) & 63];
    other = FEW[(word >>> 15) & 63];
  } else if (kind >= insertions) {
    one = lengths[(word >>> 12) & 1023];
  } else if ((word & 256) !== 0) {
    one = 1;
  } else {
    one = other;
    other = 1;
  }
  const room = machine.n + 1 - one - between - other;
  if (room < 1) {
    state.first = 0;
    return false;
  }
  const first = 1 + Math.floor(where * room * 2.3283064365386963e-10); // 2⁻³², exact
  state.first = first;
  state.middle = first + one;
  state.second = first + one + between;
  state.last = first + one + between + other - 1;
  return true;
}

/** Notes the insertion of the job at one place at another one, `to` of the others; both from 0. */
export function noteInsertion(state: SequenceState, from: number, to: number): void {
  if (to >= from) {
    state.first = from + 1;
    state.middle = state.second = from + 2;
    state.last = to + 2;
  } else {
    state.first = to + 1;
    state.middle = state.second = from + 1;
    state.last = from + 1;
  }
}
