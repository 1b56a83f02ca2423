import { LehrError, show } from '../error.ts';
import { build, definitionOf, unknownName } from './build.ts';
import type { ParameterKind } from './definition.ts';
import { constant } from './curves.ts';
import { nearest } from '../closest.ts';
import type { Control, Controller, Schedule, Spec } from './schedule.ts';

/** A schedule that a module exports, by the module's URL and the export's name: the plain data of a function that has no parameters. */
export interface ModuleSpec {
  readonly from: string;
  readonly name: string;
}

/** Whether plain data names a module's export rather than a schedule of the catalogue. */
export function isModuleSpec(spec: unknown): spec is ModuleSpec {
  return typeof spec === 'object' && spec !== null && typeof (spec as ModuleSpec).from === 'string' && !('schedule' in spec);
}

/**
 * The schedule or controller that plain data describes, the inverse of `specOf`; a number is constant. An `option` error for unknown names,
 * unknown parameters and values out of range.
 * @param resolve gives the export that a `{ from, name }` stands for; loading a module takes time, so the caller must have done it before.
 */
export function fromSpec(spec: Spec | ModuleSpec | number, resolve?: (spec: ModuleSpec) => Control): Schedule | Controller {
  if (typeof spec === 'number') return constant(spec);
  if (isModuleSpec(spec)) {
    const found = resolve?.(spec);
    if (found !== undefined) return typeof found === 'number' ? constant(found) : found;
    throw new LehrError(
      'option',
      `spec: ${show(spec.name)} of the module ${show(spec.from)} is not loaded, expected a schedule of the catalogue. ` +
        'Maybe run it as a job, whose worker loads the module, or give fromSpec a function that resolves it.',
    );
  }
  if (typeof spec !== 'object' || spec === null || typeof spec.schedule !== 'string') {
    const text = typeof spec === 'string' ? ` Maybe parse(${show(spec)}).` : '';
    throw new LehrError('option', `spec: ${show(spec)}, expected a number or { schedule, …parameters }.${text}`);
  }
  const definition = definitionOf(spec.schedule);
  if (definition === undefined) throw new LehrError('option', unknownName(spec.schedule));
  const names = definition.parameters.map((parameter) => parameter.name);
  for (const key of Object.keys(spec)) {
    if (key === 'schedule' || names.includes(key)) continue;
    const maybe = nearest(key, names);
    throw new LehrError(
      'option',
      `${definition.name}: unknown parameter ${show(key)}, expected ${names.join(', ')}.${maybe === null ? '' : ` Maybe ${maybe}?`}`,
    );
  }
  const values: Record<string, unknown> = {};
  for (const { name, kind } of definition.parameters) values[name] = restored(kind, spec[name], resolve);
  return build(definition, values);
}

function restored(kind: ParameterKind, value: unknown, resolve: ((spec: ModuleSpec) => Control) | undefined): unknown {
  const control = (inner: unknown) => fromSpec(inner as Spec, resolve);
  if (kind === 'control') return control(value);
  if (kind !== 'phases' || !Array.isArray(value)) return value;
  return value.map((phase: unknown) => (Array.isArray(phase) ? [phase[0], ...phase.slice(1).map(control)] : control(phase)));
}
