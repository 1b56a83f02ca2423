import { LehrError } from '../../../src/error.ts';
import { bootstrap, type Interval } from '../../../src/experiment/interval.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { stream } from '../../../src/random/rng.ts';

/** The slope of ys against xs by least squares. */
export function slopeOf(xs: readonly number[], ys: readonly number[]): number {
  const middle = xs.reduce((a, b) => a + b, 0) / xs.length;
  return xs.reduce((sum, x, i) => sum + (x - middle) * ys[i], 0) / xs.reduce((sum, x) => sum + (x - middle) * (x - middle), 0);
}

/** The slope of ln y against ln x. */
export function logSlope(xs: readonly number[], ys: readonly number[]): number {
  return slopeOf(xs.map(Math.log), ys.map(Math.log));
}

/** The slope of ln(mean over chains) against ln x, with a bootstrap interval over the chains. @param columns for each x the values of all chains. */
export function meanSlope(xs: readonly number[], columns: readonly (readonly number[])[], context: Context, what: string): Interval {
  const interval = bootstrap(
    columns[0].length,
    (picked) =>
      logSlope(
        xs,
        columns.map((values) => picked.reduce((sum, i) => sum + values[i], 0)),
      ),
    stream(context.seedOf('slopes'), what),
  );
  if (interval === null) throw new LehrError('worker', `${what}: the slope has no finite interval.`);
  return interval;
}
