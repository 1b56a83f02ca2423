import { maybe } from '../closest.ts';
import type { Dynamics } from '../dynamics/dynamics.ts';
import { LehrError, show } from '../error.ts';
import type { Rng } from '../random/rng.ts';
import type { PathPart, Seed } from '../random/seed.ts';
import { FIELDS } from '../schedules/hearing.ts';
import type { Control } from '../schedules/schedule.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { LengthsSpec } from './lengths.ts';
import type { RunRecord } from './outcome.ts';

/**
 * How long a leg is, and so what its schedules count progress in: exactly one of `steps` of the dynamics, `evaluations` paid, or `seconds` of wall
 * time. Never exceeded by more than one step (steps, never).
 */
export type Budget = { readonly steps: number } | { readonly evaluations: number } | { readonly seconds: number };

/** Stop rules: they end a leg or a run early and never change its cooling. Tested before the first block and after each. */
export interface Until {
  /** Best energy at or below this; needs exact energies. */
  readonly energy?: number;
  /** Steps made. */
  readonly steps?: number;
  /** Wall seconds; the run then repeats only from its record. */
  readonly seconds?: number;
  /** No better incumbent for this long, in what the budget counts; needs exact energies. */
  readonly stalled?: number;
  /** Energies at the ends of two consecutive blocks differ by at most this share of their size. */
  readonly settled?: number;
  /** A signal has reached a bound; before the first block too, where it tells of the state: measures, and `signalOf` of the dynamics. */
  readonly signal?: { readonly name: string; readonly atLeast?: number; readonly atMost?: number };
  /** For how many consecutive blocks `settled` or `signal` must hold (1). */
  readonly patience?: number;
}

/** One part of a run, with its own clock: t goes from 0 to 1 over its budget. */
export interface Leg<C extends string = string> {
  readonly controls: { readonly [K in C]: Control };
  readonly budget: Budget;
  /**
   * How long the controls stay constant: in steps, or in evaluations under an evaluations budget. Part of the algorithm. Default: a
   * thousandth of the budget, at most 100 000, and what the controllers ask for; under a seconds budget, what fits between two looks at the clock.
   */
  readonly block?: number;
  readonly until?: Until;
}

/** A number computed from the state every so many steps: one more signal, paid apart from the budget. */
export interface Measure<S> {
  /** Steps between two values; it is taken at the first block end at or after each multiple. */
  readonly every: number;
  of(state: S, rng: Rng): number;
}

interface Whole<S, C extends string, R> {
  readonly dynamics: Dynamics<S, C, R>;
  readonly seed: Seed;
  /** The name of this run's stream under the seed; chain i of a group uses ['chain', i]. */
  readonly path?: readonly PathPart[];
  /** How often observers hear of it, in what the budget counts (a 200th). Never changes a result. */
  readonly every?: number;
  /** Recompute energies after each block or each step, and stop at the first that is wrong. */
  readonly check?: 'none' | 'block' | 'step';
  /** Go on from a checkpoint of the same plan. */
  readonly resume?: Checkpoint;
  /** Repeat a run that the clock or an abort cut, from its record. */
  readonly replay?: RunRecord;
  readonly measures?: { readonly [name: string]: Measure<S> };
  /** Signals of the dynamics that observers want to see, beyond what the controllers need. */
  readonly watch?: readonly string[];
  /** Seconds from any origin, monotone; for tests. */
  readonly clock?: () => number;
}

/**
 * Runs one after another, each of the length that comes next, on a state and a stream of its own; the best of all is kept. The budget is that of them all
 * and cuts the last; `until` ends them all.
 */
export interface Restarts {
  /** `variableLength(…)`, `luby(…)`, `fixedLength(…)`, their plain data, or a list of steps. */
  readonly lengths: LengthsSpec | Iterable<number>;
  /** How each run after the first begins: from a fresh state (the default) or from the best so far ("reannealing", arXiv 1709.02877). */
  readonly again?: 'random' | 'incumbent';
}

/**
 * A run: a dynamics, its streams, and one leg or several on one state. `until` beside `legs` ends the run, in a leg the leg. With `restarts` the leg is
 * run again and again, its schedules over each length.
 */
export type Plan<S = any, C extends string = string, R = unknown> = Whole<S, C, R> &
  ((Leg<C> & { readonly restarts?: Restarts }) | { readonly legs: readonly Leg<C>[]; readonly until?: Until });

const WHOLE = ['dynamics', 'seed', 'path', 'every', 'check', 'resume', 'replay', 'measures', 'watch', 'clock', 'until'];
const LEG = ['controls', 'budget', 'block', 'until'];
const UNTIL = ['energy', 'steps', 'seconds', 'stalled', 'settled', 'signal', 'patience'];

/** Throws an `option` error unless what a plan says beside its legs is right. */
export function checkWhole<S, C extends string, R>(plan: Plan<S, C, R>): void {
  const several = 'legs' in plan;
  checkKeys('plan', plan, several ? [...WHOLE, 'legs'] : [...WHOLE, ...LEG, 'restarts']);
  if (several) checkUntil('plan', plan.dynamics, plan.until ?? {});
  if (plan.every !== undefined) checkNumber('plan: every', plan.every, Number.MIN_VALUE, false);
  const { check = 'none' } = plan;
  if (check !== 'none' && check !== 'block' && check !== 'step')
    throw new LehrError('option', `plan: check is ${show(check)}, expected 'none', 'block' or 'step'.`);
  for (const [name, measure] of Object.entries(plan.measures ?? {})) {
    checkNumber(`measures.${name}: every`, measure.every, 1, true);
    if (plan.dynamics.signals?.includes(name) || FIELDS.includes(name)) {
      const whose = FIELDS.includes(name) ? 'every block' : plan.dynamics.name;
      throw new LehrError('option', `measures.${name}: ${whose} already tells something of that name, expected another.`);
    }
  }
}

/** Throws an `option` error unless a leg is right. @param name what messages call it. */
export function checkLeg<C extends string>(name: string, dynamics: Dynamics<any, C, any>, leg: Leg<C>): void {
  checkKeys(name, leg, LEG);
  checkControls(name, dynamics, leg.controls);
  budgetOf(leg.budget, name);
  if (leg.block !== undefined) checkNumber(`${name}: block`, leg.block, 1, true);
  checkUntil(name, dynamics, leg.until ?? {});
}

/** What a budget counts, and how many. */
export function budgetOf(budget: Budget, name = 'plan'): { unit: 'steps' | 'evaluations' | 'seconds'; total: number } {
  const entries = Object.entries(budget ?? {}).filter(([, value]) => value !== undefined);
  const [unit, total] = entries[0] ?? [];
  if (entries.length !== 1 || (unit !== 'steps' && unit !== 'evaluations' && unit !== 'seconds')) {
    throw new LehrError('option', `${name}: budget is ${show(budget)}, expected exactly one of steps, evaluations and seconds.`);
  }
  checkNumber(`${name}: budget.${unit}`, total, 0, unit !== 'seconds');
  return { unit, total: total as number };
}

/** Throws an `option` error for keys that are not among the allowed ones, with a suggestion. */
export function checkKeys(name: string, object: object, allowed: readonly string[]): void {
  for (const key of Object.keys(object)) {
    if (!allowed.includes(key)) {
      throw new LehrError('option', `${name}: unknown option ${show(key)}, expected ${allowed.join(', ')}.${maybe(key, allowed)}`);
    }
  }
}

function checkControls(name: string, dynamics: Dynamics<any>, controls: unknown): void {
  if (typeof controls !== 'object' || controls === null) {
    throw new LehrError(
      'option',
      `${name}: controls is ${show(controls)}, expected { ${dynamics.controls.map((c) => `${c}: …`).join(', ')} }.`,
    );
  }
  checkKeys(`${name}: controls of ${dynamics.name}`, controls, dynamics.controls);
  for (const control of dynamics.controls) {
    if ((controls as Record<string, unknown>)[control] === undefined) {
      throw new LehrError(
        'option',
        `${name}: controls.${control} is missing, expected a number, a schedule or a controller: ${dynamics.name} needs it.`,
      );
    }
  }
}

/** Throws an `option` error unless stop rules are right for a dynamics. */
export function checkUntil(name: string, dynamics: Dynamics<any>, until: Until): void {
  checkKeys(`${name}: until`, until, UNTIL);
  const { energy, steps, seconds, stalled, settled, patience, signal } = until;
  if (energy !== undefined && !(typeof energy === 'number' && energy === energy)) {
    throw new LehrError('option', `${name}: until.energy is ${show(energy)}, expected a number.`);
  }
  if (steps !== undefined) checkNumber(`${name}: until.steps`, steps, 0, true);
  if (seconds !== undefined) checkNumber(`${name}: until.seconds`, seconds, 0, false);
  if (stalled !== undefined) checkNumber(`${name}: until.stalled`, stalled, Number.MIN_VALUE, false);
  if (settled !== undefined) checkNumber(`${name}: until.settled`, settled, 0, false);
  if (patience !== undefined) checkNumber(`${name}: until.patience`, patience, 1, true);
  if (signal !== undefined && signal.atLeast === undefined && signal.atMost === undefined) {
    throw new LehrError('option', `${name}: until.signal is ${show(signal)}, expected { name, atLeast } or { name, atMost }.`);
  }
  if ((energy !== undefined || stalled !== undefined) && dynamics.energies !== 'exact') {
    const which = energy === undefined ? 'stalled' : 'energy';
    throw new LehrError(
      'option',
      `${name}: until.${which} needs exact energies, but those of ${dynamics.name} are ${dynamics.energies === 'moving' ? 'moved by a control' : 'estimates'}. Maybe stop by a measure, with until.signal.`,
    );
  }
}

function checkNumber(name: string, value: unknown, least: number, whole: boolean): void {
  const kind = whole ? 'a whole number' : 'a finite number';
  if (typeof value !== 'number' || !Number.isFinite(value) || value < least || (whole && !Number.isSafeInteger(value))) {
    const bound = least === Number.MIN_VALUE ? 'above 0' : `of at least ${least}`;
    throw new LehrError('option', `${name} is ${show(value)}, expected ${kind} ${bound}.`);
  }
}
