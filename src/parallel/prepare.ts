import { metropolis } from '../dynamics/metropolis.ts';
import type { Problem } from '../dynamics/problem.ts';
import { LehrError, show } from '../error.ts';
import type { Prepared } from './job.ts';

const METHODS = ['init', 'energy', 'propose', 'accept', 'reject', 'copy'];

/**
 * What a module gives to run: its default export may be a `Problem`, a `Recipe`, or a function of parameters that returns a `Problem`.
 * @throws LehrError `input` for anything else.
 */
export async function preparedFrom(module: unknown, params: unknown): Promise<Prepared> {
  const given = (module as { default?: unknown })?.default;
  const expected = 'expected a Problem, or a Recipe: a function of its parameters that returns { dynamics, controls } or a Problem';
  if (given === undefined) throw new LehrError('input', `The module has no default export, ${expected}.`);
  const made: unknown = typeof given === 'function' ? await (given as (params: unknown) => unknown)(params) : given;
  if (typeof made === 'number') {
    throw new LehrError('input', 'The default export is a function of x, which needs a dynamics for continuous points; this version has none. Maybe write it as a Problem.');
  }
  if (typeof made !== 'object' || made === null) throw new LehrError('input', `The default export gives ${show(made)}, ${expected}.`);
  if ('dynamics' in made) return made as Prepared;
  const missing = METHODS.filter((method) => typeof (made as Record<string, unknown>)[method] !== 'function');
  if (missing.length === METHODS.length) throw new LehrError('input', `The default export gives ${show(made)}, ${expected}.`);
  if (missing.length > 0) throw new LehrError('input', `The problem has no ${missing.join(', no ')}, expected a Problem with ${METHODS.join(', ')}.`);
  const problem = made as Problem<unknown>;
  return { dynamics: metropolis(problem), problem };
}
