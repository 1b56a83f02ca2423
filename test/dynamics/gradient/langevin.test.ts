import { describe, expect, it } from 'vitest';
import { Block, gradient, sgld, stream } from 'lehr';
import { points } from './models.ts';

const RATE = 0.2;
const ROWS = 12;

// The line's loss is ½ (w − ŵ)ᵀ H (w − ŵ) + constant, H and ŵ by hand from x = i / 4 − 1.
const x = Array.from({ length: ROWS }, (_, i) => i / 4 - 1);
const y = x.map((each, i) => 2 * each - 1 + 0.1 * (((i * 7) % 5) - 2));
const mean = (values: number[]): number => values.reduce((a, b) => a + b) / values.length;
const [h01, h11] = [mean(x), mean(x.map((each) => each * each))];
const determinant = h11 - h01 * h01;
const slope = (mean(x.map((each, i) => each * y[i])) - h01 * mean(y)) / determinant;
const optimum = [mean(y) - slope * h01, slope];

/** z scores, by means of 50 batches, of the sampled second moments of w − ŵ against those of N(0, covariance / 12). */
function scores(temperature: number): number[] {
  const dynamics = gradient(points, { optimizer: sgld(), keep: 'last' });
  const state = dynamics.init(stream(11, 'init'));
  const rng = stream(11, 'run');
  const block = new Block(3);
  const sample = (steps: number): void => dynamics.advance(state, { rate: RATE, temperature }, steps, rng, block);
  sample(1000);
  const batches = Array.from({ length: 50 }, () => {
    const sums = [0, 0, 0, 0, 0];
    for (let k = 0; k < 4000; k++) {
      sample(1);
      const [a, b] = [state.weights[0] - optimum[0], state.weights[1] - optimum[1]];
      [a, b, a * a, a * b, b * b].forEach((value, i) => (sums[i] += value / 4000));
    }
    return sums;
  });
  // Of the discretised chain: covariance T · (H (1 − rate H / 2))⁻¹.
  const [m00, m01, m11] = [
    1 - (RATE / 2) * (1 + h01 * h01),
    h01 - (RATE / 2) * (h01 + h01 * h11),
    h11 - (RATE / 2) * (h01 * h01 + h11 * h11),
  ];
  const det = m00 * m11 - m01 * m01;
  const truth = [0, 0, m11 / det / ROWS, -m01 / det / ROWS, m00 / det / ROWS];
  return truth.map((value, i) => {
    const average = mean(batches.map((sums) => sums[i]));
    const spread = Math.sqrt(mean(batches.map((sums) => (sums[i] - average) ** 2)) / 49);
    return Math.abs(average - value) / spread;
  });
}

describe('sgld', () => {
  it('at temperature 1 / rows samples the Gaussian posterior: five moments, each |t| of 49 degrees of freedom < 5.5 (false alarms 1e-6 each)', () => {
    for (const score of scores(1 / ROWS)) expect(score).toBeLessThan(5.5);
  });

  it('would be caught by that test with noise 5 % too large', () => {
    expect(Math.max(...scores(1.1025 / ROWS))).toBeGreaterThan(5.5);
  });
});
