import { trainingRecipe, type TrainingParams, type TrainingRecipe } from '../../src/dynamics/training-recipe.ts';
import { stream } from '../../src/random/rng.ts';
import type { Seed } from '../../src/random/seed.ts';
import { patternNet, type PatternControl } from './pattern-net.ts';
import { drawPatterns, patternTask, type PatternShares } from './patterns.ts';

/** Plain parameters of the toy of arXiv 1907.04595: the task and its rows follow from `data`, a seed of their own, so that chains can share them. */
export interface PatternParams extends TrainingParams {
  readonly data: Seed;
  readonly d: number;
  readonly rows: number;
  readonly shares: PatternShares;
  readonly scale?: number;
  readonly z?: number;
  readonly zeta?: number;
  readonly hidden: number;
  readonly slope?: number;
  readonly spread?: number;
  readonly noises?: readonly PatternControl[];
  /** Fresh rows of each kind to judge by (0: none). */
  readonly fresh?: number;
}

/** Trains the two-layer toy; the control `rate` must be set. Without being asked otherwise it keeps the last weights, as the paper does. */
export default function recipe(params: PatternParams): TrainingRecipe<Float32Array> {
  const { data, d, rows, shares, scale, z, zeta, hidden, slope, spread, noises, fresh = 0, ...training } = params;
  const given = (options: object): object => Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const task = patternTask(stream(data, 'task'), { d, ...given({ scale, z, zeta }) });
  const [both, p, q] = (['both', 'p', 'q'] as const).map((kind) =>
    fresh === 0 ? null : drawPatterns(task, fresh, kind, stream(data, 'fresh', kind)),
  );
  const heldOut = both === null || p === null || q === null ? undefined : { both, p, q };
  const model = patternNet(drawPatterns(task, rows, shares, stream(data, 'rows')), {
    hidden,
    ...given({ slope, spread, heldOut, controls: noises }),
  });
  return trainingRecipe(model, { keep: 'last', ...training });
}
