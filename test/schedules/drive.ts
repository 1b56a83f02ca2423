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

/** What the pretended dynamics tells, beside the fields of every block. */
export const SIGNALS: readonly string[] = ['noise', 'gap', 'meanChange', 'uphill', 'level', 'downhill', 'meanEnergy', 'energyVariance'];

/** The values a control gives over a course; `between` may change the memory between two blocks. */
export function drive(control: Control, course: Course, between: (memory: any, k: number) => any = (memory) => memory): number[] {
  const controller = lift(control);
  let memory = controller.start({ ...course.run, signal: (name) => SIGNALS.indexOf(name) });
  const block = new Block(SIGNALS.length);
  const now = { t: 0, step: 0, block: null as Block | null, controls: {} };
  return course.moments.map(([t, step], k) => {
    block.steps = k === 0 ? 0 : step - course.moments[k - 1][1];
    block.proposed = block.steps;
    block.accepted = Math.floor(block.steps / 2);
    block.energy = 100 / (1 + (k % 7));
    block.best = 100 / (1 + Math.min(k, 6));
    block.signals.forEach((_, i) => (block.signals[i] = Math.floor(block.steps / (i + 1))));
    block.fresh.fill(k % 3 === 0 ? 1 : 0);
    Object.assign(now, { t, step, block: k === 0 ? null : block });
    memory = between(memory, k);
    return controller.next(memory, now satisfies Moment);
  });
}
