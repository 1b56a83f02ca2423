import type { LehrError } from '../../error.ts';
import type { Seed } from '../../random/seed.ts';
import type { Budget } from '../../run/plan.ts';
import type { RunTask } from './task.ts';

/** What `--json` has of every kept run, whatever is run. @typeParam Why what ends it. */
export interface RunJson<Why extends string> {
  /** Totals over chains. */
  readonly steps: number;
  readonly evaluations: number;
  /** Wall seconds from the first step to the last. */
  readonly seconds: number;
  readonly stepsPerSecond: number;
  readonly chains: number;
  readonly workers: number;
  readonly seed: Seed;
  readonly budget: Budget;
  /** Each control's schedule as text. */
  readonly controls: Readonly<Record<string, string>>;
  readonly stopped: Why;
  /** Steps already made when this process began. */
  readonly resumedAt: number;
  readonly reproducible: boolean;
  /** SHA-256 of the bytes of what `--output` takes. */
  readonly digest: string;
  /** The best chain, from 0. */
  readonly best: number;
  /** Messages of chains that failed. */
  readonly failures: readonly string[];
  readonly command: string;
  readonly version: string;
}

/** A run that has ended, as far as every verb knows it. */
export interface EndedRun<Why extends string> extends Pick<
  RunJson<Why>,
  'steps' | 'evaluations' | 'seconds' | 'stopped' | 'resumedAt' | 'reproducible' | 'best'
> {
  readonly failures: readonly LehrError[];
}

/** These parts of the object. @param command what repeats the run. */
export function runJson<Why extends string>(task: RunTask, ended: EndedRun<Why>, digest: string, command: string): RunJson<Why> {
  const { steps, evaluations, seconds, stopped, resumedAt, reproducible, best, failures } = ended;
  return {
    steps,
    evaluations,
    seconds,
    stepsPerSecond: seconds > 0 ? steps / seconds : 0,
    chains: task.chains,
    workers: task.workers,
    seed: task.seed,
    budget: task.budget,
    controls: task.controls,
    stopped,
    resumedAt,
    reproducible,
    digest,
    best,
    failures: failures.map(({ message }) => message),
    command,
    version: task.release,
  };
}
