import type { Problem } from '../../dynamics/problem.ts';
import { LehrError, show } from '../../error.ts';
import { stream } from '../../random/rng.ts';

/**
 * Reads a state of a user's own problem, as its solution file holds it: JSON, typed arrays as plain arrays. A start state of the problem tells what the
 * file must look like.
 * @throws LehrError `input` that begins with `path` and names the place in the data.
 */
export function readState<S>(problem: Problem<S>, text: string, path: string): S {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new LehrError('input', `${path}: it is not JSON: ${(error as Error).message}. Maybe the file is cut.`, { cause: error });
  }
  const template = problem.init(stream('read-state', 'init'));
  return shaped(template, value, `${path}: state`) as S;
}

/** The value in the shape of a template: the same fields, numbers for numbers, and typed arrays of the same kind and length. */
function shaped(template: unknown, value: unknown, where: string): unknown {
  const fail = (expected: string): never => {
    throw new LehrError('input', `${where} is ${show(value)}, expected ${expected}. Maybe the solution is of another problem.`);
  };
  if (ArrayBuffer.isView(template)) {
    if (!Array.isArray(value)) return fail('a list of numbers');
    value.forEach((item, i) => {
      if (typeof item !== 'number') throw new LehrError('input', `${where}[${i}] is ${show(item)}, expected a number.`);
    });
    const { length } = template as Float64Array;
    if (value.length !== length)
      throw new LehrError('input', `${where} has ${value.length} numbers, expected ${length}. Maybe the solution is of another problem.`);
    const typed = new (template.constructor as new (items: readonly number[]) => Float64Array)(value as number[]);
    for (let i = 0; i < typed.length; i++) {
      if (Object.is(typed[i] + 0, (value[i] as number) + 0)) continue;
      const kind = template.constructor.name.replace('Array', '');
      throw new LehrError('input', `${where}[${i}] is ${show(value[i])}, expected a number that ${kind} can hold.`);
    }
    return typed;
  }
  if (Array.isArray(template)) {
    if (!Array.isArray(value)) return fail('a list');
    return value.map((item, i) =>
      template.length === 0 ? (item as unknown) : shaped(template[Math.min(i, template.length - 1)], item, `${where}[${i}]`),
    );
  }
  if (typeof template === 'object' && template !== null) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail('an object');
    const names = Object.keys(template);
    for (const name of Object.keys(value))
      if (!names.includes(name)) throw new LehrError('input', `${where} has a field ${show(name)}, expected ${names.join(', ')}.`);
    return Object.fromEntries(
      names.map((name) => {
        const item = (value as Record<string, unknown>)[name];
        if (item === undefined) throw new LehrError('input', `${where} has no field ${show(name)}, expected ${names.join(', ')}.`);
        return [name, shaped((template as Record<string, unknown>)[name], item, `${where}.${name}`)];
      }),
    );
  }
  return typeof value === typeof template || value === null ? value : fail(`a ${typeof template}`);
}
