import { Block } from '../dynamics/block.ts';
import { LehrError, show } from '../error.ts';
import { parse } from './grammar.ts';
import { lift } from './lift.ts';
import { momentOf, type Control, type Spec } from './schedule.ts';
import { sample, type Sample } from './sample.ts';
import { fromSpec } from './spec.ts';

/** A schedule in any of its forms: a control, its text, or its spec. */
export type AnySchedule = Control | string | Spec;

/**
 * A schedule as a plain function of the step, for a training loop of any library: step k of n, from 0, is at progress k / (n − 1), so the first step gets exactly the
 * start value and the last the end value; a single one gets the end's. Later steps keep the last value. Any order of asking gives the same values.
 *
 * ```ts
 * const rate = rateOf('warmup(0.05) > cosine(0.003, 0)', { steps: 10_000 });
 * for (let step = 0; step < 10_000; step++) setLearningRate(optimizer, rate(step));
 * ```
 *
 * @throws LehrError `option` for a schedule that listens: its values exist only in a run.
 */
export function rateOf(schedule: AnySchedule, options: { readonly steps: number }): (step: number) => number {
  const { steps } = options ?? {};
  checkSteps('rateOf', steps);
  const control = controlOf(schedule);
  const place = (step: number): number => {
    if (!Number.isSafeInteger(step) || step < 0)
      throw new LehrError('option', `rateOf: step is ${show(step)}, expected a whole number of at least 0.`);
    return Math.min(step, steps - 1);
  };
  const progress = (k: number): number => (steps === 1 ? 1 : k / (steps - 1));
  if (typeof control === 'function') {
    return (step) => {
      const k = place(step);
      return control(progress(k), k);
    };
  }
  const controller = lift(control);
  if ((controller.needs?.length ?? 0) > 0) {
    throw new LehrError(
      'option',
      `rateOf: the schedule listens to ${controller.needs!.join(', ')}, so its values exist only in a run, expected one that does not listen. Maybe train with gradient(…) and anneal.`,
    );
  }
  // One made of phases remembers where it is, so values are made in order, and kept for those who ask in another.
  const values: number[] = [];
  const block = new Block();
  block.steps = 1;
  const memory = controller.start({ steps, blocks: steps, signal: () => -1 });
  return (step) => {
    const last = place(step);
    for (let k = values.length; k <= last; k++) values.push(controller.next(memory, momentOf(progress(k), k, k === 0 ? null : block)));
    return values[last];
  };
}

/** An optimiser of another library, as far as its rate goes: TensorFlow.js has one or the other. */
export interface RatedOptimizer {
  setLearningRate?(rate: number): void;
  learningRate?: unknown;
}

/**
 * Gives an optimiser of TensorFlow.js (or one that looks like it) its rate: by `setLearningRate` where there is one (its SGD, Momentum), else by its property `learningRate`
 * (its Adam, RMSProp, Adagrad …), which they read in each step. Call it before each minibatch.
 * @throws LehrError `option` if it has neither.
 */
export function setLearningRate(optimizer: RatedOptimizer, rate: number): void {
  if (typeof optimizer.setLearningRate === 'function') optimizer.setLearningRate(rate);
  else if (typeof optimizer.learningRate === 'number') optimizer.learningRate = rate;
  else
    throw new LehrError(
      'option',
      `setLearningRate: the optimiser has ${Object.keys(optimizer).join(', ') || 'nothing'}, expected a method setLearningRate or a number learningRate.`,
    );
}

/**
 * A schedule as a table of comma-separated values: a line `step,t,value`, and then one for each of `rows` equally spaced steps of a run of so many, the first and the last
 * among them. The values are those of `rateOf`; of a schedule that listens, but aims at a known course, they are that course.
 * @throws LehrError `option` for any other schedule that listens.
 */
export function tableText(schedule: AnySchedule, options: { readonly steps: number; readonly rows?: number }): string {
  const { steps, rows = 100 } = options ?? {};
  checkSteps('tableText', steps);
  const { step, t, value }: Sample = sample(controlOf(schedule), { blocks: steps, steps, rows: Math.min(rows, steps) });
  return ['step,t,value', ...step.map((each, k) => `${each},${t[k]},${value[k]}`)].join('\n') + '\n';
}

function checkSteps(name: string, steps: unknown): asserts steps is number {
  if (!Number.isSafeInteger(steps) || (steps as number) < 1)
    throw new LehrError('option', `${name}: steps is ${show(steps)}, expected a whole number of at least 1, the length of the run.`);
}

function controlOf(schedule: AnySchedule): Control {
  if (typeof schedule === 'string') return parse(schedule);
  if (typeof schedule === 'object' && schedule !== null && 'schedule' in schedule) return fromSpec(schedule);
  return typeof schedule === 'number' ? fromSpec(schedule) : schedule;
}
