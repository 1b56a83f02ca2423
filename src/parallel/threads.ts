import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { End } from './drive.ts';
import type { Executor } from './executor.ts';
import type { JobEvent } from './job.ts';
import { countHeard } from './shared.ts';

/** Options of Node that name a program in place of a file: workers must not inherit them. */
const PROGRAM = /^(-e|--eval|-p|--print|-pe|--input-type(=.*)?)$/;

/** A pool of worker threads for one call of `runJobs`: its workers see one recipe module, so that their compiled code is specialised to it. */
export function threads(workers: number, memory: number | undefined): Executor {
  const pool = new Piscina({
    filename: new URL('./worker.js', import.meta.url).href,
    minThreads: workers,
    maxThreads: workers,
    recordTiming: false,
    ...(memory === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: memory } }),
    ...(process.execArgv.some((option) => PROGRAM.test(option)) ? { execArgv: [] } : {}),
  });
  // A module may leave something behind that fails after its job has ended; no result is wrong, but somebody should know.
  pool.on('error', (error: unknown) =>
    process.emitWarning(`A worker failed between jobs: ${error instanceof Error ? error.message : String(error)}`),
  );
  return {
    width: workers,
    async run(errand, tell) {
      const { port1, port2 } = new MessageChannel();
      const hear = (event: JobEvent): void => {
        try {
          tell(event);
        } finally {
          countHeard(errand.shared, errand.index);
        }
      };
      port1.on('message', hear);
      try {
        return (await pool.run({ errand, port: port2 }, { transferList: [port2] })) as End;
      } finally {
        // What the worker sent before it answered has arrived; hear it before its end.
        for (let left = receiveMessageOnPort(port1); left !== undefined; left = receiveMessageOnPort(port1)) hear(left.message as JobEvent);
        port1.close();
      }
    },
    close: () => pool.destroy(),
  };
}

/** Why a worker went away without an answer. */
export function whyLost(error: unknown, memory: number | undefined): string {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return `its worker ran out of memory${memory === undefined ? '' : ` (limit ${memory} MB)`}. Maybe run fewer workers at once, or allow more memory.`;
  }
  const exit = /^worker exited with code: (\d+)$/.exec(message ?? '');
  if (exit !== null)
    return `its worker ended with exit code ${exit[1]}, expected it to finish the job. Maybe the module calls process.exit.`;
  return `its worker failed: ${message ?? String(error)}`;
}
