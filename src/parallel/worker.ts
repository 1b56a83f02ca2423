import type { MessagePort } from 'node:worker_threads';
import { LehrError, type LehrErrorData } from '../error.ts';
import { drive, type Driven, type Shared } from './drive.ts';
import type { Job } from './job.ts';

/** What a worker is handed. */
export interface Task {
  readonly module: string;
  readonly job: Job;
  readonly index: number;
  readonly target: number | undefined;
  readonly shared: Shared;
  readonly port: MessagePort;
}

/** The worker's end: one job, its events through the port; errors come back as plain data. */
export default async function work({ module, job, index, target, shared, port }: Task): Promise<Driven | LehrErrorData> {
  try {
    return await drive(await import(module), job, index, target, shared, (event) => port.postMessage(event));
  } catch (error) {
    return LehrError.from(error, 'worker').toData();
  } finally {
    port.close();
  }
}
