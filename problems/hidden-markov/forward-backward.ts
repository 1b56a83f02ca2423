/**
 * Sums over all paths of states of one sequence, by the forward–backward recursions with each step scaled to 1 (Rabiner 1989, section V.A). All potentials are plain numbers, at least 0: a path
 * weighs initial[z_1] Π_t transitions[z_(t−1), z_t] Π_t emissions[t, z_t].
 */
export class Paths {
  readonly states: number;
  /** length × states: potentials of the states at each place; who calls `run` fills them. */
  emissions: Float64Array;
  /** After `run`: length × states, the probability of each state at each place. */
  marginals: Float64Array;
  private forward: Float64Array;
  private scales: Float64Array;
  private readonly backward: Float64Array;
  private readonly next: Float64Array;

  constructor(states: number) {
    this.states = states;
    this.emissions = this.marginals = this.forward = this.scales = new Float64Array(0);
    this.backward = new Float64Array(states);
    this.next = new Float64Array(states);
  }

  /** Makes room for a sequence of this length. */
  reserve(length: number): void {
    if (this.scales.length >= length) return;
    this.emissions = new Float64Array(length * this.states);
    this.marginals = new Float64Array(length * this.states);
    this.forward = new Float64Array(length * this.states);
    this.scales = new Float64Array(length);
  }

  /**
   * Marginals of the sequence, and expected counts of transitions added to `counts` (states × states).
   * @param transitions states × states, row by row.
   * @returns the logarithm of the sum of all paths' weights.
   */
  run(length: number, initial: Float64Array, transitions: Float64Array, counts: Float64Array): number {
    const { states, emissions, marginals, forward, scales, backward, next } = this;
    let logs = 0;
    for (let t = 0; t < length; t++) {
      const at = t * states;
      let total = 0;
      for (let k = 0; k < states; k++) {
        let sum = 0;
        if (t === 0) sum = initial[k];
        else for (let j = 0; j < states; j++) sum += forward[at - states + j] * transitions[j * states + k];
        sum *= emissions[at + k];
        forward[at + k] = sum;
        total += sum;
      }
      const inverse = 1 / total;
      for (let k = 0; k < states; k++) forward[at + k] *= inverse;
      scales[t] = inverse;
      logs += Math.log(total);
    }
    backward.fill(1);
    for (let t = length - 1; t >= 0; t--) {
      const at = t * states;
      for (let k = 0; k < states; k++) marginals[at + k] = forward[at + k] * backward[k];
      if (t === 0) break;
      for (let k = 0; k < states; k++) next[k] = emissions[at + k] * backward[k] * scales[t];
      for (let j = 0; j < states; j++) {
        let sum = 0;
        const from = forward[at - states + j];
        for (let k = 0; k < states; k++) {
          const both = transitions[j * states + k] * next[k];
          counts[j * states + k] += from * both;
          sum += both;
        }
        backward[j] = sum;
      }
    }
    return logs;
  }
}
