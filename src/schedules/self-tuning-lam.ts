import type { Block } from '../dynamics/block.ts';
import { follow, type Feedback } from './follow.ts';
import { lamMemory, lamTargetOf, type LamMemory } from './lam.ts';
import { NOTHING } from './lift.ts';
import type { Controller, Moment } from './schedule.ts';

/** Runs of at least this many steps are tuned over a thousandth of them, shorter ones over a hundredth, and below `SHORTEST` not at all. */
const LONG = 10_000;
const SHORTEST = 100;

/** L(x) = lamTarget(x) and ζ(x) = −1 / ln(0.001 / (1.001 − L(x))), at the end of the tuning phase and at twice that. */
interface Marks {
  /** One part in so many of the run is tuning. */
  readonly parts: number;
  readonly end: number;
  readonly twice: number;
  readonly zetaEnd: number;
  readonly zetaTwice: number;
}
const THOUSANDTH: Marks = {
  parts: 1000,
  end: 0.9768670788789564,
  twice: 0.9546897506857566,
  zetaEnd: 0.3141120890121576,
  zetaTwice: 0.260731492877931,
};
const HUNDREDTH: Marks = {
  parts: 100,
  end: 0.8072615745900611,
  twice: 0.6808590431613767,
  zetaEnd: 0.18987910472222955,
  zetaTwice: 0.17334743675123146,
};

/** Its signals; those of a dynamics whose proposals change an energy. */
const SIGNALS: readonly string[] = Object.freeze(['meanChange', 'uphill', 'level', 'downhill']);
const NEEDS: readonly string[] = Object.freeze(['acceptance', ...SIGNALS]);

/** Memory of `selfTuningLam`; temperature and rate count from the end of the tuning phase on. */
export interface SelfTuningLamMemory extends LamMemory {
  /** Indices of its signals. */
  readonly places: readonly number[];
  /**
   * Steps of the tuning phase so far, and of its proposals how many changed the energy and by how much in all, how many had ΔE ≤ 0, and how many
   * were possible.
   */
  tuning: number;
  changes: number;
  change: number;
  free: number;
  possible: number;
  /** What the tuning phase has found: the weight α of a step in the running rate is `give`, the factor β of a cooling `factor`; null before its end. */
  feedback: Feedback | null;
}

/**
 * The Self-Tuning Lam schedule (Cicirello, Applied Sciences 11(21), 9828, 2021, algorithms 3 to 7): follows `lamTarget` as Modified Lam does, but
 * learns its first temperature, its memory and its factor from a random walk over the first M steps, so that it tracks the target from there
 * on, whatever the unit of the energy and the length of the run. M is a thousandth of a run of N ≥ 10 000 steps, a hundredth of a shorter one; below
 * 100 steps there is no tuning, and it begins at 0.5. The temperature is Infinity in the tuning phase, whose end falls on the end of a block.
 *
 * Needs a dynamics that tells `meanChange`, `uphill`, `level` and `downhill` of its proposals, and asks for them in the tuning phase only. Proposals
 * that are impossible (ΔE = Infinity) count as none there; that is ours. So is this: where the published formula gives a β of 1 or more, which
 * would heat where it should cool (the share of proposals with ΔE ≤ 0 within 0.0006 below L(M)), that share counts as L(M) or more. Blocks of one
 * step are the published algorithm; up to half of M they track as well (measured), hence `maxBlock`.
 *
 * Under a seconds budget, and under evaluations where a step has no fixed cost, N is not known: the tuning then ends at the first block with t ≥
 * 0.001, or 0.01 if that was fewer than 10 steps, N is taken as the steps so far divided by t, the target is read at t, and blocks are as for
 * Modified Lam.
 */
export function selfTuningLam(): Controller<SelfTuningLamMemory> {
  return {
    spec: Object.freeze({ schedule: 'selfTuningLam' }),
    needs: NEEDS,
    wants: (memory) => (memory.feedback === null ? SIGNALS : NOTHING),
    maxBlock: ({ steps }) => (steps === null ? 100 : Math.max(1, Math.floor(phaseOf(steps) / 2))),
    defaultBlock: ({ steps }) => (steps === null ? 50 : Math.max(1, Math.floor(phaseOf(steps) / 5))),
    start: (run) => ({
      ...lamMemory(run, 0, 0),
      places: SIGNALS.map((name) => run.signal(name)),
      tuning: 0,
      changes: 0,
      change: 0,
      free: 0,
      possible: 0,
      feedback: null,
    }),
    next(memory, now) {
      const { block } = now;
      const { feedback } = memory;
      if (feedback === null) {
        if (block !== null) count(memory, block);
        tune(memory, now);
      } else if (block !== null && block.proposed > 0) {
        follow(memory, feedback, block.steps, block.accepted / block.proposed, lamTargetOf(memory, now));
      }
      return memory.feedback === null ? Infinity : memory.temperature;
    },
  };
}

/** M, the steps of the tuning phase of a run. */
function phaseOf(steps: number): number {
  return steps < SHORTEST ? 0 : Math.floor(steps / marksOf(steps).parts);
}

function marksOf(steps: number): Marks {
  return steps >= LONG ? THOUSANDTH : HUNDREDTH;
}

/** Adds what a block of the tuning phase tells. */
function count(memory: SelfTuningLamMemory, { steps, signals }: Block): void {
  const [meanChange, uphill, level, downhill] = memory.places;
  const changes = signals[uphill] + signals[downhill];
  memory.tuning += steps;
  memory.changes += changes;
  if (changes > 0) memory.change += signals[meanChange] * changes;
  memory.free += signals[level] + signals[downhill];
  memory.possible += changes + signals[level];
}

/** Ends the tuning phase if it is over. */
function tune(memory: SelfTuningLamMemory, now: Moment): void {
  const known = memory.steps !== null;
  // Without a known length: what the pace so far makes of it.
  const steps = memory.steps ?? (now.t > 0 ? memory.tuning / now.t : Infinity);
  const marks = marksOf(steps);
  const phase = phaseOf(steps);
  if (known ? memory.tuning < phase : now.t * marks.parts < 1) return;
  if (steps < SHORTEST) {
    set(memory, 0.5, HUNDREDTH.end, 0.2, 0.9);
    return;
  }
  const { changes, change, free, possible } = memory;
  const { end, twice, zetaEnd, zetaTwice } = marks;
  const mean = changes > 0 ? change / changes : 1;
  const ready = free === possible ? free / (1 + possible) : free / possible;
  const alpha = Math.min(2 / (0.01 * steps + 1), 0.2);
  // T₀ from ready + (1 − ready) · e^(−mean / T₀) = L(M), and M coolings to the temperature of L(2M).
  const log = (rate: number): number => Math.log((rate - ready) / (1 - ready));
  let first = mean * zetaEnd;
  let cooling = zetaTwice / zetaEnd;
  if (ready < end) {
    const found = ready < twice ? log(end) / log(twice) : -zetaTwice * log(end);
    if (found < 1) {
      cooling = found;
      first = -mean / log(end);
    }
  }
  set(memory, first, end, alpha, Math.exp(Math.log(cooling) / (known ? phase : memory.tuning)));
}

function set(memory: SelfTuningLamMemory, temperature: number, rate: number, alpha: number, beta: number): void {
  Object.assign(memory, { temperature, rate, feedback: { keep: 1 - alpha, give: alpha, over: 1, factor: beta } });
}
