import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { LehrError } from '../../error.ts';
import { shareBudget } from '../../parallel/multistart.ts';
import type { Budget } from '../../run/plan.ts';
import { knownOf } from './known.ts';
import { STDOUT, type Output } from '../files/output.ts';
import { readText } from '../files/read-input.ts';
import { canonical } from '../options/schedule-text.ts';
import { budgetGiven, controlsGiven, type SolveOptions } from './solve-options.ts';
import type { Subject } from './subject.ts';
import { lengthsOf } from './run-lengths.ts';
import type { Outputs, Start, Task } from '../runs/task.ts';
import { version } from '../version.ts';

const DEFAULT_BUDGET: Budget = { seconds: 10 };

/** A new run from the options: what they leave open gets its default. The temperature may still be missing. */
export function newTask(subject: Subject, options: SolveOptions, controls: readonly string[], flags: readonly string[]): Task {
  const { family, own } = subject;
  const { strategy = 'multistart' } = options;
  const chains = options.chains ?? (strategy === 'single' ? 1 : availableParallelism());
  const workers = options.workers ?? availableParallelism();
  const budget = budgetGiven(options) ?? DEFAULT_BUDGET;
  const known = options.known === undefined && !own ? knownOf(subject.path, subject.item) : null;
  return {
    release: version(),
    given: subject.given,
    path: subject.path,
    sha256: subject.sha256,
    problem: own ? null : family.name,
    named: options.problem !== undefined,
    params: options.params ?? null,
    start: startOf(options),
    method: options.method ?? 'metropolis',
    strategy,
    runLength: options.runLength ?? null,
    lengths: lengthsOf(strategy, options.runLength ?? null, chains, subject.instance.n),
    again: options.again ?? 'random',
    seed: options.seed ?? randomInt(1, 1_000_000_000),
    chains,
    budget,
    each: shareBudget(budget, chains, workers),
    controls: controlsAgain(options, controls, flags),
    suggested: null,
    block: options.block ?? null,
    check: options.check ?? 'none',
    target: options.target ?? null,
    stalled: options.stalled ?? null,
    known: options.known ?? known?.value ?? null,
    knownSource: known?.source ?? null,
    workers,
    outputs: outputsOf(options),
  };
}

/** The outputs of a task as they are to be tried. */
export function filesOf(outputs: Outputs): Output[] {
  return Object.entries(outputs)
    .filter(([, path]) => path !== STDOUT)
    .map(([name, path]) => ({ option: `--${name}`, given: path as string, path: path as string }));
}

/**
 * The schedules that were given, in canonical text.
 * @throws LehrError `option` for an option that is no control.
 */
export function controlsAgain(options: SolveOptions, controls: readonly string[], flags: readonly string[]): Record<string, string> {
  const given = controlsGiven(options, controls, flags);
  return Object.fromEntries(Object.entries(given).map(([name, text]) => [name, canonical(`--${name}`, text)]));
}

/** The solution that `--start` names; null for none. */
export function startOf({ start }: SolveOptions): Start | null {
  return start === undefined ? null : { given: start, path: resolve(start), text: readText(start, 'a solution').text };
}

/** The SHA-256 of a problem's file, `FILE` or `FILE#k`. */
export function contentOfProblem(file: string): string {
  return readText(withoutItem(file), 'a problem').sha256;
}

/** The options that say where results go; no verb has them all. */
export type OutputOptions = { readonly [K in keyof Outputs]?: string | undefined };

/** What may go to standard output. */
const STREAMED: readonly string[] = ['output', 'assignments', 'picture'];

/** Where results go, absolute. */
export function outputsOf({ output, assignments, picture, report, trace, record }: OutputOptions): Outputs {
  const outputs = { output, assignments, picture, report, trace, record };
  const given = Object.entries(outputs).filter(([, path]) => path !== undefined) as [string, string][];
  for (const [name, path] of given) if (path === '') throw new LehrError('option', `--${name} is empty, expected a file.`);
  return Object.fromEntries(given.map(([name, path]) => [name, STREAMED.includes(name) && path === STDOUT ? STDOUT : absolute(path)]));
}

/** Absolute, with a final slash kept: it says that a folder was meant. */
function absolute(path: string): string {
  return resolve(path) + (/[/\\]$/.test(path) ? '/' : '');
}

function withoutItem(file: string): string {
  return file.replace(/#[^#/\\]*$/, '');
}
