import { stream } from 'lehr';
import type { Examples } from '#problems/table/examples';

/** Examples whose targets are a known function of normal inputs. */
export function examples(
  rows: number,
  features: number,
  classes: number,
  target: (x: Float64Array, noise: () => number) => number,
  seed = 1,
): Examples {
  const rng = stream(seed, 'examples');
  const inputs = Float64Array.from({ length: rows * features }, () => rng.normal());
  const targets = Float64Array.from({ length: rows }, (_, i) =>
    target(inputs.subarray(i * features, (i + 1) * features), () => rng.normal()),
  );
  return { rows, features, inputs, targets, classes };
}
