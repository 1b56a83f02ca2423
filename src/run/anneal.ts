import { engine, type Pause } from './engine.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Outcome, Progress } from './outcome.ts';
import type { Plan } from './plan.ts';

/** Hears of a run: before its first block, whenever `every` has passed, and at its end. `run.checkpoint()` saves it as it is then. */
export type Observe = (progress: Progress, run: { checkpoint(): Checkpoint }) => void;

/**
 * Runs a plan to its end and returns the outcome. Observers change nothing. Throws a `LehrError` on a plan, problem or schedule that breaks
 * its contract.
 * @example anneal({ dynamics: metropolis(problem), controls: { temperature: exponential(10, 0.1) }, budget: { steps: 1e7 }, seed: 1 })
 */
export function anneal<S, C extends string, R>(plan: Plan<S, C, R>, observe?: Observe): Outcome<R> {
  const run = engine(plan);
  let step = run.next();
  while (step.done !== true) {
    hear(step.value, observe);
    step = run.next();
  }
  return step.value;
}

/** How long `annealAsync` computes before it lets the event loop turn, in milliseconds. */
const SLICE = 25;

/**
 * As `anneal`, but lets the event loop turn every few milliseconds. Aborting the signal ends the run at the next block: the promise
 * resolves with the best so far and `stopped: 'interrupted'`.
 */
export async function annealAsync<S, C extends string, R>(
  plan: Plan<S, C, R>,
  { signal, observe }: { readonly signal?: AbortSignal; readonly observe?: Observe } = {},
): Promise<Outcome<R>> {
  const run = engine(plan);
  let turned = performance.now();
  let step = run.next();
  while (step.done !== true) {
    hear(step.value, observe);
    if (performance.now() - turned >= SLICE) {
      await turn();
      turned = performance.now();
    }
    step = run.next(signal?.aborted === true ? 'interrupt' : undefined);
  }
  return step.value;
}

function hear(pause: Pause, observe: Observe | undefined): void {
  if (pause.report !== null) observe?.(pause.report, pause);
}

const later: (callback: () => void) => unknown =
  (globalThis as { setImmediate?: (callback: () => void) => unknown }).setImmediate ?? ((callback) => setTimeout(callback, 0));

/** One turn of the event loop. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    later(resolve);
  });
}
