import type { PathPart } from '../random/seed.ts';
import { quantile } from './interval.ts';

/** How the best energy of one run fell: against what its budget counts, as it reported. */
export interface Curve {
  readonly cell: string;
  readonly seed: PathPart;
  readonly used: readonly number[];
  readonly best: readonly number[];
}

/** Median and quartiles over runs at one place of the budget. */
export interface Quartiles {
  readonly used: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** Places of the budget at which runs are put together. */
const PLACES = 100;

/**
 * Median and quartiles of the best so far, at up to 101 equally far places of the budget from the first that all runs have reached. A run that has ended
 * keeps its last value.
 */
export function quartilesOf(curves: readonly Curve[]): Quartiles[] {
  const told = curves.map(finitePart).filter(({ used }) => used.length > 0);
  if (told.length === 0) return [];
  const end = Math.max(...told.map(({ used }) => used[used.length - 1]));
  const begin = Math.max(...told.map(({ used }) => used[0]));
  const rows: Quartiles[] = [];
  const at = told.map(() => 0);
  for (let k = 0; k <= PLACES; k++) {
    const place = (end * k) / PLACES;
    if (place < begin) continue;
    const values = told.map(({ used, best }, i) => {
      while (at[i] + 1 < used.length && used[at[i] + 1] <= place) at[i]++;
      return best[at[i]];
    });
    values.sort((a, b) => a - b);
    rows.push({ used: place, low: quantile(values, 0.25), median: quantile(values, 0.5), high: quantile(values, 0.75) });
    if (end === 0) break;
  }
  return rows;
}

/** The part of a curve where there is a best. */
function finitePart({ used, best }: Curve): { used: readonly number[]; best: readonly number[] } {
  const kept = used.map((_, i) => i).filter((i) => Number.isFinite(best[i]));
  return { used: kept.map((i) => used[i]), best: kept.map((i) => best[i]) };
}
