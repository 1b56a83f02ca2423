import { availableParallelism } from 'node:os';
import { MessageChannel } from 'node:worker_threads';
import pLimit from 'p-limit';
import { Piscina } from 'piscina';
import { LehrError, show, type LehrErrorData } from '../error.ts';
import { drive, sharedWords, type Driven, type Shared } from './drive.ts';
import type { Job, JobEvent, JobResult, RunJobsOptions } from './job.ts';
import type { Task } from './worker.ts';

/**
 * Runs jobs of one recipe module, each in its own stream, and returns how each ended, in order. The results are the same bits for every
 * executor and number of workers; a job that fails does not stop the others.
 * @param module URL of the recipe module.
 */
export async function runJobs<P, R = unknown>(module: string | URL, jobs: readonly Job<P>[], options: RunJobsOptions = {}): Promise<JobResult<R>[]> {
  const { executor = 'threads', workers = availableParallelism(), signal, observe, target } = options;
  if (!Number.isInteger(workers) || workers < 1) throw new LehrError('option', `workers is ${show(workers)}, expected a whole number of at least 1.`);
  if (executor !== 'inline' && executor !== 'threads') throw new LehrError('option', `executor is ${show(executor)}, expected 'inline' or 'threads'.`);
  const shared = sharedWords();
  const abort = (): void => void Atomics.store(shared.flags, 0, 1);
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort, { once: true });
  // An observer that throws ends the run, and its error is the caller's.
  let thrown: { error: unknown } | null = null;
  const tell = (event: JobEvent): void => {
    if (thrown !== null) return;
    try {
      observe?.(event);
    } catch (error) {
      thrown = { error };
      abort();
    }
  };
  const run = executor === 'inline' ? inline(String(module), target, shared, tell) : threads(String(module), target, shared, tell, Math.min(workers, jobs.length));
  try {
    const limit = pLimit(executor === 'inline' ? 1 : workers);
    const ends = await Promise.all(jobs.map((job, index) => limit(() => run.job(job, index))));
    if (thrown !== null) throw (thrown as { error: unknown }).error;
    return settle(ends as (Driven | LehrError)[], jobs, target !== undefined) as JobResult<R>[];
  } finally {
    signal?.removeEventListener('abort', abort);
    await run.close();
  }
}

interface Executor {
  job(job: Job, index: number): Promise<Driven | LehrError>;
  close(): Promise<void>;
}

function inline(module: string, target: number | undefined, shared: Shared, tell: (event: JobEvent) => void): Executor {
  return {
    async job(job, index) {
      try {
        return await drive(await import(module), job, index, target, shared, tell);
      } catch (error) {
        return LehrError.from(error, 'worker');
      }
    },
    async close() {},
  };
}

/** A pool for one call: its workers see one recipe module, so that their compiled code is specialised to it. */
function threads(module: string, target: number | undefined, shared: Shared, tell: (event: JobEvent) => void, workers: number): Executor {
  const pool = new Piscina<Task, Driven | LehrErrorData>({
    filename: new URL('./worker.js', import.meta.url).href,
    minThreads: Math.max(1, workers),
    maxThreads: Math.max(1, workers),
    idleTimeout: 10_000,
    recordTiming: false,
  });
  return {
    async job(job, index) {
      const { port1, port2 } = new MessageChannel();
      const closed = new Promise<void>((resolve) => port1.once('close', resolve));
      port1.on('message', tell);
      try {
        const end = await pool.run({ module, job, index, target, shared, port: port2 }, { transferList: [port2] });
        // The worker closes its end after its last message.
        await closed;
        return 'lehr' in end ? LehrError.from(end, 'worker') : end;
      } catch (error) {
        return new LehrError('worker', lost(error), { cause: error });
      } finally {
        port1.close();
      }
    },
    close: () => pool.destroy(),
  };
}

/** Why a worker went away without an answer. */
function lost(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return 'its worker ran out of memory. Maybe fewer workers, or a larger --max-old-space-size.';
  return `its worker ended: ${message ?? String(error)}`;
}

function settle(ends: readonly (Driven | LehrError)[], jobs: readonly Job[], race: boolean): JobResult[] {
  let winner = -1;
  if (race) {
    ends.forEach((end, index) => {
      if (end instanceof LehrError || end.outcome.stopped !== 'target') return;
      if (winner < 0 || end.outcome.steps < (ends[winner] as Driven).outcome.steps) winner = index;
    });
  }
  return ends.map((end, job): JobResult => {
    if (end instanceof LehrError) {
      const path = jobs[job].path?.join('/');
      const named = new LehrError(end.code, `job ${job}${path === undefined ? '' : ` (${path})`}: ${end.message}`, { cause: end });
      return { status: 'failed', job, error: named };
    }
    return winner >= 0 && winner !== job ? { status: 'lost', job } : { status: 'done', job, outcome: end.outcome };
  });
}
