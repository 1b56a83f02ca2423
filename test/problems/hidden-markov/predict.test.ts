import { anneal, stream, svi } from 'lehr';
import {
  drawSequences,
  hiddenMarkov,
  predictObservations,
  predictSequences,
  sequences,
  type HiddenMarkovLaw,
} from 'lehr/problems/hidden-markov';
import { likeliestPath } from '#problems/hidden-markov/viterbi';
import { NormalWishart } from '#problems/conjugate/wishart';
import { expect, test } from 'vitest';

const pathsOf = (states: number, length: number): number[][] =>
  Array.from({ length: states ** length }, (_, code) => Array.from({ length }, (__, t) => Math.floor(code / states ** t) % states));

/** A chain of random shares. */
function random(states: number, symbols: number) {
  const rng = stream(3);
  const shares = (rows: number, width: number): Float64Array => {
    const all = Float64Array.from({ length: rows * width }, () => rng.uniform());
    for (let at = 0; at < all.length; at += width) {
      const total = all.subarray(at, at + width).reduce((a, b) => a + b);
      for (let i = at; i < at + width; i++) all[i] /= total;
    }
    return all;
  };
  return { initial: shares(1, states), transitions: shares(states, states), emissions: shares(states, symbols) };
}

/** Weights of all paths through a sequence. */
function weigh(law: ReturnType<typeof random>, length: number, density: (t: number, k: number) => number): [number[], number][] {
  const states = law.initial.length;
  return pathsOf(states, length).map((path) => [
    path,
    path.reduce((w, k, t) => w * (t === 0 ? law.initial[k] : law.transitions[path[t - 1] * states + k]) * density(t, k), 1),
  ]);
}

test('likelihood, states and paths of symbols are those of the sum over all paths', () => {
  const law = random(3, 4);
  const lists = [[0, 3, 1, 1, 2], [2], [3, 0, 0, 1, 3, 2]];
  const said = predictSequences(law, sequences(lists, 4));
  let at = 0;
  lists.forEach((list, s) => {
    const all = weigh(law, list.length, (t, k) => law.emissions[k * 4 + list[t]]);
    const total = all.reduce((sum, [, w]) => sum + w, 0);
    expect(said.logLikelihood[s]).toBeCloseTo(Math.log(total), 12);
    const [best] = all.reduce((a, b) => (b[1] > a[1] ? b : a));
    expect([...said.paths.subarray(at, at + list.length)]).toEqual(best);
    list.forEach((_, t) => {
      const marginal = [0, 1, 2].map((k) => all.reduce((sum, [path, w]) => sum + (path[t] === k ? w : 0), 0));
      expect(said.states[at + t]).toBe(marginal.indexOf(Math.max(...marginal)));
    });
    at += list.length;
  });
});

test('densities of points are predictive: the ratio of the normalisers with the point and without', () => {
  const d = 2;
  const law = random(2, 2);
  for (const covariance of ['full', 'diagonal'] as const) {
    const wishart = new NormalWishart(d, covariance);
    const emissions = new Float64Array(2 * wishart.size);
    const scatter = covariance === 'full' ? [2, 0.3, 0.3, 1] : [2, 1];
    wishart.write(emissions, 0, [0.1, -0.4], 2.5, 4, scatter);
    wishart.write(emissions, wishart.size, [1.5, 0], 7, 9, scatter);
    const centre = [10, 20];
    const values = Float64Array.of(10.5, 19, 12, 20.3, 9, 21);
    const said = predictObservations({ ...law, d, covariance, centre, emissions }, { d, starts: Int32Array.of(0, 3), values });
    const density = (t: number, k: number): number => {
      const [x, y] = [values[2 * t] - 10, values[2 * t + 1] - 20];
      const before = emissions.slice(k * wishart.size, (k + 1) * wishart.size);
      const added = covariance === 'full' ? [1, 1, x, y, x * x, x * y, y * y] : [1, 1, x, y, x * x, y * y];
      const after = before.map((value, i) => value + added[i]);
      return Math.exp(wishart.normaliser(after, 0) - wishart.normaliser(before, 0)) / (2 * Math.PI);
    };
    const total = weigh(law, 3, density).reduce((sum, [, w]) => sum + w, 0);
    expect(said.logLikelihood[0]).toBeCloseTo(Math.log(total), 9);
  }
});

test('long sequences stay in range, and a path of no ties is found', () => {
  const law = random(2, 3);
  const data = drawSequences(law, 1, 5000, stream(1));
  const { logLikelihood } = predictSequences(law, data);
  expect(logLikelihood[0] / 5000).toBeGreaterThan(-Math.log(3) * 1.05);
  const into = new Int32Array(5);
  likeliestPath(4, Float64Array.of(1, 0), Float64Array.of(0, 1, 1, 0), new Float64Array(8).fill(0.5), into, 1);
  expect([...into]).toEqual([0, 0, 1, 0, 1]);
});

test('what was learned tells unseen sequences nearly as well as the truth does', () => {
  const truth = { initial: [0.5, 0.5], transitions: [0.9, 0.1, 0.2, 0.8], emissions: [0.7, 0.2, 0.1, 0.1, 0.3, 0.6] };
  const law = {
    initial: Float64Array.from(truth.initial),
    transitions: Float64Array.from(truth.transitions),
    emissions: Float64Array.from(truth.emissions),
  };
  const model = hiddenMarkov(drawSequences(truth, 20, 100, stream(1)), { states: 2 });
  const { result } = anneal({ dynamics: svi(model), controls: {}, budget: { steps: 150 }, block: 1, seed: 1 });
  const unseen = drawSequences(truth, 20, 100, stream(2));
  const each = (known: HiddenMarkovLaw): number => predictSequences(known, unseen).logLikelihood.reduce((a, b) => a + b) / 2000;
  const [best, learned] = [each(law), each(model.describe(result.parameters))];
  expect(learned).toBeLessThan(best + 0.003);
  expect(best - learned).toBeLessThan(0.01);
  expect(() => predictSequences(law, sequences([[0, 3]]))).toThrow('the sequences have 4 symbols, expected at most the 3 of the chain');
});
