import { LehrError } from '../error.ts';
import { between0And1, known, ParameterError, positive } from './check.ts';
import { follow, type Feedback, type Followed } from './follow.ts';
import { lift, specFrom, wantsThrough, wishes } from './lift.ts';
import type { Control, Controller } from './schedule.ts';

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
    start: (run) => ({ temperature: first, rate: 0.5, many: 0, kept: 1, change: 1, child: child.start(run) }),
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
