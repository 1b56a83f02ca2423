import type { LehrError } from '../../error.ts';
import type { Outcome, Stopped } from '../../run/outcome.ts';
import { gapOf } from './known.ts';
import { sha256 } from '../files/read-input.ts';
import { endsOf, runChains, type ChainEnd, type Surroundings } from '../runs/run-chains.ts';
import type { Subject } from './subject.ts';
import type { Task } from '../runs/task.ts';

/** A solved problem: the best of its chains, and totals over them. */
export interface Solved {
  readonly answer: unknown;
  readonly objective: number;
  readonly energy: number;
  readonly gap: number | null;
  /** The solution file's text and its SHA-256. */
  readonly solution: string;
  readonly digest: string;
  readonly best: number;
  readonly stopped: Stopped;
  readonly steps: number;
  readonly evaluations: number;
  /** Wall seconds of annealing, from the first step to the last, those before a resume included. */
  readonly seconds: number;
  /** Runs begun, over chains. */
  readonly runs: number;
  readonly resumedAt: number;
  readonly reproducible: boolean;
  readonly chains: readonly ChainEnd[];
  readonly failures: readonly LehrError[];
}

/**
 * Runs the chains of a task and takes the best.
 * @param params the recipe's parameters, the start solution in them. @param start a module's own start state; undefined without. @throws the first chain's error if all fail.
 */
export async function solveChains(task: Task, subject: Subject, params: unknown, start: unknown, around: Surroundings): Promise<Solved> {
  const { family, instance } = subject;
  const what = {
    module: family.recipe,
    params,
    ...(start === undefined ? {} : { start }),
    ...(task.lengths === null ? {} : { restarts: { lengths: task.lengths, again: task.again } }),
    ...(task.stalled === null ? {} : { until: { stalled: task.stalled } }),
    ...(task.target === null ? {} : { target: family.sense === 'max' ? -task.target : task.target }),
  };
  const ended = await runChains(task, what, around);
  const { search, seconds } = ended;

  const objectiveOf = (outcome: Outcome): { answer: unknown; objective: number } => {
    const answer = family.answer(params, outcome.result);
    const value = family.evaluate(params, answer, instance.name);
    return { answer, objective: subject.own && value !== value ? outcome.energy : value };
  };
  const best = objectiveOf(search.outcome);
  const chains = endsOf(ended, (outcome) => objectiveOf(outcome).objective);
  const solution = family.write(params, best.answer, instance.name);
  return {
    ...best,
    energy: search.outcome.energy,
    gap: gapOf(best.objective, task.known, family.sense),
    solution,
    digest: sha256(solution),
    best: search.best,
    stopped: chains.some(({ stopped }) => stopped === 'interrupted') ? 'interrupted' : search.outcome.stopped,
    steps: search.steps,
    evaluations: search.evaluations,
    seconds,
    runs: search.chains.reduce((sum, result) => sum + (result.status === 'done' ? result.outcome.runs : 0), 0),
    resumedAt: search.resumedAt,
    reproducible: search.reproducible,
    chains,
    failures: search.chains.flatMap((result) => (result.status === 'failed' ? [result.error] : [])),
  };
}
