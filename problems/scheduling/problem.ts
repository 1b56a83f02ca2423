import { maybe } from '../../src/closest.ts';
import type { Advice, Problem } from '../../src/dynamics/problem.ts';
import { LehrError, show } from '../../src/error.ts';
import type { Rng } from '../../src/random/rng.ts';
import { checkExact, type SchedulingInstance } from './instance.ts';
import { makeSweep } from './kernel.ts';
import { prepare, type Machine } from './machine.ts';
import { harmonicLengths, noteInsertion, noteMove, type Moves } from './moves.ts';
import { checkSequence } from './sequence-file.ts';
import { applyMove, copyState, newState, type SequenceState } from './sequence.ts';
import { ruleOrder } from './start.ts';

/** Which moves are proposed: insertions at a uniform place only (Cicirello 2017), or these, swaps and exchanges of stretches, near ones most. */
export type MoveSet = 'insertion' | 'all';

/** `start`: a random sequence, one by dispatching rule, or a given one in the instance's numbers from 0. */
export interface TardinessOptions {
  readonly moves?: MoveSet;
  readonly start?: 'random' | 'rule' | ArrayLike<number>;
}

/** A weighted tardiness problem; `order` translates a state to a sequence of all jobs in the instance's numbers. */
export interface TardinessProblem extends Problem<SequenceState> {
  readonly size: number;
  order(state: SequenceState): Int32Array;
}

/** Shares of 256 proposals, from measurements: with setups whole stretches must keep together, without them single jobs count. */
const SHARES = { swaps: 102, insertions: 128 };

/**
 * From measurements at 20 to 100 million proposals: starting a quarter or four times as hot is worse, and so is a single cooling, which without setups ends again and
 * again in the same wrong choice of the jobs that come late.
 */
const ADVICE: Advice = { from: 0.04, to: 0.06, cycle: 30_000 };

/**
 * Total weighted tardiness of jobs on one machine, with or without sequence-dependent setups. Jobs of weight 0 that can go last do (see `idleJobs`).
 * All moves exchange two stretches of jobs, around one that may lie between. A proposal costs O(1) where the sums kept by place already
 * show that it is not accepted, otherwise O(n) at worst.
 * @throws LehrError `option` for an unknown option; `input` for a start that is no sequence, or numbers too large to add up exactly.
 */
export function tardiness(instance: SchedulingInstance, options: TardinessOptions = {}): TardinessProblem {
  const { moves: set = 'all', start = 'rule', ...unknown } = options;
  for (const name of Object.keys(unknown)) {
    throw new LehrError('option', `tardiness: unknown option ${show(name)}, expected moves or start.${maybe(name, ['moves', 'start'])}`);
  }
  if (set !== 'all' && set !== 'insertion')
    throw new LehrError('option', `tardiness: moves is ${show(set)}, expected 'insertion' or 'all'.`);
  if (typeof start === 'string' && start !== 'random' && start !== 'rule')
    throw new LehrError('option', `tardiness: start is ${show(start)}, expected 'random', 'rule' or a sequence of jobs.`);
  checkExact(instance, () => instance.name);
  if (typeof start !== 'string') checkSequence(start, instance.n);
  const machine = prepare(instance);
  const { n, jobs, idle } = machine;
  const moves: Moves = {
    machine,
    insertion: set === 'insertion',
    ...SHARES,
    lengths: harmonicLengths(n),
  };
  const begun = start === 'random' ? null : start === 'rule' ? ruleOrder(machine) : renumber(machine, instance.n, start);
  const scratch = new Int32Array(n);
  return {
    name: instance.setups === undefined ? 'wt' : 'wtsds',
    size: n,
    integer: true,
    advice: ADVICE,
    fingerprint: `${instance.name} ${instance.n} moves ${set}`,
    init: (rng) => newState(machine, begun ?? shuffled(n, rng)),
    energy: ({ sequence }) => energyOf(machine, sequence),
    propose: (state, rng) => propose(moves, state, rng),
    accept: (state) => applyMove(machine, state, scratch),
    reject() {},
    copy: copyState,
    sweep: makeSweep(moves),
    order({ sequence }) {
      const order = new Int32Array(instance.n);
      for (let k = 0; k < n; k++) order[k] = jobs[sequence[k + 1]];
      order.set(idle, n);
      return order;
    },
  };
}

/** The kernel's numbers in order; jobs left out are passed over. */
function renumber({ jobs }: Machine, n: number, sequence: ArrayLike<number>): Int32Array {
  const inverse = new Int32Array(n).fill(-1);
  jobs.forEach((job, k) => (inverse[job] = k));
  return Int32Array.from(sequence, (job) => inverse[job]).filter((k) => k >= 0);
}

function shuffled(n: number, rng: Rng): Int32Array {
  const order = Int32Array.from({ length: n }, (_, k) => k);
  for (let k = n - 1; k > 0; k--) {
    const j = rng.below(k + 1);
    const job = order[k];
    order[k] = order[j];
    order[j] = job;
  }
  return order;
}

function energyOf({ n, time, stride, weight, due }: Machine, sequence: Int32Array): number {
  let clock = 0;
  let total = 0;
  for (let k = 1; k <= n; k++) {
    clock += time[sequence[k - 1] * stride + sequence[k]];
    const late = clock - due[sequence[k]];
    if (late > 0) total += weight[sequence[k]] * late;
  }
  return total;
}

/** The moves in plain form, the oracle of the kernel: the clock runs through the jobs in their new order, and on until it shows the old times. */
function propose(moves: Moves, state: SequenceState, rng: Rng): number {
  const { machine } = moves;
  const { n, time, stride, weight, due } = machine;
  state.first = 0;
  if (n < 2) return Infinity;
  if (moves.insertion) noteInsertion(state, rng.below(n), rng.below(n - 1));
  else if (!noteMove(moves, state, rng.uint32(), rng.uint32())) return Infinity;
  const { sequence, completion, tardiness, first, middle, second, last } = state;
  let job = sequence[first - 1];
  let clock = completion[first - 1];
  let total = 0;
  const run = (from: number, to: number): void => {
    for (let k = from; k <= to; k++) {
      clock += time[job * stride + sequence[k]];
      job = sequence[k];
      total += weight[job] * Math.max(0, clock - due[job]);
    }
  };
  run(second, last);
  run(middle, second - 1);
  run(first, middle - 1);
  let end = last;
  while (end < n && clock + time[job * stride + sequence[end + 1]] !== completion[end + 1]) {
    end++;
    run(end, end);
  }
  return total - (tardiness[end] - tardiness[first - 1]);
}
