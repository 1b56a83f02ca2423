import { anneal, stream, svi, type SviOptions } from 'lehr';
import { gaussianMixture } from 'lehr/problems/gaussian-mixture';
import { blocks } from '#problems/gaussian-mixture/blocks-kernel';
import { plainBlocks } from '#problems/gaussian-mixture/blocks';
import { expect, test } from 'vitest';

test('is what runs here', () => {
  expect(blocks(16).name).toBe('wasm');
});

test('probabilities are those of Math.exp to 1e-14, and the same bits in both', () => {
  const [fast, plain] = [blocks(1 << 16), plainBlocks()];
  const rng = stream(1);
  const logits = Float64Array.from({ length: 64 * 8 }, (_, i) => (i % 8 > 5 ? -Infinity : rng.normal() * (i % 3 === 0 ? 300 : 3)));
  const [a, b] = [fast, plain].map((each) => {
    const values = each.doubles(512);
    values.set(logits);
    const [tops, sums] = [each.doubles(64), each.doubles(64)];
    each.softmax(values, 64, 8, tops, sums);
    return { values: values.slice(), tops: tops.slice(), sums: sums.slice() };
  });
  expect(a).toEqual(b);
  for (let n = 0; n < 64; n++) {
    const row = logits.subarray(8 * n, 8 * n + 8);
    const top = Math.max(...row);
    const sum = row.reduce((s, x) => s + Math.exp(x - top), 0);
    row.forEach((x, k) => expect(Math.abs(a.values[8 * n + k] - Math.exp(x - top) / sum)).toBeLessThan(1e-14));
  }
});

test.each<[string, SviOptions, number, number]>([
  ['diagonal', {}, 2, 3],
  ['full', {}, 3, 5],
  ['full', { batch: 33, noise: 'local', temper: 'local' }, 5, 4],
  ['diagonal', { noise: 'statistics' }, 7, 9],
])('whole runs have the same bits with and without it: %s %o', (covariance, options, d, components) => {
  const rng = stream(2, d);
  const data = Float64Array.from({ length: 203 * d }, () => rng.normal() + 4 * rng.below(3));
  const run = (kernel: 'fast' | 'plain'): unknown =>
    anneal({
      dynamics: svi(gaussianMixture(data, d, { components, covariance: covariance as 'full', kernel }), options),
      controls: Object.fromEntries(
        Object.entries({ rate: [options.batch, 0.3], temperature: [options.temper, 1.4], noiseScale: [options.noise, 0.5] })
          .filter(([, [wanted]]) => wanted !== undefined)
          .map(([name, [, value]]) => [name, value as number]),
      ),
      budget: { steps: 12 },
      block: 1,
      seed: 4,
    }).result;
  expect(run('fast')).toEqual(run('plain'));
});
