import type { Claim } from '../../../src/experiment/claim.ts';
import { completion, FIRST, powerOf2, pVal0, val } from './lengths.ts';

const SOURCE = 'eq. 11 to 14';

/** The instances and rounds the formula is tried at. The sums stay below 2^53 and so exact: 1000 · 2^43. */
const MOST_INSTANCES = 8;
const LONGEST = 42;

/** When, in evaluations of its own, a method has completed a run as long as run r of instance i of P-VAL-0. */
type Completes = (instances: number, instance: number, run: number) => number;

const byVal: Completes = (instances, instance, run) => completion(val, 0, instance + run * instances, 1);
const byPVal0: Completes = (instances, instance, run) => completion(pVal0, instance, run, instances);

/** The paper's formula: (2^(i + rP + 1) − 1) (2^P − 1) / (2^i (2^(P (r + 1)) − 1)). */
function formula(instances: number, instance: number, run: number): number {
  const longer = powerOf2(instance + run * instances + 1) - 1;
  return (longer * (powerOf2(instances) - 1)) / (powerOf2(instance) * (powerOf2(instances * (run + 1)) - 1));
}

/** The largest relative error of the formula over all P, i and r with runs up to the longest, for the speed-up that a method really has over VAL. */
function worst(completes: Completes): number {
  let most = 0;
  for (let instances = 1; instances <= MOST_INSTANCES; instances++) {
    for (let instance = 0; instance < instances; instance++) {
      for (let run = 0; instance + run * instances <= LONGEST; run++) {
        const speedUp = byVal(instances, instance, run) / completes(instances, instance, run);
        most = Math.max(most, Math.abs(formula(instances, instance, run) / speedUp - 1));
      }
    }
  }
  return most;
}

/** The speed-up at the longest of the runs tried. */
function limit(instances: number): number {
  const run = Math.floor((LONGEST - (instances - 1)) / instances);
  return byVal(instances, instances - 1, run) / byPVal0(instances, instances - 1, run);
}

/** The claims about how much sooner P-VAL-0 completes a long run: exact, from sums of run lengths. */
export function speedUpClaims(): Claim[] {
  return [
    {
      id: 'speed-up-formula',
      source: SOURCE,
      statement:
        'P-VAL-0 with P instances completes run r of instance i sooner than VAL completes a run of that length, by the factor (2^(i+rP+1) − 1)(2^P − 1) / (2^i (2^(P(r+1)) − 1)).',
      // Both sides are quotients of exact whole numbers: only the rounding of a few products remains.
      expected: {
        quantity: `largest relative error of the formula, P = 1 to ${MOST_INSTANCES}, runs up to ${FIRST} · 2^${LONGEST}`,
        atMost: 1e-12,
      },
      measure: () => ({ exact: worst(byPVal0) }),
      control: {
        statement: 'Instances that do not share the lengths out, but each make all the runs of VAL: no speed-up.',
        measure: () => ({ exact: worst(byVal) }),
      },
    },
    {
      id: 'speed-up-limit',
      source: SOURCE,
      statement: 'With four instances the speed-up of long runs tends to (2^P − 1) / 2^(P−1) = 1.875.',
      expected: { quantity: 'speed-up of the longest run tried, P = 4', between: [1.8749, 1.8751] },
      measure: () => ({ exact: limit(4) }),
      control: { statement: 'One instance: the lengths of VAL itself.', measure: () => ({ exact: limit(1) }) },
    },
    {
      id: 'four-are-enough',
      source: `${SOURCE} and the conclusion drawn from it; the margin is ours`,
      statement: 'More than four instances hardly speed up P-VAL-0 any further: the limit over all P is 2.',
      expected: { quantity: 'speed-up with eight instances over that with four, longest runs tried', below: 1.1 },
      measure: () => ({ exact: limit(8) / limit(4) }),
      control: {
        statement: 'Four instances over one, which does speed it up.',
        measure: () => ({ exact: limit(4) / limit(1) }),
      },
    },
  ];
}
