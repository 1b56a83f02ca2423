import { anneal, checkVariational, stream, svi } from 'lehr';
import { gaussianHiddenMarkov, observations, predictObservations } from 'lehr/problems/hidden-markov';
import { NormalWishart } from '#problems/conjugate/wishart';
import { lgamma } from '#problems/conjugate/special';
import { describe, expect, test } from 'vitest';

/** All paths of states through a sequence of this length. */
const pathsOf = (states: number, length: number): number[][] =>
  Array.from({ length: states ** length }, (_, code) => Array.from({ length }, (__, t) => Math.floor(code / states ** t) % states));

const LISTS = [
  [-1.2, 0.3, 0.9],
  [2.8, 2.1],
];
const PRIOR = { mean: [0.2], meanPrecision: 0.7, degrees: 3, scatter: [1.5] } as const;
const CHAIN = { initial: 0.9, transition: 0.6, sticky: 0.8 };

/** ln of the evidence of points in one state: a ratio of normalisers, point by point, which the mixture's tests compare with numerical integration. */
function evidenceOf(points: readonly number[]): number {
  const law = new NormalWishart(1, 'full');
  const [before, after] = [new Float64Array(4), new Float64Array(4)];
  law.write(before, 0, PRIOR.mean, PRIOR.meanPrecision, PRIOR.degrees, PRIOR.scatter);
  after.set(before);
  for (const x of points) [1, 1, x, x * x].forEach((statistic, i) => (after[i] += statistic));
  return law.normaliser(after, 0) - law.normaliser(before, 0) - (points.length / 2) * Math.log(2 * Math.PI);
}

/** ln p(points): Σ over all paths of Dirichlet–multinomial probabilities of the states times the states' evidences. */
function evidence(states: number): number {
  const polya = (counts: number[], concentration: (k: number) => number): number => {
    const all = counts.reduce((sum, _, k) => sum + concentration(k), 0);
    let log = lgamma(all) - lgamma(all + counts.reduce((a, b) => a + b));
    counts.forEach((count, k) => (log += lgamma(concentration(k) + count) - lgamma(concentration(k))));
    return log;
  };
  let total = 0;
  for (const first of pathsOf(states, 3))
    for (const second of pathsOf(states, 2)) {
      const firsts: number[] = Array(states).fill(0);
      const moves = Array.from({ length: states }, () => Array<number>(states).fill(0));
      const shown: number[][] = Array.from({ length: states }, () => []);
      [first, second].forEach((path, s) => {
        firsts[path[0]]++;
        path.forEach((k, t) => {
          shown[k].push(LISTS[s][t]);
          if (t > 0) moves[path[t - 1]][k]++;
        });
      });
      let log = polya(firsts, () => CHAIN.initial);
      for (let k = 0; k < states; k++)
        log += polya(moves[k], (j) => CHAIN.transition + (j === k ? CHAIN.sticky : 0)) + evidenceOf(shown[k]);
      total += Math.exp(log);
    }
  return Math.log(total);
}

/** Two states on a line that stay; the truth is known. */
function switching(length: number): { lists: number[][]; truth: number[] } {
  const rng = stream(7);
  const truth: number[] = [];
  const lists = Array.from({ length: 4 }, () =>
    Array.from({ length }, (_, t) => {
      truth.push(t === 0 || rng.uniform() < 0.1 ? rng.below(2) : truth[truth.length - 1]);
      return [3 * truth[truth.length - 1] + rng.normal(), rng.normal() - truth[truth.length - 1]];
    }).flat(),
  );
  return { lists, truth };
}

describe.each(['full', 'diagonal'] as const)('%s', (covariance) => {
  const best = (states: number): number[] =>
    [1, 2, 3, 4].map((seed) => {
      const model = gaussianHiddenMarkov(observations(LISTS, 1), { ...CHAIN, ...PRIOR, covariance, states });
      return anneal({ dynamics: svi(model), controls: {}, budget: { steps: 100 }, block: 1, seed }).result.bound;
    });

  test('the bound of one state is the evidence itself; of two below the sum over all paths, by little', () => {
    expect(best(1)[0]).toBeCloseTo(evidence(1), 8);
    const truth = evidence(2);
    for (const bound of best(2)) expect(bound).toBeLessThan(truth);
    expect(truth - Math.max(...best(2))).toBeLessThan(2.5);
  });

  test('keeps the contract', () => {
    const data = observations(switching(20).lists, 2);
    expect(() => checkVariational(gaussianHiddenMarkov(data, { states: 3, sticky: 0.5, covariance }))).not.toThrow();
  });

  test('finds the states, and says them of sequences never seen', () => {
    const { lists, truth } = switching(100);
    const model = gaussianHiddenMarkov(observations(lists.slice(0, 3), 2), { states: 2, covariance });
    const { result } = anneal({ dynamics: svi(model), controls: {}, budget: { steps: 100 }, block: 1, seed: 2 });
    const agree = (found: ArrayLike<number>, from: number): number => {
      const same = Array.from(found).filter((k, t) => k === truth[from + t]).length / found.length;
      return Math.max(same, 1 - same);
    };
    expect(agree(model.decode(result.parameters), 0)).toBeGreaterThan(0.95);
    expect(agree(model.paths(result.parameters), 0)).toBeGreaterThan(0.95);
    const said = predictObservations(model.posterior(result.parameters), observations(lists.slice(3), 2));
    expect(agree(said.states, 300)).toBeGreaterThan(0.95);
    const { means } = model.describe(result.parameters);
    expect(Math.abs(Math.max(means[0], means[2]) - 3)).toBeLessThan(0.3);
    // A point costs some 3.2 nats: ½ ln(2πe) on two axes, and what the state is. Known to a tenth or so with 100 points.
    expect(said.logLikelihood[0] / 100).toBeGreaterThan(-3.6);
    expect(said.logLikelihood[0] / 100).toBeLessThan(-2.8);
  });
});

test('refuses', () => {
  const made = (lists: number[][], d = 1) => gaussianHiddenMarkov(observations(lists, d), { states: 2 });
  expect(() => made([[1, 2], []])).toThrow('sequence 1 is empty');
  expect(() => made([[1, 2, 3]], 2)).toThrow('sequence 0 has 3 numbers, expected 2 for each of its points');
  expect(() =>
    made([
      [1, 2],
      [3, NaN],
    ]),
  ).toThrow('sequence 1, place 1, has NaN in column 0');
  expect(() => made([[1, 5, 2, 5]], 2)).toThrow('column 1 is constant at 5');
});
