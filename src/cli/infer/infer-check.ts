import { LehrError } from '../../error.ts';
import { parse, sample, type Control } from '../../schedules/index.ts';
import { inFlagWords } from '../options/flag-words.ts';
import { flag } from '../options/flag.ts';
import type { InferTask } from './infer-task.ts';
import type { Inference } from './inference.ts';
import { prepareHere } from '../solve/temperatures.ts';

/**
 * Builds the model once in this thread and asks it whether it can follow the schedules to the end, so that what is wrong is told before any chain begins, once.
 * @throws LehrError `option` that names the option.
 */
export async function checkCourse(task: InferTask, inference: Inference): Promise<void> {
  const { dynamics } = await inFlagWords(() => prepareHere(inference.recipe, inference.params({ budget: task.each, burnIn: task.burnIn })));
  const steps = 'steps' in task.each ? task.each.steps : NaN;
  const controls = Object.fromEntries(Object.entries(task.controls).map(([name, text]) => [name, courseOf(parse(text), steps)]));
  try {
    dynamics.checkControls?.(controls, true, steps);
  } catch (error) {
    if (!(error instanceof LehrError)) throw error;
    throw new LehrError(
      error.code,
      error.message.replace(/^\w+/, (name) => `--${flag(name)}`),
      { cause: error },
    );
  }
}

/** A schedule is looked at in so many places, and as if a run of unknown length had so many steps. */
const PLACES = 200;
const STEPS = 10_000;

/** A control that does not listen, as a curve that can be asked beforehand: one schedule after another has none of its own. */
function courseOf(control: Control, steps: number): Control {
  if (typeof control !== 'object' || (control.needs?.length ?? 0) > 0 || steps <= PLACES) return control;
  let value: readonly number[];
  try {
    ({ value } = sample(control, { blocks: PLACES + 1, steps: Number.isNaN(steps) ? STEPS : steps }));
  } catch (error) {
    // Phases counted in steps may be longer than the run is thought to be; one that is too short is told of when it begins.
    if (error instanceof LehrError) return control;
    throw error;
  }
  return (t) => value[Math.round(t * PLACES)];
}
