import { traceText } from '../../report/trace.ts';
import { keepTask } from '../runs/checkpoints.ts';
import { EXIT, tellFailures } from '../exit.ts';
import { filesOf } from '../solve/new-task.ts';
import { STDOUT, tryOutputs, writeOutput, writeStdout } from '../files/output.ts';
import { QUIET } from '../terminal/progress.ts';
import { sha256 } from '../files/read-input.ts';
import { encodeRecord } from '../runs/record-file.ts';
import { recordToRepeat, replayCommand } from '../runs/repeat.ts';
import { surrounded } from '../runs/surroundings.ts';
import { beginTraining, type BegunTraining } from './train-begin.ts';
import { trainChains, type TrainedChains } from './train-chains.ts';
import { checkTrainConflicts, type TrainOptions } from './train-options.ts';
import { trainLines } from './train-progress.ts';
import { trainingReport } from './train-report.ts';
import { trainCommand } from './train-task.ts';
import { recordOf, trainJson, trainPreamble, trainSummary, type TrainJson } from './train-summary.ts';

/** One training from beginning to end, before anything is left behind. */
export interface RanTraining extends Pick<BegunTraining, 'task' | 'learner'> {
  readonly trained: TrainedChains;
  /** The model's file. */
  readonly file: string;
  readonly json: TrainJson;
}

const TRAINED = new URL('../../../problems/trained/index.js', import.meta.url).href;
type Trained = typeof import('../../../problems/trained/index.ts');

/**
 * `lehr train`.
 * @param flags the names of all its options, for suggestions. @param signal Ctrl-C. @returns the exit code.
 */
export async function train(
  file: string | undefined,
  options: TrainOptions,
  flags: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  checkTrainConflicts(options);
  const begun = await beginTraining(file, options, flags);
  tryOutputs(filesOf(begun.task.outputs), [begun.learner.path], 'the data');
  if (options.seeds !== undefined) {
    const { trainSeeds } = await import('./train-seeds.ts');
    return trainSeeds(begun, options.seeds, options, signal);
  }
  const ran = await runTraining(begun, options, signal);
  await leaveTraining(ran);
  const { task, json } = ran;
  if (task.outputs.output === STDOUT) {
    await writeStdout(ran.file);
    if (options.quiet !== true) process.stderr.write(trainSummary(ran));
  } else await writeStdout(options.json === true ? `${JSON.stringify(json, null, 2)}\n` : trainSummary(ran));
  return finishTraining([ran], signal, options);
}

/** Runs a task, with progress and checkpoints. */
export async function runTraining(begun: BegunTraining, options: TrainOptions, signal: AbortSignal, label = ''): Promise<RanTraining> {
  const { task, learner, folder, resume, replay } = begun;
  if (folder !== null) keepTask(folder, 'train', task, learner.text);
  const loud = options.quiet !== true;
  if (loud && label === '') process.stderr.write(trainPreamble(task, learner));
  const lines = loud ? await trainLines(task, learner, label) : QUIET;
  const { checkpointEvery, verbose } = options;
  const trained = await surrounded({ signal, folder, lines, resume, replay, checkpointEvery, verbose }, (around) =>
    trainChains(task, learner, around),
  );
  const { encodeModel } = (await import(TRAINED)) as Trained;
  const model = learner.trained(trained.weights, recordOf(task, learner, trained), task.release);
  const file = encodeModel(task.learning.frequencies === 'relative' ? { ...model, frequencies: 'relative' } : model);
  const record = recordToRepeat(task, trained, options.replay);
  const command = record === null ? trainCommand(task) : replayCommand('train', task, record);
  return { task, learner, trained, file, json: trainJson(task, learner, trained, sha256(file), command) };
}

/** Writes what the options ask for; the model first. */
export async function leaveTraining(ran: RanTraining): Promise<void> {
  const { task, trained, file } = ran;
  const { output, report, trace, record } = task.outputs;
  if (output !== undefined && output !== STDOUT) await writeOutput(output, file);
  if (trace !== undefined) await writeOutput(trace, traceText(trained.chains));
  if (record !== undefined) await writeOutput(record, encodeRecord('train', { task, chains: trained.chains.map((chain) => chain.record) }));
  if (report === undefined) return;
  const { renderTraining } = await import('../../report/training-page.ts');
  await writeOutput(report, await renderTraining(trainingReport(ran)));
}

/** The exit code; chains that failed are told of. */
export function finishTraining(runs: readonly RanTraining[], signal: AbortSignal, options: TrainOptions): number {
  const failures = runs.flatMap(({ trained }) => trained.failures);
  const code = tellFailures(failures, options.verbose === true);
  return signal.aborted && runs.some(({ trained }) => trained.stopped === 'interrupted') ? EXIT.interrupted : code;
}
