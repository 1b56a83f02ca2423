import { lift, type Control, type Moment, type Run } from 'lehr/schedules';
import { Block } from '#src/dynamics/block';

/** What a run is known to be beforehand, and the moments before its blocks. */
export interface Course {
  readonly run: Pick<Run, 'steps' | 'blocks'>;
  readonly moments: readonly (readonly [t: number, step: number])[];
}

/** A run of known steps: block k of K at t = k / (K − 1), a single one at 1. */
export function inSteps(steps: number, block: number): Course {
  const blocks = Math.ceil(steps / block);
  return {
    run: { steps, blocks },
    moments: Array.from({ length: blocks }, (_, k) => [blocks === 1 ? 1 : k / (blocks - 1), k * block] as const),
  };
}

/** K blocks of ten steps. */
export function inBlocks(blocks: number): Course {
  return inSteps(blocks * 10, 10);
}

/** A run under a clock: t as read, steps as they were made. */
export function inSeconds(moments: Course['moments']): Course {
  return { run: { steps: null, blocks: null }, moments };
}

/** The values a control gives over a course; `between` may change the memory between two blocks. */
export function drive(control: Control, course: Course, between: (memory: any, k: number) => any = (memory) => memory): number[] {
  const controller = lift(control);
  let memory = controller.start({ ...course.run, signal: (name) => ['noise', 'gap'].indexOf(name) });
  const block = new Block();
  const now = { t: 0, step: 0, block: null as Block | null, controls: {} };
  return course.moments.map(([t, step], k) => {
    block.steps = k === 0 ? 0 : step - course.moments[k - 1][1];
    block.proposed = block.steps;
    block.accepted = Math.floor(block.steps / 2);
    Object.assign(now, { t, step, block: k === 0 ? null : block });
    memory = between(memory, k);
    return controller.next(memory, now satisfies Moment);
  });
}
