import { FIRST_CONTROL } from '../options/conflicts.ts';
import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { LehrError } from '../../error.ts';
import { rowLine } from '../../experiment/row.ts';
import { tune, type Tuned, type TuneEvent } from '../../experiment/tune.ts';
import { bar, formatNumber } from '../../report/terminal.ts';
import type { Budget } from '../../run/plan.ts';
import type { CompareSubject } from './compare-subject.ts';
import { EXIT } from '../exit.ts';
import { isToLearnFrom, learnerSubject } from '../train/learner-subject.ts';
import { liveLines } from '../terminal/live.ts';
import { STDOUT, tryOutputs, writeOutput, writeStdout, type Output } from '../files/output.ts';
import { problemSubject } from './problem-subject.ts';
import { specFrom } from '../options/schedule-text.ts';
import { unknownOption } from '../options/flag.ts';
import { budgetGiven } from '../solve/solve-options.ts';
import { isModule } from '../solve/subject.ts';
import { finishTraining, type RanTraining } from '../train/train.ts';
import type { TrainOptions } from '../train/train-options.ts';
import { usualEpochs } from '../train/train-task.ts';
import {
  checkTemplates,
  checkTuneConflicts,
  schedulesAt,
  searchOf,
  type Search,
  type Templates,
  type TuneOptions,
} from './tune-options.ts';
import { refitWinner, wantsRefit } from './tune-refit.ts';
import { tuneJson, tunePage, tunePreamble, tuneText } from './tune-summary.ts';

const DEFAULT_BUDGET: Budget = { seconds: 2 };
const SEEDS = 3;
const JUDGES = 10;

/** A search as it is to be run: everything that decides it, no default left open. */
export interface Tuning extends Search {
  readonly subject: CompareSubject;
  /** What the winner is judged by, where that is other data. */
  readonly judge: CompareSubject | null;
  /** Whether the winner is fitted once more. */
  readonly refits: boolean;
  /** Schedules with parameters, and those of other controls. */
  readonly templates: Templates;
  readonly seeds: number;
  readonly judges: number;
  readonly seed: string | number;
  readonly budget: Budget;
  readonly block: number | null;
  readonly workers: number;
}

/** A search that has been run. */
export interface RanTuning {
  readonly tuning: Tuning;
  readonly tuned: Tuned;
  readonly seconds: number;
  readonly interrupted: boolean;
}

/**
 * `lehr tune`.
 * @param flags the names of all its options, for suggestions. @param signal Ctrl-C. @returns the exit code.
 */
export async function tuneSchedules(
  file: string | undefined,
  options: TuneOptions,
  flags: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  checkTuneConflicts(options);
  if (file === undefined)
    throw new LehrError(
      'option',
      'FILE is missing, expected data to learn from, a problem file or a module of your own. Maybe lehr tune --help.',
    );
  const tuning = await tuningOf(file, options, flags);
  const outputs = (['output', 'rows', 'report'] as const).flatMap((name): Output[] => {
    const given = options[name];
    if (name === 'output' && given === STDOUT) return [];
    if (given === '') throw new LehrError('option', `--${name} is empty, expected a file.`);
    return given === undefined ? [] : [{ option: `--${name}`, given, path: resolve(given) }];
  });
  tryOutputs(outputs, [tuning.subject.path]);
  const ran = await run(tuning, options.quiet === true, signal);
  const { search, judged, trials } = ran.tuned;
  if (options.rows !== undefined) await writeOutput(resolve(options.rows), [...search.rows, ...(judged?.rows ?? [])].map(rowLine).join(''));
  if (options.report !== undefined) {
    const { renderTuning } = await import('../../experiment/tune-page.ts');
    await writeOutput(resolve(options.report), await renderTuning(ran.tuned, tunePage(ran)));
  }
  const fits = tuning.refits && !ran.interrupted && ran.tuned.winner.mean !== null;
  const fitted = fits ? await refitWinner(file, options, ran, flags, signal) : null;
  await tell(ran, fitted, options, outputs);
  const failed = trials.filter(({ failed: count }) => count > 0);
  if (failed.length > 0) {
    const first = search.rows.find(({ stopped }) => stopped === 'failed')!;
    process.stderr.write(
      `lehr: ${failed.length} of ${trials.length} trials have runs that failed; the first, ${first.cell}, seed ${first.seed}: ${first.error}\n`,
    );
  }
  if (ran.interrupted) return EXIT.interrupted;
  return fitted === null ? EXIT.done : finishTraining([fitted], signal, options as unknown as TrainOptions);
}

/** What goes to standard output: the model, if it is asked for there. */
async function tell(ran: RanTuning, fitted: RanTraining | null, options: TuneOptions, outputs: readonly Output[]): Promise<void> {
  if (options.json === true) return writeStdout(`${JSON.stringify(tuneJson(ran, fitted), null, 2)}\n`);
  const text = tuneText(ran, fitted, outputs);
  if (options.output !== STDOUT || fitted === null) return writeStdout(text);
  await writeStdout(fitted.file);
  if (options.quiet !== true) process.stderr.write(text);
}

async function tuningOf(file: string, options: TuneOptions, flags: readonly string[]): Promise<Tuning> {
  const search = searchOf(options);
  const { others, model, target } = options;
  const learning = await isToLearnFrom(file, model !== undefined || target !== undefined, options.params);
  const refits = wantsRefit(options, file, learning);
  const given = budgetGiven(options);
  const steps = given !== null && 'steps' in given ? given.steps : null;
  const subject = learning
    ? await learnerSubject(file, options, { steps, deal: false, judge: 'validation' })
    : await problemSubject(file, options);
  // A module of one's own has one set of rows held out.
  const judge = learning && !isModule(file) ? await learnerSubject(file, options, { steps, deal: false, judge: 'test' }) : null;
  const { controls, set, usual, epoch } = subject;
  const templates: Record<string, string> = {};
  for (const [name, text] of Object.entries({
    ...others,
    ...(options.schedule === undefined ? {} : { [controls[0]]: options.schedule }),
  })) {
    if (!controls.includes(name)) throw unknownOption(name, [...flags, ...controls], 'tune');
    if (options.schedule !== undefined && name in others && name === controls[0])
      throw new LehrError('option', `--${name} and --schedule are both given: ${FIRST_CONTROL}.`);
    templates[name] = text;
  }
  checkTemplates(templates, search.space, options.grid === undefined ? '--random' : '--grid');
  const missing = controls.find((name) => templates[name] === undefined && !set.includes(name));
  if (missing !== undefined)
    throw new LehrError(
      'option',
      `--${missing} is missing, expected a schedule such as "${missing === 'rate' ? 'cosine' : 'exponential'}(A, ${missing === 'rate' ? 0 : 'B'})".`,
    );
  for (const name of controls) if (templates[name] === undefined && usual[name] !== undefined) templates[name] = usual[name];
  if (epoch === null && options.epochs !== undefined)
    throw new LehrError('option', `--epochs is ${options.epochs}, which is for data to learn from, expected --steps.`);
  return {
    ...search,
    subject,
    judge,
    refits,
    templates,
    seeds: options.seeds ?? SEEDS,
    judges: options.judges ?? JUDGES,
    seed: options.seed ?? randomInt(1, 1_000_000_000),
    budget: given ?? (epoch === null ? DEFAULT_BUDGET : { steps: (options.epochs ?? usualEpochs(epoch)) * epoch }),
    block: options.block ?? null,
    workers: options.workers ?? availableParallelism(),
  };
}

async function run(tuning: Tuning, quiet: boolean, signal: AbortSignal): Promise<RanTuning> {
  const { subject, judge, templates, space, trials, seeds, judges, seed, budget, block, workers } = tuning;
  const { recipe, params, objective, sense, sign, score, notices } = subject;
  if (!quiet) process.stderr.write(`${notices.map((notice) => `lehr: ${notice}\n`).join('')}${tunePreamble(tuning)}`);
  const lines = quiet ? null : await tuneLines();
  const began = performance.now();
  try {
    const tuned = await tune({
      recipe,
      params,
      space,
      cell: (point) => ({
        controls: Object.fromEntries(Object.entries(schedulesAt(templates, point)).map(([name, text]) => [name, specFrom(text)])),
      }),
      seeds,
      judges,
      seed,
      budget,
      objective,
      sense,
      negated: sign === -1,
      workers,
      signal,
      ...(trials === null ? {} : { trials }),
      ...(block === null ? {} : { block }),
      ...(score === null ? {} : { score }),
      ...(judge === null || judge.score === null ? {} : { judge: judge.score }),
      ...(lines === null ? {} : { observe: lines.see }),
    });
    return { tuning, tuned, seconds: (performance.now() - began) / 1000, interrupted: signal.aborted };
  } finally {
    lines?.end();
  }
}

/** Shows on standard error how far a search is. */
async function tuneLines(): Promise<{ see(event: TuneEvent): void; end(): void }> {
  let [phase, over, all] = ['search', 0, 1];
  const line = (): string =>
    `${bar(over / all, 20)} ${formatNumber(Math.floor((100 * over) / all)).padStart(3)} %  ${phase === 'search' ? 'searching' : 'judging the winner'}, ${over} of ${all} runs`;
  const live = await liveLines({ lines: () => [line()], plain: line });
  return {
    see(event) {
      if (event.phase !== phase) [phase, over] = [event.phase, 0];
      all = event.runs;
      if (event.progress.stopped !== null) over++;
      live.changed();
    },
    end: live.end,
  };
}
