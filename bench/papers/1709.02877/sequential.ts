import type { Claim } from '../../../src/experiment/claim.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { fixedLength, variableLength, type LengthsSpec } from '../../../src/run/lengths.ts';
import { anytime, CHECKPOINTS, type Courses, type Strategy } from './anytime.ts';
import { instances } from './instances.ts';

/** What the paper's machine did in its 60 seconds, and the 128th of it. */
const PAPER = 108_000_000;
const SMALL = 843_750;

/** The moments of the claims, in checkpoints of 60, the paper's seconds. */
const HALF = CHECKPOINTS / 2;

/**
 * One chain: variable annealing length, twice on streams of its own; one run of the whole time (FAL-1); and restarts of half and an eighth of it (FAL-1/2,
 * FAL-1/8).
 */
function experiment(context: Context): Promise<Courses> {
  const evaluations = context.full ? PAPER : SMALL;
  const val = variableLength().spec;
  const fal = (share: number): readonly LengthsSpec[] => [fixedLength(Math.round(evaluations / share)).spec];
  const strategies: Strategy[] = [
    { name: 'VAL', chains: [val] },
    { name: 'VAL again', chains: [val] },
    { name: 'FAL-1', chains: [null] },
    { name: 'FAL-1/2', chains: fal(2) },
    { name: 'FAL-1/8', chains: fal(8) },
  ];
  return anytime(context, 'VAL and fixed lengths', strategies, { instances: instances(context), seeds: 10, evaluations });
}

/** The claims about one processor: VAL against fixed annealing lengths tuned to the deadline. */
export function sequentialClaims(context: Context): Claim[] {
  const courses = async (): Promise<Courses> => {
    const found = await experiment(context);
    const rows = ['VAL', 'FAL-1', 'FAL-1/2', 'FAL-1/8'].map((strategy) => ({ strategy, label: strategy }));
    context.show(
      found.figure('sequential', rows),
      'Variable annealing length, and fixed lengths tuned to the deadline: the sum of the best over 12 instances, mean of 10 streams.',
    );
    return found;
  };
  const val = { strategy: 'VAL' };
  const one = { strategy: 'FAL-1' };
  const eighth = { strategy: 'FAL-1/8' };
  const points = 'difference of the sums of best weighted tardiness, in % of the best found';
  const overtaken = `checkpoint of ${CHECKPOINTS} at which the fixed length takes the lead from VAL`;
  return [
    {
      id: 'val-ahead-before-the-deadline',
      source: 'section 4, one processor: significantly better through second 48 of 60 in %dOptSum',
      statement: 'Half-way to the deadline VAL is better than one run whose length was tuned to the deadline.',
      expected: { quantity: `${points}, VAL less FAL-1 at checkpoint ${HALF} of ${CHECKPOINTS}`, below: 0 },
      measure: async () => ({ differences: (await courses()).differences(val, one, HALF) }),
      control: {
        statement: 'VAL against itself on other streams: no difference that could be found.',
        measure: async () => ({ differences: (await courses()).differences(val, { strategy: 'VAL again' }, HALF) }),
      },
    },
    {
      id: 'val-level-at-the-deadline',
      source: 'section 4, one processor: p > .35 from second 49 on; the margin of 0.5 % is ours',
      statement: 'At the deadline VAL and one run of the whole time are equally good.',
      expected: { quantity: `${points}, VAL less FAL-1 at the deadline`, between: [-0.5, 0.5] },
      measure: async () => ({ differences: (await courses()).differences(val, one, CHECKPOINTS) }),
      control: {
        statement: 'The same half-way, when the one run is still hot.',
        measure: async () => ({ differences: (await courses()).differences(val, one, HALF) }),
      },
    },
    {
      id: 'one-run-overtakes-late',
      source: 'section 4, one processor: FAL-1 catches up at second 49 or 50 of 60; the margin of 5 is ours',
      statement: 'The run tuned to the deadline overtakes VAL some ten seconds before it.',
      expected: { quantity: overtaken, between: [45, 55] },
      measure: async () => ({ differences: (await courses()).overtakes(one, val) }),
      control: {
        statement: 'Runs of an eighth of the time.',
        measure: async () => ({ differences: (await courses()).overtakes(eighth, val) }),
      },
    },
    {
      id: 'short-runs-overtake-early',
      source: 'section 4, one processor: VAL is better than FAL-1/8 for the first 6 seconds of 60; the margin is ours',
      statement: 'Runs of an eighth of the time overtake VAL when the first of them ends, after an eighth of the time.',
      expected: { quantity: overtaken, between: [5, 10] },
      measure: async () => ({ differences: (await courses()).overtakes(eighth, val) }),
      control: {
        statement: 'One run of the whole time.',
        measure: async () => ({ differences: (await courses()).overtakes(one, val) }),
      },
    },
  ];
}
