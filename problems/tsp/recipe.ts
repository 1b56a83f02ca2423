import type { Dynamics } from '../../src/dynamics/dynamics.ts';
import { metropolis } from '../../src/dynamics/metropolis.ts';
import type { Chain, Problem } from '../../src/dynamics/problem.ts';
import type { TspInstance } from './instance.ts';
import { tsp, type TspOptions } from './problem.ts';
import type { TspState } from './tour.ts';

/** Plain parameters of a travelling-salesman run: the instance, a tour to begin from, and what `prepareTsp` has computed beforehand. */
export interface TspParams extends TspOptions {
  readonly instance: TspInstance;
}

/** What a run returns: the tour in the instance's numbers, from 0, and its length. */
export interface TspResult {
  readonly tour: Int32Array;
  readonly energy: number;
}

/**
 * Metropolis annealing of a tour. The incumbent is the best at block ends (`keep: 'swept'`): at the cold end it is as good as the best of all
 * steps, and large tours are not copied at each of thousands of records.
 */
export default function recipe({ instance, ...options }: TspParams): {
  dynamics: Dynamics<Chain<TspState>, 'temperature', TspResult>;
  problem: Problem<TspState>;
} {
  const problem = tsp(instance, options);
  const inner = metropolis(problem, { keep: 'swept' });
  const dynamics: Dynamics<Chain<TspState>, 'temperature', TspResult> = {
    ...inner,
    result(chain, lane, rng) {
      const { state, energy } = inner.result(chain, lane, rng);
      return { tour: problem.cities(state), energy };
    },
  };
  return { dynamics, problem };
}
