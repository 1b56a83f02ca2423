import { resolve } from 'node:path';
import { LehrError } from '../error.ts';
import type { Checkpoint } from '../run/checkpoint.ts';
import { checkAgreement, type Again, type Said } from './agree.ts';
import type { ChainRecord } from './run-chains.ts';
import { createFolder, isBlank, readKept, sweepFolder } from './checkpoints.ts';
import { continued, newTask, saidOf } from './new-task.ts';
import { sha256 } from './read-input.ts';
import { readRecord } from './record-file.ts';
import { flag, unknownOption } from './flag.ts';
import { type SolveOptions } from './solve-options.ts';
import { openSubject, splitItem, type Subject } from './subject.ts';
import type { Task } from './task.ts';
import { prepareHere } from './temperatures.ts';

/** A run that is ready to go on: new, resumed or replayed. */
export interface Begun {
  readonly task: Task;
  readonly subject: Subject;
  /** Where checkpoints go, absolute; null for none. */
  readonly folder: string | null;
  readonly resume?: readonly (Checkpoint | null)[];
  readonly replay?: readonly ChainRecord[];
}

/** Controls of the methods for the problems that Lehr knows. */
const CONTROLS: Readonly<Record<string, readonly string[]>> = { metropolis: ['temperature'] };

/**
 * The run that FILE and the options mean.
 * @param flags the names of all options, for suggestions.
 */
export async function begin(file: string | undefined, options: SolveOptions, flags: readonly string[]): Promise<Begun> {
  const { resume, replay, checkpoint } = options;
  if (resume !== undefined) {
    if (checkpoint !== undefined && resolve(checkpoint) !== resolve(resume)) {
      throw new LehrError(
        'option',
        `--checkpoint is ${checkpoint}, but --resume ${resume} goes on writing there, expected one folder. Maybe leave --checkpoint away.`,
      );
    }
    if (file !== undefined && isBlank(resume)) {
      process.stderr.write(`lehr: ${resume} holds no run yet: starting it\n`);
      return beginNew(file, options, flags, resume);
    }
    const kept = readKept<Task>(resume, 'solve');
    sweepFolder(resume);
    const task = continued(kept.task, options);
    agree(task, saidOf(file, options, task, flags), `the run in ${resume}`);
    return { task, subject: await subjectOf(task, kept.text, null), folder: resolve(resume), resume: kept.chains };
  }
  if (replay !== undefined) {
    const record = readRecord<Task>(replay, 'solve');
    const task = continued({ ...record.task, outputs: {} }, options);
    agree(task, saidOf(file, options, task, flags), `the run of ${replay}`);
    return { task, subject: await subjectOf(task, null, file ?? null), folder: null, replay: record.chains };
  }
  const [other] = Object.keys(options.others);
  if (file === undefined && other !== undefined) throw unknownOption(other, flags);
  if (file === undefined)
    throw new LehrError('option', 'FILE is missing, expected a problem file or a module of your own. Maybe lehr solve --help.');
  return beginNew(file, options, flags, checkpoint ?? null);
}

async function beginNew(file: string, options: SolveOptions, flags: readonly string[], folder: string | null): Promise<Begun> {
  checkKnownFlags(file, options, flags);
  if (folder !== null) createFolder(folder);
  const subject = await openSubject({ given: file, problem: options.problem, params: options.params });
  const controls = subject.own
    ? (await prepareHere(subject.family.recipe, subject.instance.params)).dynamics.controls
    : CONTROLS[options.method ?? 'metropolis'];
  return { task: newTask(subject, options, controls, flags), subject, folder: folder === null ? null : resolve(folder) };
}

/** Throws an `option` error unless what was said of a solve agrees with what was started. */
function agree(task: Task, said: Said<Task>, where: string): void {
  const names = ['problem', 'params', 'method', 'strategy', 'runLength', 'again', 'target', 'stalled'] as const;
  const start: readonly Again[] =
    said.start === undefined || said.start?.text === task.start?.text ? [] : [['start', said.start?.given, task.start?.given ?? null]];
  checkAgreement(task, said, [...start, ...names.map((name): Again => [flag(name), said[name], task[name]])], where);
}

/** A misspelt option is an error before anything is read, unless it may be a control of a module's own dynamics. */
function checkKnownFlags(file: string, options: SolveOptions, flags: readonly string[]): void {
  const [other] = Object.keys(options.others);
  if (other !== undefined && !/\.[cm]?[jt]s$/i.test(file)) throw unknownOption(other, flags);
}

/** The problem of an earlier task: from the kept copy of its text, or from the file, which must not have changed. */
async function subjectOf(task: Task, text: string | null, file: string | null): Promise<Subject> {
  const common = { problem: task.problem ?? undefined, params: task.params ?? undefined };
  const { item } = splitItem(task.given, true);
  if (text !== null)
    return { ...(await openSubject({ ...common, given: task.given, kept: { text, sha256: sha256(text) } })), path: task.path };
  const subject = await openSubject({ ...common, given: file ?? task.path + (item === null ? '' : `#${item}`) });
  if (subject.sha256 !== task.sha256) {
    throw new LehrError(
      'option',
      `${subject.given}: its content has changed since the run was started, expected the same file. Maybe restore it.`,
    );
  }
  return subject;
}
