import { LehrError, show } from '../error.ts';
import { maybe } from '../closest.ts';
import type { Outcome } from '../run/outcome.ts';
import type { Plan } from '../run/plan.ts';
import type { Control, Spec } from '../schedules/schedule.ts';
import type { Job } from './job.ts';
import { describe } from './job-error.ts';
import { preparedFrom } from './prepare.ts';
import { fromSpec, isModuleSpec, type ModuleSpec } from '../schedules/index.ts';

/** A job ready to run: its plan, and what the recipe finds its outcome worth (its energy, where it does not say). */
export interface Planned {
  readonly plan: Plan<any, any>;
  score(outcome: Outcome): number;
}

/**
 * Builds what a job describes, in the thread that will run it: the module's dynamics and measures, and the job's controls over the recipe's.
 * @param module URL of the recipe module. @param target under a race, the energy at which the chain ends.
 */
export async function planOf(module: string, job: Job, target: number | undefined): Promise<Planned> {
  const { dynamics, controls, measures, score } = await preparedFrom(await load(module), job.params, job.start);
  const { seed, path, budget, block, restarts, every, watch, check, resume, replay } = job;
  const until = target === undefined ? job.until : { ...job.until, energy: target };
  const optional = Object.entries({ path, block, restarts, every, watch, check, resume, replay, until, measures }).filter(
    ([, value]) => value !== undefined,
  );
  const plan = {
    dynamics,
    seed,
    budget,
    controls: { ...(controls as Record<string, Control> | undefined), ...(await controlsOf(job)) },
    ...Object.fromEntries(optional),
  };
  return {
    plan,
    score(outcome) {
      if (score === undefined) return outcome.energy;
      const value: unknown = score(outcome);
      if (typeof value === 'number' && Number.isFinite(value)) return value;
      throw new LehrError('contract', `the recipe's score is ${show(value)}, expected a finite number. Maybe the run diverged.`);
    },
  };
}

async function controlsOf({ controls = {} }: Job): Promise<Record<string, Control>> {
  const modules = new Map<string, Record<string, unknown>>();
  for (const { from } of moduleSpecs(controls)) if (!modules.has(from)) modules.set(from, await load(from));
  const resolve = ({ from, name }: ModuleSpec): Control => {
    const exports = modules.get(from)!;
    if (exports[name] !== undefined) return exports[name] as Control;
    throw new LehrError(
      'option',
      `controls: ${from} exports no ${show(name)}, expected a schedule or controller of that name.${maybe(name, Object.keys(exports))}`,
    );
  };
  return Object.fromEntries(Object.entries(controls).map(([name, spec]) => [name, fromSpec(spec as Spec | ModuleSpec | number, resolve)]));
}

/** The module's exports that plain data names, at any depth. */
function moduleSpecs(data: unknown): ModuleSpec[] {
  if (typeof data !== 'object' || data === null) return [];
  return isModuleSpec(data) ? [data] : Object.values(data).flatMap(moduleSpecs);
}

async function load(url: string): Promise<Record<string, unknown>> {
  try {
    return (await import(url)) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof LehrError) throw error;
    throw new LehrError('input', `the module ${url} cannot be loaded: ${describe(error)}.`, { cause: error });
  }
}
