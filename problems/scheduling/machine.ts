import type { SchedulingInstance } from './instance.ts';

/**
 * An instance as the moves read it. The jobs that matter have the kernel's numbers 0 … n − 1; number n stands before the first and behind the last of
 * them, so that no move has a special case at the ends. Without setups the stride is 0: one row of times serves every predecessor.
 */
export interface Machine {
  readonly n: number;
  /** The instance's number of each kernel number, and the jobs left out, which go last in any order. */
  readonly jobs: Int32Array;
  readonly idle: Int32Array;
  /** time[i · stride + j]: setup of j after i, and processing of j. 0 for j = n. */
  readonly time: Int32Array;
  readonly stride: number;
  /** By kernel number. */
  readonly weight: Float64Array;
  readonly due: Float64Array;
}

/**
 * The jobs of weight 0 that can go last at no cost: between no two others, x (or the start) and y, do they save time, s_xk + p_k + s_ky ≥ s_xy
 * (Cicirello 2017). Taking one out of a sequence then makes no other job later, so that some optimum has them all at the end.
 */
export function idleJobs({ n, processing, weights, setups }: SchedulingInstance): Int32Array {
  const idle: number[] = [];
  for (let k = 0; k < n; k++) {
    if (weights[k] !== 0) continue;
    let saves = false;
    for (let x = 0; setups !== undefined && x <= n && !saves; x++) {
      if (x === k) continue;
      const through = setups[x * n + k] + processing[k];
      for (let y = 0; y < n && !saves; y++) saves = y !== k && y !== x && through + setups[k * n + y] < setups[x * n + y];
    }
    if (!saves) idle.push(k);
  }
  return Int32Array.from(idle);
}

/** An instance made ready. */
export function prepare(instance: SchedulingInstance): Machine {
  const { n: all, processing, weights, due, setups } = instance;
  const idle = idleJobs(instance);
  const out = new Set(idle);
  const jobs = Int32Array.from({ length: all }, (_, j) => j).filter((j) => !out.has(j));
  const n = jobs.length;
  const stride = setups === undefined ? 0 : n + 1;
  const time = new Int32Array(setups === undefined ? n + 1 : (n + 1) * (n + 1));
  for (let i = 0; i <= (stride === 0 ? 0 : n); i++) {
    const row = i === n ? all : jobs[i];
    for (let j = 0; j < n; j++) time[i * stride + j] = processing[jobs[j]] + (setups === undefined ? 0 : setups[row * all + jobs[j]]);
  }
  const weight = new Float64Array(n + 1);
  const dueOf = new Float64Array(n + 1);
  for (let j = 0; j < n; j++) {
    weight[j] = weights[jobs[j]];
    dueOf[j] = due[jobs[j]];
  }
  return { n, jobs, idle, time, stride, weight, due: dueOf };
}
