import type { End, Errand } from './drive.ts';
import type { JobEvent } from './job.ts';

/** Where jobs run. */
export interface Executor {
  /** Jobs at work at one time. */
  readonly width: number;
  /** Runs a job; all its events are told before it resolves. Rejects if the job could not be sent or its worker went away. */
  run(errand: Errand, tell: (event: JobEvent) => void): Promise<End>;
  close(): Promise<void>;
}
