import { relative, resolve } from 'node:path';
import { plainEqual } from '../dynamics/plain.ts';
import { commandLine } from './shell.ts';
import { amountOf, stepsText, type Task } from './task.ts';

/**
 * The command that repeats a run, every number said: from its record where one was written, since only that repeats a run that the clock cut.
 * @param record the path of the record, null if none was written. @param exact whether the command alone repeats it.
 */
export function repeatCommand(task: Task, record: string | null, exact: boolean): string {
  const words = ['lehr', 'solve', here(task.given, task.path)];
  if (!exact && record !== null) return commandLine([...words, '--replay', here(record, record)]);
  if (task.named) words.push('--problem', task.problem!);
  if (task.params !== null) words.push('--params', JSON.stringify(task.params));
  const [unit, amount] = amountOf(task.budget);
  words.push(`--${unit}`, String(amount), '--seed', String(task.seed), '--chains', String(task.chains));
  if (!plainEqual(task.budget, task.each)) words.push('--workers', String(task.workers));
  for (const [control, text] of Object.entries(task.controls)) words.push(`--${control}`, text);
  if (task.strategy !== 'multistart') words.push('--strategy', task.strategy);
  if (task.runLength !== null) words.push('--run-length', stepsText(task.runLength));
  if (task.again !== 'random') words.push('--again', task.again);
  if (task.start !== null) words.push('--start', here(task.start.given, task.start.path));
  if (task.block !== null) words.push('--block', String(task.block));
  if (task.check !== 'none') words.push('--check', task.check);
  if (task.target !== null) words.push('--target', String(task.target));
  if (task.stalled !== null) words.push('--stalled', String(task.stalled));
  return commandLine(words);
}

/** A path as the user wrote it, if it still means the same file here; else relative, or absolute where that is shorter. */
export function here(given: string, path: string): string {
  const item = /#[^#/\\]*$/.exec(given)?.[0] ?? '';
  const file = given.endsWith(item) && item !== '' ? given.slice(0, -item.length) : given;
  if (!file.startsWith('/') && (resolve(file) === path || resolve(given) === path)) return given;
  const near = relative(process.cwd(), path);
  return (near === '' || near.startsWith('..') ? path : near) + (path.endsWith(item) ? '' : item);
}
