import { LehrError, show } from '../error.ts';
import { checkKeys } from '../run/plan.ts';
import { compare, type Cell, type CompareEvent, type CompareOptions } from './compare.ts';
import type { Interval } from './interval.ts';
import type { Report } from './report.ts';
import { finished } from './row.ts';
import { gridOf, pointName, pointsAtRandom, type Point, type Space } from './space.ts';

/** What of a comparison's options a search takes. */
type Shared<P extends object, R> = Pick<
  CompareOptions<P, R>,
  | 'recipe'
  | 'params'
  | 'controls'
  | 'budget'
  | 'block'
  | 'until'
  | 'seed'
  | 'every'
  | 'check'
  | 'score'
  | 'objective'
  | 'sense'
  | 'negated'
  | 'executor'
  | 'workers'
  | 'signal'
  | 'memory'
>;

/** A run of a search that is heard of. */
export interface TuneEvent extends CompareEvent {
  /** `search`: a trial; `judge`: of the winner and the runner-up, on fresh streams. */
  readonly phase: 'search' | 'judge';
}

/** What is searched, and how. */
export interface TuneOptions<P extends object = object, R = unknown> extends Shared<P, R> {
  /** The parameters, with their values. */
  readonly space: Space;
  /** What a point sets: controls, parameters, a budget. */
  readonly cell: (point: Point) => Cell<P>;
  /** So many points drawn at random; without it the whole grid. */
  readonly trials?: number;
  /** Streams each trial runs on (3); all share them. */
  readonly seeds?: number;
  /** Fresh streams that the winner and the runner-up are judged on (10). */
  readonly judges?: number;
  /** What an outcome is worth when the winner is judged: by data that no trial was ranked by. Default: `score`, and then only the streams are new. */
  readonly judge?: CompareOptions<P, R>['score'];
  readonly observe?: (event: TuneEvent) => void;
}

/** A point that was tried. */
export interface Trial {
  /** `A=0.1, B=3`: its cell in the reports. */
  readonly name: string;
  readonly point: Point;
  /** From 1, the best. */
  readonly rank: number;
  readonly runs: number;
  /** Runs that failed, such as those that diverged: a trial with any ranks behind all others. */
  readonly failed: number;
  /** Of the scores it is ranked by; null without any. */
  readonly mean: number | null;
  /** With its interval, where it has two runs or more. */
  readonly interval: Interval | null;
}

/** What a search found. */
export interface Tuned {
  /** All trials, the best first. */
  readonly trials: readonly Trial[];
  readonly winner: Trial;
  /** The trials' runs. */
  readonly search: Report;
  /** Winner and runner-up (its baseline) on streams, and by the judge's scores, that neither was chosen by; null if it was interrupted before. */
  readonly judged: Report | null;
}

const OWN = ['space', 'cell', 'trials', 'seeds', 'judges', 'judge', 'observe'];
const SHARED = [
  'recipe',
  'params',
  'controls',
  'budget',
  'block',
  'until',
  'seed',
  'every',
  'check',
  'score',
  'objective',
  'sense',
  'negated',
];
const RUNNING = ['executor', 'workers', 'signal', 'memory'];
const SEEDS = 3;
const JUDGES = 10;

/**
 * Searches a space of parameters, on a grid or at random: each trial runs on the same streams, and the best mean score wins. The winner's mean is flattered, having been
 * picked for it; so winner and runner-up run again on fresh streams, and are judged there. Nothing here knows what dynamics it is.
 * @throws LehrError `option` for options that are wrong; the first run's error if all fail.
 */
export async function tune<P extends object = object, R = unknown>(options: TuneOptions<P, R>): Promise<Tuned> {
  checkKeys('tune', options, [...OWN, ...SHARED, ...RUNNING]);
  const { space, cell, trials, seeds = SEEDS, judges = JUDGES, judge, observe, seed = 1, sense = 'min', ...shared } = options;
  if (typeof cell !== 'function') throw new LehrError('option', `tune: cell is ${show(cell)}, expected a function of a point.`);
  for (const [name, value] of Object.entries({ seeds, judges }))
    if (!Number.isSafeInteger(value) || value < 2)
      throw new LehrError('option', `tune: ${name} is ${show(value)}, expected at least 2: one run tells nothing of the spread.`);
  const points = trials === undefined ? gridOf(space) : pointsAtRandom(space, trials, seed);
  if (points.length < 2) throw new LehrError('option', `tune: the space has ${points.length} point, expected at least two to choose from.`);
  const cells = new Map(points.map((point) => [pointName(point), point]));
  const run = (
    phase: TuneEvent['phase'],
    names: readonly string[],
    baseline: string,
    own: Partial<CompareOptions<P, R>>,
  ): Promise<Report> =>
    compare<P, R>({
      ...(shared as Shared<P, R>),
      ...own,
      cells: Object.fromEntries(names.map((name) => [name, cell(cells.get(name)!)])),
      baseline,
      seed,
      sense,
      seeds: phase === 'search' ? seeds : Array.from({ length: judges }, (_, i) => `judge ${i + 1}`),
      ...(observe === undefined ? {} : { observe: (event: CompareEvent) => observe({ ...event, phase }) }),
    });
  const names = [...cells.keys()];
  const search = await run('search', names, names[0], {});
  const ranked = ranking(search, cells, sense);
  const [winner, runnerUp] = ranked;
  if (winner.mean === null || shared.signal?.aborted === true) return { trials: ranked, winner, search, judged: null };
  const judged = await run('judge', [winner.name, runnerUp.name], runnerUp.name, judge === undefined ? {} : { score: judge });
  return { trials: ranked, winner, search, judged };
}

/** Trials by their means; behind those the ones with failed runs, and the ones that were cut. */
function ranking(search: Report, cells: ReadonlyMap<string, Point>, sense: 'min' | 'max'): Trial[] {
  const summaries = new Map(search.table().map((summary) => [summary.cell, summary]));
  const most = Math.max(...[...summaries.values()].map(({ runs }) => runs));
  const sign = sense === 'min' ? 1 : -1;
  const all = [...cells].map(([name, point]) => {
    const { runs, failed, mean } = summaries.get(name)!;
    const scores = search.rows.filter((row) => row.cell === name && finished(row)).map((row) => row.score!);
    return { name, point, runs, failed, mean: scores.length === 0 ? null : scores.reduce((a, b) => a + b) / scores.length, interval: mean };
  });
  const behind = ({ runs, failed }: { runs: number; failed: number }): number => (failed > 0 ? 2 : runs < most ? 1 : 0);
  all.sort((a, b) => behind(a) - behind(b) || sign * ((a.mean ?? sign * Infinity) - (b.mean ?? sign * Infinity)) || 0);
  return all.map((trial, i) => ({ ...trial, rank: i + 1 }));
}
