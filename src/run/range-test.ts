import { DivergedError } from '../dynamics/diverged.ts';
import type { Dynamics } from '../dynamics/dynamics.ts';
import { LehrError, show } from '../error.ts';
import type { PathPart, Seed } from '../random/seed.ts';
import { exponential } from '../schedules/curves.ts';
import type { Control } from '../schedules/schedule.ts';
import { engine } from './engine.ts';
import { checkKeys, type Plan } from './plan.ts';

/** How `rangeTest` looks for a rate. The defaults are those of fastai's learning-rate finder. */
export interface RangeTestOptions<C extends string = string> {
  /** A dynamics with a control `rate` and a signal `loss`, such as `gradient(…)`. */
  readonly dynamics: Dynamics<any, C, any>;
  /** Its other controls. */
  readonly controls?: Readonly<Partial<Record<C, Control>>>;
  readonly seed: Seed;
  readonly path?: readonly PathPart[];
  /** The first rate (1e-7), the last (10), and the steps between (100). */
  readonly from?: number;
  readonly to?: number;
  readonly steps?: number;
  /** Weight of the past in the smoothed loss, from 0 to below 1 (0.98). */
  readonly smoothing?: number;
  /** It stops when the smoothed loss is so many times its least value so far, if that is above 0 (4). */
  readonly stop?: number;
}

/** What a range test saw, a value for each step made, and what it suggests. */
export interface RangeTest {
  readonly rates: readonly number[];
  /** The training loss of each step's minibatch, before the step. */
  readonly losses: readonly number[];
  readonly smoothed: readonly number[];
  /** The rate, up to that of the minimum, at which the smoothed loss falls fastest, in the logarithm of the rate; null where it never falls. */
  readonly steepest: number | null;
  /** The rate at which the smoothed loss is least. */
  readonly minimum: number;
  /** A rate to begin from: a tenth of `minimum`. */
  readonly suggested: number;
  readonly stopped: 'diverged' | 'budget';
}

/** Steps at the beginning and at the end that the steepest descent is not looked for in (fastai's numbers): the average is still young, the loss explodes. */
const SKIP_FIRST = 10;
const SKIP_LAST = 5;

/**
 * A learning-rate range test (Smith, arXiv 1506.01186, section 3.3): a short run in which the rate rises from step to step, here by equal factors as in fastai's finder, on
 * a fresh state and a stream of its own. It ends where the loss explodes. The smoothed loss is the exponential average of the losses, corrected for its start:
 * a ← β a + (1 − β) loss, a / (1 − βᵏ). Both suggestions are fastai's: the steepest descent, and a tenth of the rate of the minimum.
 *
 * The smoothed loss lags behind by some 1 / (1 − β) steps, so that both are on the large side where few steps cross many magnitudes.
 */
export function rangeTest<C extends string>(options: RangeTestOptions<C>): RangeTest {
  checkKeys('rangeTest', options, ['dynamics', 'controls', 'seed', 'path', 'from', 'to', 'steps', 'smoothing', 'stop']);
  const { dynamics, controls = {}, seed, path = [], from = 1e-7, to = 10, steps = 100, smoothing = 0.98, stop = 4 } = options;
  const { name } = dynamics;
  if (!(dynamics.controls as readonly string[]).includes('rate') || dynamics.signals?.includes('loss') !== true)
    throw new LehrError(
      'option',
      `rangeTest: ${name} has no control rate or no signal loss, expected a dynamics such as gradient(model, …).`,
    );
  if (!(from > 0 && to > from && to < Infinity))
    throw new LehrError('option', `rangeTest: from is ${show(from)} and to ${show(to)}, expected finite rates, 0 < from < to.`);
  if (!Number.isSafeInteger(steps) || steps < 2)
    throw new LehrError('option', `rangeTest: steps is ${show(steps)}, expected a whole number of at least 2.`);
  if (!(smoothing >= 0 && smoothing < 1))
    throw new LehrError('option', `rangeTest: smoothing is ${show(smoothing)}, expected a number from 0 to below 1.`);
  if (!(stop > 1)) throw new LehrError('option', `rangeTest: stop is ${show(stop)}, expected a number above 1.`);

  const [rates, losses, smoothed]: number[][] = [[], [], []];
  let [average, weight, least] = [0, 1, Infinity];
  let stopped: RangeTest['stopped'] = 'budget';
  const plan: Plan = {
    dynamics,
    controls: { ...controls, rate: exponential(from, to) },
    budget: { steps },
    block: 1,
    every: 1,
    watch: ['loss'],
    seed,
    path: [...path, 'range-test'],
  };
  try {
    const run = engine(plan);
    for (let next = run.next(); next.done !== true;) {
      const { report } = next.value;
      if (report !== null && report.steps === losses.length + 1) {
        const loss = report.signals.loss;
        rates.push(report.controls.rate);
        losses.push(loss);
        average = smoothing * average + (1 - smoothing) * loss;
        weight *= smoothing;
        const smooth = average / (1 - weight);
        smoothed.push(smooth);
        least = Math.min(least, smooth);
        if (least > 0 && smooth > stop * least) stopped = 'diverged';
      }
      next = run.next(stopped === 'diverged' ? 'interrupt' : undefined);
    }
  } catch (error) {
    // A loss that is no number is what it came for.
    if (!(error instanceof DivergedError) || losses.length === 0) throw error;
    stopped = 'diverged';
  }
  const at = smoothed.indexOf(Math.min(...smoothed));
  return { rates, losses, smoothed, steepest: steepest(rates, smoothed, at), minimum: rates[at], suggested: rates[at] / 10, stopped };
}

/**
 * Where central differences of the loss in the logarithm of the rate are least, before the minimum: after it the loss swings, and falls steeply for no good reason.
 * @param minimum the index of the least loss.
 */
function steepest(rates: readonly number[], losses: readonly number[], minimum: number): number | null {
  const n = rates.length;
  // Of a short test all there is.
  const [first, most] = n > 2 * (SKIP_FIRST + SKIP_LAST) ? [SKIP_FIRST, n - SKIP_LAST] : [0, n];
  const last = Math.min(most, minimum + 1);
  let best: number | null = null;
  let least = 0;
  for (let k = Math.max(1, first); k < Math.min(last, n - 1); k++) {
    const slope = (losses[k + 1] - losses[k - 1]) / (Math.log(rates[k + 1]) - Math.log(rates[k - 1]));
    if (slope < least) [best, least] = [rates[k], slope];
  }
  return best;
}
