import type { Dynamics } from '../../src/dynamics/dynamics.ts';
import { metropolis } from '../../src/dynamics/metropolis.ts';
import type { Chain, Problem } from '../../src/dynamics/problem.ts';
import type { SchedulingInstance } from './instance.ts';
import { tardiness, type MoveSet } from './problem.ts';
import type { SequenceState } from './sequence.ts';

/** Plain parameters of a run: the instance, the moves, and what to begin from; a sequence has the instance's numbers, from 0. */
export interface TardinessParams {
  readonly instance: SchedulingInstance;
  readonly moves?: MoveSet;
  readonly start?: 'random' | 'rule' | Int32Array;
}

/** What a run returns: all jobs in order, in the instance's numbers, from 0, and the total weighted tardiness. */
export interface TardinessResult {
  readonly sequence: Int32Array;
  readonly energy: number;
}

/** Metropolis annealing of a sequence; the best one visited is kept. */
export default function recipe({ instance, ...options }: TardinessParams): {
  dynamics: Dynamics<Chain<SequenceState>, 'temperature', TardinessResult>;
  problem: Problem<SequenceState>;
} {
  const problem = tardiness(instance, options);
  const inner = metropolis(problem);
  const dynamics: Dynamics<Chain<SequenceState>, 'temperature', TardinessResult> = {
    ...inner,
    result(chain, lane, rng) {
      const { state, energy } = inner.result(chain, lane, rng);
      return { sequence: problem.order(state), energy };
    },
  };
  return { dynamics, problem };
}
