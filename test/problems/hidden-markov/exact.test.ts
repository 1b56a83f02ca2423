import { anneal, stream, svi } from 'lehr';
import { hiddenMarkov, sequences } from 'lehr/problems/hidden-markov';
import { lgamma } from '#problems/conjugate/special';
import { Paths } from '#problems/hidden-markov/forward-backward';
import { describe, expect, test } from 'vitest';

/** All paths of states through a sequence of this length. */
function pathsOf(states: number, length: number): number[][] {
  return Array.from({ length: states ** length }, (_, code) => Array.from({ length }, (__, t) => Math.floor(code / states ** t) % states));
}

test('forward–backward sums over all paths', () => {
  const [states, length] = [3, 5];
  const rng = stream(1);
  const table = (size: number): Float64Array => Float64Array.from({ length: size }, () => rng.uniform() * 3);
  const [initial, transitions] = [table(states), table(states * states)];
  const paths = new Paths(states);
  paths.reserve(length);
  paths.emissions.set(table(length * states));
  const counts = new Float64Array(states * states);
  const log = paths.run(length, initial, transitions, counts);
  let total = 0;
  const marginals = new Float64Array(length * states);
  const moves = new Float64Array(states * states);
  for (const path of pathsOf(states, length)) {
    let weight = initial[path[0]];
    path.forEach((k, t) => (weight *= paths.emissions[t * states + k] * (t === 0 ? 1 : transitions[path[t - 1] * states + k])));
    total += weight;
    path.forEach((k, t) => {
      marginals[t * states + k] += weight;
      if (t > 0) moves[path[t - 1] * states + k] += weight;
    });
  }
  expect(log).toBeCloseTo(Math.log(total), 12);
  marginals.forEach((value, i) => expect(paths.marginals[i]).toBeCloseTo(value / total, 12));
  moves.forEach((value, i) => expect(counts[i]).toBeCloseTo(value / total, 12));
});

const DATA = sequences([
  [0, 0, 1, 1],
  [1, 2, 2],
]);
const OPTIONS = { states: 2, initial: 0.9, transition: 0.6, sticky: 0.8, emission: 0.7 };

/** ln p(symbols): Σ over all paths of all sequences of Dirichlet–multinomial probabilities of first states, moves and symbols. */
function evidence(states: number): number {
  const lists = [
    [0, 0, 1, 1],
    [1, 2, 2],
  ];
  const { initial, transition, sticky, emission } = OPTIONS;
  const polya = (counts: number[], concentration: (k: number) => number): number => {
    const all = counts.reduce((sum, _, k) => sum + concentration(k), 0);
    let log = lgamma(all) - lgamma(all + counts.reduce((a, b) => a + b));
    counts.forEach((count, k) => (log += lgamma(concentration(k) + count) - lgamma(concentration(k))));
    return log;
  };
  let total = 0;
  for (const first of pathsOf(states, 4))
    for (const second of pathsOf(states, 3)) {
      const firsts: number[] = Array(states).fill(0);
      const moves = Array.from({ length: states }, () => Array<number>(states).fill(0));
      const symbols = Array.from({ length: states }, () => Array<number>(3).fill(0));
      [first, second].forEach((path, s) => {
        firsts[path[0]]++;
        path.forEach((k, t) => {
          symbols[k][lists[s][t]]++;
          if (t > 0) moves[path[t - 1]][k]++;
        });
      });
      let log = polya(firsts, () => initial);
      for (let k = 0; k < states; k++)
        log += polya(moves[k], (j) => transition + (j === k ? sticky : 0)) + polya(symbols[k], () => emission);
      total += Math.exp(log);
    }
  return Math.log(total);
}

describe('the bound, against the sum over all paths', () => {
  const best = (states: number): number[] =>
    [1, 2, 3, 4, 5, 6].map(
      (seed) =>
        anneal({ dynamics: svi(hiddenMarkov(DATA, { ...OPTIONS, states })), controls: {}, budget: { steps: 100 }, block: 1, seed }).result
          .bound,
    );

  test('of one state is the evidence itself', () => expect(best(1)[0]).toBeCloseTo(evidence(1), 9));

  test('of two states is below it, by little', () => {
    const truth = evidence(2);
    const bounds = best(2);
    for (const bound of bounds) expect(bound).toBeLessThan(truth);
    expect(truth - Math.max(...bounds)).toBeLessThan(2.5);
  });

  /** The value that the model tells of a sequence's law and E[ln p] under its statistics; the logarithms of all paths' weights. */
  function law(temperature: number, noiseScale: number): { value: number; energy: number; logs: number[] } {
    const model = hiddenMarkov(sequences([[0, 0, 1, 1]], 3), OPTIONS);
    const lambda = model.init(stream(3));
    const expected = new Float64Array(lambda.length);
    model.expect(lambda, expected);
    model.prepare(lambda);
    const into = new Float64Array(lambda.length);
    const visit = { temperature, all: false, noiseScale, noise: stream(5), told: true, memory: null };
    const value = model.local(Int32Array.of(0), 0, 1, into, visit);
    const logs = pathsOf(2, 4).map((path) =>
      path.reduce(
        (sum, k, t) => sum + (t === 0 ? expected[k] : expected[2 + path[t - 1] * 2 + k]) + expected[6 + k * 3 + [0, 0, 1, 1][t]],
        0,
      ),
    );
    return { value, energy: into.reduce((sum, count, i) => sum + count * expected[i], 0), logs };
  }

  test.each([1, 2.5, 0.5])('of the law at temperature %f is E[ln p] + H of that law', (temperature) => {
    const { value, logs } = law(temperature, 0);
    const total = logs.reduce((sum, log) => sum + Math.exp(log / temperature), 0);
    const shares = logs.map((log) => Math.exp(log / temperature) / total);
    expect(value).toBeCloseTo(
      shares.reduce((sum, p, i) => sum + p * (logs[i] - Math.log(p)), 0),
      12,
    );
  });

  test('of a noisy law is below the best, by what no law of four places could exceed', () => {
    const { value, energy, logs } = law(1.7, 1.3);
    expect(value).toBeLessThan(Math.log(logs.reduce((sum, log) => sum + Math.exp(log), 0)));
    expect(value - energy).toBeGreaterThan(0);
    expect(value - energy).toBeLessThan(4 * Math.log(2));
  });
});

test('finds the states of a chain that shows them', () => {
  const rng = stream(7);
  const truth: number[] = [];
  const list = Array.from({ length: 400 }, (_, t) => {
    truth.push(t === 0 || rng.uniform() < 0.1 ? rng.below(2) : truth[t - 1]);
    return rng.uniform() < 0.9 ? truth[t] : 2;
  });
  const model = hiddenMarkov(sequences([list]), { states: 2 });
  const { result } = anneal({ dynamics: svi(model), controls: {}, budget: { steps: 100 }, block: 1, seed: 2 });
  const found = model.decode(result.parameters);
  const agree = found.filter((k, t) => k === truth[t]).length / 400;
  expect(Math.max(agree, 1 - agree)).toBeGreaterThan(0.95);
  const { transitions } = model.describe(result.parameters);
  expect(Math.abs(transitions[0] - 0.95)).toBeLessThan(0.05);
});

describe('refuses', () => {
  test.each<[() => unknown, string]>([
    [() => sequences([[0, 1], []]), 'sequence 1 is empty'],
    [() => sequences([[0, 1.5]]), 'sequence 0 has 1.5 at place 1, expected a whole number from 0 on.'],
    [() => sequences([[0], [2, 4]], 4), 'sequence 1 has 4 at place 1, expected a whole number from 0 to 3.'],
    [() => hiddenMarkov(DATA, { states: 0 }), 'states is 0'],
    [() => hiddenMarkov(DATA, { states: 2, emission: 0 }), 'emission is 0, expected a finite concentration above 0.'],
    [() => hiddenMarkov(DATA, { states: 2, sticky: -1 }), 'sticky is -1'],
  ])('%#', (make, message) => expect(make).toThrow(message));
});
