import { maybe } from '../closest.ts';
import { metropolis } from '../dynamics/metropolis.ts';
import { plainCopy } from '../dynamics/plain.ts';
import type { Problem } from '../dynamics/problem.ts';
import { LehrError, show } from '../error.ts';
import { checkKeys } from '../run/plan.ts';
import type { Prepared } from './job.ts';

const PROBLEM = ['init', 'energy', 'propose', 'accept', 'reject', 'copy'];
const DYNAMICS = ['init', 'advance', 'energy', 'result', 'save', 'load'];
const PREPARED = ['dynamics', 'controls', 'measures', 'score', 'problem'];
const EXPECTED = `expected a Problem (an object with name, ${PROBLEM.join(', ')}) or a Recipe (a function of its parameters that returns { dynamics, controls } or a Problem)`;

/**
 * What a module gives to run: its default export may be a `Problem`, which Metropolis samples, or a `Recipe`, or a function of parameters that
 * returns a `Problem`.
 * @param module the module's namespace, as `import()` gives it. @param start a state to begin from in place of the problem's own; for a `Problem` only.
 * @throws LehrError `input` for anything else; what a recipe throws itself is passed on.
 */
export async function preparedFrom(module: unknown, params: unknown, start?: unknown): Promise<Prepared> {
  const exports = module as Record<string, unknown>;
  const given = exports.default;
  if (given === undefined) {
    const names = Object.keys(exports);
    const others = names.length === 0 ? '' : ` It exports ${names.join(', ')}. Maybe write export default.`;
    throw new LehrError('input', `the module has no default export, ${EXPECTED}.${others}`);
  }
  if (typeof given !== 'function') return preparedOf(given, 'the default export', start);
  if (/^class\b/.test(Function.prototype.toString.call(given))) {
    throw new LehrError(
      'input',
      `the default export is the class ${given.name}, ${EXPECTED}. Maybe export default (params) => new ${given.name}(params).`,
    );
  }
  return preparedOf(await (given as (params: unknown) => unknown)(params), 'what the default export returns', start);
}

function preparedOf(made: unknown, what: string, start: unknown): Prepared {
  if (typeof made === 'number') {
    throw new LehrError(
      'input',
      `${what} is the number ${made}: a function of x needs the diffusion dynamics, which this version of Lehr does not have; ${EXPECTED}. Maybe write it as a Problem that moves x.`,
    );
  }
  if (typeof made !== 'object' || made === null) throw new LehrError('input', `${what} is ${show(made)}, ${EXPECTED}.`);
  if ('dynamics' in made) {
    checkKeys(what, made, PREPARED);
    checkMethods(`${what}: dynamics`, 'a Dynamics', (made as Prepared).dynamics, DYNAMICS);
    if (start !== undefined)
      throw new LehrError(
        'option',
        `start: ${what} is { dynamics, … }, which begins where it likes, expected a Problem. Maybe give it as a parameter.`,
      );
    return made as Prepared;
  }
  if (typeof (made as { advance?: unknown }).advance === 'function') {
    throw new LehrError('input', `${what} is a bare Dynamics, ${EXPECTED}. Maybe return { dynamics, controls }.`);
  }
  checkMethods(what, 'a Problem', made, PROBLEM);
  const problem = start === undefined ? (made as Problem<unknown>) : begunFrom(made as Problem<unknown>, start);
  return { dynamics: metropolis(problem), problem };
}

/** The same problem with another start state; whatever its object is, a class's instance too. */
function begunFrom<S>(problem: Problem<S>, start: S): Problem<S> {
  const begun = Object.create(problem) as { init: Problem<S>['init'] } & Problem<S>;
  begun.init = () => plainCopy(start, 'start');
  return begun;
}

function checkMethods(what: string, kind: string, object: unknown, methods: readonly string[]): void {
  if (typeof object !== 'object' || object === null) throw new LehrError('input', `${what} is ${show(object)}, expected ${kind}.`);
  const there = object as Record<string, unknown>;
  const missing = methods.filter((method) => typeof there[method] !== 'function');
  const names = namesOf(object);
  if (missing.length === methods.length) {
    throw new LehrError('input', `${what} is an object with ${names.length === 0 ? 'no fields' : names.join(', ')}, ${EXPECTED}.`);
  }
  const unknown = names.filter((name) => !methods.includes(name));
  if (missing.length > 0) {
    const hint = missing.map((method) => maybe(method, unknown)).find((text) => text !== '') ?? '';
    const wrong = missing.map((method) => (method in object ? `${method} is ${show(there[method])}` : `no ${method}`)).join(', ');
    throw new LehrError(
      'input',
      `${what} is not ${kind}: ${wrong}; expected the methods ${methods.join(', ')}.${hint.replace('Maybe', 'Maybe misspelt:')}`,
    );
  }
  if (typeof there.name !== 'string' || there.name === '') {
    throw new LehrError(
      'input',
      `${what} is not ${kind}: name is ${show(there.name)}, expected a string that names it in messages and checkpoints.`,
    );
  }
}

/** The names of an object's fields and methods, those of its class included. */
function namesOf(object: object): string[] {
  const names = new Set<string>();
  for (let at: object | null = object; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at) as object | null) {
    for (const name of Object.getOwnPropertyNames(at)) if (name !== 'constructor') names.add(name);
  }
  return [...names];
}
