import { stream } from 'lehr';
import { drawMix, drawPatches, mislabel, noisyTargets, patched, patchesAlone, selectExamples, type Examples } from 'lehr/problems/table';
import { describe, expect, test } from 'vitest';
import { refused } from '../thrown.ts';

/** Black-and-white images of one grey each, so that what was written over is seen. */
function images(rows: number, classes: number, pixels: number): Examples {
  const inputs = Float64Array.from({ length: rows * pixels }, (_, i) => 100 + Math.floor(i / pixels));
  return { rows, features: pixels, inputs, targets: Float64Array.from({ length: rows }, (_, row) => row % classes), classes };
}

describe('mislabel', () => {
  test('changes just the share asked for, to other classes, all alike', () => {
    const examples = images(5000, 5, 1);
    const { examples: noisy, wrong } = mislabel(examples, 0.3, stream(1));
    const changed = [...noisy.targets.keys()].filter((row) => noisy.targets[row] !== examples.targets[row]);
    expect(changed).toEqual([...wrong]);
    expect(changed.length).toBe(1500);
    const shifts = [0, 0, 0, 0, 0];
    for (const row of wrong) shifts[(noisy.targets[row] - examples.targets[row] + 5) % 5]++;
    // Binomial(1500, 1/4): 375 ± 4 deviations of 16.8.
    for (const count of shifts.slice(1)) expect(Math.abs(count - 375)).toBeLessThan(68);
    expect(mislabel(examples, 0.3, stream(1)).wrong).toEqual(wrong);
    expect(mislabel(examples, 0, stream(1)).examples.targets).toEqual(examples.targets);
  });

  test('refuses shares outside [0, 1], and values', () => {
    expect(refused(() => mislabel(images(4, 2, 1), 1.1, stream(1)), 'option')).toContain('share is 1.1');
    expect(refused(() => mislabel({ ...images(4, 2, 1), classes: 0 }, 0.5, stream(1)), 'option')).toContain('0 classes');
  });
});

test('noisyTargets adds noise of the deviation asked for to values', () => {
  const examples = { ...images(4000, 3, 1), classes: 0 };
  const noisy = noisyTargets(examples, 2, stream(5));
  const squares = noisy.targets.reduce((sum, y, row) => sum + (y - examples.targets[row]) ** 2, 0);
  // χ² of 4000 degrees of freedom, times 4: 16000 ± 4 deviations of 358.
  expect(Math.abs(squares - 16_000)).toBeLessThan(1432);
  expect(refused(() => noisyTargets(images(4, 2, 1), 1, stream(1)), 'option')).toContain('2 classes');
});

describe('patches', () => {
  const shape = { channels: 3, height: 32, width: 32 };

  test('have the constants of the paper’s code: z of deviation 1.25, v within ±0.1', () => {
    const { common, differences } = drawPatches(shape, 7, 10, stream(1));
    expect(common.length).toBe(147);
    const variance = common.reduce((sum, z) => sum + z * z, 0) / 147;
    // 1.5625 χ²(147) / 147: ± 4 deviations.
    expect(Math.abs(variance - 1.5625)).toBeLessThan(0.73);
    expect(differences.length).toBe(1470);
    expect(Math.max(...differences.map(Math.abs))).toBeLessThanOrEqual(0.1);
    expect(Math.max(...differences.map(Math.abs))).toBeGreaterThan(0.099);
  });

  test('20 % stay clean, 64 % are patched, 16 % are patches alone', () => {
    const counts = [0, 0, 0];
    for (const kind of drawMix(20_000, stream(2))) counts[kind]++;
    [0.2, 0.64, 0.16].forEach((share, kind) => {
      expect(Math.abs(counts[kind] / 20_000 - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / 20_000));
    });
  });

  test('are written into rows and columns 12 to 18 as z ± v, alone on black with |scale| up to 1.75', () => {
    const examples = images(300, 10, 3 * 32 * 32);
    const patches = drawPatches(shape, 7, 10, stream(3));
    const mix = drawMix(300, stream(4));
    const mixed = patched(examples, patches, mix, stream(5));
    const signs = [0, 0];
    for (let row = 0; row < 300; row++) {
      const image = mixed.inputs.subarray(row * 3072, (row + 1) * 3072);
      const own = row % 10;
      const scales: number[] = [];
      for (let i = 0; i < 3072; i++) {
        const [c, y, x] = [Math.floor(i / 1024), Math.floor(i / 32) % 32, i % 32];
        const inside = y >= 12 && y <= 18 && x >= 12 && x <= 18;
        if (mix[row] === 0 || !inside) {
          if (image[i] !== (mix[row] === 2 ? 0 : 100 + row)) throw new Error(`row ${row}, pixel ${i} is ${image[i]}`);
        } else {
          const k = (c * 7 + y - 12) * 7 + x - 12;
          scales.push((image[i] - patches.common[k]) / patches.differences[own * 147 + k]);
        }
      }
      if (mix[row] === 0) continue;
      expect(Math.max(...scales) - Math.min(...scales)).toBeLessThan(1e-6);
      const size = Math.abs(scales[0]);
      expect(mix[row] === 1 ? Math.abs(size - 1) < 1e-6 : size < 1.75).toBe(true);
      signs[scales[0] > 0 ? 0 : 1]++;
    }
    expect(Math.min(...signs)).toBeGreaterThan(80);
    // The next epoch has other signs; clean images are the same.
    const again = patched(examples, patches, mix, stream(6));
    expect(again.inputs).not.toEqual(mixed.inputs);
    const clean = [...mix.keys()].filter((row) => mix[row] === 0);
    expect(selectExamples(again, clean)).toEqual(selectExamples(examples, clean));
  });

  test('alone, for the evaluation, have the full ± v of each class', () => {
    const patches = drawPatches({ channels: 1, height: 8, width: 8 }, 3, 2, stream(7));
    const { inputs } = patchesAlone(images(2, 2, 64), patches, stream(8));
    for (const row of [0, 1]) {
      const pixel = inputs[row * 64 + 2 * 8 + 2] - patches.common[0];
      expect(Math.abs(pixel)).toBeCloseTo(Math.abs(patches.differences[row * 9]), 12);
      expect(inputs[row * 64]).toBe(0);
    }
  });

  test('refuse what does not fit', () => {
    const patches = drawPatches(shape, 7, 2, stream(1));
    expect(refused(() => drawPatches(shape, 33, 2, stream(1)), 'option')).toContain('side is 33');
    expect(refused(() => patched(images(2, 2, 64), patches, new Uint8Array(2), stream(1)), 'option')).toContain('expected 3072');
    expect(refused(() => patched(images(2, 3, 3072), patches, new Uint8Array(2), stream(1)), 'option')).toContain('2 classes');
    expect(refused(() => patched(images(2, 2, 3072), patches, new Uint8Array(1), stream(1)), 'option')).toContain('1 rows');
  });
});
