import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { checkCourse } from '../../dynamics/gradient-controls.ts';
import { plainEqual } from '../../dynamics/plain.ts';
import { LehrError } from '../../error.ts';
import { shareBudget } from '../../parallel/multistart.ts';
import type { Budget } from '../../run/plan.ts';
import { parse } from '../../schedules/index.ts';
import type { Again } from '../runs/agree.ts';
import { controlsSaidOf } from '../options/controls-said.ts';
import type { Learner } from './learner.ts';
import { outputsOf } from '../solve/new-task.ts';
import { here } from '../runs/repeat.ts';
import { canonical } from '../options/schedule-text.ts';
import { commandLine } from '../shell.ts';
import { flag } from '../options/flag.ts';
import { amountOf, type RunTask } from '../runs/task.ts';
import { LEARNER_NAMES, learnerOptionsOf, type LearnerOptions, type TrainOptions } from './train-options.ts';
import { version } from '../version.ts';

/** What a run of `lehr train` is, as plain JSON. Kept with checkpoints. */
export interface TrainTask extends RunTask {
  /** What is learned and how, as given. */
  readonly learning: LearnerOptions;
  /** As given, or chosen; null where steps or seconds are. */
  readonly epochs: number | null;
  readonly stalled: number | null;
  /** Controls whose schedules were chosen. */
  readonly chosen: readonly string[];
}

/** Where nothing is said: as many epochs, but no fewer steps, as these. */
const EPOCHS = 30;
const STEPS = 3000;

/** Epochs where nothing is said. @param epoch steps of each. */
export function usualEpochs(epoch: number): number {
  return Math.max(EPOCHS, Math.ceil(STEPS / epoch));
}

/** Options that name controls. */
const CONTROLS = ['rate', 'momentum', 'decay', 'temperature'] as const;

/** The controls beside the rate that options ask for. */
export function controlsWanted(options: TrainOptions): string[] {
  return CONTROLS.filter((name) => name !== 'rate' && options[name] !== undefined);
}

/**
 * The schedules that were given, in canonical text.
 * @throws LehrError `option` for an option that is no control.
 */
export function controlsSaid(options: TrainOptions, controls: readonly string[], flags: readonly string[]): Record<string, string> {
  return controlsSaidOf(options, CONTROLS, controls, flags, 'train');
}

/** The budget that was given, epochs as the steps they are; null where none was. */
export function budgetSaid({ epochs, steps, seconds }: TrainOptions, { epoch }: Pick<Learner, 'epoch'>): Budget | null {
  if (epochs !== undefined) return { steps: epochs * epoch };
  if (steps !== undefined) return { steps };
  return seconds === undefined ? null : { seconds };
}

/** A new run from the options: what they leave open gets its default. */
export function newTrainTask(learner: Learner, options: TrainOptions, flags: readonly string[]): TrainTask {
  const chains = options.chains ?? 1;
  const workers = options.workers ?? availableParallelism();
  const said = budgetSaid(options, learner);
  const epochs = said === null ? usualEpochs(learner.epoch) : (options.epochs ?? null);
  const budget = said ?? { steps: epochs! * learner.epoch };
  const given = controlsSaid(options, learner.controls, flags);
  const chosen = learner.controls.filter((name) => given[name] === undefined);
  const each = shareBudget(budget, chains, workers);
  checkSchedules(given, 'steps' in each ? each.steps : NaN);
  return {
    release: version(),
    given: learner.given,
    path: learner.path,
    sha256: learner.sha256,
    learning: learnerOptionsOf(options),
    epochs,
    seed: options.seed ?? randomInt(1, 1_000_000_000),
    chains,
    budget,
    each,
    controls: Object.fromEntries(learner.controls.map((name) => [name, given[name] ?? canonical(`--${name}`, learner.usual[name])])),
    chosen,
    stalled: options.stalled ?? null,
    block: options.block ?? null,
    check: 'none',
    workers,
    outputs: outputsOf(options),
  };
}

/** Told before any chain begins, once. @throws LehrError `option` that names the option of a schedule which leaves what optimisers take. */
function checkSchedules(given: Readonly<Record<string, string>>, steps: number): void {
  for (const [name, text] of Object.entries(given)) {
    try {
      checkCourse({ [name]: parse(text) }, [name], steps);
    } catch (error) {
      if (error instanceof LehrError) throw new LehrError(error.code, `--${error.message}`, { cause: error });
      throw error;
    }
  }
}

/** The verb's own options that were said again, beside what was started. */
export function saidAgain(options: TrainOptions, task: TrainTask): Again[] {
  const now = learnerOptionsOf(options);
  const names = LEARNER_NAMES.filter((name) => now[name] !== undefined);
  return [...names.map((name): Again => [flag(name), now[name], task.learning[name]]), ['stalled', options.stalled, task.stalled]];
}

/** The command that repeats a training, every number said. */
export function trainCommand(task: TrainTask, verb = 'train'): string {
  const words = ['lehr', verb, here(task.given, task.path), ...learnerWords(task.learning)];
  for (const [control, text] of Object.entries(task.controls)) words.push(`--${control}`, text);
  const [unit, amount] = amountOf(task.budget);
  if (task.epochs === null) words.push(`--${unit}`, String(amount));
  else words.push('--epochs', String(task.epochs));
  if (task.stalled !== null) words.push('--stalled', String(task.stalled));
  if (task.block !== null) words.push('--block', String(task.block));
  words.push('--seed', String(task.seed));
  if (task.chains !== 1) words.push('--chains', String(task.chains));
  if (!plainEqual(task.budget, task.each)) words.push('--workers', String(task.workers));
  return commandLine(words);
}

/** Options about what is learned as a command line has them. */
export function learnerWords(learning: LearnerOptions): string[] {
  return Object.entries(learning).flatMap(([name, value]: [string, unknown]) => {
    if (value === true) return [`--${flag(name)}`];
    if (name === 'labels' || name === 'vocabulary') return [`--${name}`, here(String(value), String(value))];
    return [`--${flag(name)}`, name === 'params' ? JSON.stringify(value) : Array.isArray(value) ? value.join(',') : String(value)];
  });
}
