import type { Claim, Evidence } from '../../../src/experiment/claim.ts';
import { cosine, exponential } from '../../../src/schedules/curves.ts';
import { sequence } from '../../../src/schedules/sequence.ts';
import type { Control } from '../../../src/schedules/schedule.ts';
import { LARGE, ratioByRate, ratioOf, ratioOfRates, STEPS, TARGETS, toy } from './toy.ts';

const EPS = 1e-4;
const SMALL = 1e-3;
/** More steps than the small rate needs to the training loss. */
const LONG = 40_000;
/** Lengths of a decay, in steps. */
const LENGTHS = [2, 4, 8, 16, 32, 64];

const DECAYS: readonly ((from: number) => Control)[] = [(from) => cosine(from, SMALL), (from) => exponential(from, SMALL)];

/** Ratios under decays from a first rate, for each target and kind of decay a list over the lengths. */
function decayed(from: number, population?: readonly number[]): number[][] {
  return TARGETS.flatMap((target) =>
    DECAYS.map((decay) =>
      LENGTHS.map((steps) => ratioByRate(toy([2, 1], target, population), sequence([{ steps }, decay(from)], SMALL), LONG, EPS)),
    ),
  );
}

/** The claims about schedules: the small rate as gradient descent, and decays in place of two phases. */
export function scheduleClaims(): Claim[] {
  const off = (second: number): Evidence => {
    const offs = TARGETS.map((target) => {
      const problem = toy([2, 1], target);
      return Math.abs(ratioOfRates(problem, second, LONG, EPS) / ratioOf(problem, EPS) - 1);
    });
    return { exact: Math.max(...offs) };
  };
  const outside = (rows: readonly number[][]): Evidence => ({
    exact: Math.max(...rows.flat().map((each) => Math.max(1 - each, each - 2, 0))),
  });
  const rise = (from: number): Evidence => {
    const rises = decayed(from).flatMap((row) => row.slice(1).map((ratio, k) => ratio - row[k]));
    return { exact: Math.min(...rises) };
  };
  const ratio = 'test loss of the small rate over that of the schedule, at equal training loss';
  const lengths = `over ${LENGTHS.length} lengths, ${TARGETS.length} targets, cosine and exponential decay`;
  return [
    {
      id: 'a-small-rate-is-as-good-as-the-flow',
      source: 'the paper models the small rate as gradient flow; margin ours',
      statement: `Gradient descent by one schedule, ${LARGE} for ${STEPS} steps and then ${SMALL}, and by ${SMALL} alone give the ratio of gradient flow.`,
      expected: { quantity: 'relative difference of the two ratios, the largest of 3 targets', atMost: 0.01 },
      measure: () => off(SMALL),
      control: {
        statement: 'The same with 1.2 for 0.001, on both sides: it is large itself, and fits the second direction first even alone.',
        measure: () => off(1.2),
      },
    },
    {
      id: 'decays-lie-between',
      source: 'derived: a decay from the large rate does less than two phases and more than nothing',
      statement: 'Under cosine and exponential decays from rate 1.2 of any length the ratio is between 1 and 2.',
      expected: { quantity: `how far the ${ratio}, lies outside 1 to 2, the furthest ${lengths}`, atMost: 0.01 },
      measure: () => outside(decayed(1.2)),
      control: {
        statement: 'A population that weights the direction seen twice 0.9 to 0.1.',
        measure: () => outside(decayed(1.2, [0.9, 0.1])),
      },
    },
    {
      id: 'longer-decays-gain-more',
      source: 'derived in our reading of the paper, not in the paper: the ratio grows with the time near the edge of stability',
      statement: 'Each doubling of the length of a decay from rate 1.2 raises the ratio.',
      expected: { quantity: `the smallest rise of ${ratio}, ${lengths}`, above: 0 },
      measure: () => rise(1.2),
      control: {
        statement: 'Decays from rate 0.5, at which the direction seen twice falls faster: the ratio stays near 1.',
        measure: () => rise(0.5),
      },
    },
  ];
}
