import { finite, known, length, ParameterError, positive, type Length } from './check.ts';
import { localProgress, startClock, tick, type Clock, type Phases } from './clock.ts';
import { lift, specFrom, wantsThrough, wishes } from './lift.ts';
import type { Control, Controller, Spec } from './schedule.ts';

/** The control's value times `factor`. */
export function scale(control: Control, factor: number): Controller {
  const by = finite('scale', 'factor', factor);
  return changed(
    control,
    (spec) => ({ schedule: 'scale', control: spec, factor: by }),
    (value) => value * by,
  );
}

/** The control's value plus `by`. */
export function offset(control: Control, by: number): Controller {
  const added = finite('offset', 'by', by);
  return changed(
    control,
    (spec) => ({ schedule: 'offset', control: spec, by: added }),
    (value) => value + added,
  );
}

/** The control's value, but never below `low` or above `high`. */
export function clamp(control: Control, low: number, high: number): Controller {
  const least = finite('clamp', 'low', low);
  const most = finite('clamp', 'high', high);
  if (least > most) throw new ParameterError('clamp', 'high', high, `at least low (${low})`, `clamp(…, ${high}, ${low}).`);
  return changed(
    control,
    (spec) => ({ schedule: 'clamp', control: spec, low: least, high: most }),
    (value) => Math.min(Math.max(value, least), most),
  );
}

/** A control whose values are changed one by one; its memory is the child's. */
function changed(control: Control, spec: (child: Spec) => Spec, change: (value: number) => number): Controller {
  const child = lift(control);
  return {
    ...specFrom([child], ([inner]) => spec(inner)),
    ...wishes([child]),
    ...wantsThrough(child, (memory) => memory),
    start: (run) => child.start(run),
    next: (memory, now) => change(child.next(memory, now)),
  };
}

/** Options of `reheat`: exactly one of `every` and `at`. */
export interface ReheatOptions {
  /** How often: a share of the run or a count of steps. */
  readonly every?: Length;
  /** When: shares of the run, increasing, above 0 and below 1. */
  readonly at?: readonly number[];
  /** What the value is multiplied by at each of these moments; above 1. */
  readonly factor: number;
}

/** Memory of `reheat`. */
export interface ReheatMemory {
  readonly clock: Clock;
  readonly child: unknown;
}

/**
 * Multiplies the control's value by `factor` at given moments, and lets that surplus die away geometrically until the next of them or the end:
 * the value is control · factor^(1 − u), where u goes from 0 at a moment to 1 at the last block before the next, so the run still ends at the
 * control's own last value. The control's clock is not restarted (`warmRestarts` does that). A moment after the share b is block round(b·K), and
 * lets a single block be.
 */
export function reheat(control: Control, options: ReheatOptions): Controller<ReheatMemory> {
  known('reheat', options, ['every', 'at', 'factor']);
  const factor = positive('reheat', 'factor', options.factor);
  if (!(factor > 1)) throw new ParameterError('reheat', 'factor', factor, 'a finite number above 1');
  const { every, at } = options;
  if ((every === undefined) === (at === undefined)) {
    throw new ParameterError(
      'reheat',
      every === undefined ? 'every' : 'at',
      every === undefined ? undefined : at,
      'exactly one of `every` and `at`',
    );
  }
  const times = at === undefined ? null : moments(at);
  const period = times === null ? length('reheat', 'every', every, true) : null;
  if (typeof period === 'number' && period < 1e-6) throw new ParameterError('reheat', 'every', period, 'a share of at least 1e-6');
  const phases: Phases =
    times === null
      ? { count: Infinity, length: () => period!, fitted: true }
      : { count: times.length + 1, length: (i) => (i === times.length ? null : times[i] - (i === 0 ? 0 : times[i - 1])) };
  const child = lift(control);
  const slope = Math.log(factor);
  return {
    ...specFrom([child], ([spec]) => ({
      schedule: 'reheat',
      control: spec,
      ...(times === null ? { every: period } : { at: times }),
      factor,
    })),
    ...wishes([child]),
    ...wantsThrough<ReheatMemory>(child, (memory) => memory.child),
    start: (run) => ({ clock: startClock(run), child: child.start(run) }),
    next(memory, now) {
      tick(memory.clock, phases, now);
      const value = child.next(memory.child, now);
      if (memory.clock.phase === 0) return value;
      const left = 1 - localProgress(memory.clock, now);
      return value * (left === 1 ? factor : Math.exp(left * slope));
    },
  };
}

function moments(at: readonly number[]): readonly number[] {
  if (!Array.isArray(at) || at.length === 0)
    throw new ParameterError('reheat', 'at', at, 'a list of shares', typeof at === 'number' ? `[${at as number}].` : undefined);
  at.forEach((share, i) => {
    if (!(typeof share === 'number' && share < 1 && share > (i === 0 ? 0 : at[i - 1]))) {
      throw new ParameterError('reheat', `at[${i}]`, share, 'increasing shares above 0 and below 1');
    }
  });
  return Object.freeze([...at]);
}
