import { Block } from '../../../src/dynamics/block.ts';
import { subsampleGibbs } from '../../../src/dynamics/subsample-gibbs.ts';
import type { Claim } from '../../../src/experiment/claim.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { stream } from '../../../src/random/rng.ts';
import { flatChain, moved, spectralGap, stationary, totalVariation, urn } from './birth-death.ts';
import { lawFigure } from './law-figure.ts';
import { logSlope, meanSlope } from './slopes.ts';
import { flat } from './two-groups.ts';

const SIZES = [20, 40, 80, 160];
/** How near to the posterior a law must be, in total variation. */
const NEAR = 0.1;

const relaxationTimes = (a: (rows: number) => number): number[] => SIZES.map((rows) => 1 / spectralGap(flatChain(rows, a(rows))));

const relaxation = (a: (rows: number) => number): number => logSlope(SIZES, relaxationTimes(a));

/** Moves until Gibbs moves of random rows, all of which begin in one group, are near the posterior. */
function gibbsMoves(rows: number): number {
  const chain = flatChain(rows, 1);
  const goal = stationary(chain);
  let law: Float64Array = new Float64Array(rows + 1);
  law[rows] = 1;
  let moves = 0;
  for (; totalVariation(law, goal) > NEAR; moves++) law = moved(chain, law);
  return moves;
}

/** Moves until rows that are added one by one are near the posterior of them all: as many as rows, if the urn's law is near it. */
function urnMoves(rows: number): number {
  return totalVariation(urn(rows, 1), stationary(flatChain(rows, 1))) > NEAR ? Infinity : rows;
}

/**
 * Of each chain the relaxation time in moves of the size of the first group, at fraction 1 through the driver: −L / ln of its autocorrelation at lag L moves, about its known mean of half
 * the rows.
 */
function measured(context: Context, a: (rows: number) => number, lag: (rows: number) => number): Promise<number[][]> {
  const name = `relaxation, a = ${a(1)} ${a(2)}`;
  return context.once(name, () => {
    const chains = context.full ? 48 : 12;
    const lags = context.full ? 1000 : 300;
    return SIZES.map((rows, size) => {
      const dynamics = subsampleGibbs(flat(rows, a(rows)), { start: 'prior' });
      const block = new Block(3);
      const every = lag(rows);
      return Array.from({ length: chains }, (_, c) => {
        if (context.signal.aborted) return NaN;
        context.progress(name, (size + c / chains) / SIZES.length);
        const rng = stream(context.seedOf(name), rows, c);
        const state = dynamics.init(rng);
        let [before, products, squares] = [NaN, 0, 0];
        // The first tenth is thrown away: it remembers the start.
        for (let k = -Math.ceil(lags / 10); k < lags; k++) {
          block.clear(Infinity);
          dynamics.advance(state, { fraction: 1 }, every, rng, block);
          const off = state.groups.up - rows / 2;
          if (k > 0) products += off * before;
          if (k >= 0) squares += off * off;
          before = off;
        }
        return -every / Math.log(products / (lags - 1) / (squares / lags));
      });
    });
  });
}

const one = (): number => 1;
const many = (rows: number): number => rows;

/** The claims about N² → N, in two groups of rows that say nothing. */
export function localClaims(context: Context): Claim[] {
  const SOURCE = 'abstract: N² → N in a model class; the model is the reading’s, as the theorem’s own could not be read';
  const sizes = `N = ${SIZES[0]} to ${SIZES.at(-1)}`;
  return [
    {
      id: 'gibbs-relaxes-in-n-squared',
      source: SOURCE,
      statement:
        'Among rows that say nothing Gibbs moves need time as N²: each joins where the others are, and nothing but chance moves the whole.',
      expected: {
        quantity: `slope of ln(relaxation time in moves, from the exact spectral gap) against ln N, ${sizes}, a = 1`,
        between: [1.8, 2.1],
      },
      measure: () => ({ exact: relaxation(one) }),
      control: {
        statement: 'A prior that outweighs the rows (a = N), so that none follows the others: time as N.',
        measure: () => ({ exact: relaxation(many) }),
      },
    },
    {
      id: 'gibbs-relaxes-in-n-squared-when-run',
      source: SOURCE,
      statement: 'So do runs at fraction 1, which move rows in turn.',
      expected: {
        quantity: `slope of ln(mean relaxation time in moves, from autocorrelations) against ln N, ${sizes}, a = 1`,
        between: [1.75, 2.25],
      },
      async measure() {
        const times = await measured(context, one, (rows) => (rows * rows) / 8);
        const laws = [
          { name: 'relaxation of Gibbs moves, exact', times: relaxationTimes(one) },
          { name: 'the same, measured', times: times.map((chains) => chains.reduce((a, b) => a + b) / chains.length) },
          { name: 'a prior that outweighs the rows, exact', times: relaxationTimes(many) },
          { name: 'adding rows one by one, exact', times: SIZES.map(urnMoves) },
        ];
        context.show(
          lawFigure('local-mixing', 'N² and N', SIZES, 'log', laws),
          'Moves until rows that say nothing have forgotten where they were, and until they are at the posterior when they are added one by one; the slopes are the powers of N.',
        );
        return { interval: meanSlope(SIZES, times, context, 'a = 1') };
      },
      control: {
        statement: 'The prior that outweighs the rows: time as N.',
        measure: async () => ({
          interval: meanSlope(SIZES, await measured(context, many, (rows) => rows / 2), context, 'a = N'),
        }),
      },
    },
    {
      id: 'adding-rows-takes-n',
      source: SOURCE,
      statement: 'Adding rows one by one, which is annealing with one visit each, is at the posterior after N moves.',
      expected: {
        quantity: `slope of ln(moves until within ${NEAR} of the posterior in total variation, exact) against ln N, ${sizes}`,
        between: [0.9, 1.1],
      },
      measure: () => ({ exact: logSlope(SIZES, SIZES.map(urnMoves)) }),
      control: {
        statement: 'Gibbs moves of random rows, all of which begin in one group.',
        measure: () => ({ exact: logSlope(SIZES, SIZES.map(gibbsMoves)) }),
      },
    },
  ];
}
