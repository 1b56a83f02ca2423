import { lift } from './lift.ts';
import { lamTarget } from './lam.ts';
import type { Control } from './schedule.ts';

/** A control's values over a run, for plots and tables. */
export interface Sampled {
  readonly t: readonly number[];
  readonly step: readonly number[];
  readonly value: readonly number[];
  /** What is shown when the control itself cannot be known without a run. */
  readonly note: string | null;
}

/**
 * The values of a control over a pretended run of `steps` steps in `blocks` blocks. What listens to the acceptance rate has no values without a
 * run: its target acceptance is sampled instead, and `note` says so.
 */
export function sample(control: Control, { steps = 1000, blocks = 100 }: { readonly steps?: number; readonly blocks?: number } = {}): Sampled {
  const controller = lift(control);
  const listens = (controller.needs ?? []).length > 0;
  const t = Array.from({ length: blocks }, (_, k) => (blocks === 1 ? 1 : k / (blocks - 1)));
  const step = t.map((_, k) => Math.floor((k * steps) / blocks));
  if (listens) return { t, step, value: t.map(lamTarget), note: 'it listens to the run: shown is the acceptance rate it aims at' };
  const memory = controller.start({ steps, blocks, signal: () => -1 });
  return { t, step, value: t.map((now, k) => controller.next(memory, { t: now, step: step[k], block: null, controls: {} })), note: null };
}
