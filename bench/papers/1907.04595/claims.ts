import type { Claim, Evidence } from '../../../src/experiment/claim.ts';
import { winsOf } from '../../../src/experiment/interval.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import type { NetworkResult } from './network.ts';
import { at, pairwise } from './runs.ts';
import { comparedSteps, Runs, slowSteps, SWITCH } from './ways.ts';

/** When the order of learning is looked at without noise: early in the large phase. */
const EARLY = 100;

/** Differences of the pairs of two sets of runs. */
type Pairs = () => Promise<[readonly NetworkResult[], readonly NetworkResult[]]>;

/** The claims of the noise-free toy: what is gained, and in which order things are learned. */
export function toyClaims(context: Context): Claim[] {
  const runs = new Runs(context);
  const both: Pairs = async () => [await runs.largeFirst(), await runs.small()];
  const differences = async (of: (one: NetworkResult, other: NetworkResult) => number): Promise<Evidence> => {
    const [large, small] = await both();
    return { differences: pairwise(large, small, of) };
  };
  const ahead = async (of: 'p' | 'q'): Promise<Evidence> => {
    const [large, small] = await both();
    const { probability, low, high } = winsOf(pairwise(large, small, ({ end }, other) => other.end[of] - end[of]));
    return { interval: { value: probability, low, high } };
  };
  const order = async (which: () => Promise<readonly NetworkResult[]>, step: number, sign: 1 | -1): Promise<Evidence> => {
    const results = await which();
    return { differences: results.map((result) => sign * (at(result, step).p - at(result, step).q)) };
  };
  const source = 'figure 1 and abstract, for a network of two layers; the toy, its sizes and the margin are ours, tuned on other streams';
  return [
    {
      id: 'better-on-the-easy-pattern',
      source,
      statement:
        'At equal training loss a large rate and then a small one knows the easy pattern, alone in few rows, better than the small rate throughout.',
      expected: { quantity: 'accuracy on fresh rows with the easy pattern alone, large-then-small less small', above: 0.03 },
      measure: () => differences((one, other) => one.end.p - other.end.p),
      control: {
        statement: 'On rows with the hard pattern alone, which both know entirely.',
        measure: () => differences((one, other) => one.end.q - other.end.q),
      },
    },
    {
      id: 'ahead-in-four-of-five',
      source,
      statement: 'It is ahead on at least four streams of five.',
      expected: { quantity: 'share of the streams with a higher accuracy on the easy pattern', atLeast: 0.8 },
      measure: () => ahead('p'),
      control: { statement: 'On the hard pattern, ties counting half.', measure: () => ahead('q') },
    },
    {
      id: 'large-rates-learn-the-easy-pattern-first',
      source: 'abstract: the large rate learns the easy pattern first and cannot fit the hard one',
      statement: `Without noise and decay too, the large rate knows the easy pattern better than the hard one after ${EARLY} steps.`,
      expected: { quantity: 'accuracy on the easy pattern less that on the hard one', above: 0 },
      measure: () => order(() => runs.largeFirst(), EARLY, 1),
      control: { statement: 'The small rate.', measure: () => order(() => runs.small(), EARLY, 1) },
    },
    {
      id: 'small-rates-learn-the-hard-pattern-first',
      source: 'abstract: the small rate memorises the hard pattern at once',
      statement: `The small rate knows the hard pattern better than the easy one after ${EARLY} steps.`,
      expected: { quantity: 'accuracy on the hard pattern less that on the easy one', above: 0 },
      measure: () => order(() => runs.small(), EARLY, -1),
      control: {
        statement: `Rate 12 with decay and noise on the hard pattern’s half, after ${SWITCH} steps.`,
        measure: () => order(() => runs.blocked(), SWITCH, -1),
      },
    },
  ];
}

/** The claims of the setting with decay and noise on the hard pattern's half of the network, and what takes their reason away. */
export function blockClaims(context: Context): Claim[] {
  const runs = new Runs(context);
  const extreme = async (which: () => Promise<readonly NetworkResult[]>, of: (result: NetworkResult) => number): Promise<Evidence> => ({
    exact: Math.min(...(await which()).map(of)),
  });
  const secured = ({ end }: NetworkResult): number => Math.min(end.p - 0.98, end.q - 0.99);
  const low = async (which: () => Promise<readonly NetworkResult[]>): Promise<Evidence> => ({
    exact: (await which()).filter((result) => at(result, SWITCH).q < 0.75).length,
  });
  const against = async (
    one: () => Promise<readonly NetworkResult[]>,
    other: () => Promise<readonly NetworkResult[]>,
    of: (a: NetworkResult, b: NetworkResult) => number,
  ): Promise<Evidence> => ({ differences: pairwise(await one(), await other(), of) });
  const blocked = () => runs.blocked();
  const unblocked = () => runs.unblocked();
  const slow = () => runs.slow();
  const [fast, long] = [comparedSteps(context), slowSteps(context)];
  const source =
    'sections 1 and 3, outwardly; decay and noise on one half alone are our deviation: on both halves they erase the easy pattern';
  const setting = 'Rate 12 with decay and noise on the hard pattern’s half, then 0.25';
  return [
    {
      id: 'easy-pattern-by-the-switch',
      source,
      statement: `${setting}: at the switch the easy pattern is known on every stream.`,
      expected: { quantity: 'accuracy on the easy pattern at the switch, the lowest of all streams', above: 0.98 },
      measure: () => extreme(blocked, (result) => at(result, SWITCH).p),
      control: {
        statement: 'The small phase alone after as many steps.',
        measure: () => extreme(unblocked, (result) => at(result, SWITCH).p),
      },
    },
    {
      id: 'hard-pattern-blocked-on-some',
      source,
      statement: 'At the switch the hard pattern is not known on some streams.',
      expected: { quantity: 'how many streams have an accuracy below 0.75 on the hard pattern', atLeast: 1 },
      measure: () => low(blocked),
      control: { statement: 'The small phase alone after as many steps.', measure: () => low(unblocked) },
    },
    {
      id: 'both-patterns-in-the-end',
      source,
      statement: 'After annealing both are known on every stream, the easy one beyond 0.98 and the hard one beyond 0.99.',
      expected: { quantity: 'how far accuracies are beyond that, the lowest of both patterns and all streams', above: 0 },
      measure: () => extreme(blocked, secured),
      control: { statement: 'The small phase alone, to the same training loss.', measure: () => extreme(unblocked, secured) },
    },
    {
      id: 'large-phase-generalises-better',
      source,
      statement: `${setting}, against the small phase alone: much better on the easy pattern at equal training loss and about as many steps.`,
      expected: { quantity: 'accuracy on the easy pattern, with the large phase less without', above: 0.2 },
      measure: () => against(blocked, unblocked, (a, b) => a.end.p - b.end.p),
      control: {
        statement: 'On the hard pattern, which both know.',
        measure: () => against(blocked, unblocked, (a, b) => a.end.q - b.end.q),
      },
    },
    {
      id: 'noise-is-not-needed',
      source: 'our ablation: the paper’s reason is the noise of the large rate',
      statement: 'Without the noise of the large phase the easy pattern is known as well in the end, to 0.02.',
      expected: { quantity: 'accuracy on the easy pattern, without noise less with', above: -0.02 },
      measure: () =>
        against(
          () => runs.noiseless(),
          blocked,
          (a, b) => a.end.p - b.end.p,
        ),
      control: { statement: 'Without the large phase.', measure: () => against(unblocked, blocked, (a, b) => a.end.p - b.end.p) },
    },
    {
      id: 'a-small-rate-does-as-well',
      source:
        'our ablation: at equal rate × steps the rate itself is not the cause, so that the paper’s causal claim is not established at this size',
      statement: `The small rate with the same decay and the same stationary noise knows the easy pattern as well after ${long} steps as rate 12 after ${fast}, to 0.05.`,
      expected: { quantity: 'accuracy on the easy pattern, large less small, at equal rate × steps', between: [-0.05, 0.05] },
      measure: () => against(blocked, slow, (a, b) => at(a, fast).p - b.end.p),
      control: { statement: 'At equal steps.', measure: () => against(blocked, slow, (a, b) => at(a, fast).p - at(b, fast).p) },
    },
  ];
}
