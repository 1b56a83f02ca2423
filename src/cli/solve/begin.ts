import { beginKept, type BegunRun, type KeptRuns } from '../runs/begin-kept.ts';
import type { Again } from '../runs/agree.ts';
import { flag } from '../options/flag.ts';
import { contentOfProblem, controlsAgain, newTask, startOf } from './new-task.ts';
import { sha256 } from '../files/read-input.ts';
import { budgetGiven, type SolveOptions } from './solve-options.ts';
import { isModule, openSubject, splitItem, type Subject } from './subject.ts';
import type { Task } from '../runs/task.ts';
import { prepareHere } from './temperatures.ts';

/** A run that is ready to go on: new, resumed or replayed. */
export type Begun = BegunRun<Task, Subject>;

/** Controls of the methods for the problems that Lehr knows. */
const CONTROLS: Readonly<Record<string, readonly string[]>> = { metropolis: ['temperature'] };

const SOLVES: KeptRuns<Task, Subject, SolveOptions> = {
  verb: 'solve',
  file: 'a problem file or a module of your own',
  mayHaveOthers: isModule,
  open: (given, { problem, params }) => openSubject({ given, problem, params }),
  reopen(task, kept, file) {
    const common = { problem: task.problem ?? undefined, params: task.params ?? undefined };
    if (kept !== null) return openSubject({ ...common, given: task.given, kept: { text: kept, sha256: sha256(kept) } });
    const { item } = splitItem(task.given, true);
    return openSubject({ ...common, given: file ?? task.path + (item === null ? '' : `#${item}`) });
  },
  async newTask(subject, options, flags) {
    const controls = subject.own
      ? (await prepareHere(subject.family.recipe, subject.instance.params)).dynamics.controls
      : CONTROLS[options.method ?? 'metropolis'];
    return newTask(subject, options, controls, flags);
  },
  again(options, task) {
    const names = ['problem', 'params', 'method', 'strategy', 'runLength', 'again', 'target', 'stalled', 'check'] as const;
    const start = startOf(options);
    return [
      ...(start === null || start.text === task.start?.text ? [] : [['start', start.given, task.start?.given ?? null] as const]),
      ...names.map((name): Again => [flag(name), options[name], task[name]]),
    ];
  },
  said: (options, _subject, flags, task) => ({
    budget: budgetGiven(options) ?? undefined,
    controls: controlsAgain(options, Object.keys(task.controls), flags),
  }),
  contentOf: async (file) => contentOfProblem(file),
  mayChange: (options, task) => ({
    known: options.known ?? task.known,
    knownSource: options.known === undefined ? task.knownSource : null,
  }),
};

/**
 * The run that FILE and the options mean.
 * @param flags the names of all options, for suggestions.
 */
export function begin(file: string | undefined, options: SolveOptions, flags: readonly string[]): Promise<Begun> {
  return beginKept(SOLVES, file, options, flags);
}
