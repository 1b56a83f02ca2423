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

/** What of a run is sampled. */
interface SampleOptions {
  readonly blocks?: number;
  readonly steps?: number;
  /** So many of the blocks are told, equally spaced, the first and the last among them (all). */
  readonly rows?: number;
}

/**
 * A control's value at each of `blocks` blocks of a run of `steps` steps, or at some of them, without a run. A control that listens has no values of its own there: for
 * one that steers a signal along a known course (`modifiedLam`) that course is given, any other is an `option` error.
 */
export function sample(control: Control, { blocks = 100, steps = 10_000, rows = blocks }: SampleOptions = {}): Sample {
  if (!Number.isSafeInteger(blocks) || blocks < 1)
    throw new LehrError('option', `sample: blocks is ${blocks}, expected a whole number of at least 1.`);
  if (!Number.isSafeInteger(steps) || steps < blocks)
    throw new LehrError('option', `sample: steps is ${steps}, expected a whole number of at least blocks (${blocks}).`);
  if (!Number.isSafeInteger(rows) || rows < 1 || rows > blocks)
    throw new LehrError('option', `sample: rows is ${rows}, expected a whole number from 1 to blocks (${blocks}).`);
  const controller = lift(control);
  const progress = (k: number): number => (blocks === 1 ? 1 : k / (blocks - 1));
  const startOf = (k: number): number => Math.floor((k * steps) / blocks);
  const told = Array.from({ length: rows }, (_, row) => (rows === 1 ? blocks - 1 : Math.round((row * (blocks - 1)) / (rows - 1))));
  const t = told.map(progress);
  const step = told.map(startOf);
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
    return { ...sample(inner, { blocks, steps, rows }), of: { target: signal } };
  }
  const block = new Block();
  const memory = controller.start({
    steps,
    blocks,
    signal(name) {
      throw new LehrError('contract', `sample: signal ${name} is asked for but not among the control's needs, expected it there.`);
    },
  });
  // Each block in turn, told or not: what is made of phases remembers where it is.
  const value: number[] = [];
  for (let k = 0, from = 0; k < blocks; k++) {
    const at = startOf(k);
    block.steps = at - from;
    from = at;
    const now = controller.next(memory, momentOf(progress(k), at, k === 0 ? null : block));
    if (k === told[value.length]) value.push(now);
  }
  return { of: 'value', t, step, value };
}
