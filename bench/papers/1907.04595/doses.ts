import type { Claim, Evidence } from '../../../src/experiment/claim.ts';
import { bootstrap } from '../../../src/experiment/interval.ts';
import { LehrError } from '../../../src/error.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { stream } from '../../../src/random/rng.ts';
import type { NetworkResult } from './network.ts';
import { at, pairwise } from './runs.ts';
import { LARGE_PHASE, Runs, SMALL } from './ways.ts';

/** Gains in accuracy on the easy pattern, stream by stream. */
const gains = (more: readonly NetworkResult[], less: readonly NetworkResult[]): number[] =>
  pairwise(more, less, (a, b) => a.end.p - b.end.p);

/** The least of the mean gains, with a bootstrap interval over the streams. */
function leastGain(context: Context, what: string, ...steps: readonly (readonly number[])[]): Evidence {
  const least = (picked: Int32Array): number =>
    Math.min(...steps.map((values) => picked.reduce((sum, i) => sum + values[i], 0) / picked.length));
  const interval = bootstrap(steps[0].length, least, stream(context.seedOf('doses'), what));
  if (interval === null) throw new LehrError('worker', `${what}: the gain has no finite interval.`);
  return { interval };
}

/** The claims about how large the first rate is, in the noise-free toy. Rates and margins were chosen on other streams. */
export function doseClaims(context: Context): Claim[] {
  const runs = new Runs(context);
  const travelled = async (rate: number): Promise<number[]> =>
    pairwise(await runs.largeFirst(), await runs.sameTravel(rate), (a, b) => at(a, LARGE_PHASE).p - b.end.p);
  return [
    {
      id: 'the-larger-the-better',
      source:
        'abstract, as a dose–response: that the effect grows with the rate is our reading; rates and margin are ours, chosen on other streams',
      statement:
        'At equal training loss the easy pattern is known the better the larger the first rate is: 2 more than 1, and 4 more than 2.',
      expected: { quantity: 'accuracy on the easy pattern, the lesser of the two mean gains', above: 0.01 },
      async measure() {
        const [one, two, four] = [await runs.dose(1), await runs.dose(2), await runs.largeFirst()];
        return leastGain(context, 'doses', gains(two, one), gains(four, two));
      },
      control: {
        statement: `Rate 1 over ${SMALL}: both are so small that descent follows the gradient’s flow.`,
        measure: async () => ({ differences: gains(await runs.dose(1), await runs.small()) }),
      },
    },
    {
      id: 'larger-is-better-at-equal-rate-times-steps',
      source: 'our ablation: at equal training loss a large rate has gone farther, as it holds back the margin of the hard pattern',
      statement: `At equal rate × steps too, whatever the loss, rate 4 knows the easy pattern better than rate 1 (${LARGE_PHASE} and ${4 * LARGE_PHASE} steps).`,
      expected: { quantity: 'accuracy on the easy pattern, rate 4 less rate 1, at equal rate × steps', above: 0.01 },
      measure: async () => ({ differences: await travelled(1) }),
      control: {
        statement: 'Rate 2 in the place of 4.',
        measure: async () => ({ differences: gains(await runs.sameTravel(2), await runs.sameTravel(1)) }),
      },
    },
  ];
}

/** The claim about noise in the place of the large rate, with --full alone: noise is drawn for every unit and row at each step, which is dear. */
export function mitigationClaims(context: Context): Claim[] {
  if (!context.full) return [];
  const runs = new Runs(context);
  /** Half of what the large rate gains, on the streams that were run with noise. */
  const half = async (): Promise<number[]> => gains(await runs.largeFirst(), await runs.small()).map((gain) => 0.5 * gain);
  return [
    {
      id: 'annealed-noise-does-half-of-it',
      source: 'section on mitigation: noise before activations, annealed, in place of the large rate; half of the gain as margin is ours',
      statement: 'The small rate with annealed noise before activations gains at least half as much, at equal training loss.',
      expected: { quantity: 'its gain in accuracy on the easy pattern less half of large-then-small’s', above: 0 },
      async measure() {
        const halves = await half();
        return { differences: gains(await runs.mitigated(), await runs.small()).map((gain, i) => gain - halves[i]) };
      },
      control: {
        statement: 'The small rate without noise.',
        measure: async () => ({ differences: (await half()).map((gain) => -gain) }),
      },
    },
  ];
}
