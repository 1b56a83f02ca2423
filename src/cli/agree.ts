import { plainEqual } from '../dynamics/plain.ts';
import { LehrError, show } from '../error.ts';
import { flag } from './solve-options.ts';
import type { Task } from './task.ts';
import { amountOf } from './task.ts';

/** What of a task the user said again when going on with it or repeating it; absent: nothing was said. */
export type Said = { readonly [K in keyof Task]?: Task[K] | undefined };

/**
 * Throws an `option` error unless what was said agrees with what was started.
 * @param where what holds the task, for messages: `the run in DIR`.
 */
export function checkAgreement(task: Task, said: Said, where: string): void {
  const fail = (option: string, now: string, then: string): never => {
    throw new LehrError('option', `${option} is ${now}, but ${where} was started with ${then}. Maybe leave ${option} away: it is known.`);
  };
  if (said.sha256 !== undefined && said.sha256 !== task.sha256) {
    throw new LehrError(
      'option',
      `FILE is ${show(said.given)}, but ${where} was started with ${show(task.given)}, whose content is another. Maybe leave FILE away: it is known.`,
    );
  }
  if (said.given !== undefined && itemOf(said.given) !== itemOf(task.given)) fail('FILE', show(said.given), show(task.given));
  if (said.budget !== undefined && !plainEqual(said.budget, task.budget)) {
    const [unit, amount] = amountOf(said.budget);
    const [unitThen, amountThen] = amountOf(task.budget);
    fail(`--${unit}`, String(amount), `--${unitThen} ${amountThen}`);
  }
  for (const [name, text] of Object.entries(said.controls ?? {})) {
    if (task.controls[name] !== text) fail(`--${name}`, show(text), task.controls[name] === undefined ? 'none' : show(task.controls[name]));
  }
  if (said.start !== undefined && said.start?.text !== task.start?.text)
    fail('--start', show(said.start?.given), task.start === null ? 'none' : show(task.start.given));
  for (const name of [
    'problem',
    'params',
    'method',
    'strategy',
    'runLength',
    'again',
    'seed',
    'chains',
    'block',
    'check',
    'target',
    'stalled',
  ] as const) {
    const now = said[name];
    if (now !== undefined && !plainEqual(now, task[name]))
      fail(`--${flag(name)}`, show(now), task[name] === null ? 'none' : show(task[name]));
  }
}

function itemOf(given: string): string {
  return /#([^#/\\]+)$/.exec(given)?.[1] ?? '1';
}
