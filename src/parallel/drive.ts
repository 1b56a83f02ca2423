import { LehrError, show } from '../error.ts';
import { engine, type Answer } from '../run/engine.ts';
import type { Outcome } from '../run/outcome.ts';
import type { Plan } from '../run/plan.ts';
import { fromSpec } from '../schedules/spec.ts';
import type { Control, Spec } from '../schedules/schedule.ts';
import type { Job, JobEvent } from './job.ts';
import { preparedFrom } from './prepare.ts';

/** What a running chain can look at between blocks: words shared by all chains of one `runJobs` call. */
export interface Shared {
  /** [0]: 1 asks every chain to end. */
  readonly flags: Int32Array;
  /** [0]: fewest steps in which any chain reached the target; [1]: its index. */
  readonly race: Float64Array;
}

/** How a driven job ended, before a race is decided. */
export interface Driven {
  readonly outcome: Outcome;
  /** Ended because another chain had already won. */
  readonly beaten: boolean;
}

/**
 * Runs one job to its end where it is called: the one loop behind every executor. Between slices it tells `tell` what happened and looks at the
 * shared words.
 */
export async function drive(module: unknown, job: Job, index: number, target: number | undefined, shared: Shared, tell: (event: JobEvent) => void): Promise<Driven> {
  const prepared = await preparedFrom(module, job.params);
  const controls: Record<string, Control> = { ...(prepared.controls as Record<string, Control> | undefined) };
  for (const [name, control] of Object.entries(job.controls ?? {})) controls[name] = await controlFrom(control);
  const { seed, path, budget, block, every, check, resume, replay, checkpointEvery } = job;
  const until = target === undefined ? job.until : { ...job.until, energy: target };
  const plan = {
    dynamics: prepared.dynamics,
    controls,
    seed,
    budget,
    ...defined({ path, block, every, check, resume, replay, until, measures: prepared.measures }),
  } as Plan<any, any>;

  const run = engine(plan);
  let step = run.next();
  let saved = -Infinity;
  let beaten = false;
  while (step.done !== true) {
    const pause = step.value;
    if (pause.report !== null) tell({ kind: 'progress', job: index, progress: pause.report });
    if (checkpointEvery !== undefined) {
      const now = performance.now() / 1000;
      if (now - saved >= checkpointEvery || (pause.report !== null && pause.report.stopped !== null)) {
        tell({ kind: 'checkpoint', job: index, checkpoint: pause.checkpoint() });
        saved = now;
      }
    }
    let answer: Answer;
    if (Atomics.load(shared.flags, 0) === 1) answer = 'interrupt';
    else if (target !== undefined && lostAlready(shared.race, pause.progress().steps, index)) {
      answer = 'interrupt';
      beaten = true;
    }
    step = run.next(answer);
  }
  const outcome = step.value;
  if (target !== undefined && outcome.stopped === 'target') claim(shared, outcome.steps, index);
  return { outcome, beaten: beaten && outcome.stopped === 'interrupted' };
}

/** Whether a chain that is at `steps` without the target can no longer be the one that needed fewest. */
function lostAlready(race: Float64Array, steps: number, index: number): boolean {
  return steps > race[0] || (steps === race[0] && index > race[1]);
}

/** Claims the race for a chain, unless another needed fewer steps. A spin lock guards the two words. */
function claim({ flags, race }: Shared, steps: number, index: number): void {
  while (Atomics.compareExchange(flags, 1, 0, 1) !== 0);
  if (steps < race[0] || (steps === race[0] && index < race[1])) {
    race[0] = steps;
    race[1] = index;
  }
  Atomics.store(flags, 1, 0);
}

/** Shared words, all quiet. */
export function sharedWords(): Shared {
  const flags = new Int32Array(new SharedArrayBuffer(8));
  const race = new Float64Array(new SharedArrayBuffer(16)).fill(Infinity);
  return { flags, race };
}

async function controlFrom(control: number | Spec | { readonly from: string; readonly name: string }): Promise<Control> {
  if (typeof control !== 'object' || !('from' in control && typeof control.from === 'string' && !('schedule' in control))) return fromSpec(control as Spec);
  const { from, name } = control as { from: string; name: string };
  const exported = ((await import(from)) as Record<string, unknown>)[name];
  if (exported === undefined) throw new LehrError('option', `${from} exports no ${show(name)}, expected a schedule or controller of that name.`);
  return exported as Control;
}

/** The entries that are not undefined. */
function defined(entries: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}
