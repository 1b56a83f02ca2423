import { LehrError, show } from '../error.ts';
import { power, SLACK } from './arithmetic.ts';
import { known, length, ParameterError, positive, whole, type Length } from './check.ts';
import { blockProgress, localProgress, nextLength, startClock, tick, type Phases } from './clock.ts';
import { lift, NOTHING, specFrom, wantsOf, wishes } from './lift.ts';
import { localRun, nextOf, phased, signalsOf, type PhasedMemory } from './phased.ts';
import type { Control, Controller, Moment, Run } from './schedule.ts';

/** A control that lasts for a length; the last may be the control alone and lasts the rest. */
export type Phase = readonly [length: Length, control: Control] | Control;

/**
 * One control after another: `sequence([0.5, linear(5, 1)], constant(1))`. Lengths are shares of the run, which must sum to 1, or counts
 * `{ steps }`; the last may be left out, and must be if any is a count. Each control has a run of its own: its t goes from exactly 0 at its
 * first block to exactly 1 at its last (a single block gets t = 1), its step count begins at 0, and no block of another phase is shown to it.
 * With K blocks, a phase after the share b begins at block round(b·K); under seconds it begins when t reaches b, and one counted
 * in steps ends when its steps are made.
 */
export function sequence(...phases: readonly Phase[]): Controller<PhasedMemory> {
  if (phases.length < 2) {
    throw new LehrError(
      'option',
      `sequence: ${phases.length} phase${phases.length === 1 ? '' : 's'}, expected at least 2. Maybe the control itself.`,
    );
  }
  const lengths: (Length | null)[] = [];
  const children: Controller[] = [];
  phases.forEach((phase, i) => {
    const last = i === phases.length - 1;
    if (!Array.isArray(phase) && !last)
      throw new ParameterError('sequence', `phases[${i}]`, phase, '[length, control]; only the last may go without a length');
    if (Array.isArray(phase) && phase.length !== 2) throw new ParameterError('sequence', `phases[${i}]`, phase, '[length, control]');
    lengths.push(Array.isArray(phase) ? length('sequence', `phases[${i}]`, phase[0]) : null);
    children.push(lift((Array.isArray(phase) ? phase[1] : phase) as Control));
  });
  checkLengths(lengths);
  lengths[lengths.length - 1] = null;
  const wanted = wishes(children, (i, steps) => stepsOf(lengths, i, steps));
  const body = phased({ count: lengths.length, length: (i) => lengths[i] }, (i) => children[i], wanted.needs);
  return {
    ...specFrom(children, (specs) => ({
      schedule: 'sequence',
      phases: specs.map((spec, i) => (lengths[i] === null ? spec : [lengths[i], spec])),
    })),
    ...wanted,
    ...body,
    start(run) {
      checkFits('sequence', lengths, run);
      return body.start(run);
    },
  };
}

/** Steps of phase i in a run of so many, to the nearest; null where they are not known beforehand. */
function stepsOf(lengths: readonly (Length | null)[], i: number, steps: number | null): number | null {
  const of = (one: Length | null): number => (one === null ? 0 : typeof one === 'number' ? Math.round(one * steps!) : one.steps);
  const mine = lengths[i];
  if (steps === null) return typeof mine === 'object' && mine !== null ? mine.steps : null;
  return mine === null ? Math.max(0, steps - lengths.reduce<number>((sum, one) => sum + of(one), 0)) : of(mine);
}

function checkLengths(lengths: readonly (Length | null)[]): void {
  const rest = lengths.at(-1) === null;
  const sum = lengths.reduce<number>((total, one) => total + (typeof one === 'number' ? one : 0), 0);
  if (lengths.some((one) => typeof one === 'object' && one !== null)) {
    if (!rest) throw new ParameterError('sequence', 'phases', lengths, 'the last without a length, because another is counted in steps');
    if (!(sum < 1 - SLACK)) throw new ParameterError('sequence', 'phases', lengths, `shares that sum to less than 1, not ${sum}`);
  } else if (rest ? !(sum < 1 - SLACK) : Math.abs(sum - 1) > SLACK) {
    const maybe = !rest && sum < 1 ? 'leave out the length of the last, which then lasts the rest.' : undefined;
    throw new ParameterError(
      'sequence',
      'phases',
      lengths,
      `shares that sum to ${rest ? 'less than 1 before the last' : '1'}, not ${sum}`,
      maybe,
    );
  }
}

/** Phases that together are longer than a run of known steps would be cut silently: an error instead. */
function checkFits(schedule: string, lengths: readonly (Length | null)[], run: Run): void {
  if (run.steps === null) return;
  const { steps } = run;
  const sum = lengths.reduce<number>((total, one) => total + (one === null ? 0 : typeof one === 'number' ? one * steps : one.steps), 0);
  if (sum <= steps * (1 + SLACK)) return;
  throw new LehrError(
    'option',
    `${schedule}: its phases take ${show(sum)} steps, expected at most the run's ${steps}. Maybe give shares of the run instead of steps.`,
  );
}

/** Memory of `warmup`: as of all phases, and the value it warms up to. */
export interface WarmupMemory extends PhasedMemory {
  first: number | null;
}

/** Under a clock's budget the first reading of t is 0; a warm-up then begins at this share of its end, not at 0. */
export const WARMUP_FLOOR = 0.01;

/**
 * Linear from 0 to the first value of `next`, then `next` with a run of its own. `over` is a share of the run below 1 or a count of steps. With m
 * blocks of warm-up, block j = 0, 1, … gets (j + 1) / m of that value, so the first is not 0 and the last is all of it; where blocks are not
 * known beforehand it gets its local progress, at least 1 % (`WARMUP_FLOOR`). `next` may listen: it is started when the warm-up is over.
 */
export function warmup(over: Length, next: Control): Controller<WarmupMemory> {
  const lasts = length('warmup', 'over', over, true);
  const child = lift(next);
  const phases: Phases = { count: 2, length: (i) => (i === 0 ? lasts : null) };
  const wanted = wishes([child], (_, steps) => stepsOf([lasts, null], 1, steps));
  return {
    ...specFrom([child], ([spec]) => ({ schedule: 'warmup', over: lasts, next: spec })),
    ...wanted,
    ...(wanted.needs === undefined ? {} : { wants: ({ clock, child: inner }) => (clock.phase > 0 ? wantsOf(child, inner) : NOTHING) }),
    start(run) {
      checkFits('warmup', [lasts], run);
      return { clock: startClock(run), signals: signalsOf(run, wanted.needs), child: null, first: null };
    },
    next(memory, now) {
      const { clock } = memory;
      const entered = tick(clock, phases, now);
      if (clock.phase > 0) return nextOf(child, memory, now, entered);
      // A −0 would come back from JSON as 0.
      memory.first ??= 0 + firstValue(child, localRun(nextLength(clock, phases, now), memory.signals), now);
      return memory.first * (blockProgress(clock, now) ?? Math.max(WARMUP_FLOOR, localProgress(clock, now)));
    },
  };
}

/** What a control will give for the first block of its run, without touching the memory it will then have. */
function firstValue(child: Controller, run: Run, now: Moment): number {
  // A warm-up that leaves no block rises to what would follow in a longer run.
  const seen = run.blocks === 0 ? { ...run, steps: null, blocks: null } : run;
  return child.next(child.start(seen), { t: seen.blocks === 1 ? 1 : 0, step: 0, block: null, controls: now.controls });
}

/** Options of `warmRestarts`. */
export interface WarmRestartsOptions {
  /** Length of the first cycle, in place of the number of cycles; the run's end then cuts the last one. */
  readonly first?: Length;
  /** How much longer each cycle is than the one before; at least 1. */
  readonly factor?: number;
  /** What the values of each cycle are multiplied by against those of the one before (1; Keras' `m_mul`); above 0. */
  readonly height?: number;
}

/** A share below this makes cycles that no run can tell apart. */
const LEAST_SHARE = 1e-6;

/**
 * Starts a control anew each cycle (SGDR, Loshchilov & Hutter 2017, for any control): `warmRestarts(cosine(0.6, 0), 4)` fills the run with
 * exactly 4 cycles, each `factor` times as long as the one before; `warmRestarts(curve, { first, factor })` makes cycle i last
 * first · factor^i, a share of the run or steps. Each cycle is a run of its own, as in `sequence`. With a `height` the values of cycle i are multiplied by height^i, as in
 * Keras' `CosineDecayRestarts` (whose floor alpha is not: add it with `offset`).
 */
export function warmRestarts(
  curve: Control,
  cycles: number | WarmRestartsOptions,
  options: WarmRestartsOptions = {},
): Controller<PhasedMemory> {
  const count = typeof cycles === 'object' && cycles !== null ? undefined : cycles;
  const given = count === undefined ? (cycles as WarmRestartsOptions) : options;
  known('warmRestarts', given, ['first', 'factor', 'height']);
  // Options twice: those in the third place would be lost.
  if (count === undefined) known('warmRestarts', options, []);
  if (count === undefined && given.first === undefined)
    throw new ParameterError('warmRestarts', 'cycles', undefined, 'a number of cycles, or the length `first`');
  if (count !== undefined && given.first !== undefined)
    throw new ParameterError('warmRestarts', 'first', given.first, 'either it or `cycles`, not both');
  const factor = positive('warmRestarts', 'factor', given.factor ?? 1);
  if (factor < 1) throw new ParameterError('warmRestarts', 'factor', factor, 'a finite number of at least 1');
  const height = positive('warmRestarts', 'height', given.height ?? 1);
  const child = lift(curve);
  const body = (phases: Phases) => {
    // The first cycle is the shortest.
    const wanted = wishes([child], (_, steps) => stepsOf([phases.length(0)], 0, steps));
    const plain = phased(phases, () => child, wanted.needs);
    if (height === 1) return { ...wanted, ...plain };
    const next: typeof plain.next = (memory, now) => {
      const value = plain.next(memory, now);
      return value * power(height, memory.clock.phase);
    };
    return { ...wanted, ...plain, next };
  };
  if (count !== undefined) {
    const n = whole('warmRestarts', 'cycles', count, 1);
    let total = 0;
    for (let i = 0; i < n; i++) total += power(factor, i);
    if (!Number.isFinite(total)) throw new ParameterError('warmRestarts', 'factor', factor, `one whose power ${n} is finite`);
    return {
      ...specFrom([child], ([spec]) => ({ schedule: 'warmRestarts', curve: spec, cycles: n, factor, height })),
      ...body({ count: n, length: (i) => (i === n - 1 ? null : power(factor, i) / total) }),
    };
  }
  const first = length('warmRestarts', 'first', given.first);
  if (typeof first === 'number' && first < LEAST_SHARE)
    throw new ParameterError('warmRestarts', 'first', first, `a share of at least ${LEAST_SHARE}`);
  const grown = (i: number): Length => (typeof first === 'number' ? first * power(factor, i) : { steps: first.steps * power(factor, i) });
  return {
    ...specFrom([child], ([spec]) => ({ schedule: 'warmRestarts', curve: spec, first, factor, height })),
    ...body({ count: Infinity, length: grown }),
  };
}
