import { finite, known, length, ParameterError, type Length } from './check.ts';
import { ANNEAL_SHAPES, annealed, type AnnealShape } from './cycles.ts';
import { lift, specFrom, wantsThrough, wishes } from './lift.ts';
import type { Control, Controller } from './schedule.ts';

/** Options of `swa`. */
export interface SwaOptions {
  /** The share of the run after which the control is left for the constant value (0.75). */
  readonly from?: number;
  /** How long the way there takes: a share of the run or a count of steps (0.05). */
  readonly over?: Length;
  readonly shape?: AnnealShape;
}

/** Memory of `swa`: the child's, and the moment and value at which it was left; null before. */
export interface SwaMemory {
  readonly child: unknown;
  left: { readonly t: number; readonly step: number; readonly value: number } | null;
}

/**
 * A control, and towards the end a constant value, the rate at which weights are averaged (stochastic weight averaging, Izmailov et al., arXiv 1803.05407): from the share
 * `from` on it goes from what the control gives there to `value`, over `over`, along a cosine or a line, and stays, as PyTorch's `SWALR` does. To average weights, train
 * with `keep: 'average'` and `averageFrom` where it has arrived.
 */
export function swa(control: Control, value: number, options: SwaOptions = {}): Controller<SwaMemory> {
  const name = 'swa';
  known(name, options, ['from', 'over', 'shape']);
  const held = finite(name, 'value', value);
  const { from = 0.75, shape = 'cosine' } = options;
  if (!(from >= 0 && from < 1)) throw new ParameterError(name, 'from', from, 'a share of the run of at least 0 and below 1');
  if (!ANNEAL_SHAPES.includes(shape)) throw new ParameterError(name, 'shape', shape, ANNEAL_SHAPES.join(', '));
  const over = length(name, 'over', options.over ?? 0.05);
  const child = lift(control);
  return {
    ...specFrom([child], ([spec]) => ({ schedule: name, control: spec, value: held, from, over, shape })),
    ...wishes([child]),
    ...wantsThrough<SwaMemory>(child, (memory) => memory.child),
    start: (run) => ({ child: child.start(run), left: null }),
    next(memory, now) {
      const { left } = memory;
      if (left === null && now.t < from) return child.next(memory.child, now);
      if (left === null) {
        // A −0 would come back from JSON as 0.
        const value = child.next(memory.child, now) + 0;
        memory.left = { t: now.t, step: now.step, value };
        return value;
      }
      const passed = typeof over === 'number' ? (now.t - left.t) / over : (now.step - left.step) / over.steps;
      return annealed(left.value, held, passed, shape);
    },
  };
}
