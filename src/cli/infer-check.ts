import { LehrError } from '../error.ts';
import { parse } from '../schedules/index.ts';
import { inFlagWords } from './flag-words.ts';
import { flag } from './flag.ts';
import type { InferTask } from './infer-task.ts';
import type { Inference } from './inference.ts';
import { prepareHere } from './temperatures.ts';

/**
 * Builds the model once in this thread and asks it whether it can follow the schedules to the end, so that what is wrong is told before any chain begins, once.
 * @throws LehrError `option` that names the option.
 */
export async function checkCourse(task: InferTask, inference: Inference): Promise<void> {
  const { dynamics } = await inFlagWords(() => prepareHere(inference.recipe, inference.params({ budget: task.each, burnIn: task.burnIn })));
  const controls = Object.fromEntries(Object.entries(task.controls).map(([name, text]) => [name, parse(text)]));
  try {
    dynamics.checkControls?.(controls, true, 'steps' in task.each ? task.each.steps : NaN);
  } catch (error) {
    if (!(error instanceof LehrError)) throw error;
    throw new LehrError(
      error.code,
      error.message.replace(/^\w+/, (name) => `--${flag(name)}`),
      { cause: error },
    );
  }
}
