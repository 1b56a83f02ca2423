import type { Budget } from '../../run/plan.ts';
import { formatCount, formatSeconds } from '../../report/terminal.ts';
import type { Course, Lengths } from './inference.ts';
import { amountOf } from '../runs/task.ts';

/** How rows are put into groups. */
export type GroupsMethod = 'subsample' | 'sequential' | 'gibbs' | 'tempered';

/** Visits to each row where nothing is said, and the most that a small table gets. */
const VISITS = 20;
const MOST_VISITS = 200;
/** The share of a run that is annealed, where its length was given as such: two thirds, as nearly as with as many sweeps as visits. */
const ANNEALED = 2 / 3;
/** Where the temperature begins that falls to 1. */
const HOT = 10;

/**
 * How long a run is and what drives it. The anneal visits each row P times, under `linear(0, 1)` in (2P − 1) N steps (see `subsampleGibbs`); then V sweeps go over all rows for
 * samples, of N steps each. The other methods have P N steps in place of the anneal.
 * @param moves rows put into groups that a small table gets where nothing is said.
 */
export function courseOfGroups(
  { rows, moves }: { readonly rows: number; readonly moves: number },
  method: GroupsMethod,
  said: Budget | null,
  lengths: Lengths,
): Course {
  const { visits = Math.max(VISITS, Math.min(MOST_VISITS, Math.ceil(moves / rows))) } = lengths;
  const { sweeps = visits } = lengths;
  const anneal = said === null ? (method === 'subsample' ? 2 * visits - 1 : visits) * rows : null;
  const budget = said ?? { steps: anneal! + sweeps * rows };
  const total = 'steps' in budget ? budget.steps : null;
  const begun = anneal ?? (total === null ? null : Math.floor(total * ANNEALED));
  const sampled = total === null ? true : total > begun!;
  const length = anneal === null ? String(Number(ANNEALED.toFixed(3))) : `${anneal} steps`;
  const then = (curve: string): string => (sampled ? `${curve} for ${length} > constant(1)` : curve);
  const [unit, amount] = amountOf(budget);
  return {
    budget,
    burnIn: method === 'subsample' || method === 'tempered' ? 0 : begun,
    controls: {
      fraction: method === 'subsample' ? then('linear(0, 1)') : '1',
      ...(method === 'tempered' ? { temperature: then(`exponential(${HOT}, 1)`) } : {}),
    },
    words: said === null ? ['--visits', String(visits), '--sweeps', String(sweeps)] : [`--${unit}`, String(amount)],
    told:
      said === null
        ? `${formatCount(visits)} visits to each row, then ${formatCount(sweeps)} sweeps for samples`
        : unit === 'seconds'
          ? formatSeconds(amount)
          : `${formatCount(amount)} ${unit}`,
  };
}
