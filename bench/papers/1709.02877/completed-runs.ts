import type { Claim } from '../../../src/experiment/claim.ts';
import { fixed, FIRST, pVal, val, type Lengths } from './lengths.ts';

/** Where the bound is tried: at every evaluation count up to this, per instance. */
const UNTIL = 1_000_000;

/**
 * The least share, over all times from the first completed run on, that the longest completed run has of the time. It is least just before a run is
 * completed that is longer than all before, so only those times are looked at.
 */
function leastShare(lengths: Lengths, instances: number): number {
  const ends: [time: number, length: number][] = [];
  for (let instance = 0; instance < instances; instance++) {
    let time = 0;
    for (let run = 0; time <= UNTIL; run++) {
      const length = lengths(instance, run, instances);
      time += length;
      ends.push([time, length]);
    }
  }
  ends.sort(([a, x], [b, y]) => a - b || y - x);
  let least = Infinity;
  let longest = 0;
  for (const [time, length] of ends) {
    if (length <= longest && time <= UNTIL) continue;
    // Up to the evaluation before this one the run before was the longest.
    if (longest > 0) least = Math.min(least, longest / Math.min(time - 1, UNTIL));
    if (time > UNTIL) break;
    longest = length;
  }
  return least;
}

/** What a user should be told of a variable annealing length: how long a run is completed at any time. Exact. */
export function completedRunClaims(): Claim[] {
  const quantity = `least share that the longest completed run has of the time, at every evaluation from ${FIRST} to ${UNTIL}`;
  return [
    {
      id: 'val-completes-a-quarter',
      source: 'derived by us from the run lengths of eq. 1 to 3',
      statement:
        'At any time VAL has completed a run of at least a quarter of that time: as long as one tuned to a quarter of the deadline.',
      expected: { quantity, atLeast: 1 / 4 },
      measure: () => ({ exact: leastShare(val, 1) }),
      control: { statement: 'Restarts of one fixed length.', measure: () => ({ exact: leastShare(fixed, 1) }) },
    },
    {
      id: 'p-val-completes-half',
      source: 'derived by us from the run lengths of eq. 1 to 3',
      statement: 'At any time one of four P-VAL instances has completed a run of at least (1 − 2^−4) / 2 = 15/32 of that time.',
      expected: { quantity: `${quantity}, P = 4`, atLeast: 15 / 32 },
      measure: () => ({ exact: leastShare(pVal, 4) }),
      control: { statement: 'Four instances that all run the lengths of VAL.', measure: () => ({ exact: leastShare(val, 4) }) },
    },
  ];
}
