import { LehrError, show } from '../error.ts';
import { number, power } from './curves.ts';
import { lift } from './lift.ts';
import { blockOf, checkLength, joint, Phases, type Length, type PhaseMemory } from './phases.ts';
import type { Control, Controller, Run, Spec } from './schedule.ts';
import { specOf } from './spec-of.ts';

/** Memory of a combinator: what its run is, and its phases. */
interface Phased {
  run: { steps: number | null; blocks: number | null };
  at: PhaseMemory;
}

function phased(spec: Spec | undefined, lengths: readonly Length[], controls: readonly Control[], adjust?: (value: number, phase: number) => number): Controller<Phased> {
  const phases = new Phases(lengths, controls);
  // Signals are looked up when a phase starts; a resumed leg starts later phases with the same lookup.
  let signal: Run['signal'] = () => -1;
  return {
    ...(spec === undefined ? {} : { spec }),
    ...joint(controls),
    start(run) {
      signal = run.signal;
      return { run: { steps: run.steps, blocks: run.blocks }, at: phases.start(run) };
    },
    next(memory, now) {
      const { value } = phases.next(memory.at, now, { ...memory.run, signal });
      return adjust === undefined ? value : adjust(value, memory.at.phase);
    },
  };
}

/** One control after the other: `[length, control]` pairs; a last control may stand alone and takes the rest. Shares must sum to at most 1. */
export function sequence(...phases: readonly (readonly [Length, Control] | Control)[]): Controller<Phased> {
  if (phases.length === 0) throw new LehrError('option', 'sequence: no phases, expected at least one.');
  const pairs = phases.map((phase, i): readonly [Length | null, Control] => {
    if (Array.isArray(phase)) return [checkLength('sequence', phase[0]), phase[1] as Control];
    if (i < phases.length - 1) throw new LehrError('option', `sequence: phase ${i + 1} has no length, expected [length, control] for all but the last.`);
    return [null, phase as Control];
  });
  const shares = pairs.reduce((sum, [length]) => sum + (typeof length === 'number' ? length : 0), 0);
  if (shares > 1 + 1e-12) throw new LehrError('option', `sequence: its shares sum to ${shares}, expected at most 1.`);
  const lengths = pairs.map(([length]) => length ?? 1);
  const controls = pairs.map(([, control]) => control);
  const spec = specsOf('sequence', { lengths: pairs.map(([length]) => length) }, 'controls', controls);
  return phased(spec, lengths, controls);
}

/**
 * Linear from 0 to the first value of `next` over `length`, then `next` with its own clock. Of m warm-up blocks the first gets 1/m of that
 * value, not 0, and the last all of it; by the clock never less than a thousandth.
 */
export function warmup(length: Length, next: Control): Controller<Phased> {
  checkLength('warmup', length);
  const child = lift(next);
  const rise: Controller<{ first: number; blocks: number | null }> = {
    start(run) {
      const first = child.next(child.start(run), { t: 0, step: 0, block: null, controls: {} });
      return { first, blocks: run.blocks };
    },
    next({ first, blocks }, { t }) {
      if (blocks === null) return first * Math.max(t, 1e-3);
      return first * ((blockOf(t, blocks) + 1) / Math.max(1, blocks));
    },
  };
  const controller = phased(specsOf('warmup', { length }, 'next', next), [length, 1], [rise, child]);
  return { ...controller, ...joint([next]) };
}

/**
 * `cycles` times the whole of `control`, each cycle `factor` times as long as the one before, filling the run (warm restarts: Loshchilov and
 * Hutter 2017, T_i = T_0 · factor^i).
 */
export function warmRestarts(control: Control, cycles = 4, { factor = 1 }: { readonly factor?: number } = {}): Controller<Phased> {
  whole('warmRestarts', 'cycles', cycles);
  number('warmRestarts', 'factor', factor, 0, true);
  const parts = Array.from({ length: cycles }, (_, i) => power(factor, i));
  const total = parts.reduce((sum, part) => sum + part, 0);
  const spec = specsOf('warmRestarts', { cycles, factor }, 'control', control);
  return phased(spec, parts.map((part) => part / total), parts.map(() => control));
}

/**
 * Triangular cycles between `low` and `high` (Smith 2017): each rises over the first half and falls over the second. `shrink` multiplies the height from
 * cycle to cycle (½ is his "triangular2").
 */
export function cyclical(low: number, high: number, { cycles = 4, shrink = 1 }: { readonly cycles?: number; readonly shrink?: number } = {}): Controller<Phased> {
  number('cyclical', 'low', low);
  number('cyclical', 'high', high);
  number('cyclical', 'shrink', shrink, 0, true);
  whole('cyclical', 'cycles', cycles);
  const triangle = (t: number): number => (t <= 0.5 ? 2 * t : 2 - 2 * t);
  const height = (phase: number): number => power(shrink, phase) * (high - low);
  const spec = { schedule: 'cyclical', low, high, cycles, shrink };
  return phased(spec, Array(cycles).fill(1 / cycles), Array(cycles).fill(triangle), (value, phase) => low + height(phase) * value);
}

/** `control`, again and again over `cycles` equal parts of the run, each time `factor` as hot as the one before. */
export function reheat(control: Control, { cycles = 3, factor = 0.5 }: { readonly cycles?: number; readonly factor?: number } = {}): Controller<Phased> {
  whole('reheat', 'cycles', cycles);
  number('reheat', 'factor', factor, 0, true);
  const spec = specsOf('reheat', { cycles, factor }, 'control', control);
  return phased(spec, Array(cycles).fill(1 / cycles), Array(cycles).fill(control), (value, phase) => value * power(factor, phase));
}

/** `control` times a factor. */
export function scale(control: Control, factor: number): Controller {
  number('scale', 'factor', factor);
  return mapped(specsOf('scale', { factor }, 'control', control), control, (value) => value * factor);
}

/** `control` plus a number. */
export function offset(control: Control, by: number): Controller {
  number('offset', 'by', by);
  return mapped(specsOf('offset', { by }, 'control', control), control, (value) => value + by);
}

/** `control`, kept between `low` and `high`. */
export function clamp(control: Control, low: number, high: number): Controller {
  number('clamp', 'low', low);
  number('clamp', 'high', high, low);
  return mapped(specsOf('clamp', { low, high }, 'control', control), control, (value) => Math.min(high, Math.max(low, value)));
}

function mapped(spec: Spec | undefined, control: Control, of: (value: number) => number): Controller {
  const inner = lift(control);
  return { ...(spec === undefined ? {} : { spec }), ...joint([control]), start: (run) => inner.start(run), next: (memory, now) => of(inner.next(memory, now)) };
}

function whole(schedule: string, name: string, value: unknown): void {
  number(schedule, name, value, 1);
  if (!Number.isInteger(value)) throw new LehrError('option', `${schedule}: ${name} is ${show(value)}, expected a whole number of at least 1.`);
}

/** A combinator's spec, if all its children have one. */
function specsOf(schedule: string, parameters: object, name: string, children: Control | readonly Control[]): Spec | undefined {
  try {
    const inner = Array.isArray(children) ? children.map((child: Control) => specOf(child)) : specOf(children as Control);
    return { schedule, ...parameters, [name]: inner };
  } catch {
    return undefined;
  }
}
