import { LehrError, show } from '../error.ts';
import type { Control, Controller, Run, Schedule, Spec } from './schedule.ts';

/**
 * Any control as a controller: a number is constant, a schedule keeps no memory (null), a controller is itself. An `option` error for
 * anything else.
 */
export function lift(control: Control): Controller {
  if (typeof control === 'number') {
    if (!Number.isFinite(control))
      throw new LehrError('option', `control: ${control}, expected a finite number, a schedule or a controller.`);
    const spec = { schedule: 'constant', value: control + 0 };
    return { spec, start: () => null, next: () => control };
  }
  if (typeof control === 'function') {
    const schedule: Schedule = control;
    return {
      ...(schedule.spec === undefined ? {} : { spec: schedule.spec }),
      start: () => null,
      next: (_, now) => schedule(now.t, now.step),
    };
  }
  if (isController(control)) return control;
  const text = typeof control === 'string' ? ` Maybe parse(${show(control)}).` : isSpec(control) ? ' Maybe fromSpec(…) of it.' : '';
  throw new LehrError(
    'option',
    `control: ${show(control)}, expected a finite number, a schedule (a function of t and step) or a controller.${text}`,
  );
}

/** The plain data of a control; a `contract` error for a bare function or controller that carries none. */
export function specOf(control: Control): Spec {
  const { spec } = lift(control);
  if (spec !== undefined) return spec;
  const kind = typeof control === 'function' ? 'a bare function' : 'a controller';
  throw new LehrError(
    'contract',
    `schedule: ${kind} without a spec, expected plain data that can cross a thread and be written down. ` +
      'Maybe build it from lehr/schedules (table, piecewise, sequence), or export it from a module and give { from: import.meta.url, name } as its spec.',
  );
}

/** The property `spec` of a combinator, made of its children's; absent if one of them has none. */
export function specFrom(children: readonly Controller[], make: (specs: readonly Spec[]) => Spec): { readonly spec?: Spec } {
  const specs = children.flatMap((child) => (child.spec === undefined ? [] : [child.spec]));
  return specs.length === children.length ? { spec: Object.freeze(make(specs)) } : {};
}

/**
 * What a combinator asks of its run: the union of its children's signals and the least of their blocks.
 * @param lengths for phases: how many steps child i's own run has in a run of so many (null: unknown); without it, as many.
 */
export function wishes(
  children: readonly Controller[],
  lengths: (i: number, steps: number | null) => number | null = (_, steps) => steps,
): Pick<Controller, 'needs' | 'maxBlock' | 'defaultBlock'> {
  const needs = [...new Set(children.flatMap((child) => child.needs ?? []))];
  const least = (run: Run, wish: 'maxBlock' | 'defaultBlock'): number =>
    Math.min(Infinity, ...children.map((child, i) => child[wish]?.({ ...run, steps: lengths(i, run.steps) }) ?? Infinity));
  return {
    ...(needs.length === 0 ? {} : { needs }),
    maxBlock: (run) => least(run, 'maxBlock'),
    ...(children.some((child) => child.defaultBlock !== undefined) ? { defaultBlock: (run) => least(run, 'defaultBlock') } : {}),
  };
}

/** Wanting no signal at all. */
export const NOTHING: readonly string[] = Object.freeze([]);

/** Which signals a controller will hear of the coming block: what it says itself, or all it needs. */
export function wantsOf(controller: Controller, memory: unknown): readonly string[] {
  return controller.wants === undefined ? (controller.needs ?? NOTHING) : controller.wants(memory);
}

/**
 * The property `wants` of a combinator with one child; absent if the child always wants all it needs.
 * @param own signals that the combinator itself hears, always.
 */
export function wantsThrough<M>(
  child: Controller,
  memoryOf: (memory: M) => unknown,
  own: readonly string[] = NOTHING,
): Pick<Controller<M>, 'wants'> {
  if (child.wants === undefined) return {};
  if (own.length === 0) return { wants: (memory) => wantsOf(child, memoryOf(memory)) };
  // The same array for the same answer.
  let of: readonly string[] | null = null;
  let all: readonly string[] = own;
  return {
    wants(memory) {
      const childs = wantsOf(child, memoryOf(memory));
      if (childs !== of) [of, all] = [childs, [...own, ...childs]];
      return all;
    },
  };
}

function isController(value: unknown): value is Controller {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Controller).start === 'function' &&
    typeof (value as Controller).next === 'function'
  );
}

function isSpec(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'schedule' in value;
}
