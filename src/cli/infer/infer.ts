import type { Progress } from '../../run/outcome.ts';
import { traceText } from '../../report/trace.ts';
import { keepTask } from '../runs/checkpoints.ts';
import { EXIT, tellFailures } from '../exit.ts';
import { checkCourse } from './infer-check.ts';
import { inferChains, type InferredChains } from './infer-chains.ts';
import { checkPicture, pictureOf } from './infer-picture.ts';
import { checkInferConflicts, type InferOptions } from './infer-options.ts';
import { inferenceReport } from './infer-report.ts';
import { inferenceRecordOf, inferJson, inferPreamble, inferSummary, type InferJson } from './infer-summary.ts';
import { beginInference, inferCommand, type BegunInference, type InferTask } from './infer-task.ts';
import type { Inference } from './inference.ts';
import { filesOf } from '../solve/new-task.ts';
import { STDOUT, tryOutputs, writeOutput, writeStdout } from '../files/output.ts';
import { controlsTold, progressLines, QUIET } from '../terminal/progress.ts';
import { sha256 } from '../files/read-input.ts';
import { encodeRecord } from '../runs/record-file.ts';
import { recordToRepeat, replayCommand } from '../runs/repeat.ts';
import { surrounded } from '../runs/surroundings.ts';

/** One inference from beginning to end, before anything is left behind. */
export interface RanInference {
  readonly task: InferTask;
  readonly inference: Inference;
  readonly inferred: InferredChains;
  /** The result's file. */
  readonly file: string;
  readonly json: InferJson;
}

/**
 * `lehr infer`.
 * @param flags the names of all its options, for suggestions. @param signal Ctrl-C. @returns the exit code.
 */
export async function infer(
  file: string | undefined,
  options: InferOptions,
  flags: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  checkInferConflicts(options);
  checkPicture(options.picture);
  const begun = await beginInference(file, options, flags);
  const { task, subject: inference } = begun;
  tryOutputs(filesOf(task.outputs), [inference.path], 'the data');
  await checkCourse(task, inference);
  const ran = await runInference(begun, options, signal);
  const streamed = await leaveInference(ran);
  if (streamed !== null) {
    await writeStdout(streamed);
    if (options.quiet !== true) process.stderr.write(inferSummary(ran, false));
  } else await writeStdout(options.json === true ? `${JSON.stringify(ran.json, null, 2)}\n` : inferSummary(ran, true));
  const code = tellFailures(ran.inferred.failures, options.verbose === true);
  return signal.aborted && ran.inferred.stopped === 'interrupted' ? EXIT.interrupted : code;
}

/** Runs a task, with progress and checkpoints. */
async function runInference(begun: BegunInference, options: InferOptions, signal: AbortSignal): Promise<RanInference> {
  const { task, subject: inference, folder, resume, replay } = begun;
  if (folder !== null) keepTask(folder, 'infer', task, inference.text);
  const loud = options.quiet !== true;
  if (loud) process.stderr.write(inferPreamble(task, inference));
  const telling = (progress: Progress): string[] => [...inference.telling(progress), ...controlsTold(progress)];
  const lines = loud ? await progressLines(task.chains, telling, '', nearer(inference)) : QUIET;
  const { checkpointEvery, verbose } = options;
  const inferred = await surrounded({ signal, folder, lines, resume, replay, checkpointEvery, verbose }, (around) =>
    inferChains(task, inference, around),
  );
  const file = inferred.conclusion.file(inferenceRecordOf(task, inference, inferred), task.release);
  const record = recordToRepeat(task, inferred, options.replay);
  const command = record === null ? inferCommand(task) : replayCommand('infer', task, record);
  return { task, inference, inferred, file, json: inferJson(task, inference, inferred, sha256(file), command) };
}

/** Which chain is told of: of those that can be compared the best, before them the one that is farthest. */
function nearer({ isComparable }: Inference): (one: Progress, than: Progress) => boolean {
  return (one, than) => {
    const [a, b] = [isComparable(one), isComparable(than)];
    return a === b ? (a ? one.best < than.best : one.t > than.t) : a;
  };
}

/** Writes what the options ask for, the result first; gives back what is for standard output, if anything is. */
async function leaveInference(ran: RanInference): Promise<string | null> {
  const { task, inferred, file } = ran;
  const { output, assignments, picture, report, trace, record } = task.outputs;
  const { conclusion } = inferred;
  const texts: [string | undefined, () => string | Uint8Array | Promise<string | Uint8Array>][] = [
    [output, () => file],
    [assignments, () => conclusion.assignments()],
    [picture, () => pictureOf(conclusion.matrices, picture!)],
    [trace, () => traceText(inferred.chains)],
    [record, () => encodeRecord('infer', { task, chains: inferred.chains.map((chain) => chain.record) })],
    [report, async () => (await import('../../report/inference-page.ts')).renderInference(inferenceReport(ran))],
  ];
  let streamed: string | null = null;
  for (const [path, text] of texts) {
    if (path === undefined) continue;
    // A picture on standard output is SVG, a text.
    if (path === STDOUT) streamed = (await text()) as string;
    else await writeOutput(path, await text());
  }
  return streamed;
}
