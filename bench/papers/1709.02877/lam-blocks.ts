import type { Claim, Evidence } from '../../../src/experiment/claim.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import type { Report } from '../../../src/experiment/report.ts';
import type { OneMaxParams } from './onemax.ts';

const BITS = 256;
const SHARED = 'every step';

/**
 * How closely the acceptance follows the Modified Lam target when the controller hears of every step, as published, of every 50 (Lehr's choice), and of
 * every 500, which is the memory of its running average.
 */
function experiment(context: Context): Promise<Report> {
  const length = context.full ? 100_000 : 10_000;
  return context.compare<OneMaxParams>('lam-blocks', {
    recipe: new URL('./onemax.js', import.meta.url),
    params: { n: BITS, cost: 1, length, window: length / 200 },
    cells: { [SHARED]: { block: 1 }, 'every 50 steps': { block: 50 }, 'every 500 steps': { block: 500 } },
    baseline: SHARED,
    seeds: context.full ? 400 : 200,
    budget: { steps: length },
    every: length,
    objective: 'mean squared tracking error',
  });
}

/** The claims about how often the controller must be asked: none of the paper's own, but what a reproduction with blocks rests on. */
export function lamBlockClaims(context: Context): Claim[] {
  const differences = async (cell: string): Promise<Evidence> => {
    const report = await experiment(context);
    for (const figure of report.figures()) if (figure.id === 'scores') context.show({ ...figure, id: 'lam-blocks' }, CAPTION);
    return { differences: report.differences(cell, SHARED) };
  };
  const quantity = 'mean difference of the mean squared distance of the acceptance to its target, in 200 windows of a run';
  return [
    {
      id: 'blocks-of-50-track',
      source: 'figure 1 is the algorithm, a change of temperature every step; blocks and the margin are ours',
      statement:
        'On OneMax with 256 bits, a controller that is asked every 50 steps follows its acceptance target hardly less closely than one asked every step.',
      expected: { quantity: `${quantity}, 50 less 1`, below: 0.001 },
      measure: () => differences('every 50 steps'),
      control: {
        statement: 'Asked every 500 steps, the memory of its running average: too seldom.',
        measure: () => differences('every 500 steps'),
      },
    },
    {
      id: 'blocks-of-500-do-not',
      source: 'the same experiment; the running average of figure 1 remembers some 500 steps',
      statement: 'A controller that is asked every 500 steps follows its target less closely than one asked every step.',
      expected: { quantity: `${quantity}, 500 less 1`, above: 0 },
      measure: () => differences('every 500 steps'),
      control: {
        statement: 'Asked every step, against itself on the same streams: no difference that could be found.',
        measure: () => differences(SHARED),
      },
    },
  ];
}

const CAPTION =
  'How far the acceptance is from the Modified Lam target when the controller is asked every 1, 50 or 500 steps: the mean squared distance over 200 windows of a run. Each dot is a run; bars are quartiles.';
