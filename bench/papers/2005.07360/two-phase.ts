import { gradientFlow } from '../../../src/dynamics/flow.ts';
import { gradient } from '../../../src/dynamics/gradient.ts';
import { startFrom, type Model } from '../../../src/dynamics/model.ts';
import { sgd } from '../../../src/dynamics/optimizers/index.ts';
import { LehrError } from '../../../src/error.ts';
import { anneal } from '../../../src/run/anneal.ts';
import type { Control } from '../../../src/schedules/schedule.ts';

/** Where a run stopped. */
export interface Stop {
  readonly weights: Float64Array;
  /** The training loss, and the loss on the population or on held-out rows. */
  readonly training: number;
  readonly test: number;
}

/** Time that a flow may take, in the unit of one over a curvature of 1: far more than any of ours does. */
const LONGEST = 1e7;

/**
 * Gradient flow, the small rate, from the model's start until the training loss is at `target`.
 * @throws LehrError `worker` if it never gets there, or begins below: losses would not be equal.
 */
export function flowTo(model: Model<Float64Array>, target: number, tolerance = 1e-10): Stop {
  const dynamics = gradientFlow(model, { target, tolerance });
  const begin = model.gradient(model.init(null as never), rowsOf(model), 0, model.rows, new Float64Array(model.size));
  if (begin < target) throw new LehrError('worker', `${model.name}: the training loss begins at ${begin}, below the target ${target}.`);
  const { result, stopped } = anneal({
    dynamics,
    controls: { rate: LONGEST / 1000 },
    budget: { steps: 1000 },
    block: 1,
    until: { energy: target },
    seed: 1,
  });
  if (stopped !== 'target')
    throw new LehrError('worker', `${model.name}: the training loss is ${result.loss} at the end, expected ${target}.`);
  return { weights: result.weights, training: result.loss, test: result.validation! };
}

/** Gradient descent from the model's start: `steps` steps at a rate, or fewer if the training loss comes to `until`. */
export function descend(model: Model<Float64Array>, rate: Control, steps: number, until?: number): Stop {
  const { result } = anneal({
    dynamics: gradient(model, { optimizer: sgd(), keep: 'last' }),
    controls: { rate },
    budget: { steps },
    block: 1,
    ...(until === undefined ? {} : { until: { energy: until } }),
    seed: 1,
  });
  return { weights: result.weights, training: result.loss, test: result.validation! };
}

/** Large, then small: `steps` steps of gradient descent at a large rate, then gradient flow until the training loss is at `target`. */
export function descendThenFlow(model: Model<Float64Array>, rate: Control, steps: number, target: number): Stop {
  return flowTo(startFrom(model, descend(model, rate, steps).weights), target);
}

function rowsOf({ rows }: Model<Float64Array>): Int32Array {
  return Int32Array.from({ length: rows }, (_, i) => i);
}
