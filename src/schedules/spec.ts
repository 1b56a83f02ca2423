import { maybe } from '../closest.ts';
import { LehrError, show } from '../error.ts';
import { catalogue, find, type ParameterType } from './catalogue.ts';
import { constant } from './curves.ts';
import type { Control, Spec } from './schedule.ts';

/**
 * The control that a spec describes: the inverse of `specOf`. A number is a constant.
 * @throws LehrError `option` for an unknown schedule or parameter, or one of the wrong kind, with a suggestion.
 */
export function fromSpec(spec: Spec | number): Control {
  if (typeof spec === 'number') return constant(spec);
  if (typeof spec !== 'object' || spec === null || typeof spec.schedule !== 'string') {
    throw new LehrError('option', `A schedule's spec is ${show(spec)}, expected a number or { schedule: a name, … }.`);
  }
  const entry = find(spec.schedule);
  if (entry === undefined) throw new LehrError('option', `schedule ${show(spec.schedule)} is unknown, expected one of ${names().join(', ')}.${maybe(spec.schedule, names())}`);
  const args: Record<string, unknown> = {};
  for (const key of Object.keys(spec)) {
    const known = entry.parameters.map(({ name }) => name);
    if (key !== 'schedule' && !known.includes(key)) throw new LehrError('option', `${entry.name}: unknown parameter ${show(key)}, expected ${known.join(', ') || 'none'}.${maybe(key, known)}`);
  }
  for (const { name, type, default: usual } of entry.parameters) {
    const value = spec[name] ?? usual;
    if (value === undefined) throw new LehrError('option', `${entry.name}: ${name} is missing, expected ${article(type)}.`);
    args[name] = convert(value, type);
  }
  return entry.build(args);
}

function convert(value: unknown, type: ParameterType): unknown {
  if (type === 'control') return fromSpec(value as Spec);
  if (type === 'controls' && Array.isArray(value)) return value.map((item) => fromSpec(item as Spec));
  return value;
}

function names(): string[] {
  return catalogue.map(({ name }) => name);
}

/** What a parameter must be, for messages. */
export function article(type: ParameterType): string {
  return { number: 'a number', numbers: 'a list of numbers', length: 'a share of the run or a number of steps', lengths: 'a list of lengths', control: 'a schedule', controls: 'a list of schedules' }[type];
}
