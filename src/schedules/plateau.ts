import { atLeast0, between0And1, finite, known, ParameterError, whole } from './check.ts';
import { heard, isFresh, placeOf } from './hearing.ts';
import { lift, specFrom, wantsThrough, wishes } from './lift.ts';
import type { Control, Controller } from './schedule.ts';

/** Whether a plateau is of a signal that should fall or rise, and whether its threshold is a share of the best value or a difference. */
export const PLATEAU_MODES: readonly ('min' | 'max')[] = ['min', 'max'];
export const THRESHOLD_MODES: readonly ('rel' | 'abs')[] = ['rel', 'abs'];

/** Options of `reduceOnPlateau`, with PyTorch's names and defaults but for `signal`, and `min` for its `min_lr`. */
export interface ReduceOnPlateauOptions {
  /** What it listens to: `energy` or `best` of each block, `acceptance`, a signal of the dynamics or a measure of the plan. */
  readonly signal?: string;
  readonly mode?: 'min' | 'max';
  /** What a reduction multiplies by; above 0 and below 1. */
  readonly factor?: number;
  /** How many values in a row may be no better; the next one reduces. */
  readonly patience?: number;
  /** By how much a value must beat the best so far to count as better; at least 0. */
  readonly threshold?: number;
  readonly thresholdMode?: 'rel' | 'abs';
  /** The mean of so many values counts as one value (1). */
  readonly accumulate?: number;
  /** For how many values after a reduction none is counted. */
  readonly cooldown?: number;
  /** Reductions stop here. */
  readonly min?: number;
  /** A reduction by no more than this is not made. */
  readonly eps?: number;
}

/** Memory of `reduceOnPlateau`. */
export interface PlateauMemory {
  readonly place: number;
  readonly child: unknown;
  /** Of the values that are yet to be counted as one: their sum and number. */
  sum: number;
  count: number;
  /** The best value heard; null before the first. */
  best: number | null;
  bad: number;
  cooling: number;
  /** The product of all reductions. */
  scale: number;
}

/**
 * Multiplies a control by `factor` when a signal has stopped improving: PyTorch's `ReduceLROnPlateau` (torch/optim/lr_scheduler.py), for any
 * control; over a number it is that. After `patience` values that are no better the next one that is not reduces; better in mode `min` is
 * below best · (1 − threshold) (`rel`) or below best − threshold (`abs`), in mode `max` above best · (1 + threshold) or best + threshold;
 * NaN is never better. For a best below 0 the relative margin is taken of its size: PyTorch's formula would call a slightly worse value better there.
 * (optax's `reduce_on_plateau`, from which `accumulate` is, its `accumulation_size`, reduces one value earlier for the same patience.)
 *
 * Only fresh values count, so it may listen to a measure that is taken now and then, such as a validation loss: patience and cooldown are in
 * values of the signal, in blocks for what every block tells. It tolerates any block. Reductions last to the end of its run or phase; the
 * value is control · factor^reductions, never below the less of `min` and the control itself.
 */
export function reduceOnPlateau(control: Control, options: ReduceOnPlateauOptions = {}): Controller<PlateauMemory> {
  const name = 'reduceOnPlateau';
  known(name, options, ['signal', 'mode', 'factor', 'patience', 'threshold', 'thresholdMode', 'accumulate', 'cooldown', 'min', 'eps']);
  const { signal = 'energy', mode = 'min', thresholdMode = 'rel' } = options;
  if (typeof signal !== 'string' || !/^[a-z][\w-]*$/i.test(signal))
    throw new ParameterError(name, 'signal', signal, 'the name of a signal: a letter, then letters, digits, _ and -');
  if (!PLATEAU_MODES.includes(mode)) throw new ParameterError(name, 'mode', mode, PLATEAU_MODES.join(', '));
  if (!THRESHOLD_MODES.includes(thresholdMode)) throw new ParameterError(name, 'thresholdMode', thresholdMode, THRESHOLD_MODES.join(', '));
  const factor = between0And1(name, 'factor', options.factor ?? 0.1);
  const patience = whole(name, 'patience', options.patience ?? 10, 0);
  const accumulate = whole(name, 'accumulate', options.accumulate ?? 1, 1);
  const cooldown = whole(name, 'cooldown', options.cooldown ?? 0, 0);
  const threshold = atLeast0(name, 'threshold', options.threshold ?? 1e-4);
  const least = finite(name, 'min', options.min ?? 0);
  const eps = atLeast0(name, 'eps', options.eps ?? 1e-8);
  const child = lift(control);
  const wanted = wishes([child]);
  const better = (value: number, best: number | null): boolean => {
    if (best === null) return mode === 'min' ? value < Infinity : value > -Infinity;
    const margin = thresholdMode === 'abs' ? threshold : threshold * Math.abs(best);
    return mode === 'min' ? value < best - margin : value > best + margin;
  };
  const reduced = (value: number, scale: number): number => Math.max(value * scale, Math.min(value, least));
  return {
    ...specFrom([child], ([spec]) => ({
      schedule: name,
      control: spec,
      signal,
      mode,
      factor,
      patience,
      threshold,
      thresholdMode,
      accumulate,
      cooldown,
      min: least,
      eps,
    })),
    ...wanted,
    needs: Object.freeze([...new Set([signal, ...(wanted.needs ?? [])])]),
    ...wantsThrough<PlateauMemory>(child, (memory) => memory.child, [signal]),
    start: (run) => ({ place: placeOf(run, signal), child: child.start(run), sum: 0, count: 0, best: null, bad: 0, cooling: 0, scale: 1 }),
    next(memory, now) {
      const { block } = now;
      const value = child.next(memory.child, now);
      if (block !== null && isFresh(block, memory.place)) {
        memory.sum += heard(block, memory.place);
        memory.count++;
      }
      if (memory.count === accumulate) {
        const latest = memory.sum / accumulate;
        memory.sum = memory.count = 0;
        if (better(latest, memory.best)) {
          memory.best = latest;
          memory.bad = 0;
        } else memory.bad++;
        if (memory.cooling > 0) {
          memory.cooling--;
          memory.bad = 0;
        }
        if (memory.bad > patience) {
          if (reduced(value, memory.scale) - reduced(value, memory.scale * factor) > eps) memory.scale *= factor;
          memory.cooling = cooldown;
          memory.bad = 0;
        }
      }
      return reduced(value, memory.scale);
    },
  };
}
