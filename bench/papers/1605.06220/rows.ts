import type { Claim, Evidence } from '../../../src/experiment/claim.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { numbers, of, runMachine, slope, slopeDifference, type Results } from './runs.ts';

/** Rows of data that the rate is seen over. */
const ROWS = [100, 300, 1000, 3000, 10_000];
/** Rows at which the distance to the maximum-likelihood estimate is looked at: so many that there is one. */
const MANY = [1000, 10_000];
const FEWEST = ROWS[0];

const name = (rows: number, m: number): string => `n = ${rows}, m = ${m}`;
const copied = (rows: number): string => `n = ${rows}, copies`;

/**
 * Contrastive divergence with the rate 4 t^−0.51 on more and more rows, for m = 1 and 3, at two sizes 10, and on rows that are copies of the first hundred. The average
 * begins in the middle of the run, behind the transient.
 */
function experiment(context: Context): Promise<Results> {
  const steps = context.full ? 6000 : 1500;
  const cells = Object.fromEntries([
    ...ROWS.flatMap((rows) => [1, 3].map((m) => [name(rows, m), { params: { rows, m } }])),
    ...MANY.map((rows) => [name(rows, 10), { params: { rows, m: 10 } }]),
    ...ROWS.map((rows) => [copied(rows), { params: { rows, drawn: FEWEST, m: 1 } }]),
  ]);
  return runMachine(context, 'rows', {
    cells,
    params: { scale: 4, gamma: 0.51, from: steps / 2 },
    seeds: context.full ? 400 : 32,
    steps,
  });
}

const errors = (results: Results, cell: (rows: number) => string): number[][] =>
  ROWS.map((rows) => of(results, cell(rows)).map(({ averageToTruth }) => averageToTruth));

/** The claims about how the error falls with the rows of data, and what m has to do with it. */
export function rowClaims(context: Context): Claim[] {
  const rate = async (cell: (rows: number) => string, what: string): Promise<Evidence> => {
    const results = await experiment(context);
    draw(context, results);
    return { interval: slope(ROWS, errors(results, cell), context, what) };
  };
  const difference = async (cell: (rows: number) => string, what: string): Promise<Evidence> => {
    const results = await experiment(context);
    return {
      interval: slopeDifference(
        ROWS,
        errors(results, cell),
        errors(results, (rows) => name(rows, 3)),
        context,
        what,
      ),
    };
  };
  const ratio = async (rows: number, m: number, to: number): Promise<Evidence> => {
    const results = await experiment(context);
    const distances = (steps: number): number[] => numbers(of(results, name(rows, steps)), (result) => result.averageToEstimate);
    return { numerators: distances(m), denominators: distances(to) };
  };
  const slopeIs = 'slope of ln(mean distance of the rate-weighted average from the truth) against ln n, n = 100 to 10 000, m = 1';
  const copies = {
    statement: `More rows that are copies of the first ${FEWEST}: they tell nothing more, and the error stays.`,
    measure: () => rate(copied, 'copies'),
  };
  return [
    {
      id: 'at-least-the-proven-rate',
      source: 'abstract: the distance falls with n at the rate n^−1/3 in probability',
      statement: 'The rate-weighted average of CD-1 approaches the true parameters with the number of rows n at least as fast as n^−1/3.',
      // 0.05 for what 100 rows are away from the limit of many.
      expected: { quantity: slopeIs, atMost: -1 / 3 + 0.05 },
      measure: () => rate((rows) => name(rows, 1), 'm = 1'),
      control: copies,
    },
    {
      id: 'the-rate-seen-is-a-half',
      source:
        'not the paper’s: its n^−1/3 is a bound; that n^−1/2, the rate of maximum likelihood, is reached is the claim of Glaser, Huang and Gretton (arXiv 2510.13438)',
      statement: 'The error of CD-1 falls as n^−1/2: faster than the paper proves.',
      expected: { quantity: slopeIs, between: [-0.62, -0.38] },
      measure: () => rate((rows) => name(rows, 1), 'm = 1'),
      control: copies,
    },
    {
      id: 'm-leaves-the-rate',
      source: 'abstract: m changes the coefficient, not the rate',
      statement: 'The rate at which the error falls with n is the same for m = 1 and m = 3.',
      expected: { quantity: 'slope for m = 1 less that for m = 3', between: [-0.15, 0.15] },
      measure: () => difference((rows) => name(rows, 1), 'm = 1 less 3'),
      control: {
        statement: `In place of m = 1 on new rows, m = 1 on copies of the first ${FEWEST}: another rate.`,
        measure: () => difference(copied, 'copies less 3'),
      },
    },
    ...MANY.map((rows): Claim => ({
      id: `m-cuts-the-distance-to-the-estimate-${rows}`,
      source: 'abstract: m changes the coefficient; the margin is ours, from a pilot',
      statement: `With ${rows} rows, CD-3 ends 1.5 to 5 times as near the maximum-likelihood estimate as CD-1.`,
      expected: { quantity: 'mean distance of the average from the estimate, m = 1 over m = 3', between: [1.5, 5] },
      measure: () => ratio(rows, 1, 3),
      control: {
        statement: 'm = 3 against m = 10: this kernel has mixed after three steps, and nothing is left to gain.',
        measure: () => ratio(rows, 3, 10),
      },
    })),
  ];
}

function draw(context: Context, results: Results): void {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const curve = (group: number, label: string, cell: (rows: number) => string) => ({
    name: label,
    group,
    role: 'value' as const,
    points: errors(results, cell).map((values, k) => [ROWS[k], mean(values)] as const),
  });
  const first = mean(of(results, name(FEWEST, 1)).map(({ averageToTruth }) => averageToTruth));
  const guide = (label: string, exponent: number) => ({
    name: label,
    group: 3,
    role: 'limit' as const,
    points: ROWS.map((rows) => [rows, first * Math.exp(exponent * Math.log(rows / FEWEST))] as const),
  });
  context.show(
    {
      id: 'error-by-rows',
      title: 'Distance of the average from the truth',
      x: { label: 'rows of data', scale: 'log' },
      y: { label: 'mean distance', scale: 'log' },
      series: [
        curve(0, 'CD-1', (rows) => name(rows, 1)),
        curve(1, 'CD-3', (rows) => name(rows, 3)),
        curve(2, `CD-1, copies of ${FEWEST} rows`, copied),
        guide('n^−1/2', -1 / 2),
        guide('n^−1/3', -1 / 3),
      ],
    },
    `How far the rate-weighted average is from the truth, mean over ${of(results, name(FEWEST, 1)).length} runs. Dashed: what n^−1/2 and n^−1/3 would be from ${FEWEST} rows on.`,
  );
}
