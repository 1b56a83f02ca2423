import type { Cell } from '../../../src/experiment/compare.ts';
import { bootstrap, type Interval } from '../../../src/experiment/interval.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { LehrError } from '../../../src/error.ts';
import { stream } from '../../../src/random/rng.ts';
import type { Outcome } from '../../../src/run/outcome.ts';
import type { MachineParams, MachineResult } from './machine.ts';

/** The results of an experiment: of each cell, one a stream, in the streams' order. */
export type Results = ReadonlyMap<string, readonly MachineResult[]>;

/** Runs cells of the machine on the same streams, once under a name, every step a block of its own, and gathers what each run came to. */
export function runMachine(
  context: Context,
  experiment: string,
  options: {
    readonly cells: Readonly<Record<string, Cell<MachineParams>>>;
    readonly params: Partial<MachineParams>;
    readonly seeds: number;
    readonly steps: number;
  },
): Promise<Results> {
  return context.once(`${experiment}: results`, async () => {
    const names = Object.keys(options.cells);
    const all: MachineResult[] = [];
    await context.compare<MachineParams>(experiment, {
      recipe: new URL('./machine.js', import.meta.url),
      cells: options.cells,
      params: options.params as MachineParams,
      seeds: options.seeds,
      budget: { steps: options.steps },
      block: 1,
      every: options.steps,
      objective: 'distance to the truth',
      // Runs in this thread, stream by stream and in each in the cells' order.
      score: (outcome: Outcome) => {
        const result = outcome.result as MachineResult;
        all.push(result);
        return result.averageToTruth;
      },
    });
    return new Map(names.map((name, k) => [name, all.filter((_, i) => i % names.length === k)]));
  });
}

/** The results of a cell. */
export function of(results: Results, cell: string): readonly MachineResult[] {
  const found = results.get(cell);
  if (found === undefined) throw new LehrError('contract', `there is no cell ${cell}, expected one of ${[...results.keys()].join(', ')}.`);
  return found;
}

/** A number of each result that must be there. */
export function numbers(results: readonly MachineResult[], read: (result: MachineResult) => number | null): number[] {
  return results.map((result, i) => {
    const value = read(result);
    if (value !== null) return value;
    throw new LehrError('worker', `run ${i + 1}: the data have no maximum-likelihood estimate. Maybe too few rows.`);
  });
}

/**
 * The slope of ln(mean of ys over the runs) against ln x, by least squares, with a bootstrap interval over the runs, which the columns share.
 * @param columns for each x the values of all runs.
 */
export function slope(xs: readonly number[], columns: readonly (readonly number[])[], context: Context, what: string): Interval {
  return statistic(columns[0].length, (picked) => slopeOf(xs, columns, picked), context, what);
}

/** The slope of one set of columns less that of another, over the same runs. */
export function slopeDifference(
  xs: readonly number[],
  columns: readonly (readonly number[])[],
  others: readonly (readonly number[])[],
  context: Context,
  what: string,
): Interval {
  return statistic(columns[0].length, (picked) => slopeOf(xs, columns, picked) - slopeOf(xs, others, picked), context, what);
}

function statistic(n: number, of: (picked: Int32Array) => number, context: Context, what: string): Interval {
  const interval = bootstrap(n, of, stream(context.seedOf('slopes'), what));
  if (interval === null) throw new LehrError('worker', `${what}: the slope has no finite interval.`);
  return interval;
}

function slopeOf(xs: readonly number[], columns: readonly (readonly number[])[], picked: Int32Array): number {
  const logs = xs.map(Math.log);
  const means = columns.map((values) => {
    let sum = 0;
    for (let i = 0; i < picked.length; i++) sum += values[picked[i]];
    return Math.log(sum / picked.length);
  });
  const middle = logs.reduce((a, b) => a + b, 0) / logs.length;
  const above = logs.reduce((sum, x, k) => sum + (x - middle) * means[k], 0);
  return above / logs.reduce((sum, x) => sum + (x - middle) * (x - middle), 0);
}
