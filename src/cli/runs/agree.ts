import { plainEqual } from '../../dynamics/plain.ts';
import { LehrError, show } from '../../error.ts';
import type { RunTask } from './task.ts';
import { amountOf } from './task.ts';

/** What of a task the user said again when going on with it or repeating it; absent: nothing was said. */
export type Said<T extends RunTask> = { readonly [K in keyof T]?: T[K] | undefined };

/** An option that was said again: its name, what it is now and what it was then. */
export type Again = readonly [option: string, now: unknown, then: unknown];

/**
 * Throws an `option` error unless what was said agrees with what was started.
 * @param said what every task has. @param others the verb's own options. @param where what holds the task, for messages: `the run in DIR`.
 */
export function checkAgreement<T extends RunTask>(task: T, said: Said<T>, others: readonly Again[], where: string): void {
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
  const common = (['seed', 'chains', 'block', 'check'] as const).map((name): Again => [name, said[name], task[name]]);
  for (const [option, now, then] of [...others, ...common])
    if (now !== undefined && !plainEqual(now, then))
      fail(`--${option}`, show(now), then === null || then === undefined ? 'none' : show(then));
}

function itemOf(given: string): string {
  return /#([^#/\\]+)$/.exec(given)?.[1] ?? '1';
}
