import { LehrError } from '../../error.ts';
import { fixedLength, luby, variableLength, type LengthsSpec, type Steps } from '../../run/lengths.ts';
import type { Strategy } from './strategies.ts';

/**
 * The first run of `val` and `p-val`, and Luby's unit, where the user gives none: the paper's 1,000 proposals are 17 for each of its 60 jobs, and much too few
 * for a thousand cities. A hundred for each variable is ours.
 */
const FIRST: Steps = { perVariable: 100 };
/** For problems that do not say how many variables they have. */
const FIRST_STEPS = 1000;

/** The lengths of the runs in each chain; null if a chain is one run. @param size the problem's number of variables, 0 if unknown. */
export function lengthsOf(strategy: Strategy, length: Steps | null, chains: number, size: number): LengthsSpec | null {
  const first = length ?? (size > 0 ? FIRST : FIRST_STEPS);
  switch (strategy) {
    case 'val':
      return variableLength({ first }).spec;
    case 'p-val':
      return variableLength({ first, chains }).spec;
    case 'luby':
      return luby(first).spec;
    case 'fixed':
      if (length === null) throw new LehrError('option', '--run-length is missing, expected the length of each run of --strategy fixed.');
      return fixedLength(length).spec;
    case 'single':
    case 'multistart':
      if (length !== null)
        throw new LehrError('option', `--run-length is for restarts, but --strategy is ${strategy}. Maybe --strategy val.`);
      return null;
  }
}
