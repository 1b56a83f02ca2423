import { relative, resolve } from 'node:path';
import { plainEqual } from '../../dynamics/plain.ts';
import type { LegRecord } from '../../run/outcome.ts';
import type { KeptVerb } from './checkpoints.ts';
import type { ChainEnd } from './run-chains.ts';
import { commandLine } from '../shell.ts';
import { amountOf, stepsText, type RunTask, type Task } from './task.ts';

/**
 * The record that a run is to be repeated from, where there is one and only it repeats the run: the clock or Ctrl-C cut a chain.
 * @param replay the record that this run was itself repeated from.
 */
export function recordToRepeat(
  { outputs }: RunTask,
  { reproducible, chains }: { readonly reproducible: boolean; readonly chains: readonly ChainEnd[] },
  replay: string | undefined,
): string | null {
  const exact = reproducible && replay === undefined && chains.every(({ record }) => record === null || isWhole(record.legs));
  return exact ? null : (outputs.record ?? replay ?? null);
}

/** True if neither the clock nor Ctrl-C cut a leg. */
function isWhole(legs: readonly LegRecord[]): boolean {
  return legs.every((leg) => leg.stopped !== 'interrupted' && leg.stopped !== 'seconds' && leg.readings === undefined);
}

/** The command that repeats a run from its record. */
export function replayCommand(verb: KeptVerb, { given, path }: RunTask, record: string): string {
  return commandLine(['lehr', verb, here(given, path), '--replay', here(record, record)]);
}

/**
 * The command that repeats a run, every number said.
 * @param record the record to repeat it from, null if the command alone does.
 */
export function repeatCommand(task: Task, record: string | null): string {
  if (record !== null) return replayCommand('solve', task, record);
  const words = ['lehr', 'solve', here(task.given, task.path)];
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
