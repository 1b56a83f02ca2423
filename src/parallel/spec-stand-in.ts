import { LehrError, show } from '../error.ts';
import type { Control, Controller, Schedule, Spec } from '../schedules/schedule.ts';

/** A schedule that a module exports, by the module's URL and the export's name. */
export interface ModuleSpec {
  readonly from: string;
  readonly name: string;
}

/** Whether plain data names a module's export. */
export function isModuleSpec(spec: unknown): spec is ModuleSpec {
  return typeof spec === 'object' && spec !== null && typeof (spec as ModuleSpec).from === 'string' && !('schedule' in spec);
}

/**
 * Stands in for `fromSpec` of the schedules room until both rooms are in one tree: numbers, `constant`, `exponential` and exports of modules.
 * Replace its importers' path by `../schedules/index.ts` and delete this file.
 */
export function fromSpec(spec: Spec | ModuleSpec | number, resolve?: (spec: ModuleSpec) => Control): Schedule | Controller {
  if (typeof spec === 'number') return () => spec;
  if (isModuleSpec(spec)) {
    const found = resolve!(spec);
    return typeof found === 'number' ? () => found : found;
  }
  const { schedule, from, to, value } = spec as Spec & { from: number; to: number; value: number };
  if (schedule === 'constant') return Object.assign(() => value, { spec });
  if (schedule === 'exponential') {
    const rate = Math.log(to / from);
    return Object.assign((t: number) => (t === 1 ? to : from * Math.exp(t * rate)), { spec });
  }
  throw new LehrError('option', `spec: unknown schedule ${show(schedule)}, expected constant or exponential.`);
}
