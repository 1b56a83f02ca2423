import type { Claim, Evidence } from '../../../src/experiment/claim.ts';
import { quadratic } from '../../../problems/regression/quadratic.ts';
import { ratioOf, samples, STEPS, TARGETS, toy, LARGE } from './toy.ts';
import { descendThenFlow, flowTo } from './two-phase.ts';

/** So small that the ratio is at its limit, whichever direction begins further off: at 1e-4 it is 1.81 for the target (0.3, 2) with the second seen twice. */
const EPS = 1e-8;
const SOURCE = 'introduction, as reconstructed: three draws from {e₁, e₂}, start 0, no label noise, large rate at the edge of stability';

/** Ratios of all samples of a kind, for each target. */
function ratios(
  rows: number,
  kind: (counts: readonly number[]) => boolean,
  population?: (counts: readonly number[]) => number[],
): number[] {
  return samples(rows)
    .filter(kind)
    .flatMap((counts) => TARGETS.map((target) => ratioOf(toy(counts, target, population?.(counts)), EPS)));
}

const both = ([a, b]: readonly number[]): boolean => a > 0 && b > 0;
const one = (counts: readonly number[]): boolean => !both(counts);

/** The value that is furthest from what is expected. */
export function furthest(values: readonly number[], expected: number): Evidence {
  return { exact: values.reduce((far, each) => (Math.abs(each - expected) > Math.abs(far - expected) ? each : far)) };
}

/** The share of samples for which large-then-small is better, whatever the target. */
function improved(rows: number): Evidence {
  const all = samples(rows);
  const better = all.filter((counts) => TARGETS.every((target) => ratioOf(toy(counts, target), EPS) > 1 + 1e-6));
  return { exact: better.length / all.length };
}

/** The claims that are computed over all samples there are, none drawn. */
export function enumerationClaims(): Claim[] {
  const ratio = `test loss of the small rate over that of large-then-small, training loss ${EPS}`;
  const high = (eps: number): number =>
    Math.max(
      ...TARGETS.flatMap((target) => {
        const model = quadratic(toy([2, 1], target));
        const level = eps * model.gradient(model.init(null as never), Int32Array.of(0), 0, 1, new Float64Array(2));
        return [flowTo(model, level, 1e-13).test, descendThenFlow(model, LARGE, STEPS, level).test];
      }),
    );
  return [
    {
      id: 'better-with-probability-3-4',
      source: `${SOURCE}; the probability itself is from recollection`,
      statement:
        'With probability 3/4 over the three training rows, a large rate and then a small one generalises better than a small rate.',
      expected: { quantity: `share of the 8 samples with ${ratio} above 1`, between: [0.75, 0.75] },
      measure: () => improved(3),
      control: {
        statement: 'Two rows: a sample that has seen both directions has the population’s curvatures, and nothing is to be gained.',
        measure: () => improved(2),
      },
    },
    {
      id: 'twice-the-test-loss',
      source: `${SOURCE}; the factor is the introduction’s, its limit (2/3) / (1/3) derived`,
      statement: 'Where it is better, the small rate’s test loss is twice as high, at equal training loss.',
      expected: { quantity: `${ratio}, the furthest from 2 of 6 samples and ${TARGETS.length} targets`, between: [1.99, 2.01] },
      measure: () => furthest(ratios(3, both), 2),
      control: {
        statement: 'A population with the training sample’s own curvatures: test and training loss are the same function.',
        measure: () =>
          furthest(
            ratios(3, both, (counts) => counts.map((count) => count / 3)),
            2,
          ),
      },
    },
    {
      id: 'alike-where-one-direction-is-unseen',
      source: `${SOURCE}; derived`,
      statement: 'With probability 1/4 one direction is never seen, and the two rates come to the same.',
      expected: { quantity: `${ratio}, less 1, the largest in size of 2 samples and ${TARGETS.length} targets`, atMost: 1e-9 },
      measure: () => ({ exact: Math.max(...ratios(3, one).map((each) => Math.abs(each - 1))) }),
      control: {
        statement: 'The six other samples.',
        measure: () => ({ exact: Math.max(...ratios(3, both).map((each) => Math.abs(each - 1))) }),
      },
    },
    {
      id: 'only-because-of-early-stopping',
      source: 'introduction: a strongly convex loss has one minimiser, early stopping leaves a level set',
      statement: 'Without early stopping both rates end at the same minimiser, with a test loss of 0.',
      expected: { quantity: 'the largest test loss at 1e-14 of the first training loss', below: 1e-12 },
      measure: () => ({ exact: high(1e-14) }),
      control: { statement: 'Stopped at a hundredth of the first training loss.', measure: () => ({ exact: high(0.01) }) },
    },
    {
      id: 'annealing-hurts-the-other-way-round',
      source: 'our counterpoint, from the ratio (h₂/λ₂) / (h₁/λ₁) of population over training curvatures',
      statement:
        'Where the population weights the direction that training has seen twice even more, 0.9 to 0.1, large-then-small has more than four times the test loss.',
      expected: { quantity: `${ratio}, the largest of ${TARGETS.length} targets`, below: 0.25 },
      measure: () =>
        furthest(
          TARGETS.map((target) => ratioOf(toy([2, 1], target, [0.9, 0.1]), EPS)),
          0,
        ),
      control: {
        statement: 'The population’s two directions equally likely.',
        measure: () =>
          furthest(
            TARGETS.map((target) => ratioOf(toy([2, 1], target), EPS)),
            0,
          ),
      },
    },
  ];
}
