import type { Prepared } from '../../parallel/job.ts';
import { preparedFrom } from '../../parallel/prepare.ts';
import { LehrError } from '../../error.ts';
import { print } from '../../schedules/index.ts';
import { coolingSpec, suggestTemperatures } from '../../run/suggest.ts';
import type { Task } from '../runs/task.ts';

/** Builds a problem in this thread. */
export async function prepareHere(recipe: string, params: unknown): Promise<Prepared> {
  return preparedFrom(await import(recipe), params);
}

/**
 * The task with a schedule for each control. A temperature that neither the user nor the recipe gives is chosen here, once, in a stream of its own
 * under the run's seed; it then belongs to the task like a given one. From a given solution it starts at the geometric mean of the two
 * temperatures, lest the solution be melted.
 * @throws LehrError `option` for any other control that is missing.
 */
export async function withControls(task: Task, recipe: string, params: unknown): Promise<Task> {
  if (task.problem !== null && task.controls.temperature !== undefined) return task;
  const { dynamics, controls = {}, problem } = await prepareHere(recipe, params);
  const missing = dynamics.controls.filter((name) => task.controls[name] === undefined && controls[name] === undefined);
  if (missing.length === 0) return task;
  if (missing.length > 1 || missing[0] !== 'temperature' || problem === undefined) {
    throw new LehrError(
      'option',
      `--${missing[0]} is missing, expected a schedule such as "exponential(10, 0.1)": only the temperature of a Problem can be chosen for you.`,
    );
  }
  const { from, to, cycles, proposals } = suggestTemperatures(problem, { seed: task.seed, budget: task.each });
  const first = task.start === null ? from : Number(Math.sqrt(from * to).toPrecision(4));
  // Where a chain makes runs of several lengths, each of them is one cooling.
  const temperature = print(coolingSpec(first, to, task.lengths === null ? cycles : 1));
  return { ...task, controls: { ...task.controls, temperature }, suggested: { from: first, to, proposals } };
}
