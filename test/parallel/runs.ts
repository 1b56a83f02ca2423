import type { Outcome, Progress } from 'lehr';
import type { Job, JobEvent, JobResult } from 'lehr/parallel';

/** The URL of a fixture module. */
export function fixture(name: string): string {
  return new URL(`./fixtures/${name}`, import.meta.url).href;
}

/** Chains of the ring of spins. */
export function ringJobs(chains: number, job: Partial<Job> = {}): Job[] {
  const controls = { temperature: { schedule: 'exponential', from: 2, to: 0.05 } };
  return Array.from({ length: chains }, (_, i) => ({
    params: { n: 64 },
    seed: 'ring',
    path: ['chain', i],
    budget: { steps: 60_000 + 7 * i },
    controls,
    ...job,
  }));
}

/** Outcomes without wall times, which nothing can repeat. */
export function timeless(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(timeless);
  return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => (key === 'seconds' ? [] : [[key, timeless(item)]])));
}

/** The outcomes of jobs that are all done. */
export function outcomes<R>(results: readonly JobResult<R>[]): Outcome<R>[] {
  return results.map((result) => {
    if (result.status === 'done') return result.outcome;
    throw result.status === 'failed' ? result.error : new Error(`job ${result.job} is lost`);
  });
}

/** The progress reports of each job. */
export function traces(events: readonly JobEvent[], jobs: number): Progress[][] {
  return Array.from({ length: jobs }, (_, job) =>
    events.flatMap((event) => (event.kind === 'progress' && event.job === job ? [event.progress] : [])),
  );
}
