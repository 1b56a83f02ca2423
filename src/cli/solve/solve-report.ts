import type { SolveReport } from '../../report/record.ts';
import type { Solved } from './chains.ts';
import type { Subject } from './subject.ts';
import { settingsOf, type SolveJson } from './summary.ts';
import type { Task } from '../runs/task.ts';

/** The plain record behind the HTML report. */
export function reportOf(task: Task, { family, instance }: Subject, params: unknown, solved: Solved, json: SolveJson): SolveReport {
  return {
    problem: family.title,
    instance: instance.name,
    n: instance.n,
    objective: family.objective,
    sense: family.sense,
    value: solved.objective,
    known: task.known,
    gap: solved.gap,
    stopped: solved.stopped,
    seconds: solved.seconds,
    steps: solved.steps,
    digest: solved.digest,
    command: json.command,
    reproducible: json.reproducible,
    settings: settingsOf(task, json),
    chains: solved.chains.map(({ chain, value, stopped, trace }) => ({ chain, value, stopped, trace })),
    scene: family.draw?.(params, solved.answer) ?? null,
    version: json.version,
  };
}
