import type { PathPart, Seed } from '../random/seed.ts';

/** Why a leg or a run ended: its budget was spent, a stop rule held, or it was interrupted. */
export type Stopped = 'budget' | 'target' | 'steps' | 'seconds' | 'stalled' | 'settled' | 'signal' | 'interrupted';

/** What one leg did. */
export interface LegRecord {
  readonly stopped: Stopped;
  readonly blocks: number;
  readonly steps: number;
  readonly evaluations: number;
  /** Wall seconds of annealing. */
  readonly seconds: number;
  /**
   * Under a seconds budget, three numbers for each look at the clock: blocks run since the last, their length in steps, and the seconds then
   * read. With them the leg replays bit for bit.
   */
  readonly readings?: readonly number[];
}

/** What repeats a run exactly, whatever cut it. Plain JSON. */
export interface RunRecord {
  readonly seed: Seed;
  readonly path: readonly PathPart[];
  readonly legs: readonly LegRecord[];
  /** Under restarts: which run the one leg told is of, from 0; all before it were whole. */
  readonly restart?: number;
}

/** What a run gives back. */
export interface Outcome<R = unknown> {
  /** The kept solution, of the best lane where there are several. */
  readonly result: R;
  /** One per lane. */
  readonly results: readonly R[];
  /** Its energy, as the dynamics keeps it. */
  readonly energy: number;
  readonly stopped: Stopped;
  readonly steps: number;
  readonly evaluations: number;
  readonly seconds: number;
  readonly proposed: number;
  readonly accepted: number;
  /** Under restarts only the last run's. */
  readonly legs: readonly LegRecord[];
  /** How many runs were begun; 1 without restarts. */
  readonly runs: number;
  readonly record: RunRecord;
  /** Whether the same plan gives the same bits again without the record: no clock and no abort had a say. */
  readonly reproducible: boolean;
  /** Steps already made when this process began (0 unless resumed). */
  readonly resumedAt: number;
}

/** What an observer hears. A fresh object each time, safe to keep. */
export interface Progress {
  /** The leg, from 0; under restarts the run. */
  readonly leg: number;
  /** Progress of the leg; under restarts of them all. */
  readonly t: number;
  /** Totals since the run began, earlier legs and the part before a resume included. */
  readonly steps: number;
  readonly evaluations: number;
  readonly seconds: number;
  readonly energy: number;
  readonly best: number;
  /** Share of proposals accepted since the last report; NaN if there were none. */
  readonly acceptance: number;
  readonly controls: Readonly<Record<string, number>>;
  /** Measures, and the signals that anyone in the run listens to, by name; NaN while not computed. */
  readonly signals: Readonly<Record<string, number>>;
  /** Set on the last report. */
  readonly stopped: Stopped | null;
}
