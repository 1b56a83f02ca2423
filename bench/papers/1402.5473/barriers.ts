import { subsampleGibbs } from '../../../src/dynamics/subsample-gibbs.ts';
import type { Claim } from '../../../src/experiment/claim.ts';
import { winsOf } from '../../../src/experiment/interval.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { anneal } from '../../../src/run/anneal.ts';
import { linear } from '../../../src/schedules/curves.ts';
import { escapeTime, stationary, wellChain, type BirthDeath } from './birth-death.ts';
import { lawFigure } from './law-figure.ts';
import { slopeOf } from './slopes.ts';
import { well } from './two-groups.ts';

const COUPLING = 1.5;
const FIELD = 0.1;
/** Below 1 there is one well. */
const NO_WELL = 0.9;
const LARGE = [100, 150, 200, 250, 300, 350, 400];
const SIZES = [50, 100, 200];
const VISITS = 50;

/** The likeliest number of spins up among `from`, `from` + 1, …, `to`. */
function bottom({ up, down }: BirthDeath, from: number, to: number): number {
  const law = stationary({ up, down });
  let best = from;
  for (let k = from; k <= to; k++) if (law[k] > law[best]) best = k;
  return best;
}

/** Expected moves from the bottom of the wrong well, or half of all spins down where there is none, to that of the right one. */
function escape(spins: number, coupling: number): number {
  const chain = wellChain(spins, coupling, FIELD);
  const half = spins >> 1;
  return escapeTime(chain, bottom(chain, 0, half - 1), bottom(chain, half, spins));
}

const escapes = (coupling: number): number[] => LARGE.map((spins) => escape(spins, coupling));

const rate = (coupling: number): number => slopeOf(LARGE, escapes(coupling).map(Math.log));

/** For each run whether it ends in the right well; `visits` each, by the growing window or, from all spins down, with all in from the start. */
function successes(context: Context, spins: number, visits: number, how: 'annealed' | 'gibbs'): Promise<number[]> {
  const name = `double well, N = ${spins}, ${visits} visits, ${how}`;
  const runs = context.full ? 1000 : 250;
  return context.once(name, () =>
    Array.from({ length: runs }, (_, run) => {
      if (context.signal.aborted) return NaN;
      context.progress(name, run / runs);
      const { result } = anneal({
        dynamics: subsampleGibbs(well(spins, COUPLING, FIELD), how === 'annealed' ? {} : { start: 'prior' }),
        controls: { fraction: how === 'annealed' ? linear(0, 1) : 1 },
        budget: { steps: (2 * visits - 1) * spins },
        seed: context.seedOf('double well'),
        path: [spins, visits, how, run],
      });
      return result.groups > spins / 2 ? 1 : 0;
    }),
  );
}

/** The claims about exp(N) → N, in a double well. */
export function barrierClaims(context: Context): Claim[] {
  const SOURCE =
    'abstract: exp(N) → N in a model class; the model, a mean-field double well, is the reading’s, as the theorem’s own could not be read';
  const most = SIZES.at(-1)!;
  const difference = async (how: 'annealed' | 'gibbs'): Promise<{ differences: number[] }> => {
    const [few, many] = [await successes(context, SIZES[0], VISITS, how), await successes(context, most, VISITS, how)];
    return { differences: many.map((success, run) => success - few[run]) };
  };
  return [
    {
      id: 'gibbs-escapes-in-exp-n',
      source: SOURCE,
      statement: 'Out of the wrong well Gibbs moves need time that grows exponentially with N.',
      expected: {
        quantity: `slope of ln(expected moves to the right well, exact) against N, N = ${LARGE[0]} to ${LARGE.at(-1)}, J = ${COUPLING}, h = ${FIELD}`,
        between: [0.044, 0.049],
      },
      measure() {
        const laws = [
          { name: `Gibbs moves out of the wrong well, J = ${COUPLING}, exact`, times: escapes(COUPLING) },
          { name: `one well, J = ${NO_WELL}, exact`, times: escapes(NO_WELL) },
          { name: `annealing with ${VISITS} visits`, times: LARGE.map((spins) => (2 * VISITS - 1) * spins) },
        ];
        context.show(
          lawFigure('barriers', 'exp(N) and N', LARGE, 'linear', laws),
          'Expected moves to the right well, and the moves annealing takes, after which it is there as the next claims say; the slopes are rates a spin.',
        );
        return { exact: rate(COUPLING) };
      },
      control: { statement: `J = ${NO_WELL}: there is one well, and nothing to escape from.`, measure: () => ({ exact: rate(NO_WELL) }) },
    },
    {
      id: 'annealing-finds-the-right-well',
      source: `${SOURCE}; the share is what the reading’s own runs reach`,
      statement: `With ${VISITS} visits a row, ${2 * VISITS - 1} N moves, subsample annealing ends in the right well.`,
      expected: { quantity: `share of runs that do, N = ${most}`, atLeast: 0.93 },
      measure: async () => ({ interval: proportion(await successes(context, most, VISITS, 'annealed')) }),
      control: {
        statement: 'One visit a row: the first few rows decide.',
        measure: async () => ({ interval: proportion(await successes(context, most, 1, 'annealed')) }),
      },
    },
    {
      id: 'as-well-for-more-rows',
      source: SOURCE,
      statement: 'It does so as well with four times the rows and moves in proportion: time as N.',
      expected: { quantity: `share of runs in the right well at N = ${most} less that at N = ${SIZES[0]}, ${VISITS} visits`, above: -0.05 },
      measure: () => difference('annealed'),
      control: {
        statement: 'Gibbs moves with all rows in from the start, in the wrong well, for as many moves.',
        measure: () => difference('gibbs'),
      },
    },
  ];
}

/** A share with Wilson's interval. */
function proportion(successes: readonly number[]): { value: number; low: number; high: number } {
  // `winsOf` counts values below 0.
  const { probability, low, high } = winsOf(successes.map((success) => (success === 1 ? -1 : 1)));
  return { value: probability, low, high };
}
