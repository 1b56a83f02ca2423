import type { Progress } from '../run/outcome.ts';
import type { SolveReport } from './record.ts';

/**
 * Which of `count` rows to keep so that at most `limit` (4 or more) remain: the first, the last, and in each of equally many neighbours the rows
 * where a column is lowest and highest. So no peak of any column is lost. Values that are not finite count as absent.
 * @returns ascending indices.
 */
export function thin(columns: readonly ((row: number) => number)[], count: number, limit: number): number[] {
  if (count <= limit) return Array.from({ length: count }, (_, row) => row);
  let buckets = Math.max(1, Math.floor(limit / 2) - 1);
  for (;;) {
    const kept = new Set([0, count - 1]);
    for (let bucket = 0; bucket < buckets; bucket++) {
      const from = Math.floor((bucket * count) / buckets);
      const to = Math.floor(((bucket + 1) * count) / buckets);
      for (const column of columns) keepExtremes(column, from, to, kept);
    }
    if (kept.size <= limit || buckets === 1) return [...kept].sort((a, b) => a - b);
    buckets = Math.max(1, Math.floor(buckets * 0.9));
  }
}

function keepExtremes(column: (row: number) => number, from: number, to: number, kept: Set<number>): void {
  let low = -1;
  let high = -1;
  for (let row = from; row < to; row++) {
    const value = column(row);
    if (!Number.isFinite(value)) continue;
    if (low < 0 || value < column(low)) low = row;
    if (high < 0 || value > column(high)) high = row;
  }
  if (low >= 0) kept.add(low).add(high);
}

/** Above so many coordinates the drawing's data stays out of the page: they are in its SVG and in the solution file. */
const SCENE_LIMIT = 40_000;

/**
 * What the HTML report shows and carries: at most 400 progress reports per chain (fewer where there are more than 30 chains) that keep the
 * extremes of energy, acceptance and every control, and the scene only up to 20,000 points.
 */
export function thinReport(report: SolveReport): SolveReport {
  const limit = traceLimit(report.chains.length);
  const chains = report.chains.map((chain) => ({ ...chain, trace: thinTrace(chain.trace, limit) }));
  const size = report.scene === null ? 0 : report.scene.items.reduce((sum, item) => sum + ('points' in item ? item.points.length : 4), 0);
  return { ...report, chains, scene: size > SCENE_LIMIT ? null : report.scene };
}

/** Points of each chain's curve, so that all chains together stay near 12,000. */
export function traceLimit(chains: number): number {
  return Math.max(40, Math.min(400, Math.floor(12_000 / Math.max(1, chains))));
}

/** A trace of at most so many reports, which keeps the extremes of energy, acceptance, every control and every signal. */
export function thinTrace(trace: readonly Progress[], limit: number): Progress[] {
  const names = new Set(trace.flatMap((progress) => Object.keys(progress.controls)));
  const columns = [(row: number) => trace[row].energy, (row: number) => trace[row].best, (row: number) => trace[row].acceptance];
  for (const name of names) columns.push((row) => trace[row].controls[name] ?? NaN);
  const signals = new Set(trace.flatMap((progress) => Object.keys(progress.signals)));
  for (const name of signals) columns.push((row) => trace[row].signals[name] ?? NaN);
  return thin(columns, trace.length, limit).map((row) => trace[row]);
}
