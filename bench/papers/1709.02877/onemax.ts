import type { Dynamics } from '../../../src/dynamics/dynamics.ts';
import { metropolis } from '../../../src/dynamics/metropolis.ts';
import type { Problem } from '../../../src/dynamics/problem.ts';
import type { Outcome } from '../../../src/run/outcome.ts';
import { lamTarget, modifiedLam } from '../../../src/schedules/lam.ts';
import type { Controller } from '../../../src/schedules/schedule.ts';

/** Bits of one string, and the noted flip. */
interface Bits {
  readonly bits: Uint8Array;
  at: number;
}

/** OneMax: the cost of each zero, times the zeros of a bit string; a move flips one bit. */
export function oneMax(n: number, cost: number): Problem<Bits> {
  return {
    name: 'onemax',
    size: n,
    integer: Number.isInteger(cost),
    fingerprint: `${n} ${cost}`,
    init: (rng) => ({ bits: Uint8Array.from({ length: n }, () => rng.below(2)), at: 0 }),
    energy: ({ bits }) => cost * bits.reduce((zeros, bit) => zeros + 1 - bit, 0),
    propose(state, rng) {
      state.at = rng.below(n);
      return state.bits[state.at] === 0 ? -cost : cost;
    },
    accept(state) {
      state.bits[state.at] = 1 - state.bits[state.at];
    },
    reject() {},
    copy(from, to) {
      to.bits.set(from.bits);
    },
  };
}

/** A run whose acceptance is watched: in windows of equal length, how far it is from Lam's target. */
interface Watched<S> {
  readonly inner: S;
  /** Steps made, and of the open window: steps and accepted proposals. */
  steps: number;
  open: number;
  accepted: number;
  /** Over closed windows: their number, and the sum of squared distances to the target. */
  windows: number;
  squares: number;
}

/**
 * A dynamics that makes the steps of another, and watches its acceptance in windows: the result is the mean squared distance of a window's rate to the
 * target at its middle.
 * @param length of the run. @param window length of a window, both in steps.
 */
function watched<S, C extends string>(inner: Dynamics<S, C, unknown>, length: number, window: number): Dynamics<Watched<S>, C, number> {
  const { logDensity: _, verify: __, rewind: ___, signalOf: ____, ...rest } = inner;
  return {
    ...rest,
    fingerprint: { watched: inner.fingerprint, length, window },
    init: (rng) => ({ inner: inner.init(rng), steps: 0, open: 0, accepted: 0, windows: 0, squares: 0 }),
    advance(state, controls, n, rng, block) {
      // A block longer than a window is run window by window: the same steps, the same draws.
      for (let left = n; left > 0;) {
        const part = Math.min(left, window - state.open);
        const before = block.accepted;
        inner.advance(state.inner, controls, part, rng, block);
        left -= part;
        state.steps += part;
        state.open += part;
        state.accepted += block.accepted - before;
        if (state.open < window) continue;
        const distance = state.accepted / window - lamTarget((state.steps - window / 2) / length);
        state.squares += distance * distance;
        state.windows++;
        state.open = state.accepted = 0;
      }
    },
    energy: (state) => inner.energy(state.inner),
    result: ({ squares, windows }) => squares / windows,
    save: (state) => ({ ...state, inner: inner.save(state.inner) }),
    load(saved) {
      const state = saved as Watched<unknown>;
      return { ...state, inner: inner.load(state.inner) };
    },
  };
}

/** Parameters of a watched run: bits, the cost of a zero, and the length of the run and of a window in steps. */
export interface OneMaxParams {
  readonly n: number;
  readonly cost: number;
  readonly length: number;
  readonly window: number;
}

/** OneMax under the Modified Lam schedule; its score is how badly the acceptance follows the target. */
export default function recipe({ n, cost, length, window }: OneMaxParams) {
  return {
    dynamics: watched(metropolis(oneMax(n, cost)), length, window),
    controls: { temperature: anyBlock },
    score: ({ result }: Outcome<number>) => result,
  };
}

/** The Modified Lam schedule at any block: beyond 100 steps, what Lehr otherwise refuses. */
const anyBlock: Controller<unknown> = { ...(modifiedLam() as Controller<unknown>), maxBlock: () => Infinity };
