import { Block } from '../dynamics/block.ts';
import { LehrError } from '../error.ts';
import { definitionOf, textName } from './build.ts';
import { lift } from './lift.ts';
import { momentOf, type Control, type Spec } from './schedule.ts';
import { fromSpec } from './spec.ts';

/** The course of a control over a run, as plain data for a plot. */
export interface Sample {
  /** What the values are: the control's own, or the signal that a listening one steers, whose own values exist only in a run. */
  readonly of: 'value' | { readonly target: string };
  readonly t: readonly number[];
  readonly step: readonly number[];
  readonly value: readonly number[];
}

/**
 * A control's value at each of `blocks` blocks of a run of `steps` steps, without a run. A control that listens has no values of its own there: for
 * one that steers a signal along a known course (`modifiedLam`) that course is given, any other is an `option` error.
 */
export function sample(
  control: Control,
  { blocks = 100, steps = 10_000 }: { readonly blocks?: number; readonly steps?: number } = {},
): Sample {
  if (!Number.isSafeInteger(blocks) || blocks < 1)
    throw new LehrError('option', `sample: blocks is ${blocks}, expected a whole number of at least 1.`);
  if (!Number.isSafeInteger(steps) || steps < blocks)
    throw new LehrError('option', `sample: steps is ${steps}, expected a whole number of at least blocks (${blocks}).`);
  const controller = lift(control);
  const t = Array.from({ length: blocks }, (_, k) => (blocks === 1 ? 1 : k / (blocks - 1)));
  const step = t.map((_, k) => Math.floor((k * steps) / blocks));
  if ((controller.needs?.length ?? 0) > 0) {
    const target = controller.spec === undefined ? undefined : definitionOf(controller.spec.schedule)?.target;
    if (target === undefined) {
      const name = controller.spec === undefined ? 'the control' : textName(controller.spec.schedule);
      throw new LehrError(
        'option',
        `sample: ${name} listens to ${controller.needs!.join(', ')}, so its values exist only in a run, expected a control that does not listen. Maybe plot the trace of a run.`,
      );
    }
    const { signal, course } = target;
    // A published target is read by the steps done.
    if (typeof course === 'function') return { of: { target: signal }, t, step, value: step.map((count) => course(count / steps, count)) };
    const inner = typeof course === 'string' ? fromSpec(controller.spec![course] as Spec) : course;
    return { ...sample(inner, { blocks, steps }), of: { target: signal } };
  }
  const block = new Block();
  const memory = controller.start({
    steps,
    blocks,
    signal(name) {
      throw new LehrError('contract', `sample: signal ${name} is asked for but not among the control's needs, expected it there.`);
    },
  });
  const value = t.map((now, k) => {
    if (k > 0) block.steps = step[k] - step[k - 1];
    return controller.next(memory, momentOf(now, step[k], k === 0 ? null : block));
  });
  return { of: 'value', t, step, value };
}
