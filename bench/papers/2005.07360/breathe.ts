import type { Context } from '../../../src/experiment/paper.ts';

/** How often an experiment in this thread looks up, in milliseconds. */
const EVERY = 50;
let last = 0;

/** Now and then lets Ctrl-C be heard and tells how far an experiment is. @throws if it is to end. */
export async function breathe(context: Context, experiment: string, done: number, all: number): Promise<void> {
  context.signal.throwIfAborted();
  if (performance.now() - last < EVERY) return;
  last = performance.now();
  context.progress(experiment, done / all);
  await new Promise((resume) => setTimeout(resume, 0));
}
