import type { Dynamics } from '../dynamics/dynamics.ts';
import { LehrError, show } from '../error.ts';
import { lengthsFrom, type LengthsSpec } from './lengths.ts';
import {
  budgetOf,
  checkKeys,
  checkLeg,
  checkUntil,
  checkWhole,
  type Budget,
  type Leg,
  type Plan,
  type Restarts,
  type Until,
} from './plan.ts';

/** The legs that a plan's run goes through: on one state, or each on a fresh one. */
export interface Course<C extends string> {
  /** One leg of each kind there is: what is checked beforehand, and tells runs apart. */
  readonly kinds: readonly Leg<C>[];
  /** How many legs; Infinity if they go on until the budget is spent. */
  readonly count: number;
  /** Leg i; to be asked for in order. */
  leg(i: number): Leg<C>;
  /** Stop rules of the whole run. */
  readonly until: Until;
  /** Where each leg is a run of its own: how they begin, and what they may spend together. */
  readonly restarts: { readonly again: 'random' | 'incumbent'; readonly lengths: LengthsSpec; readonly budget: Budget } | null;
}

/** A plan's course, after checking everything that can be checked without running. */
export function courseOf<S, C extends string, R>(plan: Plan<S, C, R>): Course<C> {
  checkWhole(plan);
  if ('legs' in plan) {
    const { legs, until = {} } = plan;
    if (!Array.isArray(legs) || legs.length === 0)
      throw new LehrError('option', `plan: legs is ${show(legs)}, expected a list of at least one leg.`);
    legs.forEach((leg, i) => {
      checkLeg(`legs[${i}]`, plan.dynamics, leg);
      checkCourse(plan.dynamics, leg, i === legs.length - 1);
    });
    return { kinds: legs, count: legs.length, leg: (i) => legs[i], until, restarts: null };
  }
  const { controls, budget, block, until } = plan;
  const leg: Leg<C> = { controls, budget, ...(block === undefined ? {} : { block }), ...(until === undefined ? {} : { until }) };
  checkLeg('plan', plan.dynamics, leg);
  checkCourse(plan.dynamics, plan.restarts === undefined ? leg : { ...leg, budget: { seconds: 0 } }, true);
  return plan.restarts === undefined
    ? { kinds: [leg], count: 1, leg: () => leg, until: {}, restarts: null }
    : restarting(plan.dynamics, leg, plan.restarts);
}

/** What the dynamics itself has to say of a leg's controls. Under restarts no run's length is known beforehand. */
function checkCourse<C extends string>(dynamics: Dynamics<any, C, any>, { controls, budget }: Leg<C>, last: boolean): void {
  dynamics.checkControls?.(controls, last, 'steps' in budget ? budget.steps : NaN);
}

/** Runs of the given lengths, cut by the budget of them all. */
function restarting<C extends string>(dynamics: Dynamics<any, C, any>, whole: Leg<C>, restarts: Restarts): Course<C> {
  checkKeys('plan: restarts', restarts, ['lengths', 'again']);
  const { again = 'random' } = restarts;
  if (again !== 'random' && again !== 'incumbent')
    throw new LehrError('option', `plan: restarts.again is ${show(again)}, expected 'random' or 'incumbent'.`);
  if (again === 'incumbent' && dynamics.rewind === undefined) {
    throw new LehrError('option', `plan: restarts.again is 'incumbent', but ${dynamics.name} cannot go back to it, expected 'random'.`);
  }
  const { budget, until = {}, ...each } = whole;
  const { unit } = budgetOf(budget);
  if (unit === 'seconds' && until.seconds !== undefined)
    throw new LehrError('option', `plan: until.seconds is ${until.seconds}, but the budget is in seconds, too, expected one of them.`);
  checkUntil('plan', dynamics, until);
  const lengths = lengthsFrom(restarts.lengths, dynamics.size);
  const { spec } = lengths;
  let iterator = lengths[Symbol.iterator]();
  let at = -1;
  let current: Leg<C> = whole;
  const leg = (i: number): Leg<C> => {
    if (i < at) [iterator, at] = [lengths[Symbol.iterator](), -1];
    for (; at < i; at++) current = { ...each, budget: { steps: iterator.next().value as number } };
    return current;
  };
  return {
    kinds: [whole],
    count: spec.lengths === 'list' ? spec.steps.length : Infinity,
    leg,
    until,
    restarts: { again, lengths: spec, budget },
  };
}
