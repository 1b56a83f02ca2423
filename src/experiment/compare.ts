import { maybe } from '../closest.ts';
import { LehrError, show } from '../error.ts';
import type { Job, JobResult, RunJobsOptions } from '../parallel/job.ts';
import { runJobs } from '../parallel/jobs.ts';
import type { PathPart, Seed } from '../random/seed.ts';
import type { Outcome, Progress } from '../run/outcome.ts';
import { budgetOf, checkKeys, type Budget, type Until } from '../run/plan.ts';
import type { Curve } from './curves.ts';
import { checkEqualCost } from './equal-cost.ts';
import { Report } from './report.ts';
import type { Row } from './row.ts';

/** What a cell has of its own. `params` and `controls` are laid over those of the comparison, name by name. */
export interface Cell<P = object> {
  readonly params?: Partial<P>;
  readonly controls?: Job['controls'];
  readonly budget?: Budget;
  readonly block?: number;
  readonly until?: Until;
}

/** A run of a comparison that is heard of: which one of how many, and how it goes. */
export interface CompareEvent {
  readonly cell: string;
  readonly seed: PathPart;
  readonly run: number;
  readonly runs: number;
  readonly progress: Progress;
}

/** What is compared. */
export interface CompareOptions<P = object, R = unknown> extends Pick<RunJobsOptions, 'executor' | 'workers' | 'signal' | 'memory'> {
  /** Path or URL of the recipe module. */
  readonly recipe: string | URL;
  /** In their order, except that JavaScript puts names that are whole numbers first. */
  readonly cells: { readonly [name: string]: Cell<P> };
  /** The cell that the others are compared with (the first). */
  readonly baseline?: string;
  /** How many streams, named 1, 2, …, or their names. Each cell runs once on each. */
  readonly seeds: number | readonly PathPart[];
  /** The seed that the streams are under (1). */
  readonly seed?: Seed;
  /** Of each run. */
  readonly budget: Budget;
  readonly params?: P;
  /** Parameters that change with the stream, such as rows dealt out anew: laid over `params`, and under a cell's own. Called once for each stream. */
  readonly perStream?: (stream: PathPart) => Partial<P> | Promise<Partial<P>>;
  readonly controls?: Job['controls'];
  readonly block?: number;
  readonly until?: Until;
  /** An energy at which a run ends: the report then tells how soon each cell reaches it. */
  readonly target?: number;
  readonly every?: number;
  readonly check?: 'none' | 'block' | 'step';
  /** What an outcome is worth, where neither the recipe's score nor the energy will do; runs in the main thread. @param stream the one it ran on. */
  readonly score?: (outcome: Outcome<R>, stream: PathPart) => number | Promise<number>;
  /** What the score is called (`score`), and whether less of it is better (`min`). */
  readonly objective?: string;
  readonly sense?: 'min' | 'max';
  /** Whether energies are the objective negated, for curves to show it (default: if more of it is better). */
  readonly negated?: boolean;
  /** Hears every run's progress. */
  readonly observe?: (event: CompareEvent) => void;
}

const CELL = ['params', 'controls', 'budget', 'block', 'until'];
const STREAMS = ['recipe', 'cells', 'baseline', 'seeds', 'seed', 'perStream', 'score', 'objective', 'sense', 'negated', 'observe'];
const RUNNING = ['budget', 'params', 'controls', 'block', 'until', 'target', 'every', 'check', 'executor', 'workers', 'signal', 'memory'];
const COMPARE = [...STREAMS, ...RUNNING];

/**
 * Runs every cell once on each stream, on all cores, and reports how the cells compare. Cells are paired: run s of every cell begins from the same start
 * state and draws from the same streams, under the path ['compare', s], so that differences vary less than scores. A run that fails is a row that says so,
 * and its pairs are left out of the differences. Aborting leaves the runs that are finished.
 * @throws LehrError `option` for options that are wrong, and for a budget in steps where the cells' dynamics differ: equal steps are not equal cost.
 * @throws the first run's error if all fail.
 */
export async function compare<P extends object = object, R = unknown>(options: CompareOptions<P, R>): Promise<Report> {
  const { recipe, cells, seed = 1, objective = 'score', sense = 'min', target, observe } = options;
  const names = checkCells(options);
  const seeds = seedsOf(options.seeds);
  const unit = unitOf(names, options);
  const jobs: Job<P>[] = [];
  for (const name of seeds) {
    const own = (await options.perStream?.(name)) ?? {};
    jobs.push(...names.map((cell) => jobOf(options, cells[cell], own, seed, name)));
  }
  await checkEqualCost(recipe, unit, new Map(names.map((cell, i) => [cell, jobs[i].params])));

  const curves = jobs.map(
    (_, i) => ({ cell: names[i % names.length], seed: seeds[Math.floor(i / names.length)], used: [], best: [] }) as Heard,
  );
  const results = await runJobs<P, R>(recipe, jobs, {
    ...given(options, ['executor', 'workers', 'signal', 'memory']),
    observe(event) {
      if (event.kind !== 'progress') return;
      const { job, progress } = event;
      const curve = curves[job];
      curve.used.push(progress[unit]);
      curve.best.push(progress.best);
      observe?.({ cell: curve.cell, seed: curve.seed, run: job, runs: jobs.length, progress });
    },
  });

  if (results.every((result) => result.status === 'failed')) throw results[0].error;
  const rows: Row[] = [];
  for (let i = 0; i < results.length; i++) rows.push(await rowOf(results[i], curves[i], options.score));
  return new Report({
    cells: names,
    baseline: options.baseline ?? names[0],
    objective,
    sense,
    negated: options.negated ?? sense === 'max',
    seed,
    unit,
    target: target ?? null,
    rows,
    curves: curves.filter((_, i) => rows[i].stopped !== 'failed' && rows[i].stopped !== 'interrupted'),
  });
}

interface Heard extends Curve {
  readonly used: number[];
  readonly best: number[];
}

function jobOf<P extends object>(options: CompareOptions<P, any>, cell: Cell<P>, own: Partial<P>, seed: Seed, name: PathPart): Job<P> {
  const { block = options.block, budget = options.budget } = cell;
  const until = { ...options.until, ...cell.until, ...(options.target === undefined ? {} : { energy: options.target }) };
  return {
    params: { ...options.params, ...own, ...cell.params } as P,
    seed,
    path: ['compare', name],
    budget,
    controls: { ...options.controls, ...cell.controls },
    until,
    ...(block === undefined ? {} : { block }),
    ...given(options, ['every', 'check']),
  };
}

async function rowOf<R>(result: JobResult<R>, { cell, seed }: Heard, scoreOf: CompareOptions<any, R>['score']): Promise<Row> {
  const none = { score: null, energy: null, steps: null, evaluations: null, seconds: null };
  if (result.status !== 'done') {
    const error = result.status === 'failed' ? result.error.message : 'another run won';
    return { cell, seed, ...none, stopped: 'failed', error };
  }
  const { energy, steps, evaluations, seconds, stopped } = result.outcome;
  const score = scoreOf === undefined ? result.score : await scoreOf(result.outcome, seed);
  if (Number.isFinite(score)) return { cell, seed, score, energy, steps, evaluations, seconds, stopped, error: null };
  return {
    cell,
    seed,
    ...none,
    stopped: 'failed',
    error: `its score is ${show(score)}, expected a finite number. Maybe the run diverged.`,
  };
}

function checkCells<P extends object>(options: CompareOptions<P, any>): string[] {
  checkKeys('compare', options, COMPARE);
  const { cells, baseline, target, until, sense = 'min' } = options;
  const names = Object.keys(cells ?? {});
  if (names.length < 2) throw new LehrError('option', `compare: cells has ${names.length} cells, expected at least two to compare.`);
  for (const name of names) {
    checkKeys(`cells[${show(name)}]`, cells[name], CELL);
    if (target !== undefined && (until?.energy !== undefined || cells[name].until?.energy !== undefined)) {
      throw new LehrError('option', `cells[${show(name)}]: until.energy is given beside the target ${target}, expected one of them.`);
    }
  }
  if (baseline !== undefined && !names.includes(baseline)) {
    throw new LehrError(
      'option',
      `compare: baseline is ${show(baseline)}, expected one of the cells ${names.join(', ')}.${maybe(baseline, names)}`,
    );
  }
  if (target !== undefined && !(typeof target === 'number' && target === target))
    throw new LehrError('option', `compare: target is ${show(target)}, expected a number.`);
  if (sense !== 'min' && sense !== 'max') throw new LehrError('option', `compare: sense is ${show(sense)}, expected 'min' or 'max'.`);
  return names;
}

/** The names of the streams. */
function seedsOf(seeds: number | readonly PathPart[]): readonly PathPart[] {
  const list =
    typeof seeds === 'number' && Number.isSafeInteger(seeds) ? Array.from({ length: Math.max(0, seeds) }, (_, i) => i + 1) : seeds;
  if (!Array.isArray(list) || list.length < 2) {
    throw new LehrError(
      'option',
      `compare: seeds is ${show(seeds)}, expected at least 2, or a list of as many: one run tells nothing of the spread.`,
    );
  }
  if (new Set(list).size !== list.length) throw new LehrError('option', `compare: seeds is ${show(seeds)}, expected each of them once.`);
  return list;
}

/** What all budgets count. */
function unitOf(names: readonly string[], { budget, cells }: CompareOptions<any, any>): 'steps' | 'evaluations' | 'seconds' {
  const { unit } = budgetOf(budget, 'compare');
  for (const name of names) {
    const own = cells[name].budget;
    if (own !== undefined && budgetOf(own, `cells[${show(name)}]`).unit !== unit) {
      throw new LehrError('option', `cells[${show(name)}]: budget is ${show(own)}, expected one in ${unit}, as the others have.`);
    }
  }
  return unit;
}

function given<T extends object, K extends keyof T>(options: T, names: readonly K[]): { [N in K]?: Exclude<T[N], undefined> } {
  return Object.fromEntries(names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]])) as never;
}
