import { between0And1, known, ParameterError, positive } from './check.ts';
import { follow, type Feedback, type Followed } from './follow.ts';
import { lift, specFrom, wantsThrough, wishes } from './lift.ts';
import type { Control, Controller, Spec } from './schedule.ts';
import { LehrError } from '../error.ts';

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

/** Memory of `modifiedLam`. */
export interface LamMemory extends Followed {
  /** Steps of its run; null if unknown. */
  readonly steps: number | null;
}

const MODIFIED: Feedback = { keep: 499, give: 1, over: 500, factor: 0.999 };

/**
 * The Modified Lam schedule: raises the temperature by 1/0.999 a step while the acceptance rate, averaged over some 500 steps, is at or below
 * `lamTarget`, and lowers it by 0.999 while it is above (arXiv 1709.02877, figure 1). Blocks of one step are the published algorithm bit for
 * bit; a block of n makes n of its updates at once, with the block's mean acceptance and one direction, which is as good up to n = 100 and not at
 * 500, hence `maxBlock`. The target is read at step / steps of its own run; under a seconds or evaluations budget, which
 * know no steps, at t. Depends on the unit of the energy; runs below some 2000 steps are too short for its memory (`selfTuningLam` is not bound by
 * either). The temperature is kept within 1e-150 … 1e150, beyond which the published one would be lost.
 */
export function modifiedLam(options: ModifiedLamOptions = {}): Controller<LamMemory> {
  known('modifiedLam', options, ['temperature']);
  const first = positive('modifiedLam', 'temperature', options.temperature ?? 0.5);
  return {
    spec: Object.freeze({ schedule: 'modifiedLam', temperature: first }),
    needs: ['acceptance'],
    maxBlock: () => 100,
    defaultBlock: () => 50,
    start: (run) => ({ steps: run.steps, temperature: first, rate: 0.5 }),
    next(memory, now) {
      const { block } = now;
      if (block === null || block.proposed === 0) return memory.temperature;
      const target = lamTarget(memory.steps === null ? now.t : now.step / memory.steps);
      follow(memory, MODIFIED, block.steps, block.accepted / block.proposed, target);
      return memory.temperature;
    },
  };
}

/** Options of `targetAcceptance`. */
export interface TargetAcceptanceOptions {
  /** The first temperature, in the unit of the energy; above 0. */
  readonly temperature?: number;
  /** Over how many steps the acceptance rate is averaged: rate ← ((memory − 1) · rate + accepted) / memory; at least 1. */
  readonly memory?: number;
  /** The share by which a step changes the temperature: times 1 − gain, or divided by it; above 0 and below 1. */
  readonly gain?: number;
}

/** Memory of `targetAcceptance`. */
export interface TargetAcceptanceMemory extends Followed {
  readonly child: unknown;
}

/**
 * Steers the acceptance rate along any course: `targetAcceptance(linear(0.9, 0.01))`, `targetAcceptance(0.44)`. This is the feedback of the
 * Modified Lam schedule with its curve, memory and gain set free: `targetAcceptance(lamTarget)` is `modifiedLam()`, but that its target is
 * read at the control's own t and not at the steps done, at most a block apart. (Lam and Delosme's own schedule of 1988 does
 * otherwise: it cools by the mean and variance of the energy, and holds the acceptance by the size of the moves.) The running rate starts at 0.5.
 * The acceptance follows a change of its target after some `memory` steps and no faster than `gain` allows. Blocks of up to a fifth of the memory
 * are as good as single steps (measured for Modified Lam), hence `maxBlock`. A target outside 0 … 1 is a `contract` error.
 */
export function targetAcceptance(target: Control, options: TargetAcceptanceOptions = {}): Controller<TargetAcceptanceMemory> {
  known('targetAcceptance', options, ['temperature', 'memory', 'gain']);
  const first = positive('targetAcceptance', 'temperature', options.temperature ?? 0.5);
  const memorySteps = positive('targetAcceptance', 'memory', options.memory ?? 500);
  if (memorySteps < 1) throw new ParameterError('targetAcceptance', 'memory', memorySteps, 'a number of steps of at least 1');
  const gain = between0And1('targetAcceptance', 'gain', options.gain ?? 0.001);
  if (typeof target === 'number' && !(target >= 0 && target <= 1))
    throw new ParameterError('targetAcceptance', 'target', target, 'a rate of 0 to 1');
  const feedback: Feedback = { keep: memorySteps - 1, give: 1, over: memorySteps, factor: 1 - gain };
  const child = lift(target);
  const wanted = wishes([child]);
  return {
    ...specFrom([child], ([spec]) => ({ schedule: 'targetAcceptance', target: spec, temperature: first, memory: memorySteps, gain })),
    needs: ['acceptance', ...(wanted.needs ?? [])],
    ...wantsThrough<TargetAcceptanceMemory>(child, (memory) => memory.child),
    maxBlock: (run) => Math.min(Math.max(1, Math.floor(memorySteps / 5)), wanted.maxBlock!(run)),
    defaultBlock: (run) => Math.min(Math.max(1, Math.floor(memorySteps / 10)), wanted.defaultBlock?.(run) ?? Infinity),
    start: (run) => ({ temperature: first, rate: 0.5, child: child.start(run) }),
    next(memory, now) {
      const aim = child.next(memory.child, now);
      if (!(aim >= 0 && aim <= 1)) {
        throw new LehrError(
          'contract',
          `targetAcceptance: its target is ${aim} at t = ${now.t}, step ${now.step}, expected a rate of 0 to 1. Maybe clamp(…, 0, 1).`,
        );
      }
      const { block } = now;
      if (block !== null && block.proposed > 0) follow(memory, feedback, block.steps, block.accepted / block.proposed, aim);
      return memory.temperature;
    },
  };
}
