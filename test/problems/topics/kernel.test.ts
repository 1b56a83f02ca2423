import { stream, svi } from 'lehr';
import { drawCorpus, topics } from 'lehr/problems/topics';
import { digamma } from '#problems/conjugate/special';
import { wasm } from '#src/dynamics/wasm';
import { TOPICS_WASM } from '#problems/topics/topics-wasm';
import { Block } from '#src/dynamics/block';
import { expect, test } from 'vitest';

test('e^ψ(x) is the library’s from 0.02 to 10⁶, but for the rounding of ψ itself', () => {
  const room = wasm<{ expDigamma(at: number, length: number): void }>(TOPICS_WASM, 1 << 18)!;
  const values = room.floats(40_000);
  for (let i = 0; i < values.length; i++) values[i] = 0.02 * Math.exp((i / values.length) * Math.log(5e7));
  const xs = values.slice();
  room.exports.expDigamma(values.byteOffset, values.length);
  // An error of 2⁻²³ of ψ(x), which is near −1 / x for small x, is one of 2⁻²³ / x in its exponential.
  values.forEach((value, i) => expect(Math.abs(value / Math.exp(digamma(xs[i])) - 1)).toBeLessThan(1.2e-6 + 2 ** -22 / xs[i]));
});

test.each([3, 4, 20, 33])('statistics, rounds and bounds of %i topics are those of the plain step', (count) => {
  const corpus = drawCorpus({ documents: 50, length: 37, words: 150, topics: 5 }, stream(1, count));
  const states = (['single', 'double'] as const).map((precision) => {
    const dynamics = svi(topics(corpus, { topics: count, alpha: 0.1, eta: 0.01, precision, iterations: 6, remember: true }));
    const state = dynamics.init(stream(2));
    for (let step = 0; step < 3; step++) dynamics.advance(state, {}, 1, stream(3), new Block(0));
    return state;
  });
  expect(Math.abs(states[0].energy / states[1].energy - 1)).toBeLessThan(1e-6);
  states[1].lambda.forEach((value, i) => expect(Math.abs(states[0].lambda[i] - value)).toBeLessThan(1e-3 + 1e-3 * value));
});

test('unseen words do not underflow: a tiny concentration', () => {
  const corpus = drawCorpus({ documents: 20, length: 15, words: 200, topics: 4, eta: 0.01 }, stream(5));
  const dynamics = svi(topics(corpus, { topics: 4, alpha: 0.01, eta: 0.001, precision: 'single', remember: true }));
  const state = dynamics.init(stream(1));
  const energies = [state.energy];
  for (let step = 0; step < 30; step++) {
    dynamics.advance(state, {}, 1, stream(3), new Block(0));
    energies.push(state.energy);
  }
  expect(energies.every(Number.isFinite)).toBe(true);
  for (let k = 1; k < energies.length; k++) expect(energies[k]).toBeLessThan(energies[k - 1] + 1e-5 * Math.abs(energies[k]));
});
