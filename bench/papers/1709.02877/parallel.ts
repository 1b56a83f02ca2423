import type { Claim } from '../../../src/experiment/claim.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { variableLength, type LengthsSpec } from '../../../src/run/lengths.ts';
import { anytime, CHECKPOINTS, type Courses, type Strategy } from './anytime.ts';
import { instances } from './instances.ts';

/** What one of the paper's processors did in its 60 seconds, and the 256th of it. */
const PAPER = 108_000_000;
const SMALL = 421_875;

const LATE = (3 * CHECKPOINTS) / 4;

function dealt(chains: number, cycle: number): LengthsSpec[] {
  return Array.from({ length: chains }, (_, chain) => variableLength({ chains, cycle, chain }).spec);
}

/**
 * Chains side by side, each with the time of one: P-VAL with 8, of which the first 4 are P-VAL with 4; 4 more of these on other streams; P-VAL-0 with 8; 4
 * single runs of the whole time (P-FAL-1); and VAL, twice.
 */
function experiment(context: Context): Promise<Courses> {
  const strategies: Strategy[] = [
    { name: 'VAL', chains: dealt(1, 4) },
    { name: 'VAL again', chains: dealt(1, 4) },
    { name: 'P-VAL', chains: dealt(8, 4) },
    { name: 'P-VAL again', chains: dealt(4, 4) },
    { name: 'P-VAL-0', chains: dealt(8, 8) },
    { name: 'P-FAL-1', chains: [null, null, null, null] },
  ];
  const evaluations = context.full ? PAPER : SMALL;
  return anytime(context, 'P-VAL and its rivals', strategies, { instances: instances(context), seeds: context.full ? 10 : 8, evaluations });
}

/** The claims about chains side by side: P-VAL against parallel restarts, and how much sooner it is where VAL gets. */
export function parallelClaims(context: Context): Claim[] {
  const courses = async (): Promise<Courses> => {
    const found = await experiment(context);
    const rows = [
      { strategy: 'VAL', label: 'VAL' },
      { strategy: 'P-VAL', chains: 4, label: 'P-VAL, P = 4' },
      { strategy: 'P-VAL', label: 'P-VAL, P = 8' },
      { strategy: 'P-VAL-0', label: 'P-VAL-0, P = 8' },
      { strategy: 'P-FAL-1', label: 'P-FAL-1, P = 4' },
    ];
    context.show(
      found.figure('parallel', rows),
      'Chains side by side, each with the time of one: the sum of the best over 12 instances, mean of all streams.',
    );
    return found;
  };
  const val = { strategy: 'VAL' };
  const again = { strategy: 'VAL again' };
  const four = { strategy: 'P-VAL', chains: 4 };
  const eight = { strategy: 'P-VAL' };
  const fourAgain = { strategy: 'P-VAL again' };
  const points = 'difference of the sums of best weighted tardiness, in % of the best found';
  const sooner = 'VAL’s time over P-VAL’s to the same quality, mean over VAL’s checkpoints from the 11th';
  const alone = {
    statement: 'VAL on other streams, no more chains: as soon as VAL, give or take its luck.',
    measure: async () => ({ differences: (await courses()).speedUps(again, val) }),
  };
  return [
    {
      id: 'p-val-ahead-for-most-of-the-time',
      source: 'section 4, four processors: ahead of P-FAL-1 for 90 % of the run',
      statement: 'With 4 chains and three quarters of the time gone, P-VAL is better than 4 runs whose length was tuned to the deadline.',
      expected: { quantity: `${points}, P-VAL less P-FAL-1 at checkpoint ${LATE} of ${CHECKPOINTS}`, below: 0 },
      measure: async () => ({ differences: (await courses()).differences(four, { strategy: 'P-FAL-1' }, LATE) }),
      control: {
        statement: 'P-VAL against itself on other streams: no difference that could be found.',
        measure: async () => ({ differences: (await courses()).differences(four, fourAgain, LATE) }),
      },
    },
    {
      id: 'p-val-speed-up-4',
      source: 'section 4: a speed-up of 2 to 3 with 4 processors',
      statement: 'With 4 chains P-VAL is where VAL gets 2 to 3 times sooner.',
      expected: { quantity: sooner, between: [2, 3] },
      measure: async () => ({ differences: (await courses()).speedUps(four, val) }),
      control: alone,
    },
    {
      id: 'p-val-speed-up-8',
      source: 'section 4: a speed-up of about 4 with 8 processors; the margin of 1 is ours',
      statement: 'With 8 chains P-VAL is where VAL gets about 4 times sooner.',
      expected: { quantity: sooner, between: [3, 5] },
      measure: async () => ({ differences: (await courses()).speedUps(eight, val) }),
      control: alone,
    },
    {
      id: 'repeat-lengths-beyond-four',
      source: 'section 4: P-VAL beats P-VAL-0 with 8 processors throughout, p < 1e-5',
      statement: 'With 8 chains it is better to give the fifth to eighth the lengths of the first four than to go on doubling.',
      expected: { quantity: `${points}, P-VAL less P-VAL-0, mean over all checkpoints`, below: 0 },
      measure: async () => ({ differences: (await courses()).meanDifferences(eight, { strategy: 'P-VAL-0' }) }),
      control: {
        statement: 'With 4 chains, where the two are one method, on other streams: no difference that could be found.',
        measure: async () => ({ differences: (await courses()).meanDifferences(four, fourAgain) }),
      },
    },
  ];
}
