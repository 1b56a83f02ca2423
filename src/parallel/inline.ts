import { drive } from './drive.ts';
import type { Executor } from './executor.ts';

/** Jobs one after the other in the calling thread, which lets its event loop turn every few milliseconds. What a thread would copy is copied. */
export function inline(): Executor {
  return {
    width: 1,
    run: async (errand, tell) =>
      drive({ ...errand, job: structuredClone(errand.job) }, { tell, turn: () => new Promise((resolve) => setImmediate(resolve)) }),
    async close() {},
  };
}
