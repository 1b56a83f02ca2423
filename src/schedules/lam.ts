import { known, positive } from './check.ts';
import { follow, type Feedback, type Followed } from './follow.ts';
import type { Controller, Moment, Run, Spec } from './schedule.ts';

const LN_560 = Math.log(560);
const LN_440 = Math.log(440);

/**
 * The acceptance rate that the Lam schedule aims at after the share t of the run: 0.44 + 0.56 · 560^(−t / 0.15) below 0.15, then 0.44, from 0.65 on
 * 0.44 · 440^(−(t − 0.65) / 0.35) (Lam & Delosme 1988, Swartz 1993, Boyan 1998; as in Cicirello, arXiv 1709.02877, figure 1). A schedule
 * like any other, to be changed and given to `targetAcceptance`.
 */
export const lamTarget: ((t: number) => number) & { readonly spec: Spec } = Object.assign(
  (t: number): number => {
    if (t < 0.15) return 0.44 + 0.56 * Math.exp((-t / 0.15) * LN_560);
    if (t < 0.65) return 0.44;
    return 0.44 * Math.exp((-(t - 0.65) / 0.35) * LN_440);
  },
  { spec: Object.freeze({ schedule: 'lamTarget' }) },
);

/** Options of `modifiedLam`. */
export interface ModifiedLamOptions {
  /** The first temperature; above 0. The published one is 0.5, in the energy's own unit. */
  readonly temperature?: number;
}

/** Where the Lam curve of a run stands, so that the next step's value takes one multiplication. */
export interface LamCourse {
  /** Steps of the run; null if unknown. */
  readonly steps: number | null;
  /** What a step multiplies the falling term by, on the first and on the last piece. */
  readonly first: number;
  readonly last: number;
  /** The falling term at the step `at`. */
  term: number;
  at: number;
}

/** Memory of `modifiedLam`. */
export interface LamMemory extends Followed, LamCourse {}

/** That memory before the first step of a run. One literal: objects of one shape keep V8's code of the step path. */
export function lamMemory({ steps }: Pick<Run, 'steps'>, temperature: number, rate: number): LamMemory {
  const falls = (ln: number, share: number): number => (steps === null ? 1 : Math.exp(-ln / (share * steps)));
  return {
    temperature,
    rate,
    many: 0,
    kept: 1,
    change: 1,
    steps,
    first: falls(LN_560, 0.15),
    last: falls(LN_440, 0.35),
    term: 0,
    at: -1,
  };
}

/** Steps after which the falling term is computed afresh: by then it is off by less than 1e-13. */
const AFRESH = 256;

/**
 * `lamTarget` at the share of its run's steps that are done, or at t where that is not known. Step after step, the falling term is one
 * multiplication (Cicirello, Optimizing the Modified Lam annealing schedule, 2020), where the exponential would cost as much as the step itself.
 */
export function lamTargetOf(course: LamCourse, { t, step }: Moment): number {
  const { steps } = course;
  if (steps === null) return lamTarget(t);
  const done = step / steps;
  if (done >= 0.15 && done < 0.65) return 0.44;
  const early = done < 0.15;
  // From 2 steps on, one lies between the two falling pieces.
  if (step === course.at + 1 && step % AFRESH !== 0 && steps > 1) course.term *= early ? course.first : course.last;
  else course.term = early ? lamTarget(done) - 0.44 : lamTarget(done);
  course.at = step;
  return early ? 0.44 + course.term : course.term;
}

const MODIFIED: Feedback = { keep: 499, give: 1, over: 500, factor: 0.999 };

/**
 * The Modified Lam schedule: raises the temperature by 1/0.999 a step while the acceptance rate, averaged over some 500 steps, is at or below
 * `lamTarget`, and lowers it by 0.999 while it is above (arXiv 1709.02877, figure 1). Blocks of one step are the published algorithm, bit for
 * bit but for the target's last digits; a block of n makes n of its updates at once, with the block's mean acceptance and one direction, which is as
 * good up to n = 100 and not at 500, hence `maxBlock`. The target is read at step / steps of its own run; under a seconds or evaluations budget, which
 * know no steps, at t. Depends on the unit of the energy; runs below some 2000 steps are too short for its memory (`selfTuningLam` is not bound by
 * either). Impossible proposals count as rejected ones: where a fifth of all are, the curve's first values are out of reach, and the temperature rises
 * until the curve has come down to what is not. The temperature is kept within 1e-150 … 1e150, beyond which the published one would be lost.
 */
export function modifiedLam(options: ModifiedLamOptions = {}): Controller<LamMemory> {
  known('modifiedLam', options, ['temperature']);
  const first = positive('modifiedLam', 'temperature', options.temperature ?? 0.5);
  return {
    spec: Object.freeze({ schedule: 'modifiedLam', temperature: first }),
    needs: ['acceptance'],
    maxBlock: () => 100,
    defaultBlock: () => 50,
    start: (run) => lamMemory(run, first, 0.5),
    next(memory, now) {
      const { block } = now;
      if (block === null || block.proposed === 0) return memory.temperature;
      follow(memory, MODIFIED, block.steps, block.accepted / block.proposed, lamTargetOf(memory, now));
      return memory.temperature;
    },
  };
}
