import { SLACK } from './arithmetic.ts';
import { known, length, ParameterError, positive, type Length } from './check.ts';
import { lift, specFrom, wantsThrough, wishes } from './lift.ts';
import type { Control, Controller, Run } from './schedule.ts';

/** Options of `adaptiveReheat`. */
export interface AdaptiveReheatOptions {
  /** How long the best energy may go without an improvement: a share of the run or a count of steps. */
  readonly patience: Length;
  /** What the value is multiplied by then; above 1. */
  readonly factor: number;
}

/** Memory of `adaptiveReheat`; positions are values of t, or steps where `counted`. */
export interface AdaptiveReheatMemory {
  /** How long the patience is. */
  readonly patience: number;
  readonly counted: boolean;
  readonly child: unknown;
  /** The best energy heard; null before the first. */
  best: number | null;
  /** Where the wait began: at the last improvement, reheating or start. */
  since: number;
  /** Where the last reheating was; null before the first. */
  heated: number | null;
}

/**
 * Reheats when the search has stalled: once the best energy has not improved for `patience`, multiplies the control's value by `factor`, and lets that
 * surplus die away geometrically over as long again: the value is control · factor^(1 − u), where u goes from 0 at the reheating to 1 at its end. The
 * wait begins anew at each improvement and each reheating, so two are at least `patience` apart. No reheating begins where its surplus would outlast
 * the run, which so ends at the control's own last value. (`reheat` does the same at given moments. Reheating a stalled search is common practice; this
 * form of it is ours.)
 *
 * It listens to the best energy, which must be exact, and tolerates blocks up to its patience. A patience in steps is measured in steps where the
 * run's own are unknown, under a seconds budget for instance; a surplus may then be cut by the end of the run.
 */
export function adaptiveReheat(control: Control, options: AdaptiveReheatOptions): Controller<AdaptiveReheatMemory> {
  known('adaptiveReheat', options, ['patience', 'factor']);
  const patience = length('adaptiveReheat', 'patience', options.patience, true);
  const factor = positive('adaptiveReheat', 'factor', options.factor);
  if (!(factor > 1)) throw new ParameterError('adaptiveReheat', 'factor', factor, 'a finite number above 1');
  const child = lift(control);
  const wanted = wishes([child]);
  const slope = Math.log(factor);
  return {
    ...specFrom([child], ([spec]) => ({ schedule: 'adaptiveReheat', control: spec, patience, factor })),
    ...wanted,
    needs: Object.freeze(['best', ...(wanted.needs ?? []).filter((need) => need !== 'best')]),
    ...wantsThrough<AdaptiveReheatMemory>(child, (memory) => memory.child),
    maxBlock: (run) => Math.min(stepsOf(patience, run), wanted.maxBlock!(run)),
    start(run) {
      const counted = typeof patience !== 'number' && run.steps === null;
      const long = typeof patience === 'number' ? patience : counted ? patience.steps : patience.steps / run.steps!;
      return { patience: long, counted, child: child.start(run), best: null, since: 0, heated: null };
    },
    next(memory, now) {
      const value = child.next(memory.child, now);
      const { block } = now;
      const at = memory.counted ? now.step : now.t;
      if (block === null) memory.since = at;
      else if (memory.best === null || block.best < memory.best) {
        memory.best = block.best;
        memory.since = at;
      } else if (at - memory.since >= memory.patience - SLACK && (memory.counted || at + memory.patience <= 1 + SLACK)) {
        memory.since = memory.heated = at;
      }
      if (memory.heated === null) return value;
      const left = 1 - (at - memory.heated) / memory.patience;
      if (left <= SLACK) return value;
      return value * (left === 1 ? factor : Math.exp(left * slope));
    },
  };
}

function stepsOf(patience: Length, { steps }: Run): number {
  if (typeof patience !== 'number') return patience.steps;
  return steps === null ? Infinity : Math.max(1, Math.floor(patience * steps));
}
