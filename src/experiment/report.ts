import { maybe } from '../closest.ts';
import { LehrError, show } from '../error.ts';
import { stream } from '../random/rng.ts';
import type { PathPart, Seed } from '../random/seed.ts';
import type { Figure } from '../report/figures.ts';
import type { Curve } from './curves.ts';
import { figuresOf } from './figures.ts';
import { bootstrap, meanInterval, medianInterval, quantile, ratioInterval, winsOf, type Interval, type Probability } from './interval.ts';
import { finished, type Row } from './row.ts';

/** Everything a report is made of, as plain data. */
export interface ReportData {
  /** The cells, in order, and the one that the others are compared with. */
  readonly cells: readonly string[];
  readonly baseline: string;
  /** What the score is called, and whether less or more of it is better. */
  readonly objective: string;
  readonly sense: 'min' | 'max';
  /** Whether energies are the objective negated (default: if more of it is better). */
  readonly negated?: boolean;
  /** Of the comparison: its bootstrap draws from it too. */
  readonly seed: Seed;
  /** What the budgets count. */
  readonly unit: 'steps' | 'evaluations' | 'seconds';
  /** The energy at which runs ended, or null. */
  readonly target: number | null;
  readonly rows: readonly Row[];
  readonly curves: readonly Curve[];
}

/** What one cell did, and how it compares with the baseline. Null: there is nothing to tell, or not enough to tell it. */
export interface CellSummary {
  readonly cell: string;
  /** Runs that came to their end, that failed, and that were interrupted. */
  readonly runs: number;
  readonly failed: number;
  readonly interrupted: number;
  /** Of the scores. */
  readonly median: number | null;
  readonly mean: Interval | null;
  readonly best: number | null;
  readonly worst: number | null;
  /** The mean of the differences of scores on the same streams, this cell's less the baseline's. */
  readonly difference: Interval | null;
  /** How often it is better than the baseline on the same stream. */
  readonly wins: Probability | null;
  readonly target: TimeToTarget | null;
}

/** How soon a cell reaches the target, in what the budget counts. */
export interface TimeToTarget {
  /** How many of the cell's runs did. */
  readonly reached: number;
  /** What all its runs paid over how many reached it: what one success costs if one runs again until there is one; null without any. */
  readonly expected: number | null;
  /** Of that and the baseline's. */
  readonly ratio: Interval | null;
}

/** What a comparison found. Everything is computed from the rows, so that rows read from a file give the same report. */
export class Report {
  readonly data: ReportData;
  private readonly runs = new Map<string, Map<PathPart, Row>>();

  constructor(data: ReportData) {
    this.data = data;
    for (const cell of data.cells) this.runs.set(cell, new Map());
    for (const row of data.rows) this.of(row.cell).set(row.seed, row);
  }

  get rows(): readonly Row[] {
    return this.data.rows;
  }

  /** The scores of a cell's finished runs, in the order of the rows. */
  scores(cell: string): number[] {
    return [...this.of(cell).values()].filter(finished).map((row) => row.score!);
  }

  /** The differences of scores on the same streams where both runs finished, a cell's less another's (the baseline's). */
  differences(cell: string, against: string = this.data.baseline): number[] {
    return this.pairs(cell, against).map(([one, other]) => one.score! - other.score!);
  }

  /** The mean (or median) of the differences, with its interval; null if there are fewer than two. */
  difference(cell: string, against: string = this.data.baseline, of: 'mean' | 'median' = 'mean'): Interval | null {
    const differences = this.differences(cell, against);
    if (differences.length < 2) return null;
    return (of === 'mean' ? meanInterval : medianInterval)(differences, this.rng(`${of} difference`, cell, against));
  }

  /** The ratio of the mean scores on the same streams, a cell's over another's; all scores must be positive. Null if there are fewer than two pairs. */
  ratio(cell: string, against: string = this.data.baseline): Interval | null {
    const pairs = this.pairs(cell, against);
    if (pairs.length < 2) return null;
    const [numerators, denominators] = [0, 1].map((side) => pairs.map((pair) => pair[side].score!));
    return ratioInterval(numerators, denominators, this.rng('ratio', cell, against));
  }

  /** How often a cell is better than another on the same stream; null if there are no pairs. */
  wins(cell: string, against: string = this.data.baseline): Probability | null {
    const differences = this.differences(cell, against);
    if (differences.length === 0) return null;
    return winsOf(this.data.sense === 'min' ? differences : differences.map((difference) => -difference));
  }

  /** One summary per cell, in their order. */
  table(): CellSummary[] {
    const { cells, baseline, target } = this.data;
    return cells.map((cell) => {
      const rows = [...this.of(cell).values()];
      const scores = this.scores(cell).sort((a, b) => a - b);
      const ends = this.data.sense === 'min' ? scores : [...scores].reverse();
      const compared = cell !== baseline;
      return {
        cell,
        runs: scores.length,
        failed: rows.filter(({ stopped }) => stopped === 'failed').length,
        interrupted: rows.filter(({ stopped }) => stopped === 'interrupted').length,
        median: scores.length === 0 ? null : quantile(scores, 0.5),
        mean: scores.length < 2 ? null : meanInterval(this.scores(cell), this.rng('mean', cell)),
        best: ends[0] ?? null,
        worst: ends.at(-1) ?? null,
        difference: compared ? this.difference(cell) : null,
        wins: compared ? this.wins(cell) : null,
        target: target === null ? null : this.timeToTarget(cell),
      };
    });
  }

  /** Figures as plain data: the best so far, the scores, the differences, and the time to the target. */
  figures(): Figure[] {
    return figuresOf(this);
  }

  private timeToTarget(cell: string): TimeToTarget {
    const { baseline, unit } = this.data;
    const cost = (rows: readonly Row[]): number =>
      rows.reduce((sum, row) => sum + row[unit]!, 0) / rows.filter(({ stopped }) => stopped === 'target').length;
    const rows = [...this.of(cell).values()].filter(finished);
    const reached = rows.filter(({ stopped }) => stopped === 'target').length;
    const pairs = cell === baseline ? [] : this.pairs(cell, baseline);
    const logRatio = (picked: Int32Array): number => {
      const [ours, theirs] = [0, 1].map((side) => cost(Array.from(picked, (i) => pairs[i][side])));
      return Math.log(ours / theirs);
    };
    const log = pairs.length < 2 ? null : bootstrap(pairs.length, logRatio, this.rng('time to target', cell, baseline));
    const ratio = log === null ? null : { value: Math.exp(log.value), low: Math.exp(log.low), high: Math.exp(log.high), n: log.n };
    return { reached, expected: reached === 0 ? null : cost(rows), ratio };
  }

  private pairs(cell: string, against: string): [Row, Row][] {
    const others = this.of(against);
    return [...this.of(cell)].flatMap(([seed, row]): [Row, Row][] => {
      const other = others.get(seed);
      return other !== undefined && finished(row) && finished(other) ? [[row, other]] : [];
    });
  }

  private of(cell: string): Map<PathPart, Row> {
    const runs = this.runs.get(cell);
    if (runs !== undefined) return runs;
    const { cells } = this.data;
    throw new LehrError('option', `cell is ${show(cell)}, expected ${cells.join(', ')}.${maybe(cell, cells)}`);
  }

  /** The stream of one interval: named by what it is of, so that nothing depends on what else was asked. Cells by index, as names may be long. */
  private rng(what: string, ...cells: string[]) {
    return stream(this.data.seed, 'bootstrap', what, ...cells.map((cell) => this.data.cells.indexOf(cell)));
  }
}
