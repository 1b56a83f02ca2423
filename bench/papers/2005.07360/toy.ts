import { coordinateSample, quadratic, stabilityEdge, type Quadratic } from '../../../problems/regression/quadratic.ts';
import { sequence } from '../../../src/schedules/sequence.ts';
import type { Control } from '../../../src/schedules/schedule.ts';
import { descend, descendThenFlow, flowTo } from './two-phase.ts';

/** Steps at the large rate, the edge of stability of the direction that is seen most: that one swings to and fro for ever. The other, of three rows, is at its optimum after one. */
export const STEPS = 20;

/** The edge of stability of a sample of three rows that has seen both directions. */
export const LARGE = 1.5;

/** What is to be learned, beginning from 0: residuals of both signs, alike and unlike in size. */
export const TARGETS: readonly (readonly number[])[] = [
  [1, 1],
  [0.3, 2],
  [1, -0.5],
];

/** All samples of `rows` draws from the unit vectors e₁ and e₂, each as likely as any other, by how often they hold each. */
export function samples(rows: number): readonly (readonly [number, number])[] {
  return Array.from({ length: 2 ** rows }, (_, bits) => {
    let seen = 0;
    for (let i = 0; i < rows; i++) if ((bits >> i) % 2 === 1) seen++;
    return [rows - seen, seen] as const;
  });
}

/** The sample as the paper's toy, or with a population of other weights. */
export function toy(counts: readonly number[], target: readonly number[], population?: readonly number[]): Quadratic {
  const sample = coordinateSample(
    counts,
    target.map((each) => -each),
  );
  return population === undefined ? sample : { ...sample, population };
}

/** Test loss of the small rate over that of large-then-small, both stopped at the training loss `eps`. */
export function ratioOf(problem: Quadratic, eps: number): number {
  const model = quadratic(problem);
  return flowTo(model, eps).test / descendThenFlow(model, stabilityEdge(problem), STEPS, eps).test;
}

/**
 * The same of gradient descent by one schedule from beginning to end, stopped as soon as the training loss is at `eps`. Descent stops a little below: the flow it is
 * compared with goes on to the very same loss.
 */
export function ratioByRate(problem: Quadratic, rate: Control, steps: number, eps: number): number {
  const model = quadratic(problem);
  const { training, test } = descend(model, rate, steps, eps);
  return flowTo(model, training).test / test;
}

/** The same of gradient descent on both sides: with a second rate after the large one, and with that rate alone; test losses per training loss, as neither stops exactly. */
export function ratioOfRates(problem: Quadratic, second: number, steps: number, eps: number): number {
  const model = quadratic(problem);
  const alone = descend(model, second, steps, eps);
  const after = descend(model, sequence([{ steps: STEPS }, stabilityEdge(problem)], second), steps, eps);
  return alone.test / alone.training / (after.test / after.training);
}
