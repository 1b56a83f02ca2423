import { traceText } from '../../report/trace.ts';
import { begin, type Begun } from './begin.ts';
import { solveChains, type Solved } from './chains.ts';
import { keepTask } from '../runs/checkpoints.ts';
import { complain, EXIT, exitCodeOf } from '../exit.ts';
import { filesOf } from './new-task.ts';
import type { OwnAnswer } from '../files/own-module.ts';
import { STDOUT, tryOutputs, writeOutput, writeStdout } from '../files/output.ts';
import { QUIET } from '../terminal/progress.ts';
import { encodeRecord } from '../runs/record-file.ts';
import { recordToRepeat, repeatCommand } from '../runs/repeat.ts';
import { reportOf } from './solve-report.ts';
import { checkConflicts, type SolveOptions } from './solve-options.ts';
import { solveLines } from './solve-progress.ts';
import { jsonOf, preamble, summaryText, type SolveJson } from './summary.ts';
import type { Subject } from './subject.ts';
import { surrounded } from '../runs/surroundings.ts';
import type { Task } from '../runs/task.ts';
import { withControls } from './temperatures.ts';

/** One run from beginning to end, before anything is left behind. */
export interface Ran {
  readonly task: Task;
  readonly subject: Subject;
  readonly params: unknown;
  readonly solved: Solved;
  readonly json: SolveJson;
}

/**
 * `lehr solve`.
 * @param flags the names of all its options, for suggestions. @param signal Ctrl-C. @returns the exit code.
 */
export async function solve(
  file: string | undefined,
  options: SolveOptions,
  flags: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  checkConflicts(options);
  const begun = await begin(file, options, flags);
  const { task } = begun;
  tryOutputs(filesOf(task.outputs), [begun.subject.path, ...(task.start === null ? [] : [task.start.path])]);
  if (options.seeds !== undefined) {
    const { solveSeeds } = await import('./seeds.ts');
    return solveSeeds(begun, options.seeds, options, signal);
  }
  const ran = await run(begun, options, signal);
  await leave(ran);
  await print(ran, options);
  return finish([ran], signal, options);
}

/** Runs a task, with progress and checkpoints. */
export async function run(begun: Begun, options: SolveOptions, signal: AbortSignal, label = ''): Promise<Ran> {
  const { subject, folder, resume, replay } = begun;
  const { family, instance } = subject;
  if (folder !== null) keepTask(folder, 'solve', begun.task, subject.text);
  let params = instance.params;
  const { start } = begun.task;
  let state: unknown;
  if (start !== null) {
    const answer: unknown = family.readAnswer(params, start.text, start.given);
    if (subject.own) state = (answer as OwnAnswer).result;
    else params = family.startFrom(params, answer);
  }
  params = (await family.prepare?.(params)) ?? params;
  const task = await withControls(begun.task, family.recipe, params);
  if (folder !== null && task !== begun.task) keepTask(folder, 'solve', task, subject.text);
  const loud = options.quiet !== true;
  if (loud) process.stderr.write(label === '' ? preamble(task, subject) : '');
  const lines = loud ? await solveLines(task, subject, label) : QUIET;
  const { checkpointEvery, verbose } = options;
  const solved = await surrounded({ signal, folder, lines, resume, replay, checkpointEvery, verbose }, (around) =>
    solveChains(task, subject, params, state, around),
  );
  const json = jsonOf(task, subject, solved, repeatCommand(task, recordToRepeat(task, solved, options.replay)));
  return { task, subject, params, solved, json };
}

/** Writes what the options ask for; the solution first. */
export async function leave({ task, subject, params, solved, json }: Ran): Promise<void> {
  const { output, report, trace, record } = task.outputs;
  if (output !== undefined && output !== STDOUT) await writeOutput(output, solved.solution);
  if (record !== undefined) await writeOutput(record, encodeRecord('solve', { task, chains: solved.chains.map((chain) => chain.record) }));
  if (trace !== undefined) {
    await writeOutput(trace, traceText(solved.chains));
  }
  if (report === undefined) return;
  const { renderReport } = await import('../../report/html.ts');
  await writeOutput(report, await renderReport(reportOf(task, subject, params, solved, json)));
}

/** What goes to standard output. */
async function print({ task, solved, json }: Ran, options: SolveOptions): Promise<void> {
  if (task.outputs.output === STDOUT) await writeStdout(solved.solution);
  else if (options.json === true) await writeStdout(`${JSON.stringify(json, null, 2)}\n`);
  else await writeStdout(summaryText(task, json));
  if (task.outputs.output === STDOUT && options.quiet !== true) process.stderr.write(summaryText(task, json));
}

/** The exit code; chains that failed are told of. */
export function finish(runs: readonly Ran[], signal: AbortSignal, options: SolveOptions): number {
  const failures = runs.flatMap(({ solved }) => solved.failures);
  for (const failure of failures) complain(failure, options.verbose === true);
  if (signal.aborted && runs.some(({ solved }) => solved.stopped === 'interrupted')) return EXIT.interrupted;
  return failures.length === 0 ? EXIT.done : Math.min(EXIT.failed, ...failures.map(exitCodeOf));
}
