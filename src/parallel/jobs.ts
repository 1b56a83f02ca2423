import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { LehrError, show } from '../error.ts';
import { checkKeys } from '../run/plan.ts';
import type { End, Errand } from './drive.ts';
import type { Executor } from './executor.ts';
import type { Job, JobEvent, JobResult, RunJobsOptions } from './job.ts';
import { jobError } from './job-error.ts';
import { loadable } from './modules.ts';
import { reached, settle, stepsMade, type Settled } from './race.ts';
import { askToStop, lowerBound, sharedWords } from './shared.ts';

const OPTIONS = ['executor', 'workers', 'signal', 'observe', 'target', 'memory'];
const JOB = [
  'params',
  'seed',
  'start',
  'path',
  'budget',
  'block',
  'until',
  'restarts',
  'controls',
  'every',
  'watch',
  'check',
  'resume',
  'replay',
  'checkpointEvery',
];

/**
 * Runs jobs of one recipe module, each in its own stream, and returns how each ended, in their order. Steps and evaluations budgets give the same
 * bits for every executor and number of workers. A job that fails does not stop the others; an observer that throws stops all, and its error is
 * thrown.
 * @param module path or URL of the recipe module (`.js`, `.mjs`, `.ts`, `.mts`).
 * @throws LehrError `option` for wrong options, `input` for a module that is not there or does not compile.
 */
export async function runJobs<P, R = unknown>(
  module: string | URL,
  jobs: readonly Job<P>[],
  options: RunJobsOptions = {},
): Promise<JobResult<R>[]> {
  return [...(await runSettled<P, R>(module, jobs, options)).results];
}

/** As `runJobs`, with the winner of the race and totals over the jobs. */
export async function runSettled<P, R>(module: string | URL, jobs: readonly Job<P>[], options: RunJobsOptions): Promise<Settled<R>> {
  checkOptions(jobs, options);
  const { executor: place = 'threads', workers = availableParallelism(), signal, observe, target, memory } = options;
  const loaded = await loadable(module);
  const shared = sharedWords(jobs.length);
  const stop = (): void => askToStop(shared);
  let thrown: { readonly error: unknown } | null = null;
  const tell = (event: JobEvent): void => {
    if (thrown !== null) return;
    try {
      observe?.(event);
    } catch (error) {
      thrown = { error };
      stop();
    }
  };

  let executor: Executor | null = null;
  let whyLost = (error: unknown): string => String(error);
  try {
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop);
    if (place === 'inline') executor = (await import('./inline.ts')).inline();
    else {
      const { threads, whyLost: why } = await import('./threads.ts');
      executor = threads(Math.max(1, Math.min(workers, jobs.length)), memory);
      whyLost = (error) => why(error, memory);
    }
    const { width, run } = executor;
    const one = async (job: Job<P>, index: number): Promise<End> => {
      const errand: Errand = { module: loaded.url, index, job, target: target ?? null, observed: observe !== undefined, shared };
      let end: End;
      try {
        end = await run(errand, tell);
      } catch (error) {
        const reason = isUncloneable(error)
          ? new LehrError(
              'option',
              `it cannot be sent to where it runs: ${error.message} Maybe params hold a function or a class instance; expected plain data.`,
              { cause: error },
            )
          : new LehrError('worker', whyLost(error), { cause: error });
        end = { status: 'failed', error: jobError(reason, index, job.path).toData(), steps: 0 };
      }
      if (target !== undefined && reached(end)) lowerBound(shared, stepsMade(end));
      return end;
    };
    // No more jobs are begun than can be at work, so that they begin in their order.
    const limit = pLimit(width);
    const ends = await Promise.all(jobs.map((job, index) => limit(one, job, index)));
    if (thrown !== null) throw (thrown as { readonly error: unknown }).error;
    return settle<R>(ends, jobs, target !== undefined);
  } finally {
    signal?.removeEventListener('abort', stop);
    await executor?.close();
    loaded.cleanup();
  }
}

function checkOptions(jobs: readonly Job[], options: RunJobsOptions): void {
  checkKeys('runJobs', options, OPTIONS);
  const { executor = 'threads', workers = 1, target, memory = 1 } = options;
  if (executor !== 'inline' && executor !== 'threads')
    throw new LehrError('option', `executor is ${show(executor)}, expected 'inline' or 'threads'.`);
  if (!Number.isInteger(workers) || workers < 1)
    throw new LehrError('option', `workers is ${show(workers)}, expected a whole number of at least 1.`);
  if (!(typeof memory === 'number' && memory > 0)) throw new LehrError('option', `memory is ${show(memory)}, expected megabytes above 0.`);
  if (target !== undefined && !(typeof target === 'number' && target === target))
    throw new LehrError('option', `target is ${show(target)}, expected a number.`);
  jobs.forEach((job, i) => {
    checkKeys(`jobs[${i}]`, job, JOB);
    const { checkpointEvery = 0, until } = job;
    if (!(typeof checkpointEvery === 'number' && checkpointEvery >= 0)) {
      throw new LehrError('option', `jobs[${i}]: checkpointEvery is ${show(checkpointEvery)}, expected seconds of at least 0.`);
    }
    if (target !== undefined && until?.energy !== undefined) {
      throw new LehrError(
        'option',
        `jobs[${i}]: until.energy is ${show(until.energy)}, but the target of the race is ${target}, expected one of them.`,
      );
    }
  });
}

function isUncloneable(error: unknown): error is Error {
  return error instanceof Error && error.name === 'DataCloneError';
}
