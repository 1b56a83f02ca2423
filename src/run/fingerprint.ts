import type { Dynamics } from '../dynamics/dynamics.ts';
import { LehrError } from '../error.ts';
import { lift } from '../schedules/lift.ts';
import type { Control, Run } from '../schedules/schedule.ts';
import type { Course } from './course.ts';
import { budgetOf, type Leg, type Plan } from './plan.ts';
import type { Signals } from './signals.ts';

/** A thousand blocks are as smooth as anyone can tell, and 100 000 steps of a fast kernel still end within milliseconds. */
const BLOCKS = 1000;
const LARGEST = 100_000;

/** Length of a leg's run in steps where it is known, for controllers that ask before blocks are fixed. */
function stepsOf(dynamics: Dynamics<any>, leg: Leg): number | null {
  const { unit, total } = budgetOf(leg.budget);
  if (unit === 'steps') return total;
  return unit === 'evaluations' && dynamics.cost !== undefined ? Math.floor(total / dynamics.cost) : null;
}

/**
 * A leg's block in what its budget counts (in steps, or 0 for "as the clock likes", under seconds), and the largest block in steps
 * anyone tolerates. Throws an `option` error if the plan asks for a larger one.
 */
export function resolveBlock(dynamics: Dynamics<any>, leg: Leg, signals: Signals<any>): { length: number; most: number } {
  const { unit, total } = budgetOf(leg.budget);
  const run: Run = { steps: stepsOf(dynamics, leg), blocks: null, signal: (name) => signals.indexOf(name) };
  let most = dynamics.maxBlock ?? Infinity;
  let who = dynamics.name;
  let preferred = Infinity;
  for (const name of dynamics.controls) {
    const controller = lift(leg.controls[name]);
    const bound = controller.maxBlock?.(run) ?? Infinity;
    if (bound < most) [most, who] = [bound, `the schedule of ${name}`];
    preferred = Math.min(preferred, controller.defaultBlock?.(run) ?? Infinity);
  }
  const cost = unit === 'evaluations' ? (dynamics.cost ?? 1) : 1;
  if (leg.block !== undefined) {
    if (leg.block > most * cost && (unit !== 'evaluations' || dynamics.cost !== undefined)) {
      throw new LehrError(
        'option',
        `block is ${leg.block}, expected at most ${most * cost}: ${who} tolerates no more between two changes.`,
      );
    }
    return { length: leg.block, most };
  }
  if (unit === 'seconds') return { length: preferred === Infinity ? 0 : Math.min(preferred, most), most };
  const usual = Math.min(Math.max(Math.ceil(total / BLOCKS), cost), LARGEST * cost);
  const wanted = preferred === Infinity ? usual : preferred * cost;
  return { length: Math.max(1, Math.min(wanted, most * cost)), most };
}

/** What a leg's controllers are told before its first block. */
export function runOf(dynamics: Dynamics<any>, leg: Leg, blocks: number | null, signals: Signals<any>): Run {
  return { steps: stepsOf(dynamics, leg), blocks, signal: (name) => signals.indexOf(name) };
}

/** Everything that decides a run's bits, as plain data: a checkpoint of another run is refused. */
export function fingerprintOf(plan: Plan<any, any, any>, course: Course<any>, signals: Signals<any>): unknown {
  const { dynamics, seed, path = [], measures = {} } = plan;
  const { kinds, until, restarts } = course;
  return {
    dynamics: dynamics.name,
    ...(dynamics.fingerprint === undefined ? {} : { of: dynamics.fingerprint }),
    seed,
    path: [...path],
    legs: kinds.map((leg) => ({
      controls: Object.fromEntries(dynamics.controls.map((name) => [name, nameOf(leg.controls[name])])),
      budget: leg.budget,
      // Under restarts each length has its own.
      block: restarts === null ? resolveBlock(dynamics, leg, signals).length : (leg.block ?? null),
      until: leg.until ?? {},
    })),
    ...(restarts === null ? {} : { restarts: { lengths: restarts.lengths, again: restarts.again } }),
    until,
    measures: Object.entries(measures).map(([name, { every }]) => ({ name, every })),
  };
}

/** A control as plain data; schedules without a spec are trusted to be the same. */
function nameOf(control: Control): unknown {
  return typeof control === 'number' ? control : (control.spec ?? 'a function');
}
