import type { Block } from '../dynamics/block.ts';
import type { Kept } from './kept.ts';
import type { Ledger } from './ledger.ts';
import type { Limit } from './limit.ts';
import type { Plan, Until } from './plan.ts';
import type { Signals } from './signals.ts';
import { StopRules, type StopState } from './stop.ts';

/** What all legs of a run share. */
export interface Shared<S> {
  readonly plan: Plan<S, any, any>;
  readonly signals: Signals<S>;
  readonly block: Block;
  readonly ledger: Ledger;
  /** Under restarts, their common budget. */
  readonly limit: Limit | null;
  /** Stop rules of the whole run. */
  readonly rules: StopRules;
  /** Seconds on any monotone clock. */
  readonly now: () => number;
  /** Under restarts the best of the runs that are over. */
  incumbent: Kept | null;
  /** Somebody asks the run to end. */
  interrupted: boolean;
}

/** Stop rules of a plan. A replay is cut by its record, never by today's clock. */
export function rulesOf(plan: Plan, signals: Signals<any>, until: Until, at: StopState | undefined): StopRules {
  const { seconds: _, ...timeless } = until;
  return new StopRules(
    plan.replay === undefined ? until : timeless,
    signals.indexOf(until.signal?.name),
    at === undefined ? null : { ...at },
  );
}
