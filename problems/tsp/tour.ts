/** A tour that moves: the cities in order, where each stands, and the move that was last proposed. Cities have the kernel's numbers. */
export interface TspState {
  readonly tour: Int32Array;
  readonly position: Int32Array;
  /** The noted move: 0 none; 1 reverse `count` places from `first`; 2 move `count` places from `first` between `gap` and the place after it. */
  kind: number;
  first: number;
  count: number;
  gap: number;
  /** The moved segment changes its direction. */
  turned: boolean;
}

export function newState(tour: Int32Array): TspState {
  const position = new Int32Array(tour.length);
  for (let i = 0; i < tour.length; i++) position[tour[i]] = i;
  return { tour, position, kind: 0, first: 0, count: 0, gap: 0, turned: false };
}

/** Makes the noted move. */
export function applyMove(state: TspState): void {
  if (state.kind === 1) reverse(state.tour, state.position, state.first, state.count);
  else if (state.kind === 2) moveSegment(state.tour, state.position, state.first, state.count, state.gap, state.turned);
}

/** Reverses `count` places from `first` on, or, where that is shorter, all the others: as a cycle the tour is the same. */
export function reverse(tour: Int32Array, position: Int32Array, first: number, count: number): void {
  const n = tour.length;
  let i = first;
  let left = count;
  if (2 * count > n) {
    i = first + count;
    if (i >= n) i -= n;
    left = n - count;
  }
  let j = i + left - 1;
  if (j < n) {
    while (i < j) {
      const a = tour[i];
      const b = tour[j];
      tour[i] = b;
      position[b] = i++;
      tour[j] = a;
      position[a] = j--;
    }
    return;
  }
  j -= n;
  for (let swaps = left >> 1; swaps > 0; swaps--) {
    const a = tour[i];
    const b = tour[j];
    tour[i] = b;
    position[b] = i;
    tour[j] = a;
    position[a] = j;
    if (++i === n) i = 0;
    if (--j < 0) j = n - 1;
  }
}

/**
 * Moves `count` (1 to 3) places from `first` on into the gap after place `gap`, turned or not, by shifting the shorter of the two stretches
 * between.
 */
export function moveSegment(tour: Int32Array, position: Int32Array, first: number, count: number, gap: number, turned: boolean): void {
  const n = tour.length;
  let p1 = first + 1;
  if (p1 >= n) p1 -= n;
  let p2 = first + 2;
  if (p2 >= n) p2 -= n;
  let s0 = tour[first];
  let s1 = count > 1 ? tour[p1] : 0;
  let s2 = count > 2 ? tour[p2] : 0;
  if (turned) {
    if (count === 2) {
      const s = s0;
      s0 = s1;
      s1 = s;
    } else if (count === 3) {
      const s = s0;
      s0 = s2;
      s2 = s;
    }
  }
  let ahead = gap - (first + count) + 1;
  if (ahead < 0) ahead += n;
  const behind = n - count - ahead;
  let to: number;
  if (ahead <= behind) {
    // The stretch after the segment moves back by `count`.
    let from = first + count;
    if (from >= n) from -= n;
    to = first;
    for (let k = 0; k < ahead; k++) {
      const city = tour[from];
      tour[to] = city;
      position[city] = to;
      if (++from === n) from = 0;
      if (++to === n) to = 0;
    }
  } else {
    // The stretch before the segment moves ahead by `count`.
    let from = first - 1;
    if (from < 0) from += n;
    to = first + count - 1;
    if (to >= n) to -= n;
    for (let k = 0; k < behind; k++) {
      const city = tour[from];
      tour[to] = city;
      position[city] = to;
      if (--from < 0) from = n - 1;
      if (--to < 0) to = n - 1;
    }
    to = to - count + 1;
    if (to < 0) to += n;
  }
  tour[to] = s0;
  position[s0] = to;
  if (count > 1) {
    if (++to === n) to = 0;
    tour[to] = s1;
    position[s1] = to;
  }
  if (count > 2) {
    if (++to === n) to = 0;
    tour[to] = s2;
    position[s2] = to;
  }
}
