import type { SchedulingInstance } from '../../../problems/scheduling/index.ts';
import type { TardinessParams } from '../../../problems/scheduling/recipe.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import type { Figure } from '../../../src/report/figures.ts';
import { runJobs } from '../../../src/parallel/jobs.ts';
import type { Job } from '../../../src/parallel/job.ts';
import type { LengthsSpec } from '../../../src/run/lengths.ts';

/** At how many equally far moments of a run its best is looked at: the paper's seconds. */
export const CHECKPOINTS = 60;

/** What is done with the time: for each chain the lengths of its runs, or null for one run of the whole time. */
export interface Strategy {
  readonly name: string;
  readonly chains: readonly (LengthsSpec | null)[];
}

/** How strategies are tried: every chain of every strategy gets the same number of evaluations. */
export interface Trial {
  readonly instances: readonly SchedulingInstance[];
  readonly seeds: number;
  readonly evaluations: number;
}

/**
 * The best total weighted tardiness over time: random starts, insertions only, Modified Lam asked at every step, as published. The strategies' streams are
 * their own; what is paired is the instance.
 */
export function anytime(context: Context, experiment: string, strategies: readonly Strategy[], trial: Trial): Promise<Courses> {
  return context.once(experiment, async () => {
    const { instances, seeds, evaluations } = trial;
    const jobs: Job<TardinessParams>[] = [];
    const courses = new Courses(strategies, trial);
    const owners: (readonly [strategy: number, instance: number, seed: number, chain: number])[] = [];
    strategies.forEach(({ name, chains }, s) => {
      chains.forEach((lengths, chain) => {
        instances.forEach((instance, i) => {
          for (let seed = 0; seed < seeds; seed++) {
            owners.push([s, i, seed, chain]);
            jobs.push({
              params: { instance, moves: 'insertion', start: 'random' },
              seed: context.seedOf(experiment),
              path: [name, i, seed, chain],
              controls: { temperature: { schedule: 'modifiedLam', temperature: 0.5 } },
              budget: { steps: evaluations },
              block: 1,
              every: evaluations / CHECKPOINTS,
              ...(lengths === null ? {} : { restarts: { lengths } }),
            });
          }
        });
      });
    });
    let over = 0;
    const results = await runJobs<TardinessParams>(new URL('../../../problems/scheduling/recipe.js', import.meta.url), jobs, {
      workers: context.workers,
      signal: context.signal,
      observe(event) {
        if (event.kind !== 'progress') return;
        const { steps, best, stopped } = event.progress;
        courses.note(owners[event.job], Math.floor((steps * CHECKPOINTS) / evaluations + 1e-9), best);
        if (stopped !== null) context.progress(experiment, ++over / jobs.length);
      },
    });
    for (const result of results) if (result.status === 'failed') throw result.error;
    return courses;
  });
}

/** The courses of a trial: the best so far of each chain at each checkpoint. */
export class Courses {
  readonly seeds: number;
  private readonly strategies: readonly Strategy[];
  private readonly instances: number;
  private readonly best = new Map<string, Float64Array>();

  constructor(strategies: readonly Strategy[], { instances, seeds }: Trial) {
    this.strategies = strategies;
    this.instances = instances.length;
    this.seeds = seeds;
  }

  /** Takes note of the best of a chain at a checkpoint (0: the start). */
  note(owner: readonly [strategy: number, instance: number, seed: number, chain: number], checkpoint: number, best: number): void {
    const key = owner.join();
    let row = this.best.get(key);
    if (row === undefined) this.best.set(key, (row = new Float64Array(CHECKPOINTS + 1).fill(Infinity)));
    row[checkpoint] = Math.min(row[checkpoint], best);
  }

  /** For one seed, at each checkpoint from 0: the sum over instances of the best of a strategy's first chains (of all without `chains`). */
  sums(strategy: string, seed: number, chains = Infinity): number[] {
    const s = this.strategies.findIndex(({ name }) => name === strategy);
    const count = Math.min(chains, this.strategies[s].chains.length);
    const sums = Array.from({ length: CHECKPOINTS + 1 }, () => 0);
    for (let i = 0; i < this.instances; i++) {
      let best = Infinity;
      for (let k = 0; k <= CHECKPOINTS; k++) {
        for (let chain = 0; chain < count; chain++) best = Math.min(best, this.best.get([s, i, seed, chain].join())![k]);
        sums[k] += best;
      }
    }
    return sums;
  }

  /** The sum over instances of the best that any run of the trial found: what percentages are of. */
  reference(): number {
    let sum = 0;
    for (let i = 0; i < this.instances; i++) {
      let best = Infinity;
      for (const [key, row] of this.best)
        if (key.split(',')[1] === String(i))
          best = Math.min(
            best,
            row.reduce((a, b) => Math.min(a, b)),
          );
      sum += best;
    }
    return sum;
  }

  /** For each seed: how much larger one sum is than another at a checkpoint, in percent of the reference. */
  differences(one: Of, other: Of, checkpoint: number): number[] {
    const reference = this.reference();
    return this.each((seed) => (100 * (this.at(one, seed)[checkpoint] - this.at(other, seed)[checkpoint])) / reference);
  }

  /** For each seed: that, on average over all checkpoints after the start. */
  meanDifferences(one: Of, other: Of): number[] {
    const all = Array.from({ length: CHECKPOINTS }, (_, k) => this.differences(one, other, k + 1));
    return this.each((seed) => all.reduce((sum, row) => sum + row[seed], 0) / CHECKPOINTS);
  }

  /**
   * For each seed: the checkpoint at which one strategy takes the lead from another: it was behind at the one before, and is no worse at this and the two after.
   * 60 if that never happens.
   */
  overtakes(one: Of, other: Of): number[] {
    return this.each((seed) => {
      const [ours, theirs] = [this.at(one, seed), this.at(other, seed)];
      const level = (k: number): boolean => ours[k] <= theirs[k];
      for (let k = 2; k <= CHECKPOINTS - 2; k++) if (!level(k - 1) && level(k) && level(k + 1) && level(k + 2)) return k;
      return CHECKPOINTS;
    });
  }

  /**
   * For each seed: how much sooner a strategy has what another has at a checkpoint, as a ratio of times, on average over the other's checkpoints from the
   * 11th on (before, one checkpoint is too coarse). What it never reaches counts with the whole time.
   */
  speedUps(one: Of, other: Of): number[] {
    return this.each((seed) => {
      const [ours, theirs] = [this.at(one, seed), this.at(other, seed)];
      let sum = 0;
      for (let k = 11; k <= CHECKPOINTS; k++) {
        const j = ours.findIndex((best) => best <= theirs[k]);
        sum += k / Math.max(1, j < 0 ? CHECKPOINTS : j);
      }
      return sum / (CHECKPOINTS - 10);
    });
  }

  /** How far above the reference each strategy is over time, on average over seeds. */
  figure(id: string, rows: readonly (Of & { readonly label: string })[]): Figure {
    const reference = this.reference();
    return {
      id,
      title: 'How far above the best found',
      x: { label: `checkpoint of ${CHECKPOINTS}`, scale: 'linear' },
      y: { label: 'sum over instances above the best found, %', scale: 'linear' },
      series: rows.map((row, group) => {
        const sums = this.each((seed) => seed).map((seed) => this.at(row, seed));
        const above = (k: number): number => 100 * (sums.reduce((sum, course) => sum + course[k], 0) / (this.seeds * reference) - 1);
        return {
          name: row.label,
          group,
          role: 'value',
          points: Array.from({ length: CHECKPOINTS }, (_, k) => [k + 1, above(k + 1)] as const),
        };
      }),
    };
  }

  private at({ strategy, chains }: Of, seed: number): number[] {
    return this.sums(strategy, seed, chains);
  }

  private each(of: (seed: number) => number): number[] {
    return Array.from({ length: this.seeds }, (_, seed) => of(seed));
  }
}

/** A strategy, or its first few chains. */
export interface Of {
  readonly strategy: string;
  readonly chains?: number;
}
