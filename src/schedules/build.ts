import { LehrError, show } from '../error.ts';
import { catalogue } from './catalogue.ts';
import type { Definition, Parameter } from './definition.ts';
import { nearest } from '../closest.ts';
import type { Controller, Schedule } from './schedule.ts';

/** What a name in the API looks like in text: `warmRestarts` is `warm-restarts`. */
export function textName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** What a name in text is in the API; API names are themselves. */
export function apiName(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The definition of that name, in the API's form or the text's; undefined if there is none. */
export function definitionOf(name: string): Definition | undefined {
  const wanted = apiName(name);
  return catalogue.find((definition) => definition.name === wanted);
}

/** The message about a name that is none, with what it may have meant. */
export function unknownName(name: string): string {
  const names = catalogue.flatMap((definition) => [definition.name, ...(definition.also ?? [])]);
  const meant = nearest(name, names);
  const definition = meant === null ? undefined : catalogue.find((each) => each.name === meant || each.also?.includes(meant));
  const maybe = definition === undefined ? '' : ` Maybe ${textName(definition.name)}?`;
  return `schedule: unknown name ${show(name)}, expected one of ${catalogue.map((each) => textName(each.name)).join(', ')}.${maybe}`;
}

/** How a definition is written in text, with its defaults: `polynomial(from, to, power: 2)`. */
export function signature(definition: Definition): string {
  if (definition.form !== undefined) return definition.form;
  const parts = definition.parameters.map((parameter) => {
    if (parameter.kind === 'pieces') return `[share, value], …`;
    if (parameter.kind === 'numbers' && parameter.named !== true) return `[${parameter.name}]`;
    const optional = parameter.optional === true ? '?' : '';
    if (parameter.named !== true) return parameter.name + optional;
    return `${textName(parameter.name)}${optional}: ${parameter.default === undefined ? parameter.kind.toUpperCase() : formatted(parameter, parameter.default)}`;
  });
  return textName(definition.name) + (parts.length === 0 ? '' : `(${parts.join(', ')})`);
}

/** A parameter's plain value in text; schedules are not plain. */
export function formatted(parameter: Parameter, value: unknown): string {
  if (typeof value === 'string') return parameter.kind === 'choice' ? textName(value) : value;
  if (Array.isArray(value)) return `[${value.join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const { steps } = value as { steps: number };
    return `${steps} ${steps === 1 ? 'step' : 'steps'}`;
  }
  return String(value);
}

/** Calls the definition's builder with values by the names of its parameters; those with defaults may be absent. */
export function build(definition: Definition, values: Readonly<Record<string, unknown>>): Schedule | Controller {
  const positional: unknown[] = [];
  const named: Record<string, unknown> = {};
  for (const parameter of definition.parameters) {
    const value = values[parameter.name];
    if (parameter.kind === 'phases' || parameter.kind === 'pieces') {
      if (!Array.isArray(value)) throw new LehrError('option', `${definition.name}: ${parameter.name} is ${show(value)}, expected a list.`);
      positional.push(...(value as unknown[]));
    } else if (parameter.named === true) {
      if (value !== undefined) named[parameter.name] = value;
    } else if (value !== undefined || parameter.optional !== true) positional.push(value);
  }
  if (definition.parameters.some((parameter) => parameter.named)) positional.push(named);
  return definition.make(...positional);
}
