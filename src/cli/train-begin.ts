import { resolve } from 'node:path';
import { LehrError } from '../error.ts';
import type { Checkpoint } from '../run/checkpoint.ts';
import { checkAgreement } from './agree.ts';
import { createFolder, isBlank, readKept, sweepFolder } from './checkpoints.ts';
import type { Learner } from './learner.ts';
import { openLearner } from './open-learner.ts';
import { openTable } from './open-table.ts';
import { readBytes, sha256 } from './read-input.ts';
import { readRecord } from './record-file.ts';
import type { ChainRecord } from './run-chains.ts';
import { unknownOption } from './solve-options.ts';
import { isModule } from './subject.ts';
import { learnerOptionsOf, type TrainOptions } from './train-options.ts';
import { budgetSaid, continuedTraining, controlsSaid, controlsWanted, newTrainTask, saidAgain, type TrainTask } from './train-task.ts';

/** A training that is ready to go on: new or resumed. */
export interface BegunTraining {
  readonly task: TrainTask;
  readonly learner: Learner;
  /** Where checkpoints go, absolute; null for none. */
  readonly folder: string | null;
  readonly resume?: readonly (Checkpoint | null)[];
  readonly replay?: readonly ChainRecord[];
}

/**
 * The training that FILE and the options mean.
 * @param flags the names of all options, for suggestions.
 */
export async function beginTraining(file: string | undefined, options: TrainOptions, flags: readonly string[]): Promise<BegunTraining> {
  const { resume, replay, checkpoint } = options;
  if (resume !== undefined && checkpoint !== undefined && resolve(checkpoint) !== resolve(resume)) {
    throw new LehrError(
      'option',
      `--checkpoint is ${checkpoint}, but --resume ${resume} goes on writing there, expected one folder. Maybe leave --checkpoint away.`,
    );
  }
  if (resume !== undefined && file !== undefined && isBlank(resume)) {
    process.stderr.write(`lehr: ${resume} holds no run yet: starting it\n`);
    return beginNew(file, options, flags, resume);
  }
  if (resume !== undefined) return goOn(file, resume, options, flags);
  if (replay !== undefined) return repeat(file, replay, options, flags);
  const [other] = Object.keys(options.others);
  if (other !== undefined && (file === undefined || !isModule(file))) throw unknownOption(other, flags, 'train');
  if (file === undefined)
    throw new LehrError('option', 'FILE is missing, expected a table such as data.csv, or a module of your own. Maybe lehr train --help.');
  return beginNew(file, options, flags, checkpoint ?? null);
}

async function beginNew(file: string, options: TrainOptions, flags: readonly string[], folder: string | null): Promise<BegunTraining> {
  if (folder !== null) createFolder(folder);
  const learner = await openLearner(file, learnerOptionsOf(options), controlsWanted(options));
  return { task: newTrainTask(learner, options, flags), learner, folder: folder === null ? null : resolve(folder) };
}

async function goOn(file: string | undefined, resume: string, options: TrainOptions, flags: readonly string[]): Promise<BegunTraining> {
  const kept = readKept<TrainTask>(resume, 'train');
  sweepFolder(resume);
  const again = await begunBefore(file, kept.task, kept.text, options, flags, `the run in ${resume}`);
  return { ...again, folder: resolve(resume), resume: kept.chains };
}

async function repeat(file: string | undefined, replay: string, options: TrainOptions, flags: readonly string[]): Promise<BegunTraining> {
  const record = readRecord<TrainTask>(replay, 'train');
  const again = await begunBefore(file, { ...record.task, outputs: {} }, null, options, flags, `the run of ${replay}`);
  return { ...again, folder: null, replay: record.chains };
}

/**
 * A task that was begun before, with what may change, and its learner.
 * @param text the copy of its data that was kept; null if they must still be there. @param where what holds the task, for messages.
 * @throws LehrError `option` if the data have changed, or the options say something else than was begun.
 */
async function begunBefore(
  file: string | undefined,
  begun: TrainTask,
  text: string | null,
  options: TrainOptions,
  flags: readonly string[],
  where: string,
): Promise<Pick<BegunTraining, 'task' | 'learner'>> {
  const task = continuedTraining(begun, options);
  checkAgreement<TrainTask>(task, {}, saidAgain(options, task), where);
  const wanted = Object.keys(task.controls).filter((name) => name !== 'rate' && !task.chosen.includes(name));
  const opened = await openLearner(text === null ? task.path : task.given, task.learning, wanted, text ?? undefined);
  if (text === null && opened.sha256 !== task.sha256)
    throw new LehrError(
      'option',
      `${task.given}: its content has changed since the run was started, expected the same file. Maybe restore it.`,
    );
  const said = {
    ...(file === undefined ? {} : { given: file, sha256: await contentOf(file, task) }),
    seed: options.seed,
    chains: options.chains,
    block: options.block,
    budget: budgetSaid(options, opened) ?? undefined,
    controls: controlsSaid(options, opened.controls, flags),
  };
  checkAgreement<TrainTask>(task, said, [], where);
  const learner = { ...opened, given: task.given, path: task.path, sha256: task.sha256 };
  return { task, learner };
}

/** The SHA-256 of data as a task keeps it. */
async function contentOf(file: string, { learning: { labels } }: TrainTask): Promise<string> {
  return labels === undefined ? sha256(readBytes(file, 'a table')) : (await openTable(file, { labels })).sha256;
}
