import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { LehrError, show } from '../../error.ts';
import { compare } from '../../experiment/compare.ts';
import type { Report } from '../../experiment/report.ts';
import { rowLine } from '../../experiment/row.ts';
import type { Budget } from '../../run/plan.ts';
import { checkCompareConflicts, learns, schedulesOf, type CompareOptions } from './compare-options.ts';
import { compareLines } from './compare-progress.ts';
import { compareJson, comparePage, comparePreamble, compareText } from './compare-summary.ts';
import type { CompareSubject } from './compare-subject.ts';
import { EXIT } from '../exit.ts';
import { isToLearnFrom, learnerSubject } from '../train/learner-subject.ts';
import { tryOutputs, writeOutput, writeStdout, type Output } from '../files/output.ts';
import { problemSubject } from './problem-subject.ts';
import { canonical, specFrom } from '../options/schedule-text.ts';
import { unknownOption } from '../options/flag.ts';
import { budgetGiven } from '../solve/solve-options.ts';
import { isModule } from '../solve/subject.ts';
import { usualEpochs } from '../train/train-task.ts';
import { number } from '../options/values.ts';

const DEFAULT_BUDGET: Budget = { seconds: 10 };
const DEFAULT_SEEDS = 10;

/** A comparison as it is to be run: everything that decides it, no default left open. */
export interface Comparison {
  readonly subject: CompareSubject;
  /** The control that the schedules drive, the schedules in canonical text, and what drives the other controls. */
  readonly control: string;
  readonly schedules: readonly string[];
  readonly baseline: string;
  readonly others: Readonly<Record<string, string>>;
  readonly seeds: number | readonly number[];
  readonly seed: string | number;
  readonly budget: Budget;
  /** In the problem's own sense. */
  readonly target: number | null;
  readonly block: number | null;
  readonly workers: number;
}

/** A comparison that has been run. */
export interface Compared {
  readonly comparison: Comparison;
  readonly report: Report;
  readonly seconds: number;
  readonly interrupted: boolean;
}

/**
 * `lehr compare`.
 * @param flags the names of all its options, for suggestions. @param signal Ctrl-C. @returns the exit code.
 */
export async function compareSchedules(
  file: string | undefined,
  options: CompareOptions,
  flags: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  checkCompareConflicts(options);
  const [unknown] = Object.keys(options.others);
  if (unknown !== undefined && !learns(options) && (file === undefined || !isModule(file))) throw unknownOption(unknown, flags, 'compare');
  if (file === undefined)
    throw new LehrError('option', 'FILE is missing, expected a problem file, a table or a module of your own. Maybe lehr compare --help.');
  const comparison = await comparisonOf(file, options, flags);
  const outputs = (['rows', 'report'] as const).flatMap((name): Output[] => {
    const given = options[name];
    if (given === '') throw new LehrError('option', `--${name} is empty, expected a file.`);
    return given === undefined ? [] : [{ option: `--${name}`, given, path: resolve(given) }];
  });
  tryOutputs(outputs, [comparison.subject.path]);

  const compared = await run(comparison, options.quiet === true, signal);
  const { report } = compared;
  if (options.rows !== undefined) await writeOutput(resolve(options.rows), report.rows.map(rowLine).join(''));
  if (options.report !== undefined) {
    const { renderComparison } = await import('../../experiment/compare-page.ts');
    await writeOutput(resolve(options.report), await renderComparison(report, comparePage(compared)));
  }
  await writeStdout(options.json === true ? `${JSON.stringify(compareJson(compared), null, 2)}\n` : compareText(compared, outputs));
  const failed = tellFailures(report);
  return compared.interrupted ? EXIT.interrupted : failed ? EXIT.failed : EXIT.done;
}

async function comparisonOf(file: string, options: CompareOptions, flags: readonly string[]): Promise<Comparison> {
  const { names, baseline, option } = schedulesOf(options);
  const table = await isToLearnFrom(file, learns(options), options.params);
  const budget = budgetGiven(options);
  const steps = budget !== null && 'steps' in budget ? budget.steps : null;
  const subject = table ? await learnerSubject(file, options, { steps, deal: true }) : await problemSubject(file, options);
  const { controls, set, usual, epoch } = subject;
  const [control, ...rest] = controls;
  if (control === undefined) throw new LehrError('option', `${option} is ${show(options.schedules)}, but this dynamics has no controls.`);
  if (options.rates !== undefined && control !== 'rate')
    throw new LehrError('option', `--rates is ${show(options.rates)}, but the first control is ${control}, expected --schedules.`);
  for (const [name, text] of Object.entries(options.others)) {
    if (name === control) {
      throw new LehrError(
        'option',
        `--${name} is ${show(text)}, but ${option} drives ${name}. Maybe put ${show(text)} among the schedules.`,
      );
    }
    if (!rest.includes(name)) throw unknownOption(name, [...flags, ...rest], 'compare');
  }
  const missing = rest.find((name) => options.others[name] === undefined && !set.includes(name));
  if (missing !== undefined)
    throw new LehrError('option', `--${missing} is missing, expected a schedule: ${option} drives ${control} alone.`);
  return {
    subject,
    control,
    schedules: names,
    baseline,
    others: Object.fromEntries(
      rest.flatMap((name) => {
        const text = options.others[name] ?? usual[name];
        return text === undefined ? [] : [[name, canonical(`--${name}`, text)]];
      }),
    ),
    seeds: options.seeds ?? DEFAULT_SEEDS,
    seed: options.seed ?? randomInt(1, 1_000_000_000),
    budget: budgetOf(options, epoch),
    target: table || options.target === undefined ? null : number('--target')(options.target),
    block: options.block ?? null,
    workers: options.workers ?? availableParallelism(),
  };
}

/** The budget of each run; epochs are steps. */
function budgetOf(options: CompareOptions, epoch: number | null): Budget {
  const { epochs } = options;
  if (epoch === null) {
    if (epochs !== undefined) throw new LehrError('option', `--epochs is ${epochs}, which is for data to learn from, expected --steps.`);
    return budgetGiven(options) ?? DEFAULT_BUDGET;
  }
  return budgetGiven(options) ?? { steps: (epochs ?? usualEpochs(epoch)) * epoch };
}

async function run(comparison: Comparison, quiet: boolean, signal: AbortSignal): Promise<Compared> {
  const { subject, control, schedules, baseline, others, seeds, seed, budget, target, block, workers } = comparison;
  const { recipe, params, perStream, objective, sense, sign, score, notices } = subject;
  if (!quiet) process.stderr.write(`${notices.map((notice) => `lehr: ${notice}\n`).join('')}${comparePreamble(comparison)}`);
  const lines = quiet ? null : await compareLines(comparison);
  const began = performance.now();
  try {
    const report = await compare({
      recipe,
      params,
      cells: Object.fromEntries(schedules.map((text) => [text, { controls: { [control]: specFrom(text) } }])),
      controls: Object.fromEntries(Object.entries(others).map(([name, text]) => [name, specFrom(text)])),
      baseline,
      seeds,
      seed,
      budget,
      objective,
      sense,
      negated: sign === -1,
      workers,
      signal,
      ...(perStream === null ? {} : { perStream: (stream) => perStream(seed, stream) }),
      ...(target === null ? {} : { target: sign * target }),
      ...(block === null ? {} : { block }),
      ...(score === null ? {} : { score }),
      ...(lines === null ? {} : { observe: lines.see }),
    });
    return { comparison, report, seconds: (performance.now() - began) / 1000, interrupted: signal.aborted };
  } finally {
    lines?.end();
  }
}

/** Says on standard error which cells have runs that failed, and why the first did; whether there are any. */
function tellFailures({ data, rows }: Report): boolean {
  const failed = rows.filter(({ stopped }) => stopped === 'failed');
  for (const cell of data.cells) {
    const own = failed.filter((row) => row.cell === cell);
    if (own.length > 0) process.stderr.write(`lehr: ${cell}: ${own.length} of its runs failed, seed ${own[0].seed}: ${own[0].error}\n`);
  }
  return failed.length > 0;
}
