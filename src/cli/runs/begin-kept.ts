import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { LehrError } from '../../error.ts';
import type { Checkpoint } from '../../run/checkpoint.ts';
import { checkAgreement, type Again, type Said } from './agree.ts';
import { createFolder, isBlank, readKept, sweepFolder, type KeptVerb } from './checkpoints.ts';
import { outputsOf, type OutputOptions } from '../solve/new-task.ts';
import { unknownOption } from '../options/flag.ts';
import { readRecord } from './record-file.ts';
import type { ChainRecord } from './run-chains.ts';
import type { RunTask } from './task.ts';

/** What a run is of, as far as every verb knows it. */
export interface Opened {
  readonly given: string;
  readonly path: string;
  readonly sha256: string;
}

/** What decides how a run is begun or gone on with. */
export interface BeginOptions extends OutputOptions {
  readonly resume?: string;
  readonly replay?: string;
  readonly checkpoint?: string;
  readonly seed?: RunTask['seed'];
  readonly chains?: number;
  readonly block?: number;
  readonly workers?: number;
  readonly others: Readonly<Record<string, string>>;
}

/** A verb whose runs are kept, in folders and records: how its tasks are made and what they are of. */
export interface KeptRuns<T extends RunTask, S extends Opened, O extends BeginOptions> {
  readonly verb: KeptVerb;
  /** What FILE may be, for messages. */
  readonly file: string;
  /** Whether a file may have controls that no table of options knows. */
  mayHaveOthers(file: string): boolean;
  open(file: string, options: O): Promise<S>;
  /** What a task was of. @param kept its text, where a copy of that was kept. @param file where it is now, if that was said. */
  reopen(task: T, kept: string | null, file: string | null): Promise<S>;
  newTask(subject: S, options: O, flags: readonly string[]): T | Promise<T>;
  /** The verb's own options that were said again. */
  again(options: O, task: T): Again[];
  /** What every task has, as it was said again. */
  said(options: O, subject: S, flags: readonly string[], task: T): Pick<Said<RunTask>, 'budget' | 'controls'>;
  /** The SHA-256 of data as a task keeps it. */
  contentOf(file: string, task: T): Promise<string>;
  /** What else may change, beside how many workers help and where results go. */
  mayChange?(options: O, task: T): Partial<T>;
}

/** A run that is ready to go on: new, resumed or replayed. */
export interface BegunRun<T extends RunTask, S extends Opened> {
  readonly task: T;
  readonly subject: S;
  /** Where checkpoints go, absolute; null for none. */
  readonly folder: string | null;
  readonly resume?: readonly (Checkpoint | null)[];
  readonly replay?: readonly ChainRecord[];
}

/**
 * The run that FILE and the options mean.
 * @param flags the names of all options, for suggestions.
 */
export async function beginKept<T extends RunTask, S extends Opened, O extends BeginOptions>(
  runs: KeptRuns<T, S, O>,
  file: string | undefined,
  options: O,
  flags: readonly string[],
): Promise<BegunRun<T, S>> {
  const { resume, replay, checkpoint } = options;
  if (resume !== undefined && checkpoint !== undefined && resolve(checkpoint) !== resolve(resume)) {
    throw new LehrError(
      'option',
      `--checkpoint is ${checkpoint}, but --resume ${resume} goes on writing there, expected one folder. Maybe leave --checkpoint away.`,
    );
  }
  if (resume !== undefined && file !== undefined && isBlank(resume)) {
    process.stderr.write(`lehr: ${resume} holds no run yet: starting it\n`);
    return beginNew(runs, file, options, flags, resume);
  }
  if (resume !== undefined) {
    const { chains, ...kept } = readKept<T>(resume, runs.verb);
    sweepFolder(resume);
    const before = { ...kept, moved: null, where: `the run in ${resume}` };
    return { ...(await again(runs, before, file, options, flags)), folder: resolve(resume), resume: chains };
  }
  if (replay !== undefined) {
    const { chains, task } = readRecord<T>(replay, runs.verb);
    const before = { task: { ...task, outputs: {} }, text: null, moved: file ?? null, where: `the run of ${replay}` };
    return { ...(await again(runs, before, file, options, flags)), folder: null, replay: chains };
  }
  const [other] = Object.keys(options.others);
  if (other !== undefined && (file === undefined || !runs.mayHaveOthers(file))) throw unknownOption(other, flags, runs.verb);
  if (file === undefined) throw new LehrError('option', `FILE is missing, expected ${runs.file}. Maybe lehr ${runs.verb} --help.`);
  return beginNew(runs, file, options, flags, checkpoint ?? null);
}

async function beginNew<T extends RunTask, S extends Opened, O extends BeginOptions>(
  runs: KeptRuns<T, S, O>,
  file: string,
  options: O,
  flags: readonly string[],
  folder: string | null,
): Promise<BegunRun<T, S>> {
  if (folder !== null) createFolder(folder);
  const subject = await runs.open(file, options);
  return { task: await runs.newTask(subject, options, flags), subject, folder: folder === null ? null : resolve(folder) };
}

/** A run that was begun before, as it was left. */
interface Before<T> {
  readonly task: T;
  /** The copy of its data that was kept; null if they must still be there. */
  readonly text: string | null;
  /** Where the data are, if not where they were. */
  readonly moved: string | null;
  /** What holds it, for messages. */
  readonly where: string;
}

/**
 * A task that was begun before, with what may change, and what it is of.
 * @throws LehrError `option` if the data have changed, or the options say something else than was begun.
 */
async function again<T extends RunTask, S extends Opened, O extends BeginOptions>(
  runs: KeptRuns<T, S, O>,
  { task: begun, text, moved, where }: Before<T>,
  file: string | undefined,
  options: O,
  flags: readonly string[],
): Promise<Pick<BegunRun<T, S>, 'task' | 'subject'>> {
  const task: T = {
    ...begun,
    ...runs.mayChange?.(options, begun),
    workers: options.workers ?? Math.min(begun.workers, availableParallelism()),
    outputs: { ...begun.outputs, ...outputsOf(options) },
  };
  const content = file === undefined ? {} : { given: file, sha256: await runs.contentOf(file, task) };
  checkAgreement<RunTask>(task, content, runs.again(options, task), where);
  // Before it is read as what it was: what is wrong with a file that is another by now is beside the point.
  if (text === null && (await runs.contentOf(moved ?? task.path, task)) !== task.sha256)
    throw new LehrError(
      'option',
      `${moved ?? task.given}: its content has changed since the run was started, expected the same file. Maybe restore it.`,
    );
  const opened = await runs.reopen(task, text, moved);
  const { seed, chains, block } = options;
  checkAgreement<RunTask>(task, { seed, chains, block, ...runs.said(options, opened, flags, task) }, [], where);
  return { task, subject: moved === null ? { ...opened, given: task.given, path: task.path, sha256: task.sha256 } : opened };
}
