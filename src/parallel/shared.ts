/** Words that all chains of one `runJobs` call share, whatever thread they run in. */
export interface Shared {
  /** [0]: 1 asks every chain to end at its next pause. */
  readonly stop: Int32Array;
  /** [0]: in a race, the fewest steps in which a chain has reached the target so far. Written by the main thread alone. */
  readonly bound: BigInt64Array;
  /** By job: events sent and not yet heard. */
  readonly unheard: Int32Array;
}

/** Words in shared memory, all quiet. */
export function sharedWords(jobs: number): Shared {
  const shared = {
    stop: new Int32Array(new SharedArrayBuffer(4)),
    bound: new BigInt64Array(new SharedArrayBuffer(8)),
    unheard: new Int32Array(new SharedArrayBuffer(4 * jobs)),
  };
  shared.bound[0] = BigInt(Number.MAX_SAFE_INTEGER);
  return shared;
}

/** Asks every chain to end. */
export function askToStop({ stop }: Shared): void {
  Atomics.store(stop, 0, 1);
}

/** Whether every chain is asked to end. */
export function askedToStop({ stop }: Shared): boolean {
  return Atomics.load(stop, 0) === 1;
}

/** Notes that a chain has reached the target in so many of its own steps. */
export function lowerBound({ bound }: Shared, steps: number): void {
  if (BigInt(steps) < Atomics.load(bound, 0)) Atomics.store(bound, 0, BigInt(steps));
}

/**
 * Whether a chain that is at so many steps can no longer win. At the bound itself it may just have reached the target, and a tie goes to the lowest
 * index.
 */
export function outrun({ bound }: Shared, steps: number): boolean {
  return steps > Number(Atomics.load(bound, 0));
}

/** How many events of a job may be on their way: enough that a busy observer costs nothing, few enough that they need no memory. */
const MOST = 16;

/** Counts an event as sent and, while too many of the job's are on their way, waits for the main thread to hear some. Blocks its thread. */
export function countSent({ unheard }: Shared, job: number): void {
  Atomics.add(unheard, job, 1);
  let waiting = Atomics.load(unheard, job);
  while (waiting >= MOST) {
    Atomics.wait(unheard, job, waiting);
    waiting = Atomics.load(unheard, job);
  }
}

/** Counts an event as heard. */
export function countHeard({ unheard }: Shared, job: number): void {
  Atomics.sub(unheard, job, 1);
  Atomics.notify(unheard, job);
}
