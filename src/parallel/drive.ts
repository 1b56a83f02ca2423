import type { LehrErrorData } from '../error.ts';
import { plainCopy } from '../dynamics/plain.ts';
import type { Checkpoint } from '../run/checkpoint.ts';
import { engine, type Pause } from '../run/engine.ts';
import type { Outcome } from '../run/outcome.ts';
import type { Job, JobEvent } from './job.ts';
import { jobError } from './job-error.ts';
import { planOf } from './job-plan.ts';
import { askedToStop, outrun, type Shared } from './shared.ts';

/** One job as it is handed to an executor: plain data and shared memory. */
export interface Errand {
  /** URL of the recipe module. */
  readonly module: string;
  readonly index: number;
  readonly job: Job;
  /** In a race, the energy at which a chain ends. */
  readonly target: number | null;
  /** Whether anybody hears its events. */
  readonly observed: boolean;
  readonly shared: Shared;
}

/** When a chain made its first and last step, in milliseconds since the epoch, comparable between threads. */
export interface Span {
  readonly began: number;
  readonly ended: number;
}

/** How one job ended, before a race is settled. `steps` of a failed one are those of the blocks it finished. */
export type End =
  | { readonly status: 'done'; readonly outcome: Outcome; readonly score: number; readonly span: Span }
  | { readonly status: 'outrun'; readonly steps: number; readonly evaluations: number; readonly span: Span }
  | { readonly status: 'failed'; readonly error: LehrErrorData; readonly steps: number };

/** Where a job runs: who hears its events, and, where it shares its thread with others, how it lets them work. */
export interface Host {
  tell(event: JobEvent): void;
  turn?(): Promise<void>;
}

/** How long a job computes before it lets the other work of its thread go on, in milliseconds. */
const SLICE = 25;

/** Runs one job to its end in the calling thread: the one loop behind every executor, so that they cannot differ. Never rejects. */
export async function drive(errand: Errand, host: Host): Promise<End> {
  const { module, job, index, target, shared } = errand;
  let pause: Pause | null = null;
  try {
    const { plan, score } = await planOf(module, job, target ?? undefined);
    const run = engine(plan);
    const events = new Events(errand, host);
    let began = job.resume === undefined ? NaN : now();
    let ended = NaN;
    let turned = now();
    let step = run.next();
    while (step.done !== true) {
      pause = step.value;
      if (began !== began) began = now();
      const stopped = pause.report?.stopped ?? null;
      if (stopped !== null) ended = now();
      else if (target !== null) {
        const { steps, evaluations } = pause.progress();
        if (outrun(shared, steps)) return { status: 'outrun', steps, evaluations, span: { began, ended: now() } };
      }
      events.hear(pause, stopped !== null);
      if (host.turn !== undefined && now() - turned >= SLICE) {
        await host.turn();
        turned = now();
      }
      step = run.next(askedToStop(shared) ? 'interrupt' : undefined);
    }
    return { status: 'done', outcome: plainCopy(step.value, 'outcome'), score: score(step.value), span: { began, ended } };
  } catch (error) {
    return { status: 'failed', error: jobError(error, index, job.path).toData(), steps: pause?.progress().steps ?? stepsOf(job.resume) };
  }
}

/** Steps behind a checkpoint. */
export function stepsOf(checkpoint: Checkpoint | undefined): number {
  if (checkpoint === undefined) return 0;
  return checkpoint.totals.steps + (checkpoint.over ? 0 : checkpoint.clock.steps);
}

/** What an observer hears of a run: every report, and checkpoints at the first pause, each time the interval has passed, and at the end. */
class Events {
  private readonly host: Host;
  private readonly index: number;
  private readonly observed: boolean;
  /** Milliseconds between two checkpoints; Infinity for none. */
  private readonly interval: number;
  private saved = -Infinity;

  constructor({ index, observed, job }: Errand, host: Host) {
    this.host = host;
    this.index = index;
    this.observed = observed;
    this.interval = (job.checkpointEvery ?? Infinity) * 1000;
  }

  hear(pause: Pause, last: boolean): void {
    if (!this.observed) return;
    if (pause.report !== null) this.host.tell({ kind: 'progress', job: this.index, progress: pause.report });
    if (this.interval === Infinity) return;
    const time = now();
    if (!last && time - this.saved < this.interval) return;
    this.saved = time;
    this.host.tell({ kind: 'checkpoint', job: this.index, checkpoint: pause.checkpoint() });
  }
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
