import type { Seed } from '../../random/seed.ts';
import type { LengthsSpec, Steps } from '../../run/lengths.ts';
import type { Budget } from '../../run/plan.ts';
import type { Strategy } from '../solve/strategies.ts';

/** What every kept run is, as plain JSON: what decides its answer whatever is run, and where that goes. */
export interface RunTask {
  /** The release that started it. */
  readonly release: string;
  /** The file as the user wrote it, absolute, and the SHA-256 of its bytes. */
  readonly given: string;
  readonly path: string;
  readonly sha256: string;
  readonly seed: Seed;
  readonly chains: number;
  /** As asked for, and what each chain gets of it. */
  readonly budget: Budget;
  readonly each: Budget;
  /** The schedule of each control that was given or chosen, as text. */
  readonly controls: Readonly<Record<string, string>>;
  readonly block: number | null;
  readonly check: 'none' | 'block' | 'step';
  /** Worker threads it was started with; they decide nothing. */
  readonly workers: number;
  /** Absolute paths. */
  readonly outputs: Outputs;
}

/** What a run of `lehr solve` is. Kept with checkpoints and records. */
export interface Task extends RunTask {
  /** The family, null for a module of the user's own; `params` are that module's. */
  readonly problem: string | null;
  /** Whether the user named the family: then the command that repeats the run does, too. */
  readonly named: boolean;
  readonly params: unknown;
  readonly start: Start | null;
  readonly method: string;
  readonly strategy: Strategy;
  /** The length of runs as the user gave it, and what it means for each chain; null if a chain is one run. */
  readonly runLength: Steps | null;
  readonly lengths: LengthsSpec | null;
  readonly again: 'random' | 'incumbent';
  /** How the temperature was chosen, where the user gave none. */
  readonly suggested: Suggested | null;
  /** An objective that is good enough, in the problem's own sense. */
  readonly target: number | null;
  readonly stalled: number | null;
  readonly known: number | null;
  readonly knownSource: string | null;
}

/** The solution a run begins from. */
export interface Start {
  readonly given: string;
  readonly path: string;
  readonly text: string;
}

/** What choosing a temperature cost and found. */
export interface Suggested {
  readonly from: number;
  readonly to: number;
  readonly proposals: number;
}

/** Where results go, by option. */
export interface Outputs {
  readonly output?: string;
  readonly assignments?: string;
  readonly picture?: string;
  readonly report?: string;
  readonly trace?: string;
  readonly record?: string;
}

/** The budget's unit and amount. */
export function amountOf(budget: Budget): readonly [unit: 'seconds' | 'steps' | 'evaluations', amount: number] {
  if ('seconds' in budget) return ['seconds', budget.seconds];
  return 'steps' in budget ? ['steps', budget.steps] : ['evaluations', budget.evaluations];
}

/** A length of runs as `--run-length` takes it. */
export function stepsText(steps: Steps): string {
  return typeof steps === 'number' ? String(steps) : `${steps.perVariable}n`;
}
