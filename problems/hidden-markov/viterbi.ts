/**
 * The path of states with the largest weight of those that `Paths` adds up (Viterbi 1967); of equal ones the path of the lowest states, looked at from its end. Logarithms keep long sequences in range.
 * @param emissions length × states, plain numbers. @param into the path, from `at` on.
 */
export function likeliestPath(
  length: number,
  initial: Float64Array,
  transitions: Float64Array,
  emissions: Float64Array,
  into: Int32Array,
  at: number,
): void {
  const states = initial.length;
  const logs = transitions.map(Math.log);
  let best = Float64Array.from({ length: states }, (_, k) => Math.log(initial[k] * emissions[k]));
  const from = new Int32Array(length * states);
  for (let t = 1; t < length; t++) {
    const next = new Float64Array(states).fill(-Infinity);
    for (let k = 0; k < states; k++) {
      for (let j = 0; j < states; j++) {
        const value = best[j] + logs[j * states + k];
        if (!(value > next[k])) continue;
        next[k] = value;
        from[t * states + k] = j;
      }
      next[k] += Math.log(emissions[t * states + k]);
    }
    best = next;
  }
  let state = 0;
  for (let k = 1; k < states; k++) if (best[k] > best[state]) state = k;
  for (let t = length - 1; t >= 0; t--) {
    into[at + t] = state;
    state = from[t * states + state];
  }
}
