import type { Claim, Evidence } from '../../../src/experiment/claim.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { numbers, of, runMachine, slope, type Results } from './runs.ts';

const ROWS = 1000;
const FIXED = [0.1, 0.3, 1, 3];
const EARLY = 0;
const LATE = 1;
const WINDOWS = [
  [500, 1000],
  [2000, 4000],
] as const;
const ANNEALED = 'annealed, 4 t^−0.6';
const fixed = (rate: number): string => `fixed at ${rate}`;
const scaled = (rate: number): string => `fixed at ${rate}, n = ${1000 * rate}`;

/** How far the parameters wander about at fixed rates, the same with rows in proportion to the rate, and at a rate that is annealed. */
function wandering(context: Context): Promise<Results> {
  return runMachine(context, 'wandering', {
    cells: Object.fromEntries([
      ...FIXED.map((scale) => [fixed(scale), { params: { scale, gamma: 0 } }]),
      ...FIXED.map((scale) => [scaled(scale), { params: { scale, gamma: 0, rows: 1000 * scale } }]),
      [ANNEALED, { params: { scale: 4, gamma: 0.6 } }],
    ]),
    params: { rows: ROWS, m: 1, from: 2000, windows: WINDOWS },
    seeds: context.full ? 100 : 16,
    steps: 4000,
  });
}

const GAMMAS = [0.51, 0.75, 1, 1.5];
const gammaOf = (gamma: number): string => `gamma ${gamma}`;

/** How near the last parameters come to the maximum-likelihood estimate from 0, at rates that fall faster and faster. */
function falling(context: Context): Promise<Results> {
  return runMachine(context, 'falling', {
    cells: Object.fromEntries(GAMMAS.map((gamma) => [gammaOf(gamma), { params: { gamma } }])),
    params: { rows: ROWS, m: 1, scale: 4, from: 1500 },
    seeds: context.full ? 200 : 24,
    steps: 3000,
  });
}

/** The claims about the rate: what keeping it, letting it fall and letting it fall too fast do. */
export function rateClaims(context: Context): Claim[] {
  const rms = (results: Results, cell: string, window: number): number[] =>
    of(results, cell).map(({ fluctuations }) => fluctuations[window]);
  const root = async (cell: (rate: number) => string): Promise<Evidence> => {
    const results = await wandering(context);
    const columns = FIXED.map((rate) => rms(results, cell(rate), LATE));
    return { interval: slope(FIXED, columns, context, cell(0)) };
  };
  const against = async (cell: string, window: number, other: string, otherWindow: number): Promise<Evidence> => {
    const results = await wandering(context);
    return { numerators: rms(results, cell, window), denominators: rms(results, other, otherWindow) };
  };
  const left = async (gamma: number): Promise<Evidence> => {
    const results = await falling(context);
    const distances = (each: number): number[] => numbers(of(results, gammaOf(each)), (result) => result.lastToEstimate);
    return { numerators: distances(gamma), denominators: distances(0.75) };
  };
  const fluctuation = 'root mean square distance of the parameters from their mean over steps 2000 to 4000';
  return [
    {
      id: 'a-fixed-rate-keeps-wandering',
      source:
        'the fixed-rate sibling (Wu, Jiang, Jin and Wong, arXiv 1603.05729): the parameters go on about the estimate; the square root is our derivation',
      statement: 'At a fixed rate η the parameters of CD-1 wander about by as much as √η.',
      expected: { quantity: `slope of ln(mean ${fluctuation}) against ln η, η = 0.1 to 3, n = ${ROWS}`, between: [0.38, 0.62] },
      measure: () => root(fixed),
      control: {
        statement: 'With rows in proportion to η the noise of a step falls as its size grows: as much wandering at every rate.',
        measure: () => root(scaled),
      },
    },
    {
      id: 'annealing-stills-it',
      source: 'title and abstract: with an annealed rate the iterates settle; the margin is ours',
      statement: 'With the rate 4 t^−0.6 the parameters wander less and less.',
      expected: { quantity: 'root mean square wandering over steps 2000 to 4000 over that over 500 to 1000', below: 0.8 },
      measure: () => against(ANNEALED, LATE, ANNEALED, EARLY),
      control: { statement: 'At the fixed rate 1 it stays as it is.', measure: () => against(fixed(1), LATE, fixed(1), EARLY) },
    },
    {
      id: 'annealed-wanders-less-than-fixed',
      source: 'the same; the margin is ours',
      statement:
        'Over steps 2000 to 4000, the parameters under the rate 4 t^−0.6 wander less than a quarter as far as at the fixed rate 1.',
      expected: { quantity: 'root mean square wandering, annealed over fixed', below: 0.25 },
      measure: () => against(ANNEALED, LATE, fixed(1), LATE),
      control: {
        statement: 'The fixed rate 0.3, to which the annealed one had fallen after 75 steps, in its place.',
        measure: () => against(fixed(0.3), LATE, fixed(1), LATE),
      },
    },
    {
      id: 'summable-rates-freeze',
      source: 'the condition Σ η = ∞ is usual in such proofs; that the paper states it could not be verified',
      statement:
        'The rate 4 t^−1.5, whose sum is finite, stops CD-1 at least five times as far from the maximum-likelihood estimate as 4 t^−0.75 leaves it after 3000 steps.',
      expected: { quantity: 'mean distance of the last parameters from the estimate, gamma 1.5 over gamma 0.75', atLeast: 5 },
      measure: () => left(1.5),
      control: { statement: 'Gamma 0.51 in its place, whose sum is infinite.', measure: () => left(0.51) },
    },
    {
      id: 'gamma-1-is-slow',
      source: 'as above: at gamma = 1 the sum is infinite, but 3000 steps add up to 4 ln 3000',
      statement: 'The rate 4 / t is still more than twice as far from the estimate as 4 t^−0.75 after 3000 steps.',
      expected: { quantity: 'mean distance of the last parameters from the estimate, gamma 1 over gamma 0.75', above: 2 },
      measure: () => left(1),
      control: { statement: 'Gamma 0.51 in its place.', measure: () => left(0.51) },
    },
  ];
}
