import type { Problem, Rng } from 'lehr';

export interface Spins {
  s: Int8Array;
  i: number;
}

/** A ring of n ±1 spins with couplings J_i between i and i + 1 and fields h_i: E = −Σ J s s − Σ h s. */
export function ring(n: number, couple: (i: number) => number, field: (i: number) => number): Problem<Spins> {
  const J = Float64Array.from({ length: n }, (_, i) => couple(i));
  const h = Float64Array.from({ length: n }, (_, i) => field(i));
  return {
    name: 'ring',
    size: n,
    init: (rng: Rng) => ({ s: Int8Array.from({ length: n }, () => (rng.below(2) === 0 ? -1 : 1)), i: 0 }),
    energy: ({ s }) => s.reduce((sum, spin, i) => sum - J[i] * spin * s[(i + 1) % n] - h[i] * spin, 0),
    propose(state, rng) {
      const { s } = state;
      const i = rng.below(n);
      state.i = i;
      const before = (i + n - 1) % n;
      return 2 * s[i] * (J[i] * s[(i + 1) % n] + J[before] * s[before] + h[i]);
    },
    accept(state) {
      state.s[state.i] = -state.s[state.i];
    },
    reject() {},
    copy(from, to) {
      to.s.set(from.s);
    },
  };
}

/** Number partitioning, the tutorial's problem. */
export function partition(weights: Float64Array): Problem<{ side: Int8Array; sum: number; i: number }> {
  const total = (side: Int8Array): number => side.reduce((sum, s, i) => sum + s * weights[i], 0);
  return {
    name: 'partition',
    size: weights.length,
    init(rng) {
      const side = Int8Array.from(weights, () => (rng.uniform() < 0.5 ? -1 : 1));
      return { side, sum: total(side), i: 0 };
    },
    energy: ({ side }) => Math.abs(total(side)),
    propose(state, rng) {
      state.i = rng.below(weights.length);
      return Math.abs(state.sum - 2 * state.side[state.i] * weights[state.i]) - Math.abs(state.sum);
    },
    accept(state) {
      state.sum -= 2 * state.side[state.i] * weights[state.i];
      state.side[state.i] = -state.side[state.i];
    },
    reject() {},
    copy(from, to) {
      to.side.set(from.side);
      to.sum = from.sum;
      to.i = from.i;
    },
  };
}
