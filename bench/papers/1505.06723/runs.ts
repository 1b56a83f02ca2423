import type { Cell } from '../../../src/experiment/compare.ts';
import type { Context } from '../../../src/experiment/paper.ts';
import { LehrError } from '../../../src/error.ts';
import { parse } from '../../../src/schedules/grammar.ts';
import type { Spec } from '../../../src/schedules/schedule.ts';
import type { InferenceParams, InferenceResult } from './inference.ts';
import type { Source } from './drawn.ts';

/** What each method of an experiment came to, stream by stream. */
export class Results {
  private readonly cells: ReadonlyMap<string, readonly InferenceResult[]>;

  constructor(cells: ReadonlyMap<string, readonly InferenceResult[]>) {
    this.cells = cells;
  }

  /** Paired differences of the final bounds in nats, one method less another. */
  bounds(method: string, other: string): number[] {
    const others = this.of(other);
    return this.of(method).map(({ bound }, i) => bound - others[i].bound);
  }

  /** Paired differences of the perplexities of unseen documents. */
  perplexities(method: string, other: string): number[] {
    const others = this.of(other);
    return this.of(method).map(({ perplexity }, i) => perplexity! - others[i].perplexity!);
  }

  private of(cell: string): readonly InferenceResult[] {
    const found = this.cells.get(cell);
    if (found === undefined)
      throw new LehrError('contract', `there is no method ${cell}, expected one of ${[...this.cells.keys()].join(', ')}.`);
    return found;
  }
}

/** Methods compared on the same data from the same starts. */
export interface Experiment {
  readonly source: Source;
  readonly methods: Readonly<Record<string, Cell<InferenceParams>>>;
  readonly seeds: number;
  /** Of each method, restarts together. */
  readonly steps: number;
}

/** Runs an experiment once under its name, every step a block of its own. */
export function run(context: Context, name: string, { source, methods, seeds, steps }: Experiment): Promise<Results> {
  return context.once(`${name}: results`, async () => {
    const names = Object.keys(methods);
    const all: InferenceResult[] = [];
    await context.compare<InferenceParams>(name, {
      recipe: new URL('./inference.js', import.meta.url),
      cells: methods,
      params: { source },
      seeds,
      budget: { steps },
      block: 1,
      every: steps,
      objective: 'negative lower bound, in nats',
      // Runs in this thread, stream by stream and in each in the methods' order.
      score: (outcome) => {
        all.push(outcome.result as InferenceResult);
        return outcome.energy;
      },
    });
    return new Results(new Map(names.map((method, k) => [method, all.filter((_, i) => i % names.length === k)])));
  });
}

/** A control by its text: its specification, as plain data. */
export function spec(text: string): Spec {
  return parse(text).spec!;
}
